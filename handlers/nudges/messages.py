"""What the digest of a day looks like, the forms for what and when, and what stewards see of the reminders."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.checks.outcomes import NotAllowed
from handlers.hooks.grouping import Grouped, grouped, heading, line, row, when
from handlers.hooks.reminders import NudgeKind, Reminder
from handlers.nudges.rules.choosing import Digest
from handlers.slack import blocks
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
ONLY_STEWARDS = NotAllowed("Only stewards and workspace admins can see the report on reminders.", kind="report")
HOW_TO = blocks.said(
    "/nudges opens your reminder settings. Stewards get a report with /nudges report; admins choose "
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


def _told(each: Figures, kinds: Mapping[str, NudgeKind]) -> str:
    label = kinds[each.kind].label if each.kind in kinds else each.kind
    spent = f", half of them within {_spent(each.hours)}" if each.hours is not None else ""
    return f"• {label}: {each.sent} sent, {each.settled} done{spent}"


def _spent(hours: float) -> str:
    return f"{hours:.0f} hours" if hours < _DAYS_FROM else f"{hours / 24:.0f} days"
