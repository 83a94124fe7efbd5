"""What requirement cards answer to: a word of /owner, phrases, buttons and forms."""

from handlers.framework.routing import Feature, phrases
from handlers.requirements import commands, forms
from handlers.requirements.actions import aspects, cards, evaluations
from handlers.requirements.hooks import digest, redaction, reminders
from handlers.requirements.hooks.finding import FINDS
from handlers.requirements.messages import card

FEATURE = Feature(
    name="requirements",
    subcommands={"owner": {"card": commands.read_card}},
    phrases=phrases(
        "owner",
        "card",
        r"(?:show (?:me )?)?(?:the )?(?:requirement )?card\b\s*(?:(?:of|for)\s)?(?:the\s)?(?P<text>.*?)",
        r"what (?:is|do we) (?:required|require|ask(?:ed)?|need(?:ed)?) (?:of|from) (?:the )?(?P<text>.+?)",
        r"(?:what are )?(?:the )?requirements (?:of|for) (?:the )?(?P<text>.+?)",
    ),
    actions={
        card.OPEN: cards.open_card,
        card.AGREE: cards.agree,
        card.HISTORY: cards.read_history,
        card.EXPORT: cards.export,
        card.FILL_IN: aspects.fill_in,
        card.EVALUATE: evaluations.open_evaluation,
        forms.CHOSE: aspects.choose,
    },
    views={forms.ASPECT: aspects.save, forms.EVALUATION: evaluations.save_evaluation},
    nudge_kinds=reminders.KINDS,
    reminders=reminders.open_reminders,
    people=reminders.people,
    digest=digest.tell,
    own_items=digest.own,
    redacts=redaction.REDACTS,
    finds=FINDS,
)
