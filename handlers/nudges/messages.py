"""What the digest of a day looks like, the forms for what and when, and what stewards see of the reminders."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import dropwhile

from handlers.checks.outcomes import NotAllowed, Refused
from handlers.checks.quantities import counted
from handlers.hooks.grouping import Grouped, grouped, heading, line, row, when
from handlers.hooks.reminders import NudgeKind, Reminder
from handlers.hooks.waits import What
from handlers.nudges.rules.choosing import Digest
from handlers.nudges.rules.helping import Waited, Weeks
from handlers.slack import blocks, charts
from handlers.slack.action_ids import REMINDER_SETTINGS, SUMMARY_MINE
from handlers.slack.blocks import Block, Message, Modal
from storage.workspaces.nudges import Figures
from storage.workspaces.summaries import Notice

SNOOZE = "nudge_snooze"
SETTINGS = REMINDER_SETTINGS
#: Nobody reads a longer list on a phone.
SHOWN = 6
#: Slack takes 100 blocks in a form.
_LISTED = 90
_REPORTED = 20
#: From two days on, a time is told in days.
_DAYS_FROM = 48

SNOOZED = blocks.offer("Snoozed for a week. What needs you stays on your Home.", blocks.button("Settings", SETTINGS))
#: Stands in an earlier digest where a button was.
OVER = "This no longer needs you."
NOTHING_LEFT = blocks.said("None of that needs you any more.")
ONLY_STEWARDS = NotAllowed("Only stewards, workspace admins and leads of components can see the report.", kind="report")
FOR_YOU_ALONE = Refused("The report is for you alone. Type `/nudges report` for it.")
#: What waits, as the report names it; Slack takes 20 characters under a chart.
WAITS: Mapping[What, str] = {
    "unclear": "Unclear duties",
    "question": "Undefined words",
    "agreed": "Data until agreed",
    "accepted": "Data until accepted",
    "breach": "Unanswered breaches",
    "unmeasured": "Never measured",
    "unplanned": "No plan to measure",
    "link": "Links to confirm",
}
EXPORT_WAITS = "nudge_waits"
WAITS_COME = blocks.said("The figures come as a CSV file in a direct message.")
WAITS_FILE = "How long things waited, by component and week"
#: Where nothing is known of a component.
NO_COMPONENT = "No component"
NOTHING_WAITED = "Nothing waited in the last 12 weeks."
_WAITED = "Days waited"
WAITS_COLUMNS = ("component", "week until", "what", "waited", "median days")
_HOW_TO_READ = "What waited in the last 7 days; half of it for the time in brackets, or longer."
HOW_TO = blocks.said(
    "/nudges opens your reminder settings. Stewards and leads get a report with /nudges report; admins choose "
    "what everybody is reminded about with /nudges workspace."
)


def digest(told: Digest, person: str, today: date, delivery_id: str) -> Message:
    """Everything that needs a person, a line a topic, in one message; or that a summary will list something.

    ``delivery_id`` is the message's own.
    """
    if told.notice is not None and told.is_notice_alone:
        return _announcement(told.notice, today, delivery_id)
    listed = grouped(told.covered)
    shown, left = listed[:SHOWN], len(listed) - SHOWN
    said = [blocks.sentence(heading(len(listed)), "bold"), *(line(each, person, today) for each in shown)]
    below = [f"And {left} more, on your Home."] if left > 0 else []
    below += [_announced(told.notice)] if told.notice is not None else []
    said += [blocks.small_print(each) for each in below]
    text = blocks.escape(blocks.cut(_in_a_notification(listed, person), 300))
    asks = tuple(ask for each in shown for ask in each.asks)
    return Message(text, blocks.apart([*said, _below(delivery_id)]), asks=asks)


def _in_a_notification(listed: Sequence[Grouped], person: str) -> str:
    first = listed[0]
    if len(listed) == 1:
        return f"{first.label}: {first.told_to(person)}"
    return f"{heading(len(listed))}: {', '.join(dict.fromkeys(each.label for each in listed[:SHOWN]))}"


def shown(covered: Sequence[Reminder]) -> list[Reminder]:
    """Return the reminders that the digest of a day has room for."""
    return [each for topic in grouped(covered)[:SHOWN] for each in topic.reminders]


def _announcement(notice: Notice, today: date, delivery_id: str) -> Message:
    said = _announced(notice)
    button = blocks.spoken(blocks.button("Show them", SUMMARY_MINE), f"Show what of yours is open, {today:%A}")
    return Message(said, blocks.apart([blocks.row(said, button), _below(delivery_id)]))


def _announced(notice: Notice) -> str:
    """Say that a summary is coming, as its channel calls the day."""
    items = "one open item" if notice.count == 1 else f"{notice.count} open items"
    return f"{date.fromisoformat(notice.period):%A}'s summary will list {items} of yours."


def _below(delivery_id: str) -> Block:
    return blocks.buttons([blocks.button("Snooze a week", SNOOZE, delivery_id), blocks.button("Settings", SETTINGS)])


def review(found: Grouped, person: str, today: date) -> Modal:
    """List the several things of one topic, each with the button that settles it."""
    listed = found.reminders[:_LISTED]
    rows = [row(each.name, each.told_to(person), when([each], today), each.button(person)) for each in listed]
    left = found.count - _LISTED
    more = [blocks.small_print(f"And {left} more.")] if left > 0 else []
    return Modal("nudge_listed", blocks.cut(found.topic.label, 24), blocks.apart([*rows, *more]))


def report(
    figures: Sequence[Figures], kinds: Mapping[str, NudgeKind], unreached: Mapping[str, str], stuck: Sequence[Reminder]
) -> Message:
    """What stewards see: whether reminders help, who could not be reached, and what nobody has settled."""
    lines = [blocks.line(blocks.words("Reminders so far", "bold"))]
    fared = [_told(each, kinds) for each in figures] or ["None sent yet."]
    lines += [blocks.line(blocks.words(each)) for each in fared]
    if unreached:
        lines.append(blocks.line(blocks.words("Not reached", "bold")))
    for user, why in list(unreached.items())[:_REPORTED]:
        lines.append(blocks.line(blocks.person(user), blocks.words(f": {why}")))
    if stuck:
        lines.append(blocks.line(blocks.words("Still open after everybody was reminded", "bold")))
    lines += [blocks.line(blocks.words(f"• {each.name}: {each.told_to('')}")) for each in stuck[:_REPORTED]]
    if (left := len(stuck) - _REPORTED) > 0:
        lines.append(blocks.line(blocks.words(f"And {left} more.")))
    return Message("Report on reminders", (blocks.paragraphs(*lines),))


def waits(weeks: Weeks, components: Mapping[str, Mapping[What, Waited]]) -> Message:
    """How long things waited: over the weeks, and in each component, the one that most waits in first."""
    weeks = dict(dropwhile(lambda week: not week[1], weeks.items()))
    labels = [f"{end.day} {end:%b}" for end in weeks]
    drawn = {
        label: [week[what].days if what in week else 0.0 for week in weeks.values()]
        for what, label in WAITS.items()
        if any(what in week for week in weeks.values())
    }
    if not drawn:
        return blocks.said(NOTHING_WAITED)
    most = sorted(components.items(), key=lambda each: -sum(of.number for of in each[1].values()))
    rows = [blocks.line(blocks.words(name, "bold"), blocks.words(f"  {_waits(of)}")) for name, of in most if of]
    said = [charts.lines(_WAITED, labels, drawn)]
    said += [blocks.paragraphs(*rows[:_REPORTED]), blocks.small_print(_HOW_TO_READ)] if rows else []
    said += [blocks.buttons([blocks.button("As CSV", EXPORT_WAITS)])]
    return Message(_WAITED, tuple(said), otherwise=blocks.escape(charts.in_words(_WAITED, labels, drawn)))


def below(above: Message, told: Message) -> Message:
    """Return two parts of a report as one message."""
    text = blocks.escape(f"{above.text}\n") + told.otherwise if told.otherwise else ""
    return Message(above.text, blocks.apart([*above.blocks, *told.blocks]), otherwise=text)


def _waits(of: Mapping[What, Waited]) -> str:
    return ", ".join(
        f"{WAITS[what].lower()} {waited.number} ({_spent(waited.days * 24)})" for what, waited in of.items()
    )


def waits_rows(found: Mapping[str, Weeks]) -> Iterator[Sequence[object]]:
    """Yield the rows of the file, by ``WAITS_COLUMNS``: of each component, each week, each kind that waited."""
    for name, weeks in found.items():
        for end, week in weeks.items():
            for what, waited in week.items():
                yield name, end.date().isoformat(), WAITS[what], waited.number, waited.days


def _told(each: Figures, kinds: Mapping[str, NudgeKind]) -> str:
    label = kinds[each.kind].label if each.kind in kinds else each.kind
    spent = f", half of them within {_spent(each.hours)}" if each.hours is not None else ""
    return f"• {label}: {each.sent} sent, {each.settled} done{spent}"


def _spent(hours: float) -> str:
    return counted(f"{hours:.0f}", "hours") if hours < _DAYS_FROM else f"{hours / 24:.0f} days"
