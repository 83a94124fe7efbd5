"""What the reminders answer to."""

from handlers.framework.routing import Command, Feature
from handlers.nudges import actions, forms, messages
from handlers.nudges.hooks import digest
from handlers.nudges.hooks.jobs import JOBS
from handlers.slack.action_ids import REMINDERS_FOR_ALL, REVIEW_NEEDS

FEATURE = Feature(
    name="nudges",
    commands=[
        Command(
            "nudges",
            actions.open_settings,
            "When and what I remind you of",
            "[report | workspace]",
            {"report": actions.report, "workspace": actions.open_workspace_settings, "help": actions.tell_how},
        )
    ],
    actions={
        messages.SNOOZE: actions.snooze,
        REVIEW_NEEDS: actions.review,
        messages.SETTINGS: actions.open_settings_by_button,
        REMINDERS_FOR_ALL: actions.open_workspace_settings,
    },
    views={forms.FORM: actions.save_settings, forms.WORKSPACE_FORM: actions.save_workspace_settings},
    events={"user_change": actions.note_change},
    jobs=JOBS,
    digest=digest.tell,
)
