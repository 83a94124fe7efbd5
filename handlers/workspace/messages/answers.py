"""The words of /common-ground: help, status, and what is redacted; and the ids of its buttons."""

import json
from collections.abc import Iterable, Mapping, Sequence

from handlers.checks.dates import day
from handlers.checks.outcomes import NotAllowed
from handlers.hooks.redaction import Redactable
from handlers.slack import blocks
from handlers.slack.action_ids import (
    ADD_WORD,
    ASK_FOR_DATA,
    FIND,
    LOG_DECISION,
    REMINDER_SETTINGS,
    WORKSPACE_SETTINGS,
)
from handlers.slack.blocks import Block, Message
from storage.outbox.deliveries import Delivery
from storage.outbox.redactions import Redaction
from storage.workspaces.workspaces import Steward, Workspace

OPEN_SETTINGS = WORKSPACE_SETTINGS
REDACT = "redact_open"
_SHOWN = 10
HOW_TO_REDACT = (
    "What should I redact? Give a number such as D-34, DR-12 or FB-3, a word, a component's name, “card” or "
    "“changes” and a component's name, or “note” and some words of a note on data. Its text is deleted for good. The "
    "record keeps who redacted it, and when."
)
ONLY_ADMINS = NotAllowed("Only workspace admins can change settings.", kind="settings")

NO_OWN_DATA = blocks.said("I don't keep anything about you.")
OWN_DATA_COMES = blocks.said("I'm sending you a file with everything I keep about you, in our direct messages.")
OWN_DATA = (
    "Everything I keep about you: what you wrote and chose, your votes and reminders, and the records that name you "
    "and that you can see. To have it deleted, ask the person who runs me."
)
GUESTS_IN_CHANNELS = blocks.said("Members can use this in a channel of this workspace, to see what guests see there.")
GUESTS_BY_ADMINS = NotAllowed("Only workspace admins can choose what guests see in this channel.", kind="settings")
_GUESTS = {
    True: (
        "Guests in this channel can see the workspace's records: in weekly summaries, in data requests, and when "
        "somebody mentions me."
    ),
    False: (
        "Guests in this channel see definitions and the channel's own records. If a member asks me about "
        "other records, only that member sees the answer."
    ),
}
NOT_TO_SHARE = blocks.said("I can't share that here any more. Ask me again.")
SHARED_ALREADY = blocks.said("You've already shared that.")


def shared(answer: Delivery) -> Message:
    """Return an answer as it went to one person, without the button that shares it and what stands above that."""
    listed = answer.body.get("blocks")
    return Message(str(answer.body["text"]), tuple(listed[:-2]) if isinstance(listed, list) else ())


def help_text(command_prefix: str, *, may_change: bool) -> Message:
    """Say in two lines what to ask, above the things that people most often do."""
    told = (
        "Ask me what a word means, who owns something, what was decided, or for data.\n"
        f"Type `/{command_prefix}define drift`, or mention me in a thread: _what does drift mean?_"
    )
    settings = [("Workspace settings", WORKSPACE_SETTINGS)] if may_change else []
    do = [
        blocks.button("Define a word", ADD_WORD),
        blocks.button("Log a decision", LOG_DECISION),
        blocks.button("Ask for data", ASK_FOR_DATA),
    ]
    find = [
        blocks.button("Find an owner", FIND),
        blocks.button("My reminders", REMINDER_SETTINGS),
        *(blocks.button(label, action_id) for label, action_id in settings),
    ]
    return Message(told, (blocks.markdown(told), blocks.buttons(do), blocks.buttons(find)))


def guests_here(command_prefix: str, *, is_allowed: bool) -> Message:
    command = f"/{command_prefix}common-ground guests {'limit' if is_allowed else 'allow'}"
    return blocks.said(f"{_GUESTS[is_allowed]} An admin can change this with {command}.")


def guests_chosen(*, is_allowed: bool) -> Message:
    return blocks.said(f"Saved. {_GUESTS[is_allowed]}")


