"""Where a decision and a requirement speak of one thing: the same component, and the same that is asked of it."""

from collections.abc import Collection, Mapping, Sequence

from handlers.agreements.components import seen
from storage.decisions import decisions
from storage.decisions.decisions import Attribute, Decision
from storage.engine.interface import WORKSPACE, Reader
from storage.records.offers import Offer
from storage.requirements.requirements import CARDS, Aspect
from storage.responsibilities.responsibilities import Component

#: How the decision log calls an aspect, where it has a word for it.
ATTRIBUTES: Mapping[Aspect, Attribute] = {
    "adequacy": "accuracy",
    "latency": "latency",
    "throughput": "scale",
    "cost": "cost",
    "fairness": "fairness",
    "explainability": "explainability",
    "privacy": "privacy",
    "usability": "usability",
}


def touched(
    reader: Reader, team_id: str, component_id: str, attributes: Collection[str], visibilities: Sequence[str]
) -> tuple[str, ...]:
    """Return in words the requirements of a component that a decision about these attributes touches, if it is seen.

    Each says how much it asks for: "latency requirement of berth model (at most 300 ms)".
    """
    component = seen(reader, team_id, component_id, visibilities) if component_id and attributes else None
    card = CARDS.one(reader, team_id, component_id=component.id) if component is not None else None
    if component is None or card is None:
        return ()
    stands = {aspect: each.agreed or each.said for aspect, each in card.requirements.items()}
    said = {
        each: said for each, said in stands.items() if said.stance == "value" and ATTRIBUTES.get(each) in attributes
    }
    return tuple(f"{each} requirement of {component.name}{_bar(offer)}" for each, offer in said.items())


def touching(
    reader: Reader, component: Component, aspect: Aspect, visibilities: Sequence[str], known: Collection[str]
) -> Decision | None:
    """Return the latest decision that stands about one aspect of a component, but those whose number is ``known``.

    Who sees the component may see it too.
    """
    places = sorted({WORKSPACE, component.visibility} & set(visibilities))
    stands = decisions.of_component(reader, component.team_id, component.id, places)
    about = (each for each in stands if ATTRIBUTES.get(aspect) in each.attributes and each.number not in known)
    return next(about, None)


def is_theirs(decision: Decision, user_id: str, *, is_admin: bool) -> bool:
    """Tell whether somebody may say what becomes of a decision: who decides it, who wrote it down, and admins."""
    return is_admin or user_id in (decision.decider, decision.created_by)


def _bar(said: Offer) -> str:
    told = " ".join(filter(None, (said.parts.get(each, "") for each in ("bound", "amount"))))
    return f" ({told})" if told else ""
