"""What goes wrong between Slack and the app, where somebody wants it to: one fault at a time, or by rule and chance."""

from bot.local_slack.faults.kinds import KINDS
from bot.local_slack.faults.rules import Rule, rules_in
from bot.local_slack.faults.striking import Fault, Faults, Strike

__all__ = ["KINDS", "Fault", "Faults", "Rule", "Strike", "rules_in"]
