"""Puts what a question is about into the store, as the features' forms would: by their services."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.trial.records import RecordError
from handlers.access.recipients import Facts
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
from handlers.responsibilities.rules.duties import Step
from handlers.responsibilities.service import register, steps
from storage.data_requests import notes
from storage.data_requests.data_requests import DataRequest
from storage.decisions.decisions import NewDecision
from storage.engine.interface import WORKSPACE, Transaction, to_text
from storage.feedback.feedback import Feedback
from storage.glossary.glossary import NewSense
from storage.records.ids import new_id
from storage.records.offers import Offer
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, NewComponent

TEAM = "T0LOCAL"
Told = Mapping[str, Any]


def make(transaction: Transaction, told: Told, now: datetime) -> None:
    """Write one record as a question tells it: people and channels by name, ``by`` who makes it."""
    facts = Facts(_id("U", told.get("by", "chloe")), now, visible=(WORKSPACE, _where(told)), is_admin=True)
    outcome = _KINDS[told["kind"]](transaction, told, facts)
    if isinstance(outcome, Refused):
        raise RecordError(outcome.told)


def _id(letter: str, name: str) -> str:
    return f"{letter}{name.upper().replace('-', '')}" if name else ""


def _where(told: Told) -> str:
    """Return whose a record is: of the channel that is named where that is private, else everybody's."""
    return _id("C", told["channel"]) if told.get("channel") == "secret-launch" else WORKSPACE


def _component(transaction: Transaction, told: Told, facts: Facts) -> Component:
    """Return the component that a record is about, made first where the record brings it."""
    if "component" in told:
        make(transaction, told["component"], facts.now)
    name = told.get("about") or told["component"]["name"]
    found = responsibilities.components(transaction, TEAM, [WORKSPACE, _where(told)])
    return next(each for each in found if each.name == name)


def _make_component(transaction: Transaction, told: Told, facts: Facts) -> object:
    lead = _id("U", told["lead"])
    new = NewComponent(
        name=told["name"],
        kind=told["type"],
        lead=lead,
        model_side=(lead,),
        product_side=(lead,),
        channel=_id("C", told["channel"]),
        visibility=_where(told),
    )
    made = register.add(transaction, TEAM, new, facts)
    if not isinstance(made, register.Saved):
        return made
    for duty_id, owner in told.get("owned", {}).items():
        found = register.found(transaction, made.component, duty_id)
        if found is None:
            raise RecordError(duty_id)
        taking = replace(facts, by=_id("U", owner))
        steps.take(transaction, TEAM, [(found.value, Step("claim", taking.by))], taking)
    return made


def _make_definition(transaction: Transaction, told: Told, facts: Facts) -> object:
    named = {name: told[name] for name in ("word", "discipline", "gloss", "say_instead", "aliases") if name in told}
    sense = NewSense(**named, visibility=_where(told))
    return meanings.add(transaction, meanings.Written(sense, meanings.Shown(TEAM, "")), facts)


def _make_decision(transaction: Transaction, told: Told, facts: Facts) -> object:
    about = _component(transaction, told, facts).id if "about" in told else ""
    new = NewDecision(
        title=told["title"],
        why=told.get("why", ""),
        decider=_id("U", told["decider"]),
        component_id=about,
        visibility=_where(told),
    )
    return decisions.log(transaction, decisions.Entry(TEAM, new), facts)


def _make_request(transaction: Transaction, told: Told, facts: Facts) -> object:
    at = to_text(facts.now)
    made = DataRequest(
        id=new_id(),
        team_id=TEAM,
        number="",
        version=1,
        visibility=_where(told),
        requester=facts.by,
        owner=_id("U", told["owner"]),
        purpose=told["purpose"],
        needed_by=(facts.now + timedelta(days=30)).date().isoformat(),
        entity=told["entity"],
        data_key=data_key(told["entity"]),
        channel=_id("C", told["channel"]),
        created_at=at,
        changed_at=at,
    )
    draft = drafts.draft(transaction, made, facts)
    return requests.take(transaction, draft, Move("send", facts.by, frozenset()), facts)


def _make_card(transaction: Transaction, told: Told, facts: Facts) -> object:
    bound, amount = told["latency"].rsplit(" ", 2)[0], " ".join(told["latency"].rsplit(" ", 2)[1:])
    parts = {"when": "a ship reports", "under": "any load", "does": "answers", "bound": bound, "amount": amount}
    offer = Offer(parts={**parts, "measure": "the 95th percentile"})
    return requirements.say(transaction, _component(transaction, told, facts), Read("latency", 0), offer, facts)


def _make_feedback(transaction: Transaction, told: Told, facts: Facts) -> object:
    component = _component(transaction, told, facts)
    item = Feedback(
        id=new_id(),
        team_id=TEAM,
        number="",
        version=1,
        visibility=_where(told),
        component_id=component.id,
        reporter=facts.by,
        seen_where="on the map",
        input="today's tides",
        expected=told["expected"],
        got=told["got"],
        severity="medium",
        how_often="once",
        created_at="",
        changed_at="",
    )
    return feedback.report(transaction, Report(item, component), _where(told), (), facts)


def _make_note(transaction: Transaction, told: Told, facts: Facts) -> object:
    note = notes.Note(
        id=new_id(),
        team_id=TEAM,
        visibility=_where(told),
        data_key=data_key(told["on"]),
        text=told["text"],
        author=facts.by,
        link="https://harbour.slack.example/archives/CSECRETLAUNCH/p1",
        kept_by=facts.by,
        at=to_text(facts.now),
    )
    return notes.keep(transaction, note)


_KINDS: Mapping[str, Callable[[Transaction, Told, Facts], object]] = {
    "component": _make_component,
    "definition": _make_definition,
    "decision": _make_decision,
    "request": _make_request,
    "card": _make_card,
    "feedback": _make_feedback,
    "note": _make_note,
}
