"""Writes what is said of requirements and agreed on, and finds who is to be told; inside a write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.access.recipients import At, messages
from handlers.agreements.clauses import Names, offer_words, people_named
from handlers.requirements.messages import card as card_views
from handlers.requirements.messages import notices
from handlers.requirements.messages.card import Place
from handlers.requirements.messages.notices import Saying
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import KINDS
from handlers.requirements.service import waivers
from handlers.requirements.service.waivers import Change
from handlers.slack.blocks import Message
from storage.data_requests import data_requests
from storage.data_requests.data_requests import STATES
from storage.decisions import decisions
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.records.ids import new_id
from storage.records.offers import Offer, Stance
from storage.records.versioned import HistoryEntry
from storage.requirements import requirements
from storage.requirements.requirements import CARDS, SIDES, Aspect, Card, Evaluation, Requirement
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import gone_people, known_names


@dataclass(frozen=True, slots=True)
class Held:
    """A model's card as it stands in the store, and who is gone of those whom it concerns."""

    component: Component
    card: Card
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kept:
    """A card as it is now, and what others are told."""

    card: Card
    messages: Sequence[Delivery] = ()


_DID: Mapping[Stance, str] = {"value": "set", "not needed": "waived", "unknown": "left open"}


def card_of(reader: Reader, component: Component) -> Card:
    """Return a model's card; one on which nothing is said yet where there is none."""
    found = CARDS.one(reader, component.team_id, component_id=component.id)
    empty = Card(id="", team_id=component.team_id, component_id=component.id, created_at="", changed_at="", version=0)
    return found or empty


def held(reader: Reader, component: Component) -> Held:
    return Held(component, card_of(reader, component), gone_people(reader, component.team_id))


def say(transaction: Transaction, component: Component, aspect: Aspect, said: Offer, at: At) -> Kept:
    """Write what somebody says of an aspect; whose move it is now is told once, and again where it was agreed."""
    it = held(transaction, component)
    signed = said.model_copy(update={"by": at.by, "at": to_text(at.now)})
    new = status.say(it.card.requirements.get(aspect), signed, status.sides_of(component, at.by, it.gone))
    words = offer_words(KINDS[aspect], signed, names_in(transaction, component, it.card, at.names))
    what = f"{_DID[signed.stance]} {status.label(aspect).lower()}"
    card = _written(transaction, it, {aspect: new}, HistoryEntry(at=signed.at, by=at.by, what=what, note=words))
    saying = Saying(Place(component, card.id), aspect, card.requirements[aspect], words)
    named = _named(aspect, signed, it.card.requirements.get(aspect))
    told = {**dict.fromkeys(named, notices.named(saying)), **_asked(it, saying)}
    return Kept(card, messages(transaction, component.team_id, told, at))


def agree(transaction: Transaction, component: Component, aspects: Sequence[Aspect], at: At) -> Kept | None:
    """Write that somebody agrees to what is said of some aspects; None where nothing of it waits for them."""
    it = held(transaction, component)
    card, sides = it.card, status.sides_of(component, at.by, it.gone)
    taken = [each for each in status.waiting(card, sides) if each in aspects]
    if not taken:
        return None
    changed = {each: status.agree(card.requirements[each], at.by, sides, at.now) for each in taken}
    listed = ", ".join(status.label(each).lower() for each in taken)
    new = _written(transaction, it, changed, HistoryEntry(at=to_text(at.now), by=at.by, what=f"agreed to {listed}"))
    said: dict[str, list[Aspect]] = {}
    for each in taken:
        said.setdefault(card.requirements[each].said.by, []).append(each)
    told = {who: notices.agreed(Place(component, new.id), theirs, at.by) for who, theirs in said.items()}
    return Kept(new, messages(transaction, component.team_id, told, at))


