"""/common-ground: help, status and, for admins, the workspace's settings."""

from handlers.answers import Open, Refuse, Reply, Say
from handlers.directory import Directory, Person
from handlers.dispatch import Command, Feature, Routes
from handlers.gestures import Ask, Press, Submission
from handlers.roles import is_admin
from handlers.visibility import Viewpoint
from handlers.workspace import rules, views
from handlers.workspace.jobs import JOBS
from storage.database import Database, Reader, Transaction
from storage.glossary import count_senses
from storage.workspaces import choose_settings, known_workspace, stewards_of


async def tell_help(routes: Routes, person: Person | None, admins: frozenset[str], command_prefix: str) -> Reply:
    commands = routes.commands.values()
    return Reply(Say(views.help_text(commands, command_prefix, may_change=is_admin(person, admins))))


async def tell_status(
    ask: Ask, viewpoint: Viewpoint, store: Database, person: Person | None, admins: frozenset[str]
) -> Reply:
    counts = await store.search(lambda reader: count_senses(reader, ask.team_id, viewpoint.visibilities))
    place, stewards = known_workspace(store.reader, ask.team_id), stewards_of(store.reader, ask.team_id)
    return Reply(Say(views.status(place, counts, stewards, may_change=is_admin(person, admins))))


async def change_settings(ask: Ask, reader: Reader, person: Person | None, admins: frozenset[str]) -> Reply:
    return _settings(ask, reader) if is_admin(person, admins) else Reply(Say(views.only_admins()))


async def open_settings(press: Press, reader: Reader, person: Person | None, admins: frozenset[str]) -> Reply:
    return _settings(press, reader) if is_admin(person, admins) else Reply(Say(views.only_admins()))


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

    def save(transaction: Transaction) -> Open:
        choose_settings(transaction, submission.team_id, asked.disciplines, asked.data_channel, asked.stewards)
        return Open(views.saved(known_workspace(transaction, submission.team_id)))

    return Reply(write=save)


def _settings(gesture: Ask | Press, reader: Reader) -> Reply:
    place, stewards = known_workspace(reader, gesture.team_id), stewards_of(reader, gesture.team_id)
    return Reply(Open(views.settings(place, stewards), views.open_settings()))


FEATURE = Feature(
    name="workspace",
    commands=[
        Command(
            "common-ground",
            tell_help,
            "Help, status and settings of Common Ground",
            "[help | status | settings]",
            {"status": tell_status, "settings": change_settings},
        )
    ],
    actions={views.OPEN_SETTINGS: open_settings},
    views={views.SETTINGS: save_settings},
    jobs=JOBS,
)
