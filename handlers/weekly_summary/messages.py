"""What a weekly summary looks like: a short message first, the rest in its thread; and what /summary says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handlers.access.visibility import may_hear
from handlers.checks.dates import age
from handlers.hooks.digest import Group, Line, Section
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal
from handlers.weekly_summary.rules import DAYS, change, waiting_for
from storage.workspaces.summaries import Run, Schedule

MORE = "summary_more"
FORM = "summary_form"
WANTED, DAY, AT = "wanted", "day", "at"
_SHOWN, _MORE_SHOWN = 6, 20
#: Blocks of a preview, which is one message.
PREVIEWED = 48
#: Blocks of one message; Slack takes 50.
_LONGEST = 48
_PEOPLE = 4
#: The section whose note tells a share that changes from week to week.
_SHARED = "duties"
_WEEKS = 12
_ROW = 300
#: What the chart follows, as features call it.
CHARTED = ("Open questions", "Open requests", "Unowned duties", "Decisions")


@dataclass(frozen=True, slots=True)
class Shown:
    """A summary ready to be told: its sections, its figures, and those of the weeks before, the newest first."""

    sections: Sequence[Section]
    figures: Mapping[str, int]
    before: Sequence[Run]
    names: Mapping[str, str]
    now: datetime
    run_id: str = ""
    is_naming: bool = False
    known: frozenset[str] = field(default_factory=frozenset)
    period: str = ""
    #: Who reads there; None where everybody may.
    readers: frozenset[str] | None = None

    @property
    def day(self) -> str:
        """Return the day that names it, in the zone of who chose when it comes."""
        return self.period or self.now.date().isoformat()

    @property
    def last(self) -> Mapping[str, int]:
        return self.before[0].figures if self.before else {}


def lead(shown: Shown) -> Message:
    """Three to six lines: what changed, and what waits for whom."""
    title = f"The week in short, {shown.day}"
    lines = [blocks.line(blocks.words(title, "bold"))]
    for section in shown.sections:
        if section.told_groups:
            counts = ", ".join(_count(group) for group in section.told_groups if group.is_news)
            note = f" {section.note}" if section.note else ""
            told = f"{section.title}: {counts}.{note}" if counts else f"{section.title}: worth a look.{note}"
            lines.append(blocks.line(blocks.words(told)))
    waiting = waiting_for(shown.sections)
    lines.append(_waits(waiting, shown) if waiting else blocks.line(blocks.words("Nothing waits for anybody.")))
    return Message(blocks.escape(title), (blocks.paragraphs(*lines),))


def nothing() -> Message:
    return blocks.said("A quiet week: nothing changed, and nothing new waits for anybody.")


def section(told: Section, shown: Shown) -> list[Message]:
    """One section in the thread, each line with a button that opens its record; what is too long goes on in another."""
    title = told.title
    said: list[Block] = [blocks.paragraphs(blocks.line(blocks.words(title, "bold")))]
    if told.note:
        said.append(blocks.small_print(f"{told.note}{_changes(shown) if told.id == _SHARED else ''}"))
    place = 0
    for group in told.told_groups:
        said.append(blocks.paragraphs(blocks.line(blocks.words(_count(group).capitalize(), "italic"))))
        for line in group.lines[:_SHOWN]:
            said.append(_row(line, place, shown))
            place += 1
        if (left := len(group.lines) - _SHOWN) > 0:
            value = f"{shown.run_id}:{told.id}:{group.told}:{_SHOWN}"
            button = blocks.button("Show them", blocks.numbered(MORE, place), value)
            said.append(blocks.row(f"And {left} more.", button))
            place += 1
    return [Message(blocks.escape(title), tuple(said[at : at + _LONGEST])) for at in range(0, len(said), _LONGEST)]


def more(told: Section, group: Group, begin: int, shown: Shown) -> Message:
    """The rest of a long list, a page at a time."""
    title = f"{told.title}: {_count(group)}"
    said: list[Block] = [blocks.paragraphs(blocks.line(blocks.words(title, "bold")))]
    listed = group.lines[begin : begin + _MORE_SHOWN]
    said += [_row(line, place, shown) for place, line in enumerate(listed)]
    if (left := len(group.lines) - begin - _MORE_SHOWN) > 0:
        value = f"{shown.run_id}:{told.id}:{group.told}:{begin + _MORE_SHOWN}"
        said.append(blocks.row(f"And {left} more.", blocks.button("Show them", f"{MORE}:more", value)))
    return Message(blocks.escape(title), tuple(said))


def trend(shown: Shown) -> Message | None:
    """The figures of up to twelve weeks as Slack's own chart, with a text where it is not taken; None for one week."""
    weeks = [*reversed(shown.before[: _WEEKS - 1])]
    if not weeks:
        return None
    labels = [*(run.period[5:] for run in weeks), shown.day[5:]]
    columns = [*(run.figures for run in weeks), shown.figures]
    series = [
        {"name": name, "data": [{"label": label, "value": column.get(name, 0)}
                                for label, column in zip(labels, columns, strict=True)]}
        for name in CHARTED
    ]  # fmt: skip
    title = f"The last {len(labels)} summaries"
    chart: Block = {
        "type": "data_visualization", "title": title,
        "chart": {"type": "line", "series": series, "axis_config": {"categories": labels}},
    }  # fmt: skip
    lines = [f"{name}: {', '.join(str(column.get(name, 0)) for column in columns)}" for name in CHARTED]
    text = "\n".join([f"{title} ({', '.join(labels)})", *lines])
    return Message(title, (chart,), otherwise=blocks.escape(text))


