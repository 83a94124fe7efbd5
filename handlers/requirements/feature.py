"""What requirement cards answer to: a word of /owner, phrases, buttons and forms."""

import re

from handlers.framework.routing import Feature, Phrase
from handlers.requirements import actions, commands, forms
from handlers.requirements.hooks import digest, redaction, reminders
from handlers.requirements.messages import card

_END = r"[\s?.!]*"

FEATURE = Feature(
    name="requirements",
    subcommands={"owner": {"card": commands.read_card}},
    phrases=[
        Phrase(re.compile(pattern + _END, re.IGNORECASE), "owner", "card")
        for pattern in (
            r"(?:show (?:me )?)?(?:the )?(?:requirement )?card\b\s*(?:(?:of|for)\s)?(?:the\s)?(?P<text>.*?)",
            r"what (?:is|do we) (?:required|require|ask(?:ed)?|need(?:ed)?) (?:of|from) (?:the )?(?P<text>.+?)",
            r"(?:what are )?(?:the )?requirements (?:of|for) (?:the )?(?P<text>.+?)",
        )
    ],
    actions={
        card.OPEN: commands.open_card,
        card.AGREE: commands.agree,
        card.HISTORY: commands.read_history,
        card.EXPORT: commands.export,
        card.FILL_IN: actions.fill_in,
        card.EVALUATE: actions.open_evaluation,
        forms.CHOSE: actions.choose,
    },
    views={
        forms.ASPECT: actions.save,
        forms.EVALUATION: actions.save_evaluation,
    },
    nudge_kinds=reminders.KINDS,
    matters=reminders.matters,
    people=reminders.people,
    tells=digest.tell,
    owns=digest.own,
    redacts=redaction.REDACTS,
)
