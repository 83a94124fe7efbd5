"""Cards: what is asked of a model, how it is called, how a product uses it; and what evaluations found."""

import json
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from pydantic import Field

from storage.engine.interface import Reader, Record, Transaction
from storage.engine.statements import alter, equal, insert
from storage.finding.finding import Filing
from storage.outbox.redactions import REDACTED
from storage.records.offers import Agreement, Offer
from storage.records.revisions import remembered
from storage.records.rows import InBody
from storage.records.versioned import Dated, HistoryEntry, VersionedStore

_OfTheService = Literal["adequacy", "latency", "throughput", "cost", "availability", "robustness"]
_OfPeople = Literal["fairness", "explainability", "privacy", "safety", "usability"]
_OfLanguage = Literal["groundedness", "refusals", "price", "review", "injection", "pinning", "evaluation"]
_Requirement = Literal[_OfTheService, _OfPeople, _OfLanguage]
_Called = Literal["purpose", "inputs", "outputs", "errors", "endpoint"]
_Promised = Literal["versioning", "limits", "weaknesses", "mistakes"]
_Interface = Literal[_Called, _Promised]
_Usage = Literal["context", "affected", "unsure", "away"]
Aspect = Literal[_Requirement, _Interface, _Usage]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
#: A card has up to three sheets, by the kind of its component.
Sheet = Literal["requirements", "interface", "usage"]
SHEETS: Mapping[Sheet, tuple[Aspect, ...]] = {
    "requirements": get_args(_Requirement),
    "interface": get_args(_Interface),
    "usage": get_args(_Usage),
}
Side = Literal["model", "product"]
SIDES: tuple[Side, ...] = get_args(Side)
#: How a requirement stands to a decision about the same.
Standing = Literal["goes with", "unrelated"]
#: Where something is measured.
Stage = Literal["before release", "in shadow", "in production"]
STAGES: tuple[Stage, ...] = get_args(Stage)
PRODUCTION: Stage = "in production"
#: How often a result is expected from there.
Cadence = Literal["daily", "weekly", "monthly", "each release"]
CADENCES: tuple[Cadence, ...] = get_args(Cadence)


class Plan(Record):
    """How, by whom and when a requirement is measured; both sides agree to the requirement without it.

    ``every`` is how often a result is expected in production, empty where it isn't measured there. ``by`` is a user id;
    empty where whoever owns the duty measures. ``how`` is a line or a link, ``webhook`` the id of the web hook that
    reports it, if any. ``at`` is when ``set_by`` planned it so, ``since`` when that was first done (ISO 8601 UTC text).
    """

    stages: tuple[Stage, ...] = Field(min_length=1)
    every: Cadence | Literal[""] = ""
    by: str = ""
    how: str = ""
    webhook: str = ""
    set_by: str = ""
    at: str = ""
    since: str = ""


class Requirement(Record):
    """What is asked of one aspect. ``version`` counts what was said of it; ``agreements`` are to what is said now.

    ``agreed`` is what both sides agreed to last, ``agreed_by`` who did; ``decision`` is the number of the decision that
    records why it is not needed. ``beside`` says by their numbers how it stands to decisions about the same. ``plan``
    says how it is measured.
    """

    said: Offer
    version: int = 1
    agreements: dict[Side, Agreement] = Field(default_factory=dict)
    agreed: Offer | None = None
    agreed_by: dict[Side, Agreement] = Field(default_factory=dict)
    decision: str = ""
    beside: dict[str, Standing] = Field(default_factory=dict)
    plan: Plan | None = None


class Card(Dated):
    """What is said of one component, by aspect. Who sees the component sees its card."""

    component_id: str
    requirements: dict[Aspect, Requirement] = Field(default_factory=dict)


class Evaluation(Record):
    """What was measured of a model. ``measured_on`` is an ISO date, each value an amount with its unit.

    ``stage`` is where it was measured, empty where nobody said so.
    """

    id: str
    team_id: str
    component_id: str
    link: str
    measured_on: str
    model_version: str = ""
    values: dict[Aspect, str]
    by: str = ""
    at: str
    stage: Stage | Literal[""] = ""

    def says_the_same(self, other: "Evaluation") -> bool:
        """Tell whether another one differs from it in nothing but when and by whom it was entered."""
        entered = {"id", "by", "at"}
        return self.model_dump(exclude=entered) == other.model_dump(exclude=entered)


def sheets_in(card: Card) -> list[Sheet]:
    """Return the sheets of which something is said; the first one where nothing is."""
    return [each for each, aspects in SHEETS.items() if card.requirements.keys() & set(aspects)] or ["requirements"]


def _filed(card: Card) -> Filing:
    """Return what is found of a card, which bears the name of its component."""
    told = [text for aspect, requirement in card.requirements.items() for text in (aspect, *requirement.said.words)]
    return Filing(
        kind="card",
        id=card.id,
        component_id=card.component_id,
        title=" ".join(sheets_in(card)),
        body="\n".join(filter(None, told)),
        at=card.created_at,
    )


CARDS = VersionedStore(
    InBody(Card, ("component_id",)),
    "requirement_cards",
    entries=HistoryEntry,
    history_table="requirement_card_events",
    key={"id": "card_id"},
    stamp="changed_at",
    files=_filed,
)


def add_evaluation(transaction: Transaction, evaluation: Evaluation) -> None:
    row = {**evaluation.model_dump(exclude={"values"}), "body": json.dumps(evaluation.values)}
    insert(transaction, "model_evaluations", row)


def evaluations_of(reader: Reader, team_id: str, component_id: str) -> list[Evaluation]:
    """Return what was measured of a model, the latest first."""
    return _evaluations(reader, team_id=team_id, component_id=component_id)


def all_evaluations(reader: Reader, team_id: str) -> Mapping[str, Sequence[Evaluation]]:
    """Return what was measured of every model, by the component's id, the latest first."""

    def read() -> dict[str, list[Evaluation]]:
        found: dict[str, list[Evaluation]] = {}
        for each in _evaluations(reader, team_id=team_id):
            found.setdefault(each.component_id, []).append(each)
        return found

    return remembered(reader, (team_id, "evaluations"), ["model_evaluations"], read)


def _evaluations(reader: Reader, **wanted: str) -> list[Evaluation]:
    order = "measured_on DESC, at DESC, id DESC"
    rows = reader.all(f"SELECT * FROM model_evaluations WHERE {equal(wanted)} ORDER BY {order}", **wanted)
    return [Evaluation.model_validate({"values": json.loads(row.pop("body")), **row}) for row in rows]


def forget_evaluations(transaction: Transaction, team_id: str, component_id: str) -> None:
    """Take out what was typed of a model's evaluations, units too; that something was measured when, stays."""
    about = {"team_id": team_id, "component_id": component_id}
    alter(transaction, "model_evaluations", about, link=REDACTED, model_version="", body="{}")
