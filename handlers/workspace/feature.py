"""What the workspace itself answers to: its command, its settings, and the redaction of texts."""

from handlers.framework.routing import Command, Feature
from handlers.slack.action_ids import FIND, SHARE_ANSWER
from handlers.slack.changes import HEARD
from handlers.workspace import commands
from handlers.workspace.actions import finding, hearing, redaction, retention, settings, sharing, tokens, uninstalling
from handlers.workspace.forms import redaction as redaction_form
from handlers.workspace.forms import retention as retention_forms
from handlers.workspace.forms import settings as settings_form
from handlers.workspace.hooks.jobs import JOBS
from handlers.workspace.messages import answers
from handlers.workspace.messages import audit as trail
from handlers.workspace.messages import tokens as token_messages

#: Something is done about these, besides.
_WITH_MORE = ("member_joined_channel", "member_left_channel", "team_access_revoked", "user_change")

FEATURE = Feature(
    name="workspace",
    commands=[
        Command(
            "common-ground",
            commands.tell_help,
            "Help, status and settings of Common Ground",
            "[find … | help | status | settings | guests | retention | redact | audit | my-data | tokens | hooks]",
            {
                "help": commands.tell_help,
                "status": commands.tell_status,
                "settings": commands.open_settings,
                "retention": commands.open_retention,
                "guests": commands.allow_guests,
                "redact": commands.ask_what,
                "audit": commands.show_trail,
                "my-data": commands.give_own_data,
                "tokens": tokens.show_or_make,
            },
        )
    ],
    actions={
        FIND: finding.open_form,
        answers.OPEN_SETTINGS: commands.open_settings,
        answers.REDACT: redaction.ask_whether,
        SHARE_ANSWER: sharing.share_answer,
        trail.OLDER: commands.show_older_trail,
        token_messages.REVOKE: tokens.revoke,
    },
    views={
        settings_form.SETTINGS: settings.save,
        redaction_form.REDACT: redaction.redact,
        retention_forms.CHOOSE: retention.review,
        retention_forms.REVIEW: retention.save,
    },
    events={
        **{each: hearing.take_note for each in HEARD if each not in _WITH_MORE},
        "app_uninstalled": uninstalling.on_uninstalled,
        "tokens_revoked": uninstalling.on_tokens_revoked,
        # What follows where an organisation has let the app in, is done before anything is passed on to a workspace.
        "team_access_granted": hearing.take_note,
        "team_access_revoked": uninstalling.on_access_revoked,
    },
    jobs=JOBS,
)
