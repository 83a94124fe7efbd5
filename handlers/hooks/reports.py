"""What other programs report of, and whom a feature would have told of a report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from handlers.slack.blocks import Message
from storage.data_requests.data_requests import OVER, DataRequest
from storage.engine.interface import Reader
from storage.responsibilities.responsibilities import Component
from storage.workspaces.webhooks import TargetKind, Webhook


@dataclass(frozen=True, slots=True)
class Target:
    """A component or a data request, as it was read last.

    ``channel`` and ``thread`` are where one speaks of it, ``sides`` whose it is.
    """

    team_id: str
    kind: TargetKind
    id: str
    name: str
    visibility: str
    record: Component | DataRequest = field(repr=False, compare=False)
    channel: str = ""
    thread: str = ""
    sides: tuple[str, ...] = ()

    @property
    def is_over(self) -> bool:
        """Tell whether it has retired, or nothing comes of it any more: nobody expects a report, or is told of one."""
        if isinstance(self.record, DataRequest):
            return self.record.state in OVER
        return self.record.is_retired


#: Returns what each person is told of how a kind of report stands now.
Tells = Callable[[Reader, Target, Webhook], Mapping[str, Message]]
