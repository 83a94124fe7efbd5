"""What goes wrong in Slack in a week."""

from functools import cache
from pathlib import Path

from bot.local_slack.faults import Rule, rules_in

_RULES = Path(__file__).with_name("faults.txt")


@cache
def rules() -> list[Rule]:
    return rules_in(_RULES.read_text(encoding="utf-8"))
