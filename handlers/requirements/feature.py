"""What cards answer to: a word of /owner, phrases, buttons and forms."""

from handlers.framework.routing import Feature, OfComponent, phrases
from handlers.requirements import commands, forms
from handlers.requirements.actions import aspects, cards, evaluations, plans
from handlers.requirements.hooks import digest, quarrels, readiness, redaction, reminders, seams, waits
from handlers.requirements.hooks.finding import FINDS
from handlers.requirements.hooks.reports import REPORTS
from handlers.requirements.hooks.tools import TOOLS
from handlers.requirements.messages import card

_MUST = r"(?:must|should|does|do|has|shall)"
_REACH = r"(?:reach|meet|achieve|have|hit|hold|keep|fulfil|fulfill|satisfy|deliver|stay (?:under|below|above))"

FEATURE = Feature(
    name="requirements",
    subcommands={"owner": {"card": commands.read_card}},
    phrases=phrases(
        "owner",
        "card",
        r"(?:show (?:me )?|what(?:['’]?s| is| stands?) (?:written |said )?(?:on|in) )?(?:the )?"
        r"(?:requirement )?card\b\s*(?:(?:of|for)\s)?(?:the\s)?(?P<text>.*?)",
        r"what(?:['’]?s| is| do we) (?:required|require|ask(?:ed)?|need(?:ed)?) (?:of|from) (?:the )?(?P<text>.+?)",
        r"(?:what are )?(?:the )?requirements (?:of|for) (?:the )?(?P<text>.+?)",
        r"(?:is there|do we have|where is|show me|whats|what['’]?s|what is|find) (?:an? |the )?(?:requirement "
        r")?cards? (?:of|for|on) (?:the )?(?P<text>.+?)",
        r"how (?:did|does|has|is) (?:the )?(?P<text>.+?) (?:do|done|doing|perform(?:ed)?|fared?|scored?) (?:in|on|at) "
        r"(?:its|the|their|our) (?:last |latest |most recent )?(?:evaluation|test)s?",
        rf"(?:what|which|how much) (?!meaning|sense|definition)[\w %-]{{1,40}}? {_MUST} (?:the )?"
        rf"(?P<text>.+?) (?:(?:have|has|need|needs|"
        rf"got) to )?{_REACH}",
        r"(?:what|which) [\w %-]{1,40}? (?:did we|did they|have we|was|were|is|are) (?:agreed?|required?|"
        r"promised?|committed) (?:to |on )?(?:for|of|with) (?:the )?(?P<text>.+?)",
        r"(?:(?:what(?:['’]?s| is| are)|whats) )?(?:the |our )?(?:agreed|required|promised|minimum|maximum|"
        r"allowed|target) [\w %-]{1,40}? (?:of|for) (?:the )?(?P<text>.+?)",
    )
    + phrases(
        "owner",
        "card interface",
        r"(?:show (?:me )?|what(?:['’]?s| is) )?(?:the )?(?:interface(?: card)?|api|inputs(?: and outputs)?|outputs) "
        r"(?:of|for) (?:the )?(?P<text>.+?)",
        r"(?:how|where) (?:do|can|should) (?:i|we) call (?:the )?(?P<text>(?!it\b|this\b|that\b)[^,;]{1,60}?)",
        r"what (?:does|do) (?:the )?(?P<text>.+?) (?:take|return|expect|answer with|give back)(?: as input)?",
    ),
    of_components={"card": OfComponent("owner", "card", takes_name=True)},
    actions={
        card.OPEN: cards.open_card,
        card.AGREE: cards.agree,
        card.HISTORY: cards.read_history,
        card.EXPORT: cards.export,
        card.FILL_IN: aspects.fill_in,
        card.EVALUATE: evaluations.open_evaluation,
        card.PLAN: plans.open_plan,
        forms.CHOSE: aspects.choose,
    },
    views={
        forms.ASPECT: aspects.save,
        forms.EVALUATION: evaluations.save_evaluation,
        forms.PLAN: plans.save_plan,
    },
    nudge_kinds=reminders.KINDS,
    reminders=reminders.open_reminders,
    people=reminders.people,
    digest=digest.tell,
    own_items=digest.own,
    redacts=redaction.REDACTS,
    finds=FINDS,
    waits=waits.waits,
    quarrels=quarrels.found,
    readiness=readiness.points,
    seams=seams.tell,
    tools=TOOLS,
    reports=REPORTS,
)
