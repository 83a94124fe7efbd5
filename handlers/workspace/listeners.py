"""/common-ground: help, status and, for admins, the workspace's settings."""

from datetime import datetime

from handlers.answers import Open, Refuse, Reply, Say
from handlers.directory import Directory, Person
from handlers.dispatch import Command, Feature, Routes
from handlers.gestures import Submission
from handlers.roles import is_admin
from handlers.visibility import Viewpoint
from handlers.workspace import rules, views
from handlers.workspace.jobs import JOBS
from storage.database import Database, Reader, Transaction
from storage.glossary import count_senses
from storage.workspaces import Workspace, choose_settings, known_workspace, stewards_of


async def tell_help(routes: Routes, person: Person | None, admins: frozenset[str], command_prefix: str) -> Reply:
    commands = routes.commands.values()
    return Reply(Say(views.help_text(commands, command_prefix, may_change=is_admin(person, admins))))


async def tell_status(
    workspace: Workspace, viewpoint: Viewpoint, store: Database, person: Person | None, admins: frozenset[str]
) -> Reply:
    counts = await store.search(lambda reader: count_senses(reader, workspace.team_id, viewpoint.visibilities))
    stewards = stewards_of(store.reader, workspace.team_id)
    return Reply(Say(views.status(workspace, counts, stewards, may_change=is_admin(person, admins))))


async def open_settings(workspace: Workspace, reader: Reader, person: Person | None, admins: frozenset[str]) -> Reply:
    if not is_admin(person, admins):
        return Reply(Say(views.only_admins()))
    return Reply(Open(views.settings(workspace, stewards_of(reader, workspace.team_id)), views.open_settings()))


async def save_settings(
    submission: Submission, directory: Directory, person: Person | None, admins: frozenset[str]
) -> Reply:
    stewards = views.stewards_chosen(submission.fields)
    chosen = {user_id for user_ids in stewards.values() for user_id in user_ids}
    people = {user_id: await directory.person(submission.team_id, user_id) for user_id in chosen}
    asked = rules.asked_settings(*views.texts_entered(submission.fields), stewards, people)
    if not is_admin(person, admins):
        return Reply(Refuse(views.refused_to_others()))
    if isinstance(asked, rules.Wrong):
        return Reply(Refuse(views.errors(asked)))

    def save(transaction: Transaction, _now: datetime) -> Open:
        choose_settings(transaction, submission.team_id, asked.disciplines, asked.data_channel, asked.stewards)
        return Open(views.saved(known_workspace(transaction, submission.team_id)))

    return Reply(write=save)


FEATURE = Feature(
    name="workspace",
    commands=[
        Command(
            "common-ground",
            tell_help,
            "Help, status and settings of Common Ground",
            "[help | status | settings]",
            {"status": tell_status, "settings": open_settings},
        )
    ],
    actions={views.OPEN_SETTINGS: open_settings},
    views={views.SETTINGS: save_settings},
    jobs=JOBS,
)