def mine(sections: Sequence[Section], shown: Shown) -> Message:
    """What waits for one person, or is theirs, to be read alone."""
    listed = [(told, group) for told in sections for group in told.told_groups]
    if not listed:
        return blocks.said("Nothing waits for you, and nothing of yours changed this week.")
    said: list[Block] = [blocks.paragraphs(blocks.line(blocks.words("Yours, this week", "bold")))]
    place = 0
    for told, group in listed:
        said.append(blocks.paragraphs(blocks.line(blocks.words(f"{told.title}: {_count(group)}", "italic"))))
        for line in group.lines[: _SHOWN // 2]:
            said.append(_row(line, place, shown))
            place += 1
        if (left := len(group.lines) - _SHOWN // 2) > 0:
            said.append(blocks.small_print(f"And {left} more."))
    return Message("Yours, this week", tuple(said[:50]))


def _row(line: Line, place: int, shown: Shown) -> Block:
    """One line: what it is, for whom, how old, and whether it is new since the last summary."""
    people = [shown.names[each] for each in line.people[:_PEOPLE] if each in shown.names]
    is_new = bool(shown.before and line.since) and line.key not in shown.known
    marks = [", ".join(people), age(line.since, shown.now.date()), "new" if is_new else ""]
    told = " · ".join(each for each in (blocks.cut(line.told, _ROW), *marks) if each)
    if line.button is None:
        return blocks.paragraphs(blocks.line(blocks.words(told)))
    route = str(line.button["action_id"])
    return blocks.row(told, blocks.spoken({**line.button, "action_id": blocks.numbered(route, place)}, f"Open {told}"))


def _count(group: Group) -> str:
    return f"{len(group.lines)} {group.told}" if group.is_news else group.told


def _waits(waiting: Sequence[tuple[str, int]], shown: Shown) -> Block:
    """Name for whom most waits; nobody is notified, unless that was chosen."""
    parts: list[Block] = [blocks.words("Waits for ")]
    for place, (person, count) in enumerate(waiting[:_PEOPLE]):
        is_named = shown.is_naming and may_hear(shown.readers, person)
        who = blocks.person(person) if is_named else blocks.words(shown.names.get(person, "somebody"))
        parts += [*([blocks.words(", ")] if place else []), who, blocks.words(f" ({count})")]
    left = len(waiting) - _PEOPLE
    more_people = f" and {left} more" if left > 0 else ""
    return blocks.line(*parts, blocks.words(f"{more_people}."))


def _changes(shown: Shown) -> str:
    """Say how the share of duties with an owner changed since the last summary."""
    name = "Duties with an owner, in %"
    told = change(shown.figures.get(name, 0), shown.last, name)
    return f" That is {told} the last summary." if told else ""


def how_to(command_prefix: str) -> Message:
    command = f"/{command_prefix}summary"
    lines = (
        f"`{command}`: what waits for you, and what of yours changed this week",
        f"`{command} here weekly monday 09:00`: a summary in this channel, in your time zone",
        "with `always` after that it says one line in a quiet week; with `naming` it notifies for whom something waits",
        f"`{command} preview`: what it would say here now, to you alone",
        f"`{command} me weekly monday 09:00`: one for you alone; `{command} off` and `{command} off me` end them",
    )
    told = "*The weekly summary*\n" + "\n".join(f"• {line}" for line in lines)
    return Message(told, (blocks.markdown(told),))


def form(schedule: Schedule | None) -> Modal:
    """When a person wants a summary of their own, if at all."""
    days = [(name.capitalize(), str(place)) for place, name in enumerate(DAYS)]
    hours = [(f"{hour:02d}:00", f"{hour:02d}:00") for hour in range(24)]
    at = schedule.at if schedule is not None else "09:00"
    known = hours if at in {value for _, value in hours} else [(at, at), *hours]
    fields = (
        blocks.field(WANTED, "A summary for you alone", blocks.radio(
            [("Every week", "yes"), ("None", "no")], "no" if schedule is None else "yes"
        )),
        blocks.field(DAY, "On", blocks.choice(days, str(schedule.weekday) if schedule is not None else "0")),
        blocks.field(AT, "At", blocks.choice(known, at), "In your Slack time zone."),
    )  # fmt: skip
    return Modal(FORM, "Your summary", fields, submit="Save")


def chosen(schedule: Schedule, *, is_own: bool, before: str = "") -> Message:
    """Say what was chosen; ``before`` is what was so until now."""
    where = "You get" if is_own else "This channel gets"
    always = " In a quiet week I say so in one line." if schedule.is_always else " In a quiet week I say nothing."
    naming = " Those for whom something waits are notified." if schedule.is_naming else ""
    day = DAYS[schedule.weekday].capitalize()
    return blocks.said(f"{where} a summary every {day} at {schedule.at} ({schedule.tz}).{always}{naming}{before}")


def until_now(old: Schedule, by: str) -> str:
    """Say what a new choice takes the place of."""
    return f" Until now it came every {DAYS[old.weekday].capitalize()} at {old.at} ({old.tz}), as {by} chose."


def choose() -> str:
    return "Choose one of these."


def stopped(*, was_there: bool, is_own: bool) -> Message:
    if not was_there:
        return blocks.said("There was none. See /summary help for how to get one.")
    return blocks.said("You get no summary any more." if is_own else "This channel gets no summary any more.")


def not_here() -> Message:
    return blocks.said("Members of the workspace choose that, in a channel that I am in. Invite me with /invite first.")


def nothing_yet() -> Message:
    return blocks.said("Nothing happened that I could tell of here.")


def not_told() -> Message:
    return blocks.said("Slack did not tell me just now who reads this channel. Please try again in a minute.")


def gone() -> Message:
    return blocks.said("There is nothing more to show of that.")


def listed_soon(count: int, day: str, listed: str) -> str:
    """Say what of somebody's will be listed, and that they can still settle it."""
    things, them = ("One thing", "it") if count == 1 else (f"{count} things", "them")
    named = f": {listed}{'; …' if count > listed.count('; ') + 1 else ''}" if listed else ""
    return (
        f"The weekly summary of {day} will list as waiting {things.lower()} of yours{named}. "
        f"There is still time to settle {them}."
    )
