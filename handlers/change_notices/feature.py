"""What change notices answer to: buttons and a form."""

from handlers.change_notices import actions, messages
from handlers.change_notices.hooks import digest, redaction, retention
from handlers.framework.routing import Feature

FEATURE = Feature(
    name="change_notices",
    actions={messages.FINE: actions.fine, messages.NEEDS_WORK: actions.needs_work, messages.BLOCKED: actions.blocked},
    views={messages.ANSWER: actions.save},
    digest=digest.tell,
    redacts=redaction.REDACTS,
    retains=retention.RETAINS,
)
