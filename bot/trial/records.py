"""Puts a record into the store as its feature's form would: by the same service, and with the messages that follow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from handlers.access.recipients import Facts
from handlers.agreements.links import Joining
from handlers.checks.outcomes import Refused
from handlers.data_requests.rules.moves import Move
from handlers.data_requests.rules.parsing import data_key
from handlers.data_requests.service import drafts, requests
from handlers.decisions.service import changes as decisions
from handlers.feedback import service as feedback
from handlers.feedback.rules.routing import Report
from handlers.glossary.service import meanings
from handlers.requirements.rules.standing import Read
from handlers.requirements.service import cards as requirements
from handlers.requirements.service import entering
from handlers.responsibilities.rules.duties import Step
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.responsibilities.service import links, register, steps
from handlers.workspace.rules.settings import Settings
from handlers.workspace.service import settings
from storage.data_requests.data_requests import DataRequest, Term
from storage.decisions.decisions import NewDecision
from storage.engine.interface import WORKSPACE, Transaction, to_text
from storage.feedback.feedback import Feedback
from storage.glossary.glossary import NewSense
from storage.outbox.deliveries import Delivery
from storage.records.ids import new_id
from storage.records.offers import Offer
from storage.requirements.requirements import Aspect
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, NewComponent
from storage.workspaces.workspaces import Steward

#: A record as the file of records has it: its kind's name with its fields, ``by``, and what belongs beside it.
Told = Mapping[str, Any]
T = TypeVar("T")


class RecordError(Exception):
    """A record that a service refuses; the message is what a person would be told."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Where records are written, and what is known before: who does it, and when; and how those are called on cards."""

    transaction: Transaction
    team_id: str
    facts: Facts
    names: Mapping[str, str] = field(default_factory=dict)

    def component(self, name: str) -> Component:
        found = responsibilities.components(self.transaction, self.team_id, [WORKSPACE])
        return next(each for each in found if each.name == name)

    def duty(self, component: Component, duty_id: str) -> ComponentDuty:
        found = register.found(self.transaction, component, duty_id)
        if found is None:
            raise RecordError(f"{component.name} has no duty {duty_id}")
        return found


def put(writing: Writing, record: Told) -> Sequence[Delivery]:
    """Write a record, and return what people are told of it. Raises RecordError."""
    (kind,) = record.keys() & _KINDS.keys()
    return _KINDS[kind](writing, record[kind], record)


def _settings(writing: Writing, told: Told, _record: Told) -> Sequence[Delivery]:
    stewards = [Steward.model_validate(each) for each in told["stewards"]]
    chosen = Settings(tuple(told["disciplines"]), told["data_channel"], (), stewards)
    return settings.choose(writing.transaction, writing.team_id, chosen, writing.facts).messages


def _component(writing: Writing, told: Told, record: Told) -> Sequence[Delivery]:
    new = NewComponent.model_validate(told)
    component = _done(register.Saved, register.add(writing.transaction, writing.team_id, new, writing.facts)).component
    for duty_id, owner in record.get("owned", {}).items():
        wanted = [(writing.duty(component, duty_id).value, Step("claim", owner))]
        steps.take(writing.transaction, writing.team_id, wanted, replace(writing.facts, by=owner))
    return ()


def _link(writing: Writing, told: Told, _record: Told) -> Sequence[Delivery]:
    joining = Joining(writing.component(told["source"]), told["kind"], writing.component(told["target"]))
    return _done(links.Proposed, links.propose(writing.transaction, joining, writing.facts)).messages


def _proposals(writing: Writing, told: Told, _record: Told) -> Sequence[Delivery]:
    component = writing.component(told["about"])
    wanted = [(writing.duty(component, duty_id), person) for duty_id, person in told["to"].items()]
    return steps.propose(writing.transaction, wanted, writing.facts).messages


