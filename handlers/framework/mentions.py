"""Which feature answers a mention: a phrase in plain words, else a command's name as the first word."""

import re

from handlers.framework.routing import Command, Routes
from handlers.slack.action_ids import ASK
from handlers.slack.blocks import Message, button, offer, said, unescape

_GREETING = re.compile(r"^(?:hi|hey|hello|dear|please)\b", re.IGNORECASE)
#: What stands between the bot's name and the question: "@Common Ground, what …", "… drift mean, @Common Ground?"
_AROUND = " ,:;–-"
_ADDRESS = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^<>]*)?>")


def asked_text(text: str, bot_user_id: str) -> str:
    """Return what was asked in a mention, without the bot's own name and Slack's escapes."""
    without_bot = _ADDRESS.sub(lambda match: "" if bot_user_id in match.group() else match.group(), text)
    return _GREETING.sub("", unescape(" ".join(without_bot.split())).strip(_AROUND)).strip(_AROUND)


#: The command that says what can be asked, and the words that ask for that.
HELP = "common-ground"
_HELP = re.compile(r"/?(?:please )?(?:help(?: me)?|what can you do)[\s?!.]*", re.IGNORECASE)
_THANKS = re.compile(r"(?:(?:ok|okay|great|cool|perfect|nice|many)[ ,!.]*)?(?:thanks?|thx|cheers)\b.*", re.IGNORECASE)
_HELLO = re.compile(r"(?:there|all|team|everybody|good (?:morning|afternoon|evening))?[\s!.:)]*", re.IGNORECASE)


def understood(text: str, routes: Routes, command_prefix: str = "") -> tuple[Command, str] | None:
    """Return the command that the words ask for and what they ask of it; None for what is not understood."""
    for phrase in routes.phrases:
        if match := phrase.pattern.fullmatch(text):
            return routes.commands[phrase.command], f"{phrase.before} {match.group('text').strip()}".strip()
    if _HELP.fullmatch(text):
        return routes.commands[HELP], "help"
    first, _, rest = text.partition(" ")
    command = routes.commands.get(first.lstrip("/").casefold().removeprefix(command_prefix))
    return None if command is None else (command, rest.strip())


def aside(text: str) -> Message:
    """Return the one line for whoever says thanks or hello, or what nobody understands."""
    if _THANKS.fullmatch(text):
        return said("You're welcome.")
    told = "Hi." if _HELLO.fullmatch(text) else "I didn't get that."
    return offer(f"{told} Try “what does … mean?”, “who owns …?” or help:", button("Help", ASK, "help"))


def sought(text: str, routes: Routes, command_prefix: str = "") -> tuple[Command, str]:
    """Return the same for what is looked for in a form: what is no question is a word to be explained."""
    return understood(text, routes, command_prefix) or (routes.commands["define"], text)
