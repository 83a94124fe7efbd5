"""What a weekly summary looks like: a short message first, the rest in its thread; and what /summary says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.access.visibility import may_hear
from handlers.checks.dates import age
from handlers.checks.outcomes import NotAllowed
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
_PREVIEWED = 48
#: Blocks of one message; Slack takes 50.
_LONGEST = 48
_PEOPLE = 4
#: The section whose note tells a share that changes from week to week.
_SHARED = "duties"
_WEEKS = 12
_ROW = 300
#: What the chart follows, as features call it.
CHARTED = ("Open questions", "Open requests", "Unowned duties", "Decisions")

NOTHING = blocks.said("A quiet week: nothing changed, and nothing new waits for anybody.")
LEFT_OUT = "Guests or people from other organisations are in this channel, so I only list what belongs to it."
_WHERE = "Members of the workspace choose that, in a channel that I am in. Invite me with /invite first."
NOT_HERE, NOT_YOURS = blocks.said(_WHERE), NotAllowed(_WHERE, kind="summary")
NOTHING_YET = blocks.said("Nothing happened that I could tell of here.")
NOT_TOLD = blocks.said("Slack did not tell me just now who reads this channel. Please try again in a minute.")
GONE = blocks.said("There is nothing more to show of that.")
HOW_TO_END = blocks.said("Write /summary off to end this channel's, or /summary off me to end your own.")
CHOOSE = "Choose one of these."


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
    period: str = ""
    #: Who reads there; None where everybody may.
    readers: frozenset[str] | None = None
    #: Whether the workspace's records are left out: then nothing is compared with weeks in which they were told.
    is_limited: bool = False

    @property
    def day(self) -> str:
        """Return the day that names it, in the zone of who chose when it comes."""
        return self.period or self.now.date().isoformat()

    @property
    def last(self) -> Mapping[str, int]:
        return self.before[0].figures if self.before and not self.is_limited else {}


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
    left_out = (blocks.small_print(LEFT_OUT),) if shown.is_limited else ()
    return Message(blocks.escape(title), (blocks.paragraphs(*lines), *left_out))


def nothing(shown: Shown) -> Message:
    return blocks.said(f"A quiet week: nothing changed here. {LEFT_OUT}") if shown.is_limited else NOTHING


def section(told: Section, shown: Shown) -> list[Message]:
    """One section in the thread, each line with a button that opens its record; what is too long goes on in another."""
    said = [blocks.sentence(told.title, "bold")]
    if told.note:
        said.append(blocks.small_print(f"{told.note}{_changes(shown) if told.id == _SHARED else ''}"))
    for group in told.told_groups:
        said += [blocks.sentence(_count(group).capitalize(), "italic"), *_page(told, group, (0, _SHOWN), shown)]
    parts = (said[at : at + _LONGEST] for at in range(0, len(said), _LONGEST))
    return [Message(blocks.escape(told.title), blocks.apart(part)) for part in parts]


def more(told: Section, group: Group, begin: int, shown: Shown) -> Message:
    """The rest of a long list, a page at a time."""
    title = f"{told.title}: {_count(group)}"
    said = [blocks.sentence(title, "bold"), *_page(told, group, (begin, begin + _MORE_SHOWN), shown)]
    return Message(blocks.escape(title), blocks.apart(said))


def _page(told: Section, group: Group, span: tuple[int, int], shown: Shown) -> list[Block]:
    """The lines of a group from one place to another, and a button that shows what is left."""
    begin, end = span
    rows = [_row(line, shown) for line in group.lines[begin:end]]
    if (left := len(group.lines) - end) > 0:
        button = blocks.button("Show them", MORE, f"{shown.run_id}:{told.id}:{group.told}:{end}")
        rows.append(blocks.row(f"And {left} more.", button))
    return rows


def in_full(shown: Shown) -> list[Message]:
    """The lead, and what stands in its thread."""
    return [lead(shown), *(part for each in shown.sections if each.told_groups for part in section(each, shown))]


def preview(shown: Shown) -> Message:
    listed = [block for part in in_full(shown) for block in part.blocks][:_PREVIEWED]
    return Message("What the summary would say here now", blocks.apart(listed))


def trend(shown: Shown) -> Message | None:
    """The figures of up to twelve weeks as Slack's own chart, with a text where it is not taken; None for one week."""
    weeks = [*reversed(shown.before[: _WEEKS - 1])]
    if not weeks or shown.is_limited:
        return None
    labels = [*(run.period[5:] for run in weeks), shown.day[5:]]
    columns = [*(run.figures for run in weeks), shown.figures]
    values = {name: [column.get(name, 0) for column in columns] for name in CHARTED}
    series = [
        {"name": name, "data": [{"label": label, "value": value} for label, value in zip(labels, of, strict=True)]}
        for name, of in values.items()
    ]
    title = f"The last {len(labels)} summaries"
    drawn: Block = {"type": "line", "series": series, "axis_config": {"categories": labels}}
    chart: Block = {"type": "data_visualization", "title": title, "chart": drawn}
    lines = [f"{name}: {', '.join(map(str, of))}" for name, of in values.items()]
    text = "\n".join([f"{title} ({', '.join(labels)})", *lines])
    return Message(title, (chart,), otherwise=blocks.escape(text))


