"""What the workspace itself answers to: its command, its settings, and the redaction of texts."""

from handlers.framework.routing import Command, Feature
from handlers.slack.action_ids import SHARE_ANSWER
from handlers.slack.directory import HEARD
from handlers.workspace import (
    actions,
    audit,
    audit_messages,
    commands,
    forms,
    messages,
    retention,
    retention_forms,
    uninstalling,
)
from handlers.workspace.hooks.jobs import JOBS

#: Something is done about these, besides.
_WITH_MORE = ("member_joined_channel", "member_left_channel", "team_access_revoked", "user_change")

FEATURE = Feature(
    name="workspace",
    commands=[
        Command(
            "common-ground",
            commands.tell_help,
            "Help, status and settings of Common Ground",
            "[help | status | settings | guests | retention | redact | audit | my-data]",
            {
                "help": commands.tell_help,
                "status": commands.tell_status,
                "settings": commands.open_settings,
                "retention": retention.choose,
                "guests": commands.allow_guests,
                "redact": commands.ask_what,
                "audit": audit.show,
                "my-data": commands.give_own_data,
            },
        )
    ],
    actions={
        messages.OPEN_SETTINGS: commands.open_settings,
        messages.REDACT: actions.ask_whether,
        SHARE_ANSWER: actions.share_answer,
        audit_messages.OLDER: audit.show_older,
    },
    views={
        forms.SETTINGS: actions.save_settings,
        forms.REDACT: actions.redact,
        retention_forms.CHOOSE: retention.review,
        retention_forms.REVIEW: retention.save,
    },
    events={
        **{each: actions.take_note for each in HEARD if each not in _WITH_MORE},
        "app_uninstalled": uninstalling.on_uninstalled,
        "tokens_revoked": uninstalling.on_tokens_revoked,
        "team_access_revoked": uninstalling.on_access_revoked,
    },
    jobs=JOBS,
)
