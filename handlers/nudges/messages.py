"""What a reminder looks like, the form for what and when, and what stewards see of them."""

from collections.abc import Mapping, Sequence

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
#: More buttons than this no reminder has; each gets a number of its own.
_BUTTONS = 10
_SEPARATOR = "|"
_REPORTED = 20
#: From two days on, a time is told in days.
_DAYS_FROM = 48


def daily_message(listed: Sequence[Reminder], person: str, delivery_id: str, left: int) -> Message:
    """Everything that a person should settle, in one message."""
    count = "One thing waits" if len(listed) + left == 1 else f"{len(listed) + left} things wait"
    said: list[Block] = [blocks.paragraphs(blocks.line(blocks.words(f"{count} for you to settle:", "bold")))]
    for place, reminder in enumerate(listed):
        buttons = [*reminder.buttons(person), blocks.button("Snooze", SNOOZE, subject_of(reminder))]
        numbered = [
            {**each, "action_id": blocks.numbered(_route(each), place * _BUTTONS + at)}
            for at, each in enumerate(buttons)
        ]
        told = blocks.line(blocks.words(reminder.told))
        since = [blocks.line(blocks.words(f"Open since {reminder.since[:10]}.", "italic"))] if reminder.since else []
        said += [blocks.divider(), blocks.paragraphs(told, *since), blocks.buttons(numbered)]
    if left:
        said.append(blocks.small_print(f"And {left} more next time."))
    said += [
        blocks.divider(),
        blocks.small_print("At most one of these a day, in your working hours."),
        _was_it_useful(delivery_id),
    ]
    return Message(blocks.escape(f"{count} for you to settle: {listed[0].told}"), tuple(said))


def subject_of(reminder: Reminder) -> str:
    return f"{reminder.kind}{_SEPARATOR}{reminder.subject}"


def read_subject(value: str) -> tuple[str, str]:
    kind, _, subject = value.partition(_SEPARATOR)
    return kind, subject


def snoozed() -> Message:
    return blocks.said("Put off once. I remind you one time later than I would have.")


def already_snoozed() -> Message:
    return blocks.said("You have put this off already. Once it comes up again you can put it off again.")


def thanks(useful: str) -> Message:
    if useful == "yes":
        return blocks.said("Thank you. That helps to decide which reminders stay.")
    return blocks.said("Thank you. Settings lets you switch a kind of reminder off for yourself.")


def not_yours() -> Message:
    return blocks.said("That reminder is not there any more.")


def form(hours: Hours, off: frozenset[str], kinds: Sequence[NudgeKind]) -> Modal:
    """When, and of what, a person is reminded."""
    times = [(f"{hour:02d}:00", str(hour)) for hour in range(25)]
    wanted = [kind.id for kind in kinds if kind.id not in off]
    fields = (
        blocks.field(BEGIN, "Your working day begins at", blocks.choice(times[:24], str(hours.begin))),
        blocks.field(
            END, "Your working day ends at", blocks.choice(times[1:], str(hours.end)),
            "In your Slack time zone, Monday to Friday.",
        ),
        blocks.field(
            WANTED, "Remind me of", blocks.choices([(kind.label, kind.id) for kind in kinds], wanted),
            "What you take out here, others are asked about, where there are others.", optional=True,
        ),
    )  # fmt: skip
    return Modal(FORM, "Reminders", fields, submit="Save")


def workspace_form(off: frozenset[str], kinds: Sequence[NudgeKind]) -> Modal:
    """Which kinds of reminders a workspace has at all; one that only annoys can be switched off."""
    wanted = [kind.id for kind in kinds if kind.id not in off]
    menu = blocks.choices([(kind.label, kind.id) for kind in kinds], wanted)
    return Modal(
        WORKSPACE_FORM,
        "Reminders for all",
        (blocks.field(WANTED, "Remind people of", menu, optional=True),),
        submit="Save",
    )


def saved_for_all(count: int) -> Message:
    kinds = "1 kind" if count == 1 else f"{count} kinds"
    return blocks.said(f"Saved. People are reminded of {kinds} of things.")


def only_admins() -> Message:
    return blocks.said("Only admins choose which kinds of reminders there are. Your own are under /nudges.")


def choose_an_hour() -> str:
    return "Choose an hour."


def backwards() -> str:
    return "The day ends before it begins. Choose a later hour."


def saved(hours: Hours, count: int) -> Message:
    kinds = "1 kind" if count == 1 else f"{count} kinds"
    return blocks.said(
        f"Saved. I remind you between {hours.begin:02d}:00 and {hours.end:02d}:00, of {kinds} of things."
    )


def open_form() -> Message:
    told = "A mention cannot open a form, but this button can."
    return Message(
        told,
        (blocks.paragraphs(blocks.line(blocks.words(told))), blocks.buttons([blocks.button("Settings", SETTINGS)])),
    )


def report(
    figures: Sequence[Figures], kinds: Mapping[str, NudgeKind], unreached: Mapping[str, str], stuck: Sequence[Reminder]
) -> Message:
    """What stewards see: whether reminders help, who could not be reached, and what nobody has settled."""
    lines = [blocks.line(blocks.words("Reminders, all that were sent", "bold"))]
    lines += [blocks.line(blocks.words(_told(each, kinds))) for each in figures]
    if not figures:
        lines.append(blocks.line(blocks.words("None was sent so far.")))
    if unreached:
        lines.append(blocks.line(blocks.words("Who could not be reached", "bold")))
        lines += [
            blocks.line(blocks.person(user), blocks.words(f": {why}"))
            for user, why in list(unreached.items())[:_REPORTED]
        ]
    if stuck:
        lines.append(blocks.line(blocks.words("What nobody has settled", "bold")))
        lines += [blocks.line(blocks.words(f"• {each.told}")) for each in stuck[:_REPORTED]]
        if (left := len(stuck) - _REPORTED) > 0:
            lines.append(blocks.line(blocks.words(f"And {left} more.")))
    return Message("How the reminders fare", (blocks.paragraphs(*lines),))


def how_to() -> Message:
    return blocks.said(
        "Without a word after it, the command opens your settings. With “report” stewards see how reminders fare; with "
        "“workspace” admins choose which kinds there are."
    )


def only_stewards() -> Message:
    return blocks.said("Only stewards and admins see how the reminders fare.")


def _told(each: Figures, kinds: Mapping[str, NudgeKind]) -> str:
    label = kinds[each.kind].label if each.kind in kinds else each.kind
    useful = f", useful to {each.useful} of {each.answered} who said so" if each.answered else ""
    spent = f", half of them within {_spent(each.hours)}" if each.hours is not None else ""
    return f"• {label}: {each.sent} sent, {each.settled} settled{spent}{useful}"


def _spent(hours: float) -> str:
    return f"{hours:.0f} hours" if hours < _DAYS_FROM else f"{hours / 24:.0f} days"


def _was_it_useful(delivery_id: str) -> Block:
    yes, no = (
        blocks.button(label, f"{USEFUL}:{label}", f"{said} {delivery_id}")
        for label, said in (("Useful", "yes"), ("Not useful", "no"))
    )
    return blocks.buttons([yes, no, blocks.button("Settings", SETTINGS)])


def _route(element: Block) -> str:
    return str(element["action_id"]).partition(":")[0]