def status_outside(counts: tuple[int, int]) -> Message:
    """Say what guests and other organisations may know."""
    words, definitions = counts
    return Message(
        f"This channel has *{words}* words with *{definitions}* definitions. Guests don't see the workspace's."
    )


def status(
    place: Workspace,
    counts: tuple[int, int],
    stewards: Iterable[Steward] | None,
    how_it_runs: Sequence[str],
    *,
    may_change: bool,
) -> Message:
    """Say how the workspace is set up. Naming stewards would notify them, so they are named to one person only."""
    words, definitions = counts
    lines = [
        f"You can see *{words}* words with *{definitions}* definitions.",
        f"Disciplines: {blocks.escape(', '.join(place.disciplines))}.",
        f"Data channel: {f'<#{place.data_channel}>' if place.data_channel else 'not set'}.",
        *([f"Stewards: {_steward_list(stewards)}."] if stewards is not None else []),
        *how_it_runs,
    ]
    return _with_settings_button("\n".join(lines), may_change=may_change)


def open_settings() -> Message:
    return _with_settings_button("I can't open a form from a mention, but this button can.", may_change=True)


def tell_admin(*, is_new: bool) -> Message:
    """Tell somebody that the setting ADMINS names them from now on, or no longer."""
    named = "The person who runs me named you as an admin: you can change my settings."
    return blocks.said(named if is_new else "You're no longer an admin here: the person who runs me removed you.")


def tell_steward(by: str, added: Sequence[str], removed: Sequence[str]) -> Message:
    """Tell somebody that they are a steward from now on, or no longer."""
    now, left = ", ".join(added), ", ".join(removed)
    if not added:
        told, lead = f" removed you as a steward of {left}.", f"You're no longer a steward of {left}"
    else:
        also = f" You're no longer a steward of {left}." if removed else ""
        told = f" made you a steward of {now}: you look after those words.{also}"
        lead = f"You're a steward of {now} now"
    return Message(blocks.escape(lead), blocks.said(told, blocks.person(by)).blocks)


def redacted_so_far(done: Sequence[Redaction], names: Mapping[str, str]) -> Message:
    """Say how to redact, and what was."""
    lines = [f"{day(each.at)} {names.get(each.by, 'somebody')}: a {each.kind}" for each in done[-_SHOWN:]]
    return blocks.said("\n".join([HOW_TO_REDACT, *lines]))


def choices(
    found: Sequence[Redactable], text: str, done: Mapping[tuple[str, str], Redaction], names: Mapping[str, str]
) -> Message:
    """Show a button for each record that was found, and of those that were redacted before, by whom and when."""
    if not found:
        return blocks.said(f"I can't find that here. {HOW_TO_REDACT}")
    rows = []
    for place, record in enumerate(found[:_SHOWN]):
        gone = done.get((record.kind, record.id))
        if gone is not None and not record.is_written_since:
            told = f"{record.told} was redacted by {names.get(gone.by, 'somebody')}, {day(gone.at)}."
            rows.append(blocks.paragraphs(blocks.line(blocks.words(told))))
        else:
            value = json.dumps([record.kind, record.id, text], ensure_ascii=False)
            button = blocks.button(f"Redact {record.told}", blocks.numbered(REDACT, place), value, "danger")
            rows.append(blocks.row(f"{record.told}, a {record.kind}", button))
    return Message("What to redact", tuple(rows))


def redacted(told: str, edited: int) -> Message:
    with_it = {0: "None of my messages mentioned it", 1: "I edited one of my messages"}
    return blocks.said(f"{told} is redacted. {with_it.get(edited, f'I edited {edited} of my messages')}.")


def _steward_list(stewards: Iterable[Steward]) -> str:
    told = [f"<@{steward.user_id}> ({blocks.escape(steward.discipline)})" for steward in stewards]
    return ", ".join(told) or "none, so admins approve definitions"


def _with_settings_button(told: str, *, may_change: bool) -> Message:
    shown: list[Block] = [blocks.markdown(told)]
    if may_change:
        shown.append(blocks.buttons([blocks.button("Settings", OPEN_SETTINGS)]))
    return Message(told, tuple(shown))
