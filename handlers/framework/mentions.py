"""Which feature answers a mention: a phrase in plain words, else a command's name as the first word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.agreements.asked_of import asked_of
from handlers.checks.english import is_english
from handlers.framework import descriptions, plain_text, pointing, sentences
from handlers.framework.context import Context
from handlers.framework.routing import Command, Routes
from handlers.slack.action_ids import ASK
from handlers.slack.blocks import Message, button, offer, said, unescape
from handlers.slack.interactions import Ask
from storage.glossary import forms, glossary, near

_GREETING = re.compile(r"^(?:hi|hey|hello|dear|please)\b", re.IGNORECASE)
#: What stands between the bot's name and the question: "@Common Ground, what …", "… drift mean, @Common Ground?"
_AROUND = " ,:;–-"
_EMOJI, _EMOJI_END = re.compile(r"\s*:[a-z0-9_+'-]+:"), re.compile(r":[a-z0-9_+'-]+:\s*$")
_ADDRESS = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^<>]*)?>")


def asked_text(text: str, bot_user_id: str) -> str:
    """Return what was asked in a mention, without the bot's own name, quoted lines and Slack's escapes."""
    without_bot = _ADDRESS.sub(lambda match: "" if bot_user_id in match.group() else match.group(), text)
    own = plain_text.without_quoted_lines(without_bot)
    return _bare(_GREETING.sub("", _bare(unescape(" ".join(own.split())))))


def _bare(text: str) -> str:
    """Return a text without what stands round it; the colons of an emoji stay."""
    begun = text if _EMOJI.match(text) else text.lstrip(_AROUND)
    return begun.rstrip() if _EMOJI_END.search(begun) else begun.rstrip(_AROUND)


#: The command that says what can be asked, and the words that ask for that.
HELP = "common-ground"
_HELP = re.compile(r"/?(?:please )?(?:help(?: me)?|what can you do)[\s?!.]*", re.IGNORECASE)
_THANKS = re.compile(
    r"(?:(?:ok|okay|great|cool|perfect|nice|many)[ ,!.]*)?(?:thanks?|thx|cheers)\b"
    r"(?!.*\b(?:and|but|what about)\b.*\?).*",
    re.IGNORECASE,
)
_HELLO = re.compile(r"(?:there|all|team|everybody|good (?:morning|afternoon|evening))?[\s!.:)]*", re.IGNORECASE)


#: What follows a word that is asked for.
_MEANING = re.compile(
    r"(?:[,:–-]| )*\b(?:(?:\w+ly )?what (?:is|does|['’]?s)\b.*|what['’]?s\b.*|meaning|definition|means?)\W*$",
    re.IGNORECASE,
)

Meant = tuple[Command, str]


def understood(text: str, routes: Routes, command_prefix: str = "", about: str = "") -> list[Meant]:
    """Return the commands that the words ask for and what they ask of each; none for what is not understood.

    ``about`` is what was said before, in whose place "this" and "it" stand.
    """
    whole = sentences.unwrapped(text)
    if _HELP.fullmatch(text) or (not about and _HELP.fullmatch(whole)):
        return [(routes.commands[HELP], "help")]
    # Whoever says what was decided doesn't ask: a question stays one without what stands round it.
    bare = f"{whole}?" if text.endswith("?") else whole
    as_written = (_said(each, routes, takes_all=True) for each in (text, bare))
    said = next(filter(None, as_written), None) or _named(text, routes, command_prefix)
    return [said] if said else _asked(text, routes, about)


def readings(text: str, routes: Routes, meant: Sequence[Meant], about: str = "") -> Iterator[Sequence[Meant]]:
    """Yield what a message asks for, then what else it may ask for: by other features' phrases, then of all records.

    What looks through all that is kept leaves no other reading.
    """
    taken, found = set[str](), meant
    while not taken.issuperset(command.name for command, _ in found):
        yield found
        taken.update(command.name for command, _ in found)
        if HELP in taken:
            return
        others = [each for each in routes.phrases if each.command not in taken and not each.takes_all]
        found = _asked(text, replace(routes, phrases=others), about)
    if looked := looked_for(text, routes, about):
        yield [looked]


def _asked(text: str, routes: Routes, about: str) -> list[Meant]:
    """Return the same of what is asked in plain words."""
    text = sentences.readable(text)
    # A description is read as a whole: its sentences may begin as questions for something else do.
    if meant := sentences.said_again(text) or (descriptions.described(text) and text):
        return [(routes.commands["define"], meant)]
    parts = sentences.parts(text)
    if about and not parts:
        return [(routes.commands["define"], f"{about}. What is that?")]
    is_of_before = bool(about) and len(parts) > 1 and not any(map(pointing.tells, parts))
    if found := _asked_in_parts(parts, routes) or (_asked_in_parts(parts, routes, about) if is_of_before else []):
        is_looked_for = all(command.name == HELP for command, _ in found)
        return (is_looked_for and _looked_for(text, routes, about)) or found
    above = sentences.with_before(parts[0], about) if about and len(parts) == 1 else text
    said = _said(above, routes)
    if not said and about and _HUH.search(text) and not any(map(pointing.tells_itself, parts)):
        said = routes.commands["define"], f"{about}. {text}"
    return [said] if said else _looked_for(text, routes, about)


def _named(text: str, routes: Routes, command_prefix: str) -> Meant | None:
    """Return the command whose name is the first word."""
    first, _, rest = text.partition(" ")
    command = routes.commands.get(first.lstrip("/").casefold().removeprefix(command_prefix))
    return None if command is None else (command, rest.strip())


#: Of shorter words others are too near.
_TWO_WORDS = re.compile(r"([a-z]{4,})[ -]([a-z]{5,})\b")


async def names_a_word(context: Context[Ask], text: str, meant: Meant) -> bool:
    """Tell whether a message that begins as a command does is a word all the same, as "feedback loop?" is."""
    command, _ = meant
    asked = _MEANING.sub("", sentences.unwrapped(text)).strip(_AROUND)
    others = asked.partition(" ")[2].partition(" ")[0]
    if command.name == "define" or not others or others in command.subcommands:
        return False
    visible = (await context.viewpoint()).visibilities
    if sentences.is_name(asked):
        _, senses = await context.read(glossary.first_named, context.team_id, forms.exact(asked), visible)
        if senses:
            return True
    return await _may_name_a_word(context, asked, near.Place(context.team_id, visible))


async def _may_name_a_word(context: Context[Ask], asked: str, place: near.Place) -> bool:
    """Tell whether a message begins with a name of two words, of which the second has a slip: "decision bounday"."""
    begun = _TWO_WORDS.match(asked.casefold())
    if begun is None or is_english(begun[2]):
        return False
    return bool((await context.read(near.around, place, near.Sought((begun[1] + begun[2],)))).close)


#: "/define who owns …" asks for no word, whatever stands behind it.
_NO_WORD = re.compile(r"(?:owners? (?:of|for)|who|whose|whom|why|when|where|did|have|has) \w", re.IGNORECASE)
_FIND = re.compile(r"find\s", re.IGNORECASE)


def asked_of_another(command: Command, text: str, routes: Routes) -> Meant | None:
    """Return what a question typed after the command for words, or what looks for something, asks of another one."""
    is_looked_for = command.name == HELP and _FIND.match(text) is not None
    if not is_looked_for and not (command.name == "define" and _NO_WORD.match(text)):
        return None
    said = _said(sentences.unwrapped(_FIND.sub("", text, count=1)), routes)
    is_another = said is not None and said[0] is not command and not (is_looked_for and said[0].name == "define")
    return said if is_another else None


#: Most of what is typed after /define in vain is one word of every day, or a slip in it.
_PLAIN_WORD = re.compile(r"\s*[^\W\d_][^\W\d_A-Z]*\s*")


def may_name_records(text: str) -> bool:
    """Tell whether a name may be that of a record, too, as "weather feed" and "RabbitMQ" may: it costs a search."""
    return _PLAIN_WORD.fullmatch(text) is None


def _said(sentence: str, routes: Routes, *, takes_all: bool = False) -> Meant | None:
    for phrase in routes.phrases:
        if phrase.takes_all == takes_all and (words := phrase.read(sentence)) is not None:
            return routes.commands[phrase.command], f"{phrase.before} {words}".strip()
    return None


def _asked_in_parts(parts: Sequence[str], routes: Routes, before: str = "") -> list[Meant]:
    """Return what each part asks, but one that points at nothing before it."""
    found = dict[str, list[str]]()
    for part in parts:
        points = pointing.points_back(part) or bool(before and pointing.is_bare_who(part))
        full = sentences.with_before(part, before) if points else part
        if (before or not points) and (said := _said(full, routes)):
            found.setdefault(said[0].name, []).append(said[1])
        is_more = bool(before) and pointing.is_fragment(part)
        if not (points and before) and pointing.tells(part) and not is_more:
            goes_on = sentences.is_name(part) and sentences.is_name(before)
            before = (
                f"{before}, {part}" if goes_on else f"{before}. {part}" if before and _WORRIES.match(part) else part
            )
    return [(routes.commands[name], ". ".join(words)) for name, words in found.items()]


#: What shows that somebody didn't understand what was said.
_HUH = re.compile(r"\?|^(?:huh|eh|hm+|pardon|sorry|come again|what)\b", re.IGNORECASE)
_LOST = re.compile(r"\b(?:lost|confused|clueless|stuck|new|no (?:clue|idea))\b", re.IGNORECASE)
#: "They want a rollback. Should I worry? What is that?" asks of what was said first.
_WORRIES = re.compile(r"(?:should|shall|must|do|am|can|could|will|is|are) (?:i|we|that|this|it)\b", re.IGNORECASE)


def _looked_for(text: str, routes: Routes, about: str) -> list[Meant]:
    """Return what looks for a word that stands alone, or for what a sentence is about."""
    if _THANKS.fullmatch(text) or _HELLO.fullmatch(text):
        return []
    if sentences.is_name(text):
        return [(routes.commands["define"], text)]
    looked = looked_for(text, routes, about)
    return [looked] if looked else []


def looked_for(text: str, routes: Routes, about: str = "") -> Meant | None:
    """Return what looks for the words of a question in all that is kept; None where no word tells anything."""
    can_find = "find" in routes.commands[HELP].subcommands and sentences.telling(f"{about}. {text}")
    asked = ". ".join(filter(None, (*sentences.parts(text), about)))
    return (routes.commands[HELP], f"find {asked}") if can_find else None


def aside(text: str) -> Message:
    """Return the one line for whoever says thanks or hello, or what nobody understands."""
    if _THANKS.fullmatch(text):
        return said("You're welcome.")
    told = "Hi." if _HELLO.fullmatch(text) else "I didn't get that."
    return offer(f"{told} Try “what does … mean?”, “who owns …?” or help:", button("Help", ASK, "help"))


def sought(text: str, routes: Routes, command_prefix: str = "") -> Meant:
    """Return the same for what is looked for in a form: a word alone is looked for in all that is kept."""
    define, looks = routes.commands["define"], routes.commands[HELP]
    meant = next(iter(understood(text, routes, command_prefix)), (define, text))
    return (looks, f"find {text}") if meant == (define, text) and "find" in looks.subcommands else meant


def _is_of_before(text: str) -> bool:
    """Tell whether a message is about what was said before it; "I'm lost" says nothing else."""
    parts = sentences.parts(text)
    return any(map(pointing.points_back, parts)) if parts else bool(_LOST.search(text) or _HUH.match(text))


async def said_above(context: Context[Ask], text: str) -> str:
    """Return what a question quotes, or what the message says that one in a thread is about ("who handles this?")."""
    return await said_before(context) if _is_of_before(text) else ""


async def said_of(context: Context[Ask], text: str) -> str:
    """Return the same for a question of which nothing is known: where it takes up a word that stands there.

    What may be asked of a component may be asked of the one that stands there.
    """
    above = await said_before(context)
    return above if above and (pointing.takes_up(text, above) or asked_of(text)) else ""


async def said_before(context: Context[Ask]) -> str:
    """Return what a message quotes, or the one before it in its thread."""
    ask = context.interaction
    if quoted := plain_text.quoted_lines(_ADDRESS.sub("", ask.text)):
        return plain_text.plain(unescape(quoted))
    if not ask.thread_ts or ask.thread_ts == ask.ts:
        return ""
    said = await context.directory.said_before(ask.place.channel_id, ask.ts, ask.thread_ts)
    return plain_text.plain(said[0].text).replace("\n", " ") if said else ""
