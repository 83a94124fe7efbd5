"""/common-ground: help, status, for admins the workspace's settings, what is to be redacted, and one's own data."""

import json
from collections.abc import Sequence
from datetime import datetime

from handlers.access.placement import visibility_at
from handlers.access.recipients import Destination, Facts, attach
from handlers.access.visibility import visible_alone
from handlers.checks.outcomes import Refused
from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.slack import blocks, error_messages
from handlers.slack.interactions import Ask, BlockAction
from handlers.slack.replies import Open, Reply, Say, Wrote
from handlers.workspace.context import whom_to_ask
from handlers.workspace.forms import retention as retention_forms
from handlers.workspace.forms import settings as settings_form
from handlers.workspace.messages import answers, condition
from handlers.workspace.messages import audit as trail
from handlers.workspace.rules.retention import held
from handlers.workspace.service import people, redaction, retention
from handlers.workspace.service import settings as service
from storage.data_requests.data_requests import REQUESTS
from storage.decisions.decisions import DECISIONS
from storage.engine.interface import Reader, Transaction
from storage.feedback.feedback import ITEMS
from storage.glossary.glossary import count_senses
from storage.outbox import backlog, losses, redactions
from storage.workspaces import audit, holds, personal_data, preferences
from storage.workspaces.audit import Entry
from storage.workspaces.installations import installation
from storage.workspaces.workspaces import stewards_of

#: What is looked for goes through a button, which holds 2,000 characters.
_LONGEST = 300
_PAGE = 15
#: Later than every time that is noted.
_NOW = "9999"


async def tell_help(context: Context[Ask]) -> Reply:
    may_change = context.interaction.is_private and (await context.actor()).is_admin
    return Reply(Say(answers.help_text(context.command_prefix, may_change=may_change)))


async def tell_status(context: Context[Ask]) -> Reply:
    viewpoint, team_id = await context.viewpoint(), context.team_id
    counts = await context.store.search(lambda reader: count_senses(reader, team_id, viewpoint.visibilities))
    if viewpoint.is_limited:
        return Reply(Say(answers.status_outside(counts)))
    stewards = await context.read(stewards_of, team_id) if context.interaction.is_private else None
    may_change = (await context.actor()).is_admin
    lines = await _how_it_runs(context) if may_change and context.interaction.is_private else ()
    return Reply(Say(answers.status(context.workspace, counts, stewards, lines, may_change=may_change)))


async def _how_it_runs(context: Context[Ask]) -> Sequence[str]:
    team_id, since = context.team_id, context.now - condition.LOST_FOR
    waiting, lost, installed = await context.store.search(
        lambda reader: (
            backlog.by_kind(reader, team_id),
            losses.lost(reader, team_id, since),
            installation(reader, team_id),
        )
    )
    health = condition.in_workspace(context.services.health(), installed)
    return condition.status(health, waiting, lost, context.now)


async def open_settings(context: Context[Ask | BlockAction]) -> Reply:
    if not (await context.actor()).is_admin:
        return Reply(await whom_to_ask(context, answers.ONLY_ADMINS))
    team_id, revision = context.team_id, context.workspace.preferences_revision

    def look(reader: Reader) -> list[str]:
        names = (preferences.HOLIDAYS, preferences.CONFIRM_AFTER)
        return [preferences.chosen(reader, team_id, revision, name).get(team_id, "") for name in names]

    form = settings_form.settings(
        context.workspace, await context.read(stewards_of, team_id), *await context.read(look)
    )
    return Reply(Open(form, answers.open_settings()))


async def allow_guests(context: Context[Ask]) -> Reply:
    """Say what guests read in this channel; admins allow them the workspace's records there, or take that back."""
    team_id, channel_id = context.team_id, context.interaction.place.channel_id
    word = context.interaction.text.casefold()
    if channel_id.startswith("D") or (await context.viewpoint()).is_limited:
        return Reply(Say(answers.GUESTS_IN_CHANNELS))
    if word not in ("allow", "limit"):
        allowed = await context.read(preferences.choice, team_id, channel_id, preferences.GUESTS_READ)
        return Reply(Say(answers.guests_here(context.command_prefix, is_allowed=bool(allowed))))
    if not (await context.actor()).is_admin:
        return Reply(await whom_to_ask(context, answers.GUESTS_BY_ADMINS))
    is_allowed = word == "allow"
    visibility = await visibility_at(context.directory, team_id, channel_id, await context.viewpoint())
    made = audit.settings_changed(team_id, context.user_id, context.now, preferences.GUESTS_READ)

    def keep(transaction: Transaction, _now: datetime) -> None:
        service.allow_guests(transaction, made.in_channel(channel_id, visibility), is_allowed=is_allowed)

    return Reply(Say(answers.guests_chosen(is_allowed=is_allowed)), keep)


