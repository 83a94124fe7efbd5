"""What the reminders answer to."""

from handlers.framework.routing import Command, Feature
from handlers.nudges import forms, messages
from handlers.nudges.actions import reminders, reports
from handlers.nudges.hooks import digest
from handlers.nudges.hooks.jobs import JOBS
from handlers.slack.action_ids import REMINDERS_FOR_ALL, REVIEW_NEEDS

FEATURE = Feature(
    name="nudges",
    commands=[
        Command(
            "nudges",
            reminders.open_settings,
            "When and what I remind you of",
            "[report | workspace]",
            {"report": reports.report, "workspace": reminders.open_workspace_settings, "help": reminders.tell_how},
        )
    ],
    actions={
        messages.EXPORT_WAITS: reports.export_waits,
        messages.SNOOZE: reminders.snooze,
        REVIEW_NEEDS: reminders.review,
        messages.SETTINGS: reminders.open_settings_by_button,
        REMINDERS_FOR_ALL: reminders.open_workspace_settings,
    },
    views={forms.FORM: reminders.save_settings, forms.WORKSPACE_FORM: reminders.save_workspace_settings},
    events={"user_change": reminders.note_change},
    jobs=JOBS,
    digest=digest.tell,
)
