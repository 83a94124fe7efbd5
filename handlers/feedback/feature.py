"""What feedback answers to: a word of /owner, phrases, a shortcut, buttons and forms."""

from handlers.feedback import commands, forms, messages
from handlers.feedback.actions import reporting, steps
from handlers.feedback.hooks import digest, redaction, reminders, retention
from handlers.feedback.hooks.finding import FINDS
from handlers.feedback.hooks.tools import TOOLS
from handlers.framework.routing import Feature, OfComponent, phrases

#: "feedback about the berth model pls, newest" asks what there is.
_ASKS = r"(?!.*\b(?:newest|latest|recent|so far|any new|open ones)\W*$)"
_FEEDBACK = rf"{_ASKS}(?:i have |give )?feedback\b[:,]?\s*(?:(?:on|for|about)\s)?(?:the\s)?(?P<text>(?s:.*?))"

FEATURE = Feature(
    name="feedback",
    subcommands={"owner": {"feedback": commands.give}},
    phrases=[
        *phrases("owner", "feedback", _FEEDBACK, takes_all=True),
        *phrases("owner", "feedback", r"(?P<text>fb-[0-9a-z]+)"),
    ],
    of_components={"feedback": OfComponent("common-ground", "find feedback")},
    actions={
        messages.OPEN: steps.open_record,
        messages.NEW: reporting.give_by_button,
        messages.BY_AGENT: reporting.give_for_agent,
        messages.STEP: steps.open_step,
        messages.JOIN: steps.join,
        messages.HISTORY: steps.read_history,
        messages.LIST: steps.list_more,
        forms.CHOSE: reporting.choose,
    },
    views={forms.FORM: reporting.send, forms.STEP_FORM: steps.take_step},
    shortcuts={"feedback_from_message": reporting.give_from_message},
    nudge_kinds=reminders.KINDS,
    reminders=reminders.open_reminders,
    people=reminders.people,
    digest=digest.tell,
    own_items=digest.own,
    redacts=redaction.REDACTS,
    retains=retention.RETAINS,
    finds=FINDS,
    tools=TOOLS,
)
