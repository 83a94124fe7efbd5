"""What is shown of a card: a sheet of it with what stands beside it, and where that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.agreements.clauses import Names
from handlers.requirements.rules.aspects import in_order
from handlers.requirements.rules.measuring import Check
from storage.change_notices.change_notices import ChangeNotice
from storage.data_requests.data_requests import DataRequest
from storage.decisions.decisions import Decision
from storage.requirements.requirements import Aspect, Card, Evaluation, Sheet
from storage.responsibilities.responsibilities import Component

_NOT_CONFIRMED = " (reported, not confirmed yet)"


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet of a card with what stands beside it; ``evaluations`` and ``decisions`` are the latest first."""

    component: Component
    card: Card
    evaluations: Sequence[Evaluation]
    decisions: Sequence[Decision]
    requests: Sequence[DataRequest]
    names: Names
    gone: frozenset[str] = frozenset()
    #: Whether the reader may change it, and otherwise the aspects that they are to find out.
    is_editor: bool = True
    finds_out: frozenset[Aspect] = frozenset()
    sheet: Sheet = "requirements"
    #: The latest changes that concerned others.
    changes: Sequence[ChangeNotice] = ()
    #: How what is planned to be measured stands.
    checks: Sequence[Check] = ()
    #: Whether the reader is to measure some of it.
    measures: bool = False

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        return in_order(self.component, self.sheet)

    @property
    def place(self) -> "Place":
        return Place(self.component, self.card.id, self.sheet)

    def may_change(self, aspect: Aspect) -> bool:
        return self.is_editor or aspect in self.finds_out

    @property
    def beside(self) -> Sequence[tuple[str, list[str]]]:
        requests = [f"{each.number} {each.entity} ({each.state})" for each in self.requests]
        decided = [f"{each.number} {each.title}{_NOT_CONFIRMED if each.is_reported else ''}" for each in self.decisions]
        return [("Decisions", decided), ("Data requests", requests)]


@dataclass(frozen=True, slots=True)
class Place:
    """A sheet of a component's card, and the card's id, by which what tells of it is found again, once there is one."""

    component: Component
    card_id: str
    sheet: Sheet | Literal[""] = ""

    @property
    def name(self) -> str:
        return self.component.name

    @property
    def value(self) -> str:
        """Return what a button carries that opens the card."""
        return f"{self.component.id}:{self.card_id}{f':{self.sheet}' if self.sheet else ''}"
