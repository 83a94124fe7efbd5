"""/common-ground: help, status, for admins the workspace's settings, what is to be redacted, and one's own data."""

import json
from datetime import datetime

from handlers.access.recipients import Destination, Facts, attach
from handlers.access.visibility import visible_alone
from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import Ask, BlockAction
from handlers.slack.replies import Open, Reply, Say, Wrote
from handlers.workspace import forms, messages, service
from storage.engine.interface import Reader, Transaction
from storage.glossary.glossary import count_senses
from storage.outbox import redactions
from storage.workspaces import personal_data, preferences
from storage.workspaces.workspaces import stewards_of

#: What is looked for goes through a button, which holds 2,000 characters.
_LONGEST = 300


async def tell_help(context: Context[Ask]) -> Reply:
    may_change = (await context.actor()).is_admin
    return Reply(Say(messages.help_text(context.commands.values(), context.command_prefix, may_change=may_change)))


async def tell_status(context: Context[Ask]) -> Reply:
    viewpoint, team_id = await context.viewpoint(), context.team_id
    counts = await context.store.search(lambda reader: count_senses(reader, team_id, viewpoint.visibilities))
    if viewpoint.is_limited:
        return Reply(Say(messages.status_outside(counts)))
    stewards = await context.read(stewards_of, team_id) if context.interaction.is_private else None
    may_change = (await context.actor()).is_admin
    return Reply(Say(messages.status(context.workspace, counts, stewards, may_change=may_change)))


async def open_settings(context: Context[Ask | BlockAction]) -> Reply:
    if not (await context.actor()).is_admin:
        return Reply(messages.ONLY_ADMINS)
    team_id, revision = context.team_id, context.workspace.preferences_revision

    def look(reader: Reader) -> list[str]:
        names = (preferences.HOLIDAYS, preferences.CONFIRM_AFTER)
        return [preferences.chosen(reader, team_id, revision, name).get(team_id, "") for name in names]

    form = forms.settings(context.workspace, await context.read(stewards_of, team_id), *await context.read(look))
    return Reply(Open(form, messages.open_settings()))


async def allow_guests(context: Context[Ask]) -> Reply:
    """Say what guests read in this channel; admins allow them the workspace's records there, or take that back."""
    team_id, channel_id = context.team_id, context.interaction.place.channel_id
    word = context.interaction.text.casefold()
    if channel_id.startswith("D") or (await context.viewpoint()).is_limited:
        return Reply(Say(messages.GUESTS_IN_CHANNELS))
    if word not in ("allow", "limit"):
        allowed = await context.read(preferences.choice, team_id, channel_id, preferences.GUESTS_READ)
        return Reply(Say(messages.guests_here(context.command_prefix, is_allowed=bool(allowed))))
    if not (await context.actor()).is_admin:
        return Reply(messages.GUESTS_BY_ADMINS)
    is_allowed = word == "allow"

    def keep(transaction: Transaction, now: datetime) -> None:
        service.allow_guests(transaction, team_id, channel_id, Facts(context.user_id, now), is_allowed=is_allowed)

    return Reply(Say(messages.guests_chosen(is_allowed=is_allowed)), keep)


async def ask_what(context: Context[Ask]) -> Reply:
    """Find what is to be redacted, and show a button for each; without a name, tell admins what was redacted."""
    ask, it, text = context.interaction, await asking(Asker, context), context.interaction.text.strip()
    if not ask.is_private:
        return Reply(Say(blocks.said("Redact with the slash command, so that nobody else reads what it is about.")))
    if len(text) > _LONGEST:
        return Reply(Say(blocks.said("Say it in fewer words: a part of the text is enough.")))
    every = await context.read(redactions.redactions_of, it.team_id, it.visible)
    names = await it.names_of(each.by for each in every)
    if not text or text.casefold() == "help":
        return Reply(Say(messages.redacted_so_far(every if it.actor.is_admin else (), names)))
    done = {(each.kind, each.record_id): each for each in every}
    found = await context.store.search(
        lambda reader: service.found(reader, context.hooks, it.team_id, text, it.visible)
    )
    return Reply(Say(messages.choices(found, text, done, names)))


async def give_own_data(context: Context[Ask]) -> Reply:
    """Give somebody all that is kept of them, as a file in their conversation with the bot."""
    team_id, user_id = context.team_id, context.user_id
    visible = await visible_alone(context.directory, context.workspace, user_id)
    told = await context.store.search(lambda reader: personal_data.told(reader, team_id, user_id, visible))
    if not told:
        return Reply(Say(messages.NO_OWN_DATA))
    file = ("my-data.json", json.dumps(told, indent=2, ensure_ascii=False) + "\n")

    def give(transaction: Transaction, now: datetime) -> Wrote:
        service.note_own_data(transaction, team_id, Facts(user_id, now))
        return Wrote(messages=[attach(Destination(team_id, user_id), file, messages.OWN_DATA, now)])

    return Reply(Say(messages.OWN_DATA_COMES), give)
