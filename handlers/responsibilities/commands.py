"""Where people ask who has which duty, by command and in a mention, and where components are added and edited."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from handlers.agreements.components import current, named
from handlers.framework.context import Context
from handlers.responsibilities.catalogue import asked_about
from handlers.responsibilities.context import Asker, asking
from handlers.responsibilities.forms.components import component_form
from handlers.responsibilities.forms.links import link_form
from handlers.responsibilities.messages import components as component_messages
from handlers.responsibilities.messages import links as link_messages
from handlers.responsibilities.messages import register
from handlers.responsibilities.messages import retirement as retirement_messages
from handlers.responsibilities.messages import teams as team_messages
from handlers.responsibilities.rules import links as rules
from handlers.responsibilities.service import register as service
from handlers.responsibilities.service import teams as service_of_teams
from handlers.slack import blocks, error_messages
from handlers.slack.interactions import Ask
from handlers.slack.replies import Open, Reply, Say
from storage.engine.interface import WORKSPACE
from storage.responsibilities.responsibilities import Component, new_key

_TWO = 2


async def ask_owner(context: Context[Ask]) -> Reply:
    """Say who has a duty; where nobody has it, the component's lead is asked, and the asker is told later."""
    it, text, command = await asking(context), context.interaction.text, f"/{context.command_prefix}owner"
    if not text:
        return await tell_how(context)
    known, kinds = await context.read(service.known, it.team_id, it.visible)
    channel_id, whole = context.interaction.place.channel_id, context.interaction.whole
    topic = await asyncio.to_thread(asked_about, text, known, kinds, channel_id)
    if topic.component is not None and topic.duty is None and whole:
        of_all = await asyncio.to_thread(asked_about, whole, known, kinds, channel_id)
        topic = of_all if of_all.component == topic.component and not of_all.is_guessed else topic
    if topic.component is None and topic.duty is None:
        return await _no_component(context, it, known)
    named = [topic.component] if topic.component else current(known)
    listed = await context.store.search(lambda reader: service.all_of(reader, named))
    alike = [each for each in listed if topic.is_about(each.kind)]
    if topic.component is not None:
        if not alike or topic.component.is_retired:
            return await it.overview(topic.component)
        return await it.answered(alike[0]) if not alike[1:] else await it.either(alike)
    if topic.duty is None or not alike:
        reply = await it.nothing_known(register.no_component(text, _offered(known), command))
        return replace(reply, is_unknown=True, is_near=True)
    names = await it.names_shown(alike[: register.EVERYWHERE])
    told = Say(register.everywhere(topic.duty, alike, topic.rest, names))
    # A duty of something that isn't in the register may not be meant at all.
    return Reply(told, is_unknown=bool(topic.rest) and topic.is_guessed, is_unsure=bool(topic.rest))


async def _no_component(context: Context[Ask], it: Asker, known: Sequence[Component]) -> Reply:
    """Answer what names no component and no duty: with a team of that name, or with what may have been meant."""
    text, command = context.interaction.text, f"/{context.command_prefix}owner"
    if (team := await context.read(service_of_teams.named, it.team_id, text, it.visible)) is not None:
        return await it.shown_team(team)
    near = context.commands["owner"].nearest(text)
    told = blocks.said(error_messages.did_you_mean(f"{command} {near}")) if near else None
    reply = await it.nothing_known(told or register.no_component(text, _offered(known), command))
    return replace(reply, is_unknown=told is None)


def _offered(known: Sequence[Component]) -> Sequence[Component]:
    """Return what may have been meant: nothing that has retired, unless all has."""
    return current(known) or known


async def tell_how(context: Context[Ask]) -> Reply:
    return Reply(Say(register.how_to(context.command_prefix)))


async def show_map(context: Context[Ask]) -> Reply:
    it, text, command = await asking(context), context.interaction.text, f"/{context.command_prefix}owner"
    known = await it.known()
    if not known:
        return await it.nothing_known(register.no_components(command))
    named = (await asyncio.to_thread(asked_about, text, known, [])).component if text else None
    if text and named is None:
        return Reply(Say(register.no_component(text, _offered(known), command)))
    if named is not None and named.is_retired:
        return await it.overview(named)
    return await it.mapped([named] if named else known, is_one=named is not None)


async def link(context: Context[Ask]) -> Reply:
    """Link two components, as in "berth arrivals feeds berth model"; open the form where that can't be read."""
    it, text, command = await asking(context), context.interaction.text, f"/{context.command_prefix}owner"
    if refused := await it.actor.why_barred():
        return Reply(refused)
    known = current(await it.known())
    if len(known) < _TWO:
        return await it.nothing_known(link_messages.too_few(command))
    joining = await asyncio.to_thread(rules.said, text, known)
    if joining is not None:
        return await it.linked(joining)
    otherwise = link_messages.not_understood(text, command)
    return Reply(Say(otherwise)) if text else Reply(Open(link_form(known), otherwise))


async def show_team(context: Context[Ask]) -> Reply:
    """Show a team by its name, else all teams."""
    it, text, command = await asking(context), context.interaction.text, f"/{context.command_prefix}owner"
    if WORKSPACE not in it.visible:
        return await it.nothing_known(team_messages.no_team(text, command))
    if not text:
        return await it.all_teams(command)
    team = await context.read(service_of_teams.named, it.team_id, text, it.visible)
    return await it.shown_team(team) if team is not None else Reply(Say(team_messages.no_team(text, command)))


async def list_mine(context: Context[Ask]) -> Reply:
    return await (await asking(context)).theirs()


async def add(context: Context[Ask]) -> Reply:
    form = component_form({"name": context.interaction.text[:80]})
    refused = await (await context.actor()).why_barred()
    return Reply(refused or Open(form, component_messages.open_form()))


async def edit(context: Context[Ask]) -> Reply:
    it = await asking(context)
    known = await it.known()
    named = [each for each in known if each.look_up_key == new_key(context.interaction.text)]
    if len(named) == 1:
        return await it.edited(named[0])
    return await it.nothing_known(component_messages.which_to_edit(named or _offered(known)))


async def retire(context: Context[Ask]) -> Reply:
    """Ask when a component retires, and what takes its place."""
    it = await asking(context)
    known = await it.known()
    found = named(context.interaction.text, known) if context.interaction.text else []
    if len(found) == 1:
        return await it.retiring(found[0])
    return await it.nothing_known(retirement_messages.which(found or current(known)))
