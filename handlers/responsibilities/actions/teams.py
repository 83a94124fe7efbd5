"""Where people open teams that own duties, add them and edit them."""

import asyncio
from collections.abc import Mapping

from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.responsibilities.context import Asker, asking
from handlers.responsibilities.forms.teams import delete_form, team_form
from handlers.responsibilities.messages import teams as messages
from handlers.responsibilities.messages.register import GONE
from handlers.responsibilities.rules import teams as rules
from handlers.responsibilities.service import teams as service
from handlers.slack import carried
from handlers.slack.interactions import BlockAction, ViewSubmission, Wrong
from handlers.slack.replies import Open, Refuse, Reply, Say, Wrote
from handlers.slack.usergroups import Group, groups_of, without_who_left
from storage.engine.interface import WORKSPACE, Transaction
from storage.responsibilities.teams import NewTeam, Team


async def open_team(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    return await it.shown_team(await it.wanted(service.seen, context.interaction.value, GONE))


async def add(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    if refused := await it.actor.why_barred():
        return Reply(refused)
    groups = await groups_of(context.directory.slack)
    return Reply(Open(team_form(None, groups or {}, context.interaction.value)))


async def edit(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    groups, team = await asyncio.gather(
        groups_of(context.directory.slack), it.wanted(service.seen, context.interaction.value, GONE)
    )
    if not rules.may_edit(team, it.user_id, is_admin=it.actor.is_admin):
        return Reply(service.not_theirs(team))
    return Reply(Open(team_form(team, rules.known_groups(team, groups, team.group_id) or {})))


async def save(context: Context[ViewSubmission]) -> Reply:
    """Add a team, or change the one that the form names as it was when the form was opened."""
    it, submission = await asking(context), context.interaction
    if refused := await it.actor.why_barred():
        return Reply(refused)
    old_id, _, version = submission.note.partition(":")
    old = await it.wanted(service.seen, old_id, GONE) if old_id else None
    chosen = submission.fields.text(rules.GROUP)
    groups = await _groups(it, old, chosen)
    new = rules.written(submission.fields, groups)
    if isinstance(new, Wrong):
        return Reply(Refuse(new.errors))
    listed = [] if new.group_id else [(rules.MEMBERS, each) for each in new.members]
    facts = await it.facts(WORKSPACE, told=[new.accountable])
    if errors := await it.why_unfit([*listed, (rules.ACCOUNTABLE, new.accountable)], facts.audience):
        return Reply(Refuse(errors))
    shown = old and old.model_copy(update={"version": carried.number(version)})
    return _saved(it, new, shown, facts)


async def ask_to_delete(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    team = await it.wanted(service.seen, context.interaction.value, GONE)
    if not rules.may_edit(team, it.user_id, is_admin=it.actor.is_admin):
        return Reply(service.not_theirs(team))
    return Reply(Open(delete_form(team, len(await it.owned_by_teams(team.id)))))


async def delete(context: Context[ViewSubmission]) -> Reply:
    it = await asking(context)
    if refused := await it.actor.why_barred():
        return Reply(refused)
    team = await it.wanted(service.seen, context.interaction.note, GONE)
    facts = await it.facts(WORKSPACE, told=[team.accountable])

    def take_away(transaction: Transaction, _now: object) -> Wrote:
        done = service.delete(transaction, it.team_id, team.id, facts)
        return (
            Wrote(done) if isinstance(done, Refused) else Wrote(Say(messages.deleted(team, done.duties)), done.messages)
        )

    return Reply(write=take_away)


async def _groups(it: Asker, old: Team | None, chosen: str) -> Mapping[str, Group] | None:
    """Return the user groups where one was ``chosen``, that one without who has left; None where Slack does not say."""
    directory = it.context.directory
    groups = rules.known_groups(old, await groups_of(directory.slack) if chosen else None, chosen)
    group = (groups or {}).get(chosen)
    if groups is None or group is None:
        return groups
    return {**groups, chosen: await without_who_left(directory, it.team_id, group)}


def _saved(it: Asker, new: NewTeam, old: Team | None, facts: Facts) -> Reply:
    def keep(transaction: Transaction, _now: object) -> Wrote:
        if old is None:
            saved = service.add(transaction, it.team_id, new, facts)
        else:
            saved = service.change(transaction, old, new, facts)
        if isinstance(saved, Refused):
            return Wrote(saved)
        owned = service.duties_of(transaction, it.team_id, it.visible, saved.team.id)
        return Wrote(Say(messages.shown(saved.team, owned, None, may_edit=True, is_saved=True)), saved.messages)

    return Reply(write=keep)
