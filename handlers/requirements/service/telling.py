"""Who is told of what somebody says on a card: who is asked to agree, and who is named there."""

from handlers.agreements.clauses import people_named
from handlers.requirements.messages import notices
from handlers.requirements.messages.notices import Saying
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import KINDS
from handlers.requirements.rules.standing import ModelCard
from handlers.slack.blocks import Message
from storage.records.offers import Offer
from storage.requirements.requirements import SIDES, Aspect, Requirement


def asked(model: ModelCard, saying: Saying) -> dict[str, Message]:
    """Return who is asked to agree: a side for which nothing waited before, or whose words were changed."""
    before, said = model.requirement(saying.aspect), saying.requirement.said
    was_agreed = before is not None and before.agreed is not None
    is_again = was_agreed or (before is not None and before.said.by != said.by)
    told: dict[str, Message] = {}
    if said.stance == "unknown":
        both = [person for side in SIDES for person in status.speakers(model.component, side, model.gone)]
        return dict.fromkeys(both, notices.left_open(saying)) if was_agreed else {}
    for side in status.sides_left(saying.requirement):
        if is_again or not status.waiting(model.card, frozenset((side,))):
            people = status.speakers(model.component, side, model.gone)
            told |= dict.fromkeys(people, notices.asked(saying))
    return told


def named(saying: Saying, before: Requirement | None) -> dict[str, Message]:
    """Return who is told that they are to find something out, or to sign or own it, and was not before."""
    aspect, said = saying.aspect, saying.requirement.said
    known = _people_of(aspect, before.said) if before is not None and before.said.stance == said.stance else []
    return dict.fromkeys((each for each in _people_of(aspect, said) if each not in known), notices.named(saying))


def _people_of(aspect: Aspect, said: Offer) -> list[str]:
    return people_named(KINDS[aspect].parts, said.parts) if said.stance == "value" else [said.finder]
