"""What a reminder looks like, the form for what and when, and what stewards see of them."""

from collections.abc import Mapping, Sequence

from handlers.checks.outcomes import NotAllowed
from handlers.hooks.reminders import NudgeKind, Reminder
from handlers.nudges.rules.hours import Hours
from handlers.slack import blocks
from handlers.slack.action_ids import REMINDER_SETTINGS
from handlers.slack.blocks import Block, Message, Modal
from storage.workspaces.nudges import Figures

SNOOZE = "nudge_snooze"
USEFUL = "nudge_useful"
SETTINGS = REMINDER_SETTINGS
FORM = "nudge_form"
WORKSPACE_FORM = "nudge_workspace"
BEGIN, END, WANTED = "begin", "end", "wanted"
#: A reminder takes three blocks, and nobody reads a longer list.
SHOWN = 6
_SEPARATOR = "|"
_REPORTED = 20
#: From two days on, a time is told in days.
_DAYS_FROM = 48

SNOOZED = blocks.said("Put off once. I remind you one time later than I would have.")
ALREADY_SNOOZED = blocks.said("You have put this off already. Once it comes up again you can put it off again.")
NOT_YOURS = blocks.said("That reminder is not there any more.")
ONLY_ADMINS = NotAllowed(
    "Only admins choose which kinds of reminders there are. Your own are under /nudges.", kind="settings"
)
ONLY_STEWARDS = NotAllowed("Only stewards and admins see how the reminders fare.", kind="report")
CHOOSE_AN_HOUR, BACKWARDS = "Choose an hour.", "The day ends before it begins. Choose a later hour."
OPEN_FORM = blocks.offer("A mention cannot open a form, but this button can.", blocks.button("Settings", SETTINGS))
HOW_TO = blocks.said(
    "Without a word after it, the command opens your settings. With “report” stewards see how reminders fare; with "
    "“workspace” admins choose which kinds there are."
)


def daily_message(listed: Sequence[Reminder], person: str, delivery_id: str, left: int) -> Message:
    """Everything that a person should settle, in one message."""
    count = "One thing waits" if len(listed) + left == 1 else f"{len(listed) + left} things wait"
    said = [blocks.sentence(f"{count} for you to settle:", "bold")]
    for reminder in listed:
        buttons = [*reminder.buttons(person), blocks.button("Snooze", SNOOZE, subject_of(reminder))]
        since = [blocks.line(blocks.words(f"Open since {reminder.since[:10]}.", "italic"))] if reminder.since else []
        told = blocks.paragraphs(blocks.line(blocks.words(reminder.told)), *since)
        said += [blocks.divider(), told, blocks.buttons(buttons)]
    if left:
        said.append(blocks.small_print(f"And {left} more next time."))
    limits = blocks.small_print("At most one of these a day, in your working hours.")
    said += [blocks.divider(), limits, _was_it_useful(delivery_id)]
    return Message(blocks.escape(f"{count} for you to settle: {listed[0].told}"), blocks.apart(said))


def subject_of(reminder: Reminder) -> str:
    return f"{reminder.kind}{_SEPARATOR}{reminder.subject}"


def read_subject(value: str) -> tuple[str, str]:
    kind, _, subject = value.partition(_SEPARATOR)
    return kind, subject


def thanks(useful: str) -> Message:
    if useful == "yes":
        return blocks.said("Thank you. That helps to decide which reminders stay.")
    return blocks.said("Thank you. Settings lets you switch a kind of reminder off for yourself.")


def form(hours: Hours, off: frozenset[str], kinds: Sequence[NudgeKind]) -> Modal:
    """When, and of what, a person is reminded."""
    times = [(f"{hour:02d}:00", str(hour)) for hour in range(25)]
    begin, end = blocks.choice(times[:24], str(hours.begin)), blocks.choice(times[1:], str(hours.end))
    others = "What you take out here, others are asked about, where there are others."
    fields = (
        blocks.field(BEGIN, "Your working day begins at", begin),
        blocks.field(END, "Your working day ends at", end, "In your Slack time zone, Monday to Friday."),
        blocks.field(WANTED, "Remind me of", _kinds_of(kinds, off), others, optional=True),
    )
    return Modal(FORM, "Reminders", fields, submit="Save")


def workspace_form(off: frozenset[str], kinds: Sequence[NudgeKind]) -> Modal:
    """Which kinds of reminders a workspace has at all; one that only annoys can be switched off."""
    field = blocks.field(WANTED, "Remind people of", _kinds_of(kinds, off), optional=True)
    return Modal(WORKSPACE_FORM, "Reminders for all", (field,), submit="Save")


def _kinds_of(kinds: Sequence[NudgeKind], off: frozenset[str]) -> Block:
    wanted = [kind.id for kind in kinds if kind.id not in off]
    return blocks.choices([(kind.label, kind.id) for kind in kinds], wanted)


def saved_for_all(count: int) -> Message:
    return blocks.said(f"Saved. People are reminded of {count} kind{'s' * (count != 1)} of things.")


def saved(hours: Hours, count: int) -> Message:
    between = f"between {hours.begin:02d}:00 and {hours.end:02d}:00"
    return blocks.said(f"Saved. I remind you {between}, of {count} kind{'s' * (count != 1)} of things.")


def report(
    figures: Sequence[Figures], kinds: Mapping[str, NudgeKind], unreached: Mapping[str, str], stuck: Sequence[Reminder]
) -> Message:
    """What stewards see: whether reminders help, who could not be reached, and what nobody has settled."""
    lines = [blocks.line(blocks.words("Reminders, all that were sent", "bold"))]
    fared = [_told(each, kinds) for each in figures] or ["None was sent so far."]
    lines += [blocks.line(blocks.words(each)) for each in fared]
    if unreached:
        lines.append(blocks.line(blocks.words("Who could not be reached", "bold")))
    for user, why in list(unreached.items())[:_REPORTED]:
        lines.append(blocks.line(blocks.person(user), blocks.words(f": {why}")))
    if stuck:
        lines.append(blocks.line(blocks.words("What nobody has settled", "bold")))
    lines += [blocks.line(blocks.words(f"• {each.told}")) for each in stuck[:_REPORTED]]
    if (left := len(stuck) - _REPORTED) > 0:
        lines.append(blocks.line(blocks.words(f"And {left} more.")))
    return Message("How the reminders fare", (blocks.paragraphs(*lines),))


def _told(each: Figures, kinds: Mapping[str, NudgeKind]) -> str:
    label = kinds[each.kind].label if each.kind in kinds else each.kind
    useful = f", useful to {each.useful} of {each.answered} who said so" if each.answered else ""
    spent = f", half of them within {_spent(each.hours)}" if each.hours is not None else ""
    return f"• {label}: {each.sent} sent, {each.settled} settled{spent}{useful}"


def _spent(hours: float) -> str:
    return f"{hours:.0f} hours" if hours < _DAYS_FROM else f"{hours / 24:.0f} days"


def _was_it_useful(delivery_id: str) -> Block:
    yes = blocks.button("Useful", USEFUL, f"yes {delivery_id}")
    no = blocks.button("Not useful", USEFUL, f"no {delivery_id}")
    return blocks.buttons([yes, no, blocks.button("Settings", SETTINGS)])
