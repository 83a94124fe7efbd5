"""The forms for when, and of what, people are reminded."""

from collections.abc import Sequence
from datetime import date

from handlers.checks.dates import day
from handlers.checks.hours import Hours
from handlers.checks.outcomes import NotAllowed
from handlers.hooks.reminders import Theme
from handlers.nudges.messages import SETTINGS
from handlers.nudges.rules.wanted import LABELS
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal

FORM, WORKSPACE_FORM = "nudge_form", "nudge_workspace"
BEGIN, END, WANTED, PAUSE = "begin", "end", "wanted", "pause"
PAUSED = "yes"

ONLY_ADMINS = NotAllowed(
    "Only workspace admins choose what everybody is reminded about. Your own settings are in /nudges.", kind="settings"
)
#: The hours of a day as the form names them.
HOURS = tuple(str(hour) for hour in range(25))
CHOOSE_AN_HOUR, BACKWARDS = "Choose an hour.", "Your day ends before it starts. Choose a later hour."
OPEN_FORM = blocks.offer("Your reminder settings:", blocks.button("Open settings", SETTINGS))


def form(hours: Hours, themes: Sequence[Theme], paused_until: str) -> Modal:
    """When, and of what, a person is reminded; ``paused_until`` is a day (ISO), or empty."""
    times = [(f"{hour:0>2}:00", hour) for hour in HOURS]
    begin, end = blocks.choice(times[:24], str(hours.begin)), blocks.choice(times[1:], str(hours.end))
    until = f"Paused, back {day(paused_until)}" if paused_until else "Pause for a week"
    pause = blocks.checkboxes([(until, PAUSED)], [PAUSED] if paused_until else [])
    fields = (
        blocks.field(WANTED, "Remind me about", _themes(themes), optional=True),
        blocks.field(BEGIN, "My day starts at", begin),
        blocks.field(END, "My day ends at", end, "Monday to Friday, in your Slack time zone."),
        blocks.field(PAUSE, "Pause", pause, optional=True),
    )
    return Modal(FORM, "Reminders", fields, submit="Save")


def workspace_form(themes: Sequence[Theme]) -> Modal:
    """Of what people of a workspace are reminded at all."""
    field = blocks.field(WANTED, "Remind people about", _themes(themes), optional=True)
    return Modal(WORKSPACE_FORM, "Reminders for all", (field,), submit="Save")


def _themes(wanted: Sequence[Theme]) -> Block:
    return blocks.checkboxes([(label, theme) for theme, label in LABELS.items()], wanted)


def saved(hours: Hours, themes: Sequence[Theme], until: date | None) -> Message:
    """Say what was chosen; ``until`` is the day on which reminders come again, where they pause."""
    between = f"between {hours.begin:02d}:00 and {hours.end:02d}:00" if themes else ""
    pause = f" Paused, back {day(until.isoformat())}." if until is not None else ""
    told = f"Saved. I'll remind you about {_named(themes)} {between}".rstrip()
    return blocks.said(f"{told}.{pause}")


def saved_for_all(themes: Sequence[Theme]) -> Message:
    return blocks.said(f"Saved. People are reminded about {_named(themes)}.")


def _named(themes: Sequence[Theme]) -> str:
    names = [theme if theme != "models" else "feedback and requirements" for theme in themes]
    if not names:
        return "nothing"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
