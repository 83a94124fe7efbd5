"""What requirement cards answer to: a word of /owner, phrases, buttons and forms."""

import re

from handlers.dispatch import Feature, Phrase
from handlers.requirements import card_views, due, form_views, listeners, redacting, telling, writing_listeners

_END = r"[\s?.!]*"

FEATURE = Feature(
    name="requirements",
    subcommands={"owner": {"card": listeners.read_card}},
    phrases=[
        Phrase(re.compile(pattern + _END, re.IGNORECASE), "owner", "card")
        for pattern in (
            r"(?:show (?:me )?)?(?:the )?(?:requirement )?card\b\s*(?:(?:of|for)\s)?(?:the\s)?(?P<text>.*?)",
            r"what (?:is|do we) (?:required|require|ask(?:ed)?|need(?:ed)?) (?:of|from) (?:the )?(?P<text>.+?)",
            r"(?:what are )?(?:the )?requirements (?:of|for) (?:the )?(?P<text>.+?)",
        )
    ],
    actions={
        card_views.OPEN: listeners.open_card,
        card_views.AGREE: listeners.agree,
        card_views.HISTORY: listeners.read_history,
        card_views.EXPORT: listeners.export,
        card_views.FILL_IN: writing_listeners.fill_in,
        card_views.EVALUATE: writing_listeners.open_evaluation,
        form_views.CHOSE: writing_listeners.choose,
    },
    views={
        form_views.ASPECT: writing_listeners.save,
        form_views.EVALUATION: writing_listeners.save_evaluation,
    },
    nudge_kinds=due.KINDS,
    matters=due.matters,
    people=due.people,
    tells=telling.tell,
    owns=telling.own,
    redacts=redacting.REDACTS,
)
