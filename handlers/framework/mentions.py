"""Which feature answers a mention: a phrase in plain words, else a command's name as the first word."""

import re
from collections.abc import Sequence

from handlers.framework import sentences
from handlers.framework.context import Context
from handlers.framework.routing import Command, Routes
from handlers.slack.action_ids import ASK
from handlers.slack.blocks import Message, button, offer, said, unescape
from handlers.slack.interactions import Ask

_GREETING = re.compile(r"^(?:hi|hey|hello|dear|please)\b", re.IGNORECASE)
#: What stands between the bot's name and the question: "@Common Ground, what …", "… drift mean, @Common Ground?"
_AROUND = " ,:;–-"
_ADDRESS = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^<>]*)?>")


def asked_text(text: str, bot_user_id: str) -> str:
    """Return what was asked in a mention, without the bot's own name, quoted lines and Slack's escapes."""
    without_bot = _ADDRESS.sub(lambda match: "" if bot_user_id in match.group() else match.group(), text)
    own = sentences.without_quoted_lines(without_bot)
    return _GREETING.sub("", unescape(" ".join(own.split())).strip(_AROUND)).strip(_AROUND)


#: The command that says what can be asked, and the words that ask for that.
HELP = "common-ground"
_HELP = re.compile(r"/?(?:please )?(?:help(?: me)?|what can you do)[\s?!.]*", re.IGNORECASE)
_THANKS = re.compile(r"(?:(?:ok|okay|great|cool|perfect|nice|many)[ ,!.]*)?(?:thanks?|thx|cheers)\b.*", re.IGNORECASE)
_HELLO = re.compile(r"(?:there|all|team|everybody|good (?:morning|afternoon|evening))?[\s!.:)]*", re.IGNORECASE)


Meant = tuple[Command, str]


def understood(text: str, routes: Routes, command_prefix: str = "", about: str = "") -> list[Meant]:
    """Return the commands that the words ask for and what they ask of each; none for what is not understood.

    ``about`` is what was said before, in whose place "this" and "it" stand.
    """
    whole = sentences.unwrapped(text)
    if _HELP.fullmatch(text) or _HELP.fullmatch(whole):
        return [(routes.commands[HELP], "help")]
    as_written = (_said(each, routes, takes_all=True) for each in (text, whole))
    if said := next(filter(None, as_written), None) or _named(text, routes, command_prefix):
        return [said]
    text = sentences.readable(text)
    parts = sentences.parts(text)
    is_of_before = bool(about) and len(parts) > 1 and not any(map(sentences.tells, parts))
    if found := _asked_in_parts(parts, routes) or (_asked_in_parts(parts, routes, about) if is_of_before else []):
        is_looked_for = all(command.name == HELP for command, _ in found)
        return (is_looked_for and _looked_for(text, routes, about)) or found
    above = sentences.with_before(parts[0], about) if about and len(parts) == 1 else text
    said = _said(above, routes)
    return [said] if said else _looked_for(text, routes, about)


def _named(text: str, routes: Routes, command_prefix: str) -> Meant | None:
    """Return the command whose name is the first word."""
    first, _, rest = text.partition(" ")
    command = routes.commands.get(first.lstrip("/").casefold().removeprefix(command_prefix))
    return None if command is None else (command, rest.strip())


#: "/define who owns …" asks for no word, whatever stands behind it.
_NO_WORD = re.compile(r"(?:who|whose|whom|why|when|where|did|have|has) \w", re.IGNORECASE)


def asked_of_another(command: Command, text: str, routes: Routes) -> Meant | None:
    """Return what a question typed after the command for words asks of another one; None where it asks for words."""
    if command.name != "define" or not _NO_WORD.match(text):
        return None
    said = _said(sentences.unwrapped(text), routes)
    return said if said and said[0] is not command else None


def _said(sentence: str, routes: Routes, *, takes_all: bool = False) -> Meant | None:
    for phrase in routes.phrases:
        if phrase.takes_all == takes_all and (words := phrase.read(sentence)) is not None:
            return routes.commands[phrase.command], f"{phrase.before} {words}".strip()
    return None


def _asked_in_parts(parts: Sequence[str], routes: Routes, before: str = "") -> list[Meant]:
    """Return what each part asks, but one that points at nothing before it."""
    found = dict[str, list[str]]()
    for part in parts:
        points = sentences.points_back(part)
        full = sentences.with_before(part, before) if points else part
        if (before or not points) and (said := _said(full, routes)):
            found.setdefault(said[0].name, []).append(said[1])
        if not (points and before) and sentences.tells(part):
            before = f"{before}, {part}" if sentences.is_name(part) and sentences.is_name(before) else part
    return [(routes.commands[name], ". ".join(words)) for name, words in found.items()]


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


async def said_above(context: Context[Ask], text: str) -> str:
    """Return what the message says that a question in a thread is about, as in "who handles this?"; else nothing."""
    ask = context.interaction
    if not ask.thread_ts or ask.thread_ts == ask.ts or not any(map(sentences.points_back, sentences.parts(text))):
        return ""
    said = await context.directory.said_before(ask.place.channel_id, ask.ts, ask.thread_ts)
    return sentences.plain(said[0].text).replace("\n", " ") if said else ""
