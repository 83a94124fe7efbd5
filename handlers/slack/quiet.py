"""Whether Slack keeps notifications from somebody, so that nothing is sent that can wait."""

from datetime import datetime

import structlog

from handlers.slack.cache import NO_ANSWER, patience
from handlers.slack.questions import Questions, code_of

_log = structlog.get_logger(__name__)


async def is_quiet(questions: Questions, at: datetime, team_id: str, user_id: str) -> bool:
    """Tell whether Slack keeps notifications from a person; yes when Slack cannot be asked."""
    try:
        async with patience():
            answer = await questions.ask("dnd.info", user=user_id, team_id=team_id)
    except NO_ANSWER as error:
        _log.warning("slack did not say whether a person may be disturbed", user=user_id, error=error)
        # Where the workspace never lets the bot ask, their working hours alone count.
        return code_of(error) != "missing_scope"
    now = at.timestamp()
    is_snoozed = bool(answer.get("snooze_enabled")) and float(answer.get("snooze_endtime") or 0) > now
    start, end = (float(answer.get(f"next_dnd_{each}_ts") or 0) for each in ("start", "end"))
    return is_snoozed or (bool(answer.get("dnd_enabled")) and start <= now < end)
