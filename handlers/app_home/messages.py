"""What a Home looks like: what waits for a person, what is theirs, their settings, and those of the workspace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.hooks.digest import Group, Line
from handlers.hooks.reminders import Reminder
from handlers.slack import action_ids, blocks
from handlers.slack.blocks import Block
from storage.workspaces.summaries import Schedule
from storage.workspaces.workspaces import Steward, Workspace

PAGE = "home_page"
DISCIPLINE = "home_discipline"
#: A Home takes 100 blocks; what stands on every page takes some of them.
_BLOCKS = 90
_ROWS = 12
_NONE = "none"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Own:
    """A person's settings: the discipline that comes first, working hours such as 9-17, and their own summary."""

    discipline: str = ""
    hours: str = ""
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class ForAll:
    """A workspace's settings, for its admins and stewards; ``summaries`` are those of channels."""

    workspace: Workspace
    stewards: Sequence[Steward]
    names: Mapping[str, str]
    may_change: bool
    summaries: Sequence[Schedule] = ()
    holidays: str = ""
    confirm_after: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a Home shows to one person."""

    user_id: str
    reminders: Sequence[Reminder]
    groups: Sequence[Group]
    own: Own
    disciplines: Sequence[str]
    for_all: ForAll | None
    now: datetime


def home(shown: Shown, page: int) -> tuple[Block, ...]:
    """Return the blocks of one page of a Home, 100 at most; a page that is not there is the last one."""
    parts = [*_waiting(shown), *_owned(shown), _settings(shown), *_for_all(shown)]
    pages = _paged(parts)
    place = min(max(page, 0), len(pages) - 1)
    return (*blocks.apart(pages[place]), *_turning(place, len(pages)))


#: Below a Home that is watched no longer.
LATER = blocks.small_print("What belongs to your private channels appears here in a moment.")


def guests() -> tuple[Block, ...]:
    """Say to guests where they can ask; what belongs to the workspace is not theirs to see."""
    told = "Mention me in a channel that you are in: I answer there with what belongs to that channel."
    return (blocks.sentence(told),)


def _waiting(shown: Shown) -> list[list[Block]]:
    """What waits for the person, each with the buttons that settle it."""
    heading = _heading(f"Waits for you: {len(shown.reminders)}" if shown.reminders else "Nothing waits for you")
    parts = [[heading]]
    for reminder in shown.reminders:
        since = [blocks.line(blocks.words(f"Open since {reminder.since[:10]}.", "italic"))] if reminder.since else []
        told = blocks.paragraphs(blocks.line(blocks.words(f"{reminder.name}: {reminder.told}")), *since)
        parts.append([told, blocks.buttons([reminder.button(shown.user_id)]), blocks.divider()])
    return parts


def _owned(shown: Shown) -> list[list[Block]]:
    listed = [group for group in shown.groups if group.lines]
    if not listed:
        ask = blocks.button("Ask for data", action_ids.ASK_FOR_DATA)
        log = blocks.button("Log a decision", action_ids.LOG_DECISION)
        told = "Nothing is yours yet. Ask what a word means with /define, or begin with one of these:"
        return [[_heading("Yours"), blocks.sentence(told), blocks.buttons([ask, log])]]
    return [_listed(group, len(group.lines) - _ROWS) for group in listed]


def _listed(group: Group, left: int) -> list[Block]:
    more = [blocks.small_print(f"And {left} more.")] if left > 0 else []
    return [_heading(f"{group.told}: {len(group.lines)}"), *map(_row, group.lines[:_ROWS]), *more]


def _row(line: Line) -> Block:
    if line.button is None:
        return blocks.sentence(line.told)
    return blocks.row(line.told, blocks.spoken(line.button, f"Open {line.told}"))


def _settings(shown: Shown) -> list[Block]:
    own = shown.own
    options = [("The workspace's order", _NONE), *((each.capitalize(), each) for each in shown.disciplines)]
    menu = blocks.choice(options, own.discipline or _NONE)
    summary = "none" if own.schedule is None else f"{_DAYS[own.schedule.weekday]} at {own.schedule.at}"
    told = (f"Working hours: {own.hours or '9-17'}", f"Your weekly summary: {summary}")
    lines = blocks.paragraphs(*(blocks.line(blocks.words(each)) for each in told))
    first = blocks.control("Whose meanings do you read first?", {**menu, "action_id": DISCIPLINE})
    hours = blocks.button("Reminders and hours", action_ids.REMINDER_SETTINGS)
    weekly = blocks.button("Your summary", action_ids.SUMMARY_SETTINGS, shown.user_id)
    return [_heading("Your settings"), lines, first, blocks.buttons([hours, weekly])]


def _for_all(shown: Shown) -> list[list[Block]]:
    """The workspace's settings; stewards read them, admins change them."""
    it = shown.for_all
    if it is None:
        return []
    lines = []
    for discipline in it.workspace.disciplines:
        names = [it.names.get(each.user_id, "somebody") for each in it.stewards if each.discipline == discipline]
        told = f"{discipline.capitalize()}: {', '.join(names) or 'no steward, so admins act'}"
        lines.append(blocks.line(blocks.words(told)))
    channel = it.workspace.data_channel
    data = blocks.channel(channel) if channel else blocks.words("not chosen yet")
    lines.append(blocks.line(blocks.words("Channel for data: "), data))
    for schedule in it.summaries:
        when = blocks.words(f" gets a summary on {_DAYS[schedule.weekday]} at {schedule.at} ({schedule.tz})")
        lines.append(blocks.line(blocks.channel(schedule.subject), when))
    lines.append(blocks.line(blocks.words(f"Days off: {', '.join(it.holidays.split()) or 'none'}")))
    again = f"{it.confirm_after} days" if it.confirm_after else "as long as the catalogue of duties says"
    lines.append(blocks.line(blocks.words(f"Duties are confirmed again after {again}")))
    change = blocks.button("Change", action_ids.WORKSPACE_SETTINGS)
    change_all = blocks.button("Reminders for all", action_ids.REMINDERS_FOR_ALL)
    below = [blocks.buttons([change, change_all])] if it.may_change else []
    return [[_heading("The workspace"), blocks.paragraphs(*lines), *below]]


def _heading(text: str) -> Block:
    return {"type": "header", "text": blocks.plain(text)}


def _paged(parts: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """Put parts onto pages, none of which is cut in two."""
    pages: list[list[Block]] = [[]]
    for part in parts:
        if pages[-1] and len(pages[-1]) + len(part) > _BLOCKS:
            pages.append([])
        pages[-1].extend(part)
    return pages


def _turning(place: int, count: int) -> list[Block]:
    if count == 1:
        return []
    back = [blocks.button("Back", blocks.numbered(PAGE, 0), str(place - 1))] if place else []
    forth = [blocks.button("More", blocks.numbered(PAGE, 1), str(place + 1))] if place < count - 1 else []
    return [blocks.small_print(f"Page {place + 1} of {count}"), blocks.buttons([*back, *forth])]