async def ask_what(context: Context[Ask]) -> Reply:
    """Find what is to be redacted, and show a button for each; without a name, tell admins what was redacted."""
    ask, it, text = context.interaction, await asking(Asker, context), context.interaction.text.strip()
    if not ask.is_private:
        return Reply(Say(blocks.said("Redact with the slash command, so that nobody else reads what it is about.")))
    if len(text) > _LONGEST:
        return Reply(Say(blocks.said("That's too long: a part of the text is enough.")))
    every = await context.read(redactions.redactions_of, it.team_id, it.visible)
    names = await it.names_of(each.by for each in every)
    if not text or text.casefold() == "help":
        return Reply(Say(answers.redacted_so_far(every if it.actor.is_admin else (), names)))
    done = {(each.kind, each.record_id): each for each in every}
    found = await context.store.search(
        lambda reader: redaction.found(reader, context.hooks, it.team_id, text, it.visible)
    )
    return Reply(Say(answers.choices(found, text, done, names)))


async def give_own_data(context: Context[Ask]) -> Reply:
    """Give somebody all that is kept of them, as a file in their conversation with the bot."""
    team_id, user_id = context.team_id, context.user_id
    seen = await visible_alone(context.directory, context.workspace, user_id)
    if seen.doubt:
        return Reply(Refused(error_messages.NOT_ALL_OF_YOURS))
    told = await context.store.search(lambda reader: personal_data.told(reader, team_id, user_id, seen.visibilities))
    if not told:
        return Reply(Say(answers.NO_OWN_DATA))
    to = Destination(team_id, user_id, about=seen.visibilities)
    file = ("my-data.json", json.dumps(told, indent=2, ensure_ascii=False) + "\n")

    def give(transaction: Transaction, now: datetime) -> Wrote:
        people.note_own_data(transaction, team_id, Facts(user_id, now))
        return Wrote(messages=[attach(to, file, answers.OWN_DATA, now)])

    return Reply(Say(answers.OWN_DATA_COMES), give)


async def open_retention(context: Context[Ask]) -> Reply:
    if not (await context.actor()).is_admin:
        return Reply(await whom_to_ask(context, answers.ONLY_ADMINS))
    now = await context.read(retention.chosen, context.hooks.retains, context.team_id)
    hold = await context.read(holds.hold, context.team_id)
    told = held(hold, await context.names_of([hold.by])) if hold is not None else ""
    otherwise = blocks.said(f"A mention can't open a form. Use /{context.command_prefix}common-ground retention.")
    return Reply(Open(retention_forms.choosing(context.hooks.retains, now, told), otherwise))


async def show_trail(context: Context[Ask]) -> Reply:
    if not context.interaction.is_private:
        return Reply(Refused(f"Use /{context.command_prefix}common-ground audit: only you see its answer."))
    return await _trail_page(context, (_NOW, ""))


async def show_older_trail(context: Context[BlockAction]) -> Reply:
    at, _, entry_id = context.interaction.value.partition(" ")
    return await _trail_page(context, (at, entry_id))


async def _trail_page(context: Context[Ask] | Context[BlockAction], before: tuple[str, str]) -> Reply:
    """Show what was noted before an entry, newest first; nothing of conversations that the admin is not in."""
    it = await asking(Asker, context)
    if not it.actor.is_admin:
        return Reply(await whom_to_ask(context, trail.ONLY_ADMINS))
    found = await context.read(audit.newest, it.team_id, it.visible, before, _PAGE + 1)
    listed, has_more = found[:_PAGE], len(found) > _PAGE
    names = await it.names_of(person for each in listed for person in trail.people_in(each))
    numbers = await context.read(_numbers, it, listed)
    return Reply(Say(trail.trail(listed, names, numbers, has_more=has_more)))


def _numbers(reader: Reader, it: Asker, listed: Sequence[Entry]) -> dict[str, str]:
    """Return what people call the decisions, requests and feedback that were acted on, by their ids."""
    wanted = {kind: [each.target_id for each in listed if each.target_kind == kind] for kind in trail.NUMBERED}
    found = [
        *(DECISIONS.one(reader, it.team_id, it.visible, id=each) for each in wanted["decision"]),
        *(REQUESTS.one(reader, it.team_id, it.visible, id=each) for each in wanted["data request"]),
        *(ITEMS.one(reader, it.team_id, it.visible, id=each) for each in wanted["feedback"]),
    ]
    return {each.id: each.number for each in found if each is not None}