def _request(writing: Writing, told: Told, _record: Told) -> Sequence[Delivery]:
    by, at = writing.facts.by, to_text(writing.facts.now)
    made = {
        "id": new_id(),
        "team_id": writing.team_id,
        "number": "",
        "requester": by,
        "created_at": at,
        "changed_at": at,
    }
    terms = {term: Term(asked=Offer(parts=parts, by=by, at=at)) for term, parts in told["terms"].items()}
    about = {"data_key": data_key(told["entity"]), "component_id": writing.component(told["serves"]).id}
    entered = {**told, **made, **about, "terms": terms}
    draft = drafts.draft(writing.transaction, DataRequest.model_validate(entered), writing.facts)
    sending = Move("send", by, frozenset())
    return _done(drafts.Saved, requests.take(writing.transaction, draft, sending, writing.facts)).messages


def _decision(writing: Writing, told: Told, _record: Told) -> Sequence[Delivery]:
    about = writing.component(told["about"]).id
    new = NewDecision.model_validate({**_without_about(told), "component_id": about})
    entry = decisions.Entry(writing.team_id, new, is_posted=new.state == "proposed")
    return _done(decisions.Saved, decisions.log(writing.transaction, entry, writing.facts)).messages


def _definition(writing: Writing, told: Told, _record: Told) -> Sequence[Delivery]:
    written = meanings.Written(NewSense.model_validate(told), meanings.Shown(writing.team_id, ""))
    return _done(meanings.Saved, meanings.add(writing.transaction, written, writing.facts)).messages


def _card(writing: Writing, told: Told, _record: Told) -> Sequence[Delivery]:
    component, said = writing.component(told["about"]), list[Delivery]()
    facts = replace(writing.facts, names=writing.names)
    for aspect, offer in _offers(told).items():
        read = Read(aspect, requirements.model_card(writing.transaction, component).version_of(aspect))
        done = requirements.say(writing.transaction, component, read, offer, facts)
        said += _done(requirements.Saved, done).messages
    return [*said, *(_agreed(writing, component, told["agreed_by"]) if "agreed_by" in told else ())]


def _offers(told: Told) -> dict[Aspect, Offer]:
    """Return what is said of a card's aspects, and who finds out what nobody knows yet."""
    known = {aspect: Offer(parts=parts) for aspect, parts in told["aspects"].items()}
    return known | {aspect: Offer(stance="unknown", **who) for aspect, who in told.get("unknown", {}).items()}


def _agreed(writing: Writing, component: Component, by: str) -> Sequence[Delivery]:
    version = requirements.card_of(writing.transaction, component).version
    facts = replace(writing.facts, by=by)
    agreed = requirements.agree(writing.transaction, component, (None, version), facts)
    return _done(requirements.Saved, agreed).messages


def _evaluation(writing: Writing, told: Told, _record: Told) -> Sequence[Delivery]:
    model, entered = writing.component(told["about"]), {**_without_about(told), **told["values"]}
    today = date.fromisoformat(told["date"])
    done = entering.evaluate(writing.transaction, model, entered, writing.facts, today)
    return _done(entering.Measured, done).messages


def _feedback(writing: Writing, told: Told, _record: Told) -> Sequence[Delivery]:
    component, dated = writing.component(told["about"]), {"created_at": "", "changed_at": ""}
    about = {"id": new_id(), "team_id": writing.team_id, "number": "", "component_id": component.id}
    item = Feedback.model_validate({**_without_about(told), **about, **dated, "reporter": writing.facts.by})
    done = feedback.report(writing.transaction, Report(item, component), WORKSPACE, (), writing.facts)
    return _done(feedback.Saved, done).messages


def _without_about(told: Told) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in ("about", "values")}


def _done(wanted: type[T], outcome: object) -> T:
    if isinstance(outcome, wanted):
        return outcome
    raise RecordError(outcome.told if isinstance(outcome, Refused) else str(outcome))


_KINDS: Mapping[str, Callable[[Writing, Told, Told], Sequence[Delivery]]] = {
    "settings": _settings,
    "component": _component,
    "link": _link,
    "proposals": _proposals,
    "request": _request,
    "decision": _decision,
    "definition": _definition,
    "card": _card,
    "evaluation": _evaluation,
    "feedback": _feedback,
}
