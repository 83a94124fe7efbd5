"""What the reminders answer to."""

from handlers.dispatch import Command, Feature
from handlers.doors import REMINDERS_FOR_ALL
from handlers.nudges import listeners, telling, views
from handlers.nudges.jobs import JOBS

FEATURE = Feature(
    name="nudges",
    commands=[
        Command(
            "nudges",
            listeners.open_settings,
            "When, and of what, I remind you",
            "[report | workspace]",
            {
                "report": listeners.report,
                "workspace": listeners.open_workspace_settings,
                "help": listeners.tell_how,
            },
        )
    ],
    actions={
        views.SNOOZE: listeners.snooze,
        views.USEFUL: listeners.find_useful,
        views.SETTINGS: listeners.open_settings_by_button,
        REMINDERS_FOR_ALL: listeners.open_workspace_settings,
    },
    views={views.FORM: listeners.save_settings, views.WORKSPACE_FORM: listeners.save_workspace_settings},
    events={"user_change": listeners.note_change},
    jobs=JOBS,
    tells=telling.tell,
)
