"""The settings on a Home: a person's own, and the workspace's for its admins and stewards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.checks.dates import day
from handlers.slack import action_ids, blocks
from handlers.slack.blocks import Block
from storage.workspaces.summaries import Schedule
from storage.workspaces.workspaces import Steward, Workspace

DISCIPLINE = "home_discipline"
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


def of_person(own: Own, disciplines: Sequence[str]) -> list[Block]:
    """A person's own settings, which are chosen here or by a button."""
    options = [("The workspace's order", _NONE), *((each.capitalize(), each) for each in disciplines)]
    menu = blocks.choice(options, own.discipline or _NONE)
    summary = "none" if own.schedule is None else f"{_DAYS[own.schedule.weekday]} at {own.schedule.at}"
    told = (f"Working hours: {own.hours or '9-17'}", f"Your weekly summary: {summary}")
    lines = blocks.paragraphs(*(blocks.line(blocks.words(each)) for each in told))
    first = blocks.row("Whose definitions come first?", {**menu, "action_id": DISCIPLINE})
    hours = blocks.button("Reminders and hours", action_ids.REMINDER_SETTINGS)
    weekly = blocks.button("My weekly summary", action_ids.SUMMARY_SETTINGS)
    return [blocks.heading("Your settings"), lines, first, blocks.buttons([hours, weekly])]


def of_all(it: ForAll | None) -> list[Block]:
    """The workspace's settings; stewards read them, admins change them."""
    if it is None:
        return []
    lines = []
    for discipline in it.workspace.disciplines:
        names = [it.names.get(each.user_id, "somebody") for each in it.stewards if each.discipline == discipline]
        told = f"{discipline.capitalize()}: {', '.join(names) or 'no steward, so admins approve'}"
        lines.append(blocks.line(blocks.words(told)))
    channel = it.workspace.data_channel
    data = blocks.channel(channel) if channel else blocks.words("not set")
    lines.append(blocks.line(blocks.words("Channel for data requests: "), data))
    for schedule in it.summaries:
        when = blocks.words(f" gets a summary on {_DAYS[schedule.weekday]} at {schedule.at} ({schedule.tz})")
        lines.append(blocks.line(blocks.channel(schedule.subject), when))
    holidays = ", ".join(map(day, it.holidays.split()))
    lines.append(blocks.line(blocks.words(f"Holidays: {holidays or 'none'}")))
    again = f"after {it.confirm_after} days" if it.confirm_after else "on each kind of duty's default schedule"
    lines.append(blocks.line(blocks.words(f"Owners confirm their duties {again}")))
    change = blocks.button("Change", action_ids.WORKSPACE_SETTINGS)
    change_all = blocks.button("Reminders for all", action_ids.REMINDERS_FOR_ALL)
    below = [blocks.buttons([change, change_all])] if it.may_change else []
    return [blocks.heading("The workspace"), blocks.paragraphs(*lines), *below]