def mine(sections: Sequence[Section], shown: Shown) -> Message:
    """What waits for one person, or is theirs, to be read alone."""
    listed = [(told, group) for told in sections for group in told.told_groups]
    if not listed:
        return blocks.said("Nothing waits for you, and nothing of yours changed this week.")
    said = [blocks.sentence("Yours, this week", "bold")]
    for told, group in listed:
        said.append(blocks.sentence(f"{told.title}: {_count(group)}", "italic"))
        said += [_row(line, shown) for line in group.lines[: _SHOWN // 2]]
        if (left := len(group.lines) - _SHOWN // 2) > 0:
            said.append(blocks.small_print(f"And {left} more."))
    return Message("Yours, this week", blocks.apart(said[:50]))


def _row(line: Line, shown: Shown) -> Block:
    """One line: what it is, for whom, how old, and whether it is new since the last summary."""
    people = [shown.names[each] for each in line.people[:_PEOPLE] if each in shown.names]
    is_new = bool(shown.before and line.since) and line.key not in shown.before[0].keys
    marks = [", ".join(people), age(line.since, shown.now.date()), "new" if is_new else ""]
    told = " · ".join(each for each in (blocks.cut(line.told, _ROW), *marks) if each)
    if line.button is None:
        return blocks.sentence(told)
    return blocks.row(told, blocks.spoken(line.button, f"Open {told}"))


def _count(group: Group) -> str:
    return f"{len(group.lines)} {group.told}" if group.is_news else group.told


def _waits(waiting: Sequence[tuple[str, int]], shown: Shown) -> Block:
    """Name for whom most waits; nobody is notified, unless that was chosen."""
    parts = [blocks.words("Waits for ")]
    for place, (person, count) in enumerate(waiting[:_PEOPLE]):
        is_named = shown.is_naming and may_hear(shown.readers, person)
        who = blocks.person(person) if is_named else blocks.words(shown.names.get(person, "somebody"))
        parts += [*([blocks.words(", ")] if place else []), who, blocks.words(f" ({count})")]
    left = len(waiting) - _PEOPLE
    return blocks.line(*parts, blocks.words(f" and {left} more." if left > 0 else "."))


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
    is_wanted, weekday, at = ("no", 0, "09:00") if schedule is None else ("yes", schedule.weekday, schedule.at)
    days = [(name.capitalize(), str(place)) for place, name in enumerate(DAYS)]
    hours = [f"{hour:02d}:00" for hour in range(24)]
    known = [(each, each) for each in (hours if at in hours else [at, *hours])]
    wanted = blocks.radio([("Every week", "yes"), ("None", "no")], is_wanted)
    fields = (
        blocks.field(WANTED, "A summary for you alone", wanted),
        blocks.field(DAY, "On", blocks.choice(days, str(weekday))),
        blocks.field(AT, "At", blocks.choice(known, at), "In your Slack time zone."),
    )
    return Modal(FORM, "Your summary", fields, submit="Save")


def chosen(schedule: Schedule, *, is_own: bool, more: str = "") -> Message:
    """Say what was chosen, and what is to be known besides."""
    where = "You get" if is_own else "This channel gets"
    always = f" In a quiet week I say {'so in one line' if schedule.is_always else 'nothing'}."
    naming = " Those for whom something waits are notified." if schedule.is_naming else ""
    return blocks.said(f"{where} a summary {_when(schedule)}.{always}{naming}{more}")


def limited(command_prefix: str) -> str:
    """Say that a summary will leave out what guests may not read."""
    return (
        " Guests are in this channel, so the summary only lists what belongs to it. An admin can allow more with "
        f"/{command_prefix}common-ground guests allow."
    )


def _when(schedule: Schedule) -> str:
    return f"every {DAYS[schedule.weekday].capitalize()} at {schedule.at} ({schedule.tz})"


def tell_who_set(old: Schedule, new: Schedule | None, by: str) -> Message:
    """Tell whoever set a channel's summary up that somebody else changed it; None turned it off."""
    did = "turned off" if new is None else "changed"
    end = f", which you set up.{f' It now comes {_when(new)}.' if new is not None else ''}"
    what = (blocks.words(f" {did} the weekly summary of "), blocks.channel(old.subject), blocks.words(end))
    line = blocks.line(blocks.person(by), *what)
    return Message(f"The weekly summary that you set up was {did}", (blocks.paragraphs(line),))


def until_now(old: Schedule, by: str) -> str:
    """Say what a new choice takes the place of."""
    return f" Before that it came {_when(old)}, set up by {by}."


def stopped(*, was_there: bool, is_own: bool) -> Message:
    if not was_there:
        return blocks.said("There was none. See /summary help for how to get one.")
    return blocks.said("You get no summary any more." if is_own else "This channel gets no summary any more.")
