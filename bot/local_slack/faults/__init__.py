"""What goes wrong between Slack and the app, where somebody wants it to."""

from bot.local_slack.faults.striking import Fault, FaultKind, Faults

__all__ = ["Fault", "FaultKind", "Faults"]
