"""What launches answer to: a word of /owner, a phrase, buttons and forms."""

from handlers.framework.routing import Feature, phrases
from handlers.launches import actions, messages
from handlers.launches.hooks import reminders

FEATURE = Feature(
    name="launches",
    subcommands={"owner": {"ready": actions.show}},
    phrases=phrases(
        "owner",
        "ready",
        r"is (?:the )?(?P<text>.+?) ready(?: (?:to|for) (?:the )?(?:launch|release|go live|ship))?",
        r"(?:can|may|should) we (?:launch|ship|release) (?:the )?(?P<text>.+?)",
        r"what(?:['’]?s| is) (?:still )?(?:missing|open|lacking) (?:for|before) (?:the )?launch of (?:the )?"
        r"(?P<text>.+?)",
    ),
    actions={
        messages.OPEN: actions.open_page,
        messages.GO: actions.go,
        messages.RISK: actions.open_risk,
        messages.NO_GO: actions.open_no_go,
        messages.HAPPENED: actions.open_happened,
    },
    views={messages.RISK: actions.take_risk, messages.NO_GO: actions.refuse, messages.HAPPENED: actions.tell},
    nudge_kinds=reminders.KINDS,
    reminders=reminders.open_reminders,
    people=reminders.people,
)
