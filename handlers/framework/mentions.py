"""Which feature answers a mention: a phrase in plain words, else a command's name as the first word."""

import re

from handlers.framework.routing import Command, Routes
from handlers.slack.blocks import unescape

_GREETING = re.compile(r"^(?:hi|hey|hello|dear|please)\b", re.IGNORECASE)
#: What stands between the bot's name and the question: "@Common Ground, what …", "… drift mean, @Common Ground?"
_AROUND = " ,:;–-"
_ADDRESS = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^<>]*)?>")


def asked_text(text: str, bot_user_id: str) -> str:
    """Return what was asked in a mention, without the bot's own name and Slack's escapes."""
    without_bot = _ADDRESS.sub(lambda match: "" if bot_user_id in match.group() else match.group(), text)
    return _GREETING.sub("", unescape(" ".join(without_bot.split())).strip(_AROUND)).strip(_AROUND)


#: The command that answers what nobody else understands.
HELP = "common-ground"


def understood(text: str, routes: Routes, command_prefix: str = "") -> tuple[Command, str]:
    """Return the command that the words ask for and what they ask of it; help for what is not understood."""
    for phrase in routes.phrases:
        if match := phrase.pattern.fullmatch(text):
            return routes.commands[phrase.command], f"{phrase.before} {match.group('text').strip()}".strip()
    first, _, rest = text.partition(" ")
    command = routes.commands.get(first.lstrip("/").casefold().removeprefix(command_prefix))
    return (routes.commands[HELP], "help") if command is None else (command, rest.strip())
