"""Where people add and edit components, and propose their duties."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from handlers.access.permissions import Actor
from handlers.access.visibility import Viewpoint
from handlers.agreements.components import may_edit, seen
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.responsibilities.actions.duties import why_not
from handlers.responsibilities.catalogue import catalogue_of
from handlers.responsibilities.context import Seen, all_of
from handlers.responsibilities.forms import components as component_views
from handlers.responsibilities.messages import duties as duty_views
from handlers.responsibilities.messages import register
from handlers.responsibilities.rules import components as component_rules
from handlers.responsibilities.rules import duties as rules
from handlers.responsibilities.rules.duties import Step
from handlers.slack.interactions import Ask, BlockAction, ViewSubmission, Wrong
from handlers.slack.replies import Answer, Open, Refuse, Reply, Say, Wrote, direct
from storage.engine.interface import WORKSPACE, Transaction, to_text
from storage.records.versioned import HistoryEntry, Overtaken
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import COMPONENTS, Component, NewComponent, new_key
from storage.workspaces.workspaces import note_place


async def add(context: Context[Ask]) -> Reply:
    return Reply(
        Open(component_views.component_form({"name": context.interaction.text[:80]}), component_views.open_form())
    )


async def add_by_button(context: Context[BlockAction]) -> Reply:
    return Reply(Open(component_views.component_form({"name": context.interaction.value})))


async def edit(context: Context[Ask]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    known = responsibilities.components(context.store.reader, context.team_id, viewpoint.visibilities)
    named = [each for each in known if each.look_up_key == new_key(context.interaction.text)]
    if len(named) != 1:
        return Reply(Say(component_views.which_to_edit(named or known)))
    return _edited(named[0], actor)


async def edit_by_button(context: Context[BlockAction]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    component = seen(context.store.reader, context.team_id, context.interaction.value, viewpoint.visibilities)
    return Reply(Say(register.gone())) if component is None else _edited(component, actor)


def _edited(component: Component, actor: Actor) -> Reply:
    if not may_edit(component, actor.user_id, is_admin=actor.is_admin):
        return Reply(Say(component_views.only_its_people()))
    return Reply(Open(component_views.component_form(component.model_dump(), f"{component.id}:{component.version}")))


@dataclass(frozen=True, slots=True)
class Written:
    """A component that somebody wrote, ready for the store; ``old`` and its version where one is edited."""

    new: NewComponent
    by: str
    old_id: str
    old_version: int


async def save(context: Context[ViewSubmission]) -> Reply:
    submission, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    old_id, _, version = submission.note.partition(":")
    old = seen(context.store.reader, submission.team_id, old_id, viewpoint.visibilities) if old_id else None
    if old_id and old is None:
        return Reply(Say(register.gone()))
    if old is not None and not may_edit(old, actor.user_id, is_admin=actor.is_admin):
        return Reply(Say(component_views.only_its_people()))
    visibility = old.visibility if old else await _home(submission, viewpoint)
    new = component_rules.written(submission.fields, visibility, context.now.date(), old)
    if isinstance(new, Wrong):
        return Reply(Refuse(new.errors))
    if errors := await _unfit(actor, new):
        return Reply(Refuse(errors))
    written = Written(new, submission.user_id, old_id, int(version or 0))
    return Reply(write=partial(_change if old_id else _add, written, submission.team_id))


async def _home(submission: ViewSubmission, viewpoint: Viewpoint) -> str:
    """Return who sees a new component: what is added beside the bot alone is everybody's, else the place decides."""
    is_alone = submission.place.channel_id.startswith("D") and not viewpoint.is_limited
    return WORKSPACE if is_alone else await viewpoint.home()


async def _unfit(actor: Actor, new: NewComponent) -> dict[str, str]:
    """Say at each field who of the people named there cannot be responsible for anything."""
    named = {"lead": (new.lead,), "model_side": new.model_side, "product_side": new.product_side}
    asked = [(block_id, each) for block_id, people in named.items() for each in people]
    told = await asyncio.gather(*(why_not(actor, each, new.visibility) for _, each in asked))
    return {block_id: error for (block_id, _), error in zip(asked, told, strict=True) if error}


def _add(written: Written, team_id: str, transaction: Transaction, now: datetime) -> Answer:
    component = component_rules.as_component(written.new, team_id, written.by, now)
    catalogue = list(catalogue_of(transaction, team_id).values())
    if not responsibilities.add_component(transaction, component, rules.duties_for(component, catalogue)):
        return Refuse({"name": component_views.NAME_TAKEN})
    if component.visibility != WORKSPACE:
        note_place(transaction, team_id, component.visibility)
    return Say(component_views.saved(component, all_of(transaction, [component])))


def _change(written: Written, team_id: str, transaction: Transaction, now: datetime) -> Answer:
    old = COMPONENTS.as_shown(transaction, team_id, written.old_version, id=written.old_id)
    if isinstance(old, Overtaken):
        return Refuse({"name": component_views.CHANGED_MEANWHILE})
    entry = HistoryEntry(at=to_text(now), by=written.by, what="changed")
    new = responsibilities.change_component(transaction, old, written.new, entry)
    if new is None:
        return Refuse({"name": component_views.NAME_TAKEN})
    catalogue = list(catalogue_of(transaction, team_id).values())
    duties = [each.model_copy(update={"changed_at": entry.at}) for each in rules.duties_for(new, catalogue)]
    responsibilities.add_duties(transaction, duties)
    return Say(component_views.saved(new, all_of(transaction, [new])))


async def propose_all(context: Context[BlockAction]) -> Reply:
    """Propose each duty that nobody has to the first person of the side that it falls to."""
    viewpoint, actor = await context.viewpoint(), await context.actor()
    component = seen(context.store.reader, context.team_id, context.interaction.value, viewpoint.visibilities)
    if component is None:
        return Reply(Say(register.gone()))
    people = {side[0] for each in all_of(context.store.reader, [component]) if (side := register.side_of(each))}
    fit = {each for each in people if not await why_not(actor, each, component.visibility)}
    return Reply(write=partial(_propose_all, component, context.user_id, frozenset(fit)))


def _propose_all(component: Component, by: str, fit: frozenset[str], transaction: Transaction, now: datetime) -> Wrote:
    asked: defaultdict[str, list[Seen]] = defaultdict(list)
    for about in all_of(transaction, [component]):
        side = register.side_of(about)
        if about.duty.state != "unowned" or not side or side[0] not in fit or side[0] in about.duty.declined_by:
            continue
        done = rules.step(about.duty, Step("propose", by, side[0]), now)
        if not isinstance(done, Refused):
            duty = responsibilities.change_duty(transaction, about.duty, done.duty, done.entry)
            asked[side[0]].append(Seen(component, about.kind, duty))
    told = [
        direct(component.team_id, person, duty_views.proposed(listed, by, person), now)
        for person, listed in asked.items()
    ]
    return Wrote(Say(component_views.proposed_to(len(asked), sum(map(len, asked.values())))), told)
