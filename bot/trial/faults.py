"""Lines that say what goes wrong between Slack and the bot from then on.

    slack goes wrong: chat.*=rate_limited:0.1, message=duplicate:0.2
    slack goes wrong by seed 17: *=server_error:0.05 most=3
    slack goes right

The kinds are in ``local_slack/faults/kinds``, and how a rule is written in ``local_slack/faults/rules``.
"""

import re

from bot.local_slack.faults import rules_in
from bot.local_slack.wire.server import LocalSlack
from bot.trial.script import ScriptError

_WRONG = re.compile(r"slack goes wrong(?: by seed (?P<seed>\d+))?: (?P<rules>.+)")
_RIGHT = "slack goes right"


def heeds(slack: LocalSlack, line: str) -> bool:
    """Let go wrong or right what a line says, and tell whether it said any such thing. Raises ScriptError."""
    found = _WRONG.fullmatch(line.strip())
    if found is None and line.strip() != _RIGHT:
        return False
    try:
        rules = rules_in(found["rules"]) if found is not None else []
    except ValueError as error:
        raise ScriptError(str(error)) from error
    slack.faults.follow(rules, int(found["seed"] or 0) if found is not None else 0)
    if not rules:
        slack.workspace.app.refusal = ""
    return True
