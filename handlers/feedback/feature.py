"""What feedback answers to: a word of /owner, phrases, a shortcut, buttons and forms."""

import re

from handlers.feedback import actions, commands, forms, messages
from handlers.feedback.hooks import digest, redaction, reminders
from handlers.framework.routing import Feature, Phrase

_END = r"[\s?.!]*"

FEATURE = Feature(
    name="feedback",
    subcommands={"owner": {"feedback": actions.give}},
    phrases=[
        Phrase(
            re.compile(
                rf"(?:i have |give )?feedback\b[:,]?\s*(?:(?:on|for|about)\s)?(?:the\s)?(?P<text>.*?){_END}",
                re.IGNORECASE | re.DOTALL,
            ),
            "owner", "feedback",
        ),
        Phrase(re.compile(rf"(?P<text>fb-[0-9a-z]+){_END}", re.IGNORECASE), "owner", "feedback"),
    ],
    actions={
        messages.OPEN: actions.open_record,
        messages.NEW: actions.give_by_button,
        messages.STEP: actions.open_step,
        messages.JOIN: actions.join,
        messages.HISTORY: actions.read_history,
        forms.CHOSE: commands.choose,
    },
    views={forms.FORM: commands.send, forms.STEP_FORM: actions.take_step},
    shortcuts={"feedback_from_message": commands.give_from_message},
    nudge_kinds=reminders.KINDS,
    matters=reminders.matters,
    people=reminders.people,
    tells=digest.tell,
    owns=digest.own,
    redacts=redaction.REDACTS,
)  # fmt: skip
