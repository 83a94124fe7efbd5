"""Every change of a requirement card, inside a write, with what others are told of it; and how cards are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.access.recipients import Facts, notify
from handlers.access.settling import Deed, settle
from handlers.agreements import change_records
from handlers.agreements.change_needs import by_card
from handlers.agreements.clauses import Names, offer_words
from handlers.agreements.components import seen
from handlers.agreements.links import confirm_served
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.requirements.messages import notices
from handlers.requirements.messages.answers import GONE
from handlers.requirements.messages.notices import Saying
from handlers.requirements.messages.shown import Place, Shown
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import KINDS, sheet_of, sheets_of
from handlers.requirements.rules.standing import ModelCard, Read, may_change, waiting_for
from handlers.requirements.rules.waiving import needed_after_all, waiver
from handlers.requirements.service import measuring
from handlers.requirements.service.announcing import interface_changed
from handlers.requirements.service.telling import asked, named
from handlers.slack.error_messages import NOT_SEEN_THERE
from storage.data_requests import data_requests
from storage.data_requests.data_requests import STATES
from storage.decisions import decisions
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.records.ids import new_id
from storage.records.offers import Offer, Stance
from storage.records.versioned import HistoryEntry
from storage.requirements import requirements
from storage.requirements.requirements import CARDS, Aspect, Card, Requirement, Sheet
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import gone_people, known_names

_DID: Mapping[Stance, str] = {"value": "set", "not needed": "waived", "unknown": "left open"}
#: A data request that feeds a model stands on its card until it ends so.
_ENDED = ("declined", "withdrawn", "expired")


@dataclass(frozen=True, slots=True)
class Saved:
    """A card as it is now, what others are told, and what was agreed to by it."""

    card: Card
    messages: Sequence[Delivery] = ()
    agreed: Sequence[Aspect] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """What somebody read has moved on since, or nothing of it waits for them; ``now`` is the card as it stands."""

    now: ModelCard


def card_of(reader: Reader, component: Component) -> Card:
    """Return a component's card; one on which nothing is said yet where there is none."""
    found = CARDS.one(reader, component.team_id, component_id=component.id)
    empty = Card(id="", team_id=component.team_id, component_id=component.id, created_at="", changed_at="", version=0)
    return found or empty


def model_card(reader: Reader, component: Component) -> ModelCard:
    return ModelCard(component, card_of(reader, component), gone_people(reader, component.team_id))


def seen_model(reader: Reader, team_id: str, component_id: str, visible: Sequence[str]) -> ModelCard | None:
    """Return the component that a button or a form names; None where it is gone, has no card, or may not be seen."""
    found = seen(reader, team_id, component_id, visible)
    return model_card(reader, found) if found is not None and sheets_of(found.kind) else None


def shown(reader: Reader, component: Component, names: Names, visible: Sequence[str], now: datetime) -> Shown:
    """Return a card with what stands beside it in the store, as far as that belongs there and may be read."""
    team_id, model = component.team_id, model_card(reader, component)
    visible = [each for each in (WORKSPACE, component.visibility) if each in visible]
    requests = data_requests.in_states(reader, team_id, STATES, visible)
    changes = change_records.latest_of(reader, component, visible)
    evaluations = requirements.evaluations_of(reader, team_id, component.id)
    return Shown(
        component=component,
        card=model.card,
        evaluations=evaluations,
        decisions=decisions.of_component(reader, team_id, component.id, visible),
        requests=[each for each in requests if _feeds(each, component)],
        names={**known_names(reader, team_id, [*model.people, *change_records.people_in(changes)]), **names},
        changes=changes,
        gone=model.gone,
        checks=measuring.checks(reader, component, model.card, evaluations, now),
    )


def _feeds(request: data_requests.DataRequest, component: Component) -> bool:
    return request.component_id == component.id and bool(request.thread) and request.state not in _ENDED


def why_not(model: ModelCard, facts: Facts, aspect: Aspect | None = None) -> Refused | None:
    """Say why somebody may not change a card, or one aspect of it; None where they may, as at the command line."""
    if not facts.by:
        return None
    component = model.component
    may_see, may = facts.may_hear(facts.by), may_change(model, facts.by, aspect, is_admin=facts.is_admin)
    lead = f"{facts.names.get(component.lead, 'its lead')}, who leads it," if component.lead else "its lead,"
    only = f"Only {lead} its two sides and admins can change the card of {component.name}."
    told = "" if may_see and may else only if may_see else NOT_SEEN_THERE
    return NotAllowed(told, kind="card", id=component.id, visibility=component.visibility) if told else None


def say(
    transaction: Transaction, component: Component, read: Read, said: Offer, facts: Facts
) -> Saved | Refused | Moved:
    """Write what somebody says of an aspect; whose move it is now is told once, and again where it was agreed.

    The same words of another side are an agreement.
    """
    aspect = read.aspect
    model = current(transaction, component, facts, aspect)
    if isinstance(model, Refused):
        return model
    if model.version_of(aspect) != read.version:
        return Moved(model)
    before = model.requirement(aspect)
    if before is not None and before.said.says_the_same(said):
        agreed = _agree(transaction, model, (aspect,), facts)
        return Saved(model.card) if agreed is None else agreed
    return _say(transaction, model, read, said.model_copy(update={"by": facts.by, "at": to_text(facts.now)}), facts)


def current(
    transaction: Transaction, component: Component, facts: Facts, aspect: Aspect | None = None
) -> ModelCard | Refused:
    """Return a card as it stands now, where somebody may still change it."""
    model = seen_model(transaction, component.team_id, component.id, facts.visible)
    if model is None:
        return Refused(GONE)
    return why_not(model, facts, aspect) or model


