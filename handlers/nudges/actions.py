"""Where people put reminders off, say whether they helped, and choose when and of what they are reminded."""

from dataclasses import replace
from datetime import datetime

from handlers.access.permissions import Acting
from handlers.access.visibility import Viewpoint
from handlers.framework.routing import Means, Routes
from handlers.nudges import messages
from handlers.nudges.hooks import jobs
from handlers.nudges.rules import choosing
from handlers.nudges.rules.hours import Hours, read_hours
from handlers.slack.interactions import Ask, Happening, Press, Submission
from handlers.slack.replies import Open, Refuse, Reply, Say
from handlers.slack.users import person_of
from storage.engine.interface import Reader, Transaction, to_text
from storage.records.ids import new_id
from storage.workspaces import nudges, preferences
from storage.workspaces.nudges import Nudge
from storage.workspaces.people import is_known, note_people
from storage.workspaces.workspaces import Workspace


async def snooze(press: Press) -> Reply:
    """Skip one time; what was put off since it last came up stays put off once."""
    kind, subject = messages.read_subject(press.value)

    def put_off(transaction: Transaction, now: datetime) -> Say:
        log = nudges.open_nudges(transaction, press.team_id)
        own = [each for each in log if (each.person, each.kind, each.subject) == (press.user_id, kind, subject)]
        if not own:
            return Say(messages.not_yours())
        if own[-1].what == "snoozed":
            return Say(messages.already_snoozed())
        skipped = Nudge(
            id=new_id(), team_id=press.team_id, person=press.user_id, kind=kind, subject=subject, what="snoozed",
            at=to_text(now),
        )  # fmt: skip
        nudges.record(transaction, [skipped])
        return Say(messages.snoozed())

    return Reply(write=put_off)


async def find_useful(press: Press) -> Reply:
    useful, _, delivery_id = press.value.partition(" ")

    def keep(transaction: Transaction, _now: datetime) -> Say:
        is_kept = nudges.answer(transaction, press.team_id, delivery_id, press.user_id, useful)
        return Say(messages.thanks(useful) if is_kept else messages.not_yours())

    return Reply(write=keep)


async def open_settings(ask: Ask, workspace: Workspace, reader: Reader, routes: Routes) -> Reply:
    if ask.text:
        return Reply(Say(messages.how_to()))
    return _settings(ask.user_id, workspace, reader, routes)


async def tell_how() -> Reply:
    return Reply(Say(messages.how_to()))


async def open_settings_by_button(press: Press, workspace: Workspace, reader: Reader, routes: Routes) -> Reply:
    return _settings(press.user_id, workspace, reader, routes)


def _settings(user_id: str, workspace: Workspace, reader: Reader, routes: Routes) -> Reply:
    team_id, revision = workspace.team_id, workspace.preferences_revision
    hours, off = (
        preferences.chosen(reader, team_id, revision, name).get(user_id, "")
        for name in (preferences.HOURS, preferences.NUDGES_OFF)
    )
    kinds = list(routes.nudge_kinds.values())
    return Reply(Open(messages.form(read_hours(hours), frozenset(off.split(",")), kinds), messages.open_form()))


async def save_settings(submission: Submission, routes: Routes) -> Reply:
    begin, end = (int(str(submission.fields[name])) for name in (messages.BEGIN, messages.END))
    if begin >= end:
        return Reply(Refuse({messages.END: messages.backwards()}))
    wanted = submission.fields.get(messages.WANTED, [])
    off = [kind for kind in routes.nudge_kinds if kind not in wanted]

    def keep(transaction: Transaction, _now: datetime) -> None:
        preferences.choose(transaction, submission.team_id, submission.user_id, preferences.HOURS, f"{begin}-{end}")
        preferences.choose(transaction, submission.team_id, submission.user_id, preferences.NUDGES_OFF, ",".join(off))

    return Reply(Say(messages.saved(Hours(begin, end), len(routes.nudge_kinds) - len(off))), keep)


async def open_workspace_settings(
    workspace: Workspace,
    reader: Reader,
    routes: Routes,
    is_admin: bool,  # noqa: FBT001 - given by name
) -> Reply:
    if not is_admin:
        return Reply(Say(messages.only_admins()))
    team_id, revision = workspace.team_id, workspace.preferences_revision
    off = preferences.chosen(reader, team_id, revision, preferences.NUDGES_OFF).get(team_id, "")
    form = messages.workspace_form(frozenset(off.split(",")), list(routes.nudge_kinds.values()))
    return Reply(Open(form, messages.open_form()))


async def save_workspace_settings(
    submission: Submission,
    routes: Routes,
    is_admin: bool,  # noqa: FBT001 - given by name
) -> Reply:
    if not is_admin:
        return Reply(Say(messages.only_admins()))
    wanted = submission.fields.get(messages.WANTED, [])
    off = [kind for kind in routes.nudge_kinds if kind not in wanted]

    def keep(transaction: Transaction, _now: datetime) -> None:
        team_id = submission.team_id
        preferences.choose(transaction, team_id, team_id, preferences.NUDGES_OFF, ",".join(off))

    return Reply(Say(messages.saved_for_all(len(routes.nudge_kinds) - len(off))), keep)


async def report(ask: Ask, viewpoint: Viewpoint, acting: Acting, means: Means) -> Reply:
    """Say to stewards and admins whether the reminders help, and who could not be reached."""
    if not ask.is_private or not (acting.is_admin or acting.disciplines):
        return Reply(Say(messages.only_stewards()))
    asked = jobs.Asked(await acting.directory.admins(ask.team_id) | means.admins)
    asked = replace(asked, members=await jobs.members_asked(means, asked))
    seen = await means.store.search(lambda reader: jobs.look(reader, means, asked))
    visible = [matter for matter in seen.matters if matter.visibility in viewpoint.visibilities]
    figures = await means.store.search(lambda reader: nudges.figures(reader, ask.team_id))
    unreached, stuck = choosing.unreached(visible, seen.situation), choosing.stuck(visible, seen.situation)
    return Reply(Say(messages.report(figures, means.routes.nudge_kinds, unreached, stuck)))


async def note_change(happening: Happening, means: Means) -> Reply:
    """Remember at once that somebody was deactivated, or that somebody who matters here has another time zone."""
    means.directory.forget(happening.team_id, happening.user_id)
    has_left = bool(happening.event["user"].get("deleted"))
    if not has_left and not is_known(means.store.reader, happening.team_id, happening.user_id):
        return Reply()
    known = jobs.known_person(happening.team_id, person_of(happening.event["user"], happening.team_id), means.now)
    return Reply(write=lambda transaction, _now: note_people(transaction, [known]))
