"""/common-ground: help, status and, for admins, the workspace's settings."""

import asyncio
from datetime import datetime

from handlers.framework.context import Context
from handlers.framework.routing import Command, Feature
from handlers.slack.interactions import Ask, BlockAction, ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Say
from handlers.workspace import actions, messages, rules
from handlers.workspace.hooks.jobs import JOBS
from storage.engine.interface import Transaction
from storage.glossary.glossary import count_senses
from storage.workspaces import preferences
from storage.workspaces.workspaces import choose_settings, known_workspace, stewards_of


async def tell_help(context: Context[Ask]) -> Reply:
    return Reply(
        Say(
            messages.help_text(
                context.commands.values(), context.command_prefix, may_change=(await context.actor()).is_admin
            )
        )
    )


async def tell_status(context: Context[Ask]) -> Reply:
    viewpoint = await context.viewpoint()
    counts = await context.store.search(
        lambda reader: count_senses(reader, context.workspace.team_id, viewpoint.visibilities)
    )
    if viewpoint.is_limited:
        return Reply(Say(messages.status_outside(counts)))
    stewards = stewards_of(context.store.reader, context.workspace.team_id) if context.interaction.is_private else None
    return Reply(Say(messages.status(context.workspace, counts, stewards, may_change=(await context.actor()).is_admin)))


async def open_settings(context: Context[Ask | BlockAction]) -> Reply:
    if not (await context.actor()).is_admin:
        return Reply(Say(messages.only_admins()))
    team_id, revision = context.workspace.team_id, context.workspace.preferences_revision
    holidays, confirm_after = (
        preferences.chosen(context.store.reader, team_id, revision, name).get(team_id, "")
        for name in (preferences.HOLIDAYS, preferences.CONFIRM_AFTER)
    )
    form = messages.settings(context.workspace, stewards_of(context.store.reader, team_id), holidays, confirm_after)
    return Reply(Open(form, messages.open_settings()))


async def save_settings(context: Context[ViewSubmission]) -> Reply:
    entered = messages.entered(context.interaction.fields)
    chosen = sorted({user_id for user_ids in entered.stewards.values() for user_id in user_ids})
    found = await asyncio.gather(*(context.directory.person(context.team_id, user_id) for user_id in chosen))
    people = dict(zip(chosen, found, strict=True))
    asked = rules.asked_settings(entered, people)
    if not (await context.actor()).is_admin:
        return Reply(Refuse(messages.refused_to_others()))
    if isinstance(asked, rules.Wrong):
        return Reply(Refuse(messages.errors(asked)))

    def save(transaction: Transaction, _now: datetime) -> Open:
        team_id = context.team_id
        choose_settings(transaction, team_id, asked.disciplines, asked.data_channel, asked.stewards)
        preferences.choose(transaction, team_id, team_id, preferences.HOLIDAYS, " ".join(asked.holidays))
        preferences.choose(transaction, team_id, team_id, preferences.CONFIRM_AFTER, asked.confirm_after)
        return Open(messages.saved(known_workspace(transaction, context.team_id)))

    return Reply(write=save)


FEATURE = Feature(
    name="workspace",
    commands=[
        Command(
            "common-ground",
            tell_help,
            "Help, status and settings of Common Ground",
            "[help | status | settings | redact]",
            {"help": tell_help, "status": tell_status, "settings": open_settings, "redact": actions.ask_what},
        )
    ],
    actions={messages.OPEN_SETTINGS: open_settings, actions.OPEN: actions.ask_whether},
    views={messages.SETTINGS: save_settings, actions.FORM: actions.redact},
    jobs=JOBS,
)