def _say(transaction: Transaction, model: ModelCard, read: Read, signed: Offer, facts: Facts) -> Saved:
    component, aspect, before = model.component, read.aspect, model.requirement(read.aspect)
    new = status.say(before, signed, status.sides_of(component, facts.by, model.gone))
    new = new.model_copy(update={"beside": {**new.beside, **read.beside}})
    names = {**known_names(transaction, component.team_id, model.people), **facts.names}
    words = offer_words(KINDS[aspect], signed, names)
    what = f"{_DID[signed.stance]} {status.label(aspect).lower()}"
    entry = HistoryEntry(at=signed.at, by=facts.by, what=what, note=offer_words(KINDS[aspect], signed, names, str))
    card = written(transaction, model, {aspect: new}, entry)
    saying = Saying(Place(component, card.id, sheet_of(aspect)), aspect, card.requirements[aspect], words)
    edits = settle(transaction, component.team_id, [Deed((saying.asked,), " changed this.")], facts)
    told = notify(transaction, component.team_id, {**named(saying, before), **asked(model, saying)}, facts)
    noted = by_card(transaction, component.team_id, component.id, (aspect, status.label(aspect).lower()), facts)
    return Saved(card, [*edits, *told, *noted, *interface_changed(transaction, model, card, facts)])


def agree(
    transaction: Transaction, component: Component, read: tuple[Sheet | Aspect | None, int], facts: Facts
) -> Saved | Refused | Moved:
    """Write that somebody agrees to what is said of one aspect, or of all that wait for them, in the version read."""
    scope, version = read
    model = current(transaction, component, facts)
    if isinstance(model, Refused):
        return model
    aspects = status.aspects_in(scope)
    agreed = _agree(transaction, model, aspects, facts) if model.version_of(scope) == version else None
    return Moved(model) if agreed is None else agreed


def _agree(transaction: Transaction, model: ModelCard, aspects: Sequence[Aspect], facts: Facts) -> Saved | None:
    """Write that somebody agrees to some aspects; None where nothing of it waits for them."""
    card, sides = model.card, status.sides_of(model.component, facts.by, model.gone)
    taken = [each for each in waiting_for(model, facts.by) if each in aspects]
    if not taken:
        return None
    changed = {each: status.agree(card.requirements[each], facts.by, sides, facts.now) for each in taken}
    listed = ", ".join(status.label(each).lower() for each in taken)
    entry = HistoryEntry(at=to_text(facts.now), by=facts.by, what=f"agreed to {listed}")
    new = written(transaction, model, changed, entry)
    said: dict[str, list[Aspect]] = {}
    for each in taken:
        said.setdefault(card.requirements[each].said.by, []).append(each)
    place = Place(model.component, new.id, sheet_of(taken[0]))
    told = {who: notices.agreed(place, theirs, facts.by) for who, theirs in said.items()}
    served = confirm_served(transaction, model.component, facts.by, facts.now)
    deeds = [*(_deed(model, new, each) for each in taken), *(Deed((each.id,), " confirmed this.") for each in served)]
    edits = settle(transaction, model.component.team_id, deeds, facts)
    sent = notify(transaction, model.component.team_id, told, facts)
    return Saved(new, [*edits, *sent, *interface_changed(transaction, model, new, facts)], tuple(taken))


def _deed(model: ModelCard, new: Card, aspect: Aspect) -> Deed:
    """Return that somebody agreed to an aspect; the other side is asked still, where it has not agreed."""
    requirement, kind = new.requirements[aspect], KINDS[aspect]
    left = {
        who for side in status.sides_left(requirement) for who in status.speakers(model.component, side, model.gone)
    }
    saying = Saying(
        Place(model.component, new.id, sheet_of(aspect)), aspect, requirement, offer_words(kind, requirement.said, {})
    )
    asked = notices.asked(saying)
    return Deed((saying.asked,), " agreed.", instead=lambda reader: asked if reader in left else None)


def written(
    transaction: Transaction, model: ModelCard, changed: Mapping[Aspect, Requirement], entry: HistoryEntry
) -> Card:
    card = model.card
    recorded = {aspect: _recorded(transaction, model, (aspect, new), entry) for aspect, new in changed.items()}
    changes = {"requirements": {**card.requirements, **recorded}}
    if card.id:
        return CARDS.change(transaction, card, changes, entry)
    begun = {"id": new_id(), "created_at": entry.at, "changed_at": entry.at, "version": 1}
    first = Card.model_validate({**card.model_dump(), **changes, **begun})
    CARDS.add(transaction, first, entry)
    return first


def _recorded(
    transaction: Transaction, model: ModelCard, change: tuple[Aspect, Requirement], entry: HistoryEntry
) -> Requirement:
    """Return a requirement with the number of the decision not to need it; that ends once it is needed after all."""
    (aspect, new), old, agreed = change, model.requirement(change[0]), change[1].agreed
    if agreed is None or (old is not None and agreed == old.agreed):
        return new
    component = model.component
    earlier = decisions.by_number(transaction, component.team_id, new.decision, [component.visibility])
    standing = earlier if earlier is not None and earlier.state == "accepted" else None
    if agreed.stance == "value":
        if standing is not None:
            ended = {"state": "deprecated", "reason": needed_after_all(aspect)}
            decisions.change(transaction, standing, ended, entry.model_copy(update={"what": "deprecate", "note": ""}))
        return new.model_copy(update={"decision": ""})
    recorded = waiver(component, aspect, new)
    decision = decisions.write_down(transaction, component.team_id, recorded, agreed.by, entry.at)
    if standing is not None:
        decisions.put_in_place_of(transaction, standing, decision, entry.by, entry.at)
    return new.model_copy(update={"decision": decision.number})
