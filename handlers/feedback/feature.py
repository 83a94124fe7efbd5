"""What feedback answers to: a word of /owner, phrases, a shortcut, buttons and forms."""

import re

from handlers.dispatch import Feature, Phrase
from handlers.feedback import due, form_listeners, form_views, listeners, redacting, telling, views

_END = r"[\s?.!]*"

FEATURE = Feature(
    name="feedback",
    subcommands={"owner": {"feedback": listeners.give}},
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
        views.OPEN: listeners.open_record,
        views.NEW: listeners.give_by_button,
        views.STEP: listeners.open_step,
        views.JOIN: listeners.join,
        views.HISTORY: listeners.read_history,
        form_views.CHOSE: form_listeners.choose,
    },
    views={form_views.FORM: form_listeners.send, form_views.STEP_FORM: listeners.take_step},
    shortcuts={"feedback_from_message": form_listeners.give_from_message},
    nudge_kinds=due.KINDS,
    matters=due.matters,
    people=due.people,
    tells=telling.tell,
    owns=telling.own,
    redacts=redacting.REDACTS,
)  # fmt: skip
