"""What other programs report of: a component, or a data request; which one is named, and who is told of it there."""

from collections.abc import Mapping, Sequence

from handlers.access.recipients import Destination, Facts, notify, post
from handlers.agreements import components
from handlers.hooks.reports import Target
from handlers.slack.blocks import Message
from storage.data_requests import data_requests
from storage.data_requests.data_requests import REQUESTS, DataRequest
from storage.engine.interface import Reader
from storage.outbox.deliveries import Delivery
from storage.requirements.requirements import CARDS
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import COMPONENTS, Component
from storage.workspaces.webhooks import Webhook


def target_of(reader: Reader, webhook: Webhook) -> Target | None:
    """Return what a web hook is about; None where it is gone."""
    if webhook.target_kind == "component":
        part = responsibilities.component(reader, webhook.team_id, webhook.target_id)
        return None if part is None else _component(part)
    request = data_requests.by_id(reader, webhook.team_id, webhook.target_id)
    return None if request is None else _request(request)


def targets_of(reader: Reader, team_id: str, found: Sequence[Webhook]) -> dict[str, Target]:
    """Return what web hooks are about, by the ids of these; those about what is gone are left out."""
    parts = COMPONENTS.by_id(reader, team_id, None, {each.target_id for each in found})
    requests = REQUESTS.by_id(reader, team_id, None, {each.target_id for each in found})
    targets = {
        **{id_: _component(part) for id_, part in parts.items()},
        **{id_: _request(of) for id_, of in requests.items()},
    }
    return {each.id: targets[each.target_id] for each in found if each.target_id in targets}


def named(reader: Reader, team_id: str, text: str, visible: Sequence[str] | None) -> list[Target]:
    """Return what people call so, of what may be seen: a request by its number, a component by its name or its id."""
    request = data_requests.by_number(reader, team_id, text.strip(), visible)
    if request is not None and request.thread:
        return [_request(request)]
    every = responsibilities.all_components(reader, team_id)
    known = [each for each in every if visible is None or each.visibility in visible]
    by_id = [each for each in known if each.id == text.strip()]
    return [_component(each) for each in by_id or components.named(text, known)]


def _component(part: Component) -> Target:
    return Target(part.team_id, "component", part.id, part.name, part.visibility, part)


def _request(request: DataRequest) -> Target:
    name, where = f"{request.number} {request.entity}".strip(), (request.channel, request.thread)
    sides = (request.requester, request.owner)
    return Target(request.team_id, "data request", request.id, name, request.visibility, request, *where, sides)


def owners(reader: Reader, target: Target, *duties: str) -> list[str]:
    """Return who leads a component and who owns these duties of it, or any; nobody once it has retired."""
    part = responsibilities.component(reader, target.team_id, target.id)
    if part is None or part.is_retired:
        return []
    there = responsibilities.duties_of(reader, target.team_id, [part.id])
    owned = [each.owner for each in there if each.state == "accepted" and (not duties or each.duty in duties)]
    return [*dict.fromkeys(each for each in (*owned, part.lead) if each)]


def measurers(reader: Reader, target: Target, webhook: Webhook) -> list[str]:
    """Return who is to measure by the reports of a web hook; nobody where what these are about has retired."""
    if target.is_over:
        return []
    card = CARDS.one(reader, target.team_id, component_id=target.id)
    plans = [each.plan for each in card.requirements.values()] if card is not None else []
    named = (plan.by for plan in plans if plan is not None and plan.webhook == webhook.id)
    return [*dict.fromkeys(each for each in named if each)]


def said_there(reader: Reader, target: Target, message: Message, facts: Facts) -> list[Delivery]:
    """Return what is said of a request: in its thread, or to its two sides alone where guests would read that."""
    if not facts.is_limited:
        return [post(Destination(target.team_id, target.channel, thread=target.thread), message, facts.now)]
    told: Mapping[str, Message] = dict.fromkeys(target.sides, message)
    return notify(reader, target.team_id, told, facts)
