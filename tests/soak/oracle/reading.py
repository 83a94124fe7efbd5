"""Reads the local Slack's state as a transcript has it."""

from collections.abc import Iterator

from bot.local_slack.workspace.state import Message, OpenView, Surface, Workspace
from tests.soak.oracle.transcript import Look, Move, Said

_MOVES = {"channel_join": True, "channel_leave": False}


def text_of(surface: Surface) -> str:
    """Return all that can be read in a message or a view, what stands in a field among it."""
    told = [surface.text, surface.blocks] if isinstance(surface, Message) else surface.content
    return " ".join(texts(told))


def texts(told: object) -> Iterator[str]:
    """Yield every text in something."""
    if isinstance(told, dict):
        told = list(told.values())
    if isinstance(told, list):
        for each in told:
            yield from texts(each)
    elif isinstance(told, str):
        yield told


def buttons_in(told: object) -> frozenset[tuple[str, str]]:
    """Return the buttons that stand anywhere in blocks: what they are called, and their values."""
    if isinstance(told, list):
        return frozenset(button for each in told for button in buttons_in(each))
    if not isinstance(told, dict):
        return frozenset()
    if told.get("type") == "button":
        return frozenset({(str(told.get("action_id", "")), str(told.get("value", "")))})
    return frozenset(button for each in told.values() for button in buttons_in(each))


def said_in(workspace: Workspace) -> Iterator[Said]:
    """Yield every message, as it stands."""
    for channel in workspace.channels.values():
        for message in (*channel.messages.values(), *channel.ephemerals.values()):
            yield _said(message)


def _said(message: Message) -> Said:
    about = (message.metadata or {}).get("event_payload", {})
    return Said(
        channel=message.channel,
        ts=message.ts,
        at=max(message.ts, message.edited),
        thread=message.thread_ts or "",
        is_bots=message.bot_id is not None,
        to=message.to,
        text=text_of(message),
        delivery=str(about.get("id", "")),
        buttons=buttons_in(message.blocks),
    )


def files_in(workspace: Workspace) -> Iterator[Said]:
    """Yield the files of the bot's, each where it can be read, as messages."""
    for file in workspace.files.values():
        for channel in file.channels if file.user == workspace.bot.id else ():
            at, text = f"{file.created}.999999", file.content.decode(errors="replace")
            yield Said(
                channel=channel, ts=at, at=at, thread="", is_bots=True, to="", text=text, delivery="", is_file=True
            )


def moves_in(workspace: Workspace) -> Iterator[Move]:
    """Yield who came and went, as the notes in each conversation tell."""
    for channel in workspace.channels.values():
        for message in channel.messages.values():
            if message.subtype in _MOVES:
                yield Move(channel.id, message.user, message.ts, _MOVES[message.subtype])


def members_at_first(workspace: Workspace) -> dict[str, frozenset[str]]:
    """Return who is in each conversation now; for one that is made later, it is all who are ever in it."""
    return {channel.id: frozenset(channel.members) for channel in workspace.channels.values()}


def looks_of(workspace: Workspace, at: str) -> Iterator[Look]:
    """Yield what stands in every form and Home now."""
    views: list[OpenView] = [*(each for stack in workspace.views.values() for each in stack), *workspace.homes.values()]
    for view in views:
        yield Look(view.user, at, text_of(view))