def _written(transaction: Transaction, it: Held, changed: Mapping[Aspect, Requirement], event: HistoryEntry) -> Card:
    card = it.card
    recorded = {
        aspect: waivers.recorded(transaction, it.component, Change(aspect, card.requirements.get(aspect), new), event)
        for aspect, new in changed.items()
    }
    changes = {"requirements": {**card.requirements, **recorded}}
    if card.id:
        return CARDS.change(transaction, card, changes, event)
    begun = {"id": new_id(), "created_at": event.at, "changed_at": event.at, "version": 1}
    first = Card.model_validate({**card.model_dump(), **changes, **begun})
    CARDS.add(transaction, first, event)
    return first


def _asked(it: Held, saying: Saying) -> dict[str, Message]:
    """Return who is asked to agree: a side for which nothing waited before, or whose words were changed."""
    before, said = it.card.requirements.get(saying.aspect), saying.requirement.said
    was_agreed = before is not None and before.agreed is not None
    is_again = was_agreed or (before is not None and before.said.by != said.by)
    told: dict[str, Message] = {}
    if said.stance == "unknown":
        both = [person for side in SIDES for person in status.speakers(it.component, side, it.gone)]
        return dict.fromkeys(both, notices.left_open(saying)) if was_agreed else {}
    for side in status.sides_left(saying.requirement):
        if is_again or not status.waiting(it.card, frozenset((side,))):
            people = status.speakers(it.component, side, it.gone)
            told |= dict.fromkeys(people, notices.asked(saying, is_again=is_again))
    return told


def _named(aspect: Aspect, said: Offer, before: Requirement | None) -> list[str]:
    """Return who is told that they are to find something out, or to sign it, and was not before."""
    known = _people_of(aspect, before.said) if before is not None and before.said.stance == said.stance else []
    return [each for each in _people_of(aspect, said) if each not in known]


def _people_of(aspect: Aspect, said: Offer) -> list[str]:
    people = people_named(KINDS[aspect].parts, said.parts) if said.stance == "value" else [said.finder]
    return [each for each in people if each]


def people_in(component: Component, card: Card) -> list[str]:
    """Return everybody who is named on a card."""
    found = [component.lead, *component.model_side, *component.product_side]
    for aspect, each in card.requirements.items():
        for said in (each.said, each.agreed):
            found += [said.by, said.finder, *people_named(KINDS[aspect].parts, said.parts)] if said is not None else []
        found += [one.user_id for one in (*each.agreements.values(), *each.agreed_by.values())]
    return [each for each in dict.fromkeys(found) if each]


def names_in(reader: Reader, component: Component, card: Card, names: Names) -> dict[str, str]:
    return {**known_names(reader, component.team_id, people_in(component, card)), **names}


def shown(reader: Reader, component: Component, names: Names, visible: Sequence[str]) -> card_views.Shown:
    """Return a card with what stands beside it in the store, as far as that belongs there and may be read."""
    team_id = component.team_id
    visible = [each for each in (WORKSPACE, component.visibility) if each in visible]
    card = card_of(reader, component)
    made = decisions.of_component(reader, team_id, component.id, visible)
    feeding = [
        each
        for each in data_requests.in_states(reader, team_id, STATES, visible)
        if each.component_id == component.id and each.thread and each.state not in ("declined", "withdrawn", "expired")
    ]
    return card_views.Shown(
        component, card, requirements.evaluations_of(reader, team_id, component.id), made, feeding,
        names_in(reader, component, card, names), gone_people(reader, team_id),
    )  # fmt: skip


def evaluate(transaction: Transaction, component: Component, evaluation: Evaluation, at: At) -> Kept:
    """Keep what was measured; the lead is told of what it misses."""
    requirements.add_evaluation(transaction, evaluation)
    it = held(transaction, component)
    missed = status.missed(it.card, evaluation)
    place = Place(component, it.card.id)
    told = {component.lead: notices.missed(place, missed, evaluation)} if missed else {}
    return Kept(it.card, messages(transaction, component.team_id, told, at))
