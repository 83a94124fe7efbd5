"""Where people put reminders off, say whether they helped, and choose when and of what they are reminded."""

from dataclasses import replace
from datetime import datetime

from handlers.framework.context import Context
from handlers.nudges import messages
from handlers.nudges.hooks import jobs
from handlers.nudges.rules import choosing
from handlers.nudges.rules.hours import Hours, read_hours
from handlers.slack.interactions import Ask, BlockAction, SlackEvent, ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Say
from storage.engine.interface import Reader, Transaction, to_text
from storage.records.ids import new_id
from storage.workspaces import audit, homes, nudges, preferences
from storage.workspaces.people import is_known, note_people
from storage.workspaces.personal_data import is_named
from storage.workspaces.workspaces import Workspace


async def snooze(context: Context[BlockAction]) -> Reply:
    """Skip one time; what was put off since it last came up stays put off once."""
    kind, subject = messages.read_subject(context.interaction.value)

    def put_off(transaction: Transaction, now: datetime) -> Say:
        log = nudges.open_nudges(transaction, context.team_id)
        own = [each for each in log if (each.person, each.kind, each.subject) == (context.user_id, kind, subject)]
        if not own:
            return Say(messages.NOT_YOURS)
        if own[-1].what == "snoozed":
            return Say(messages.ALREADY_SNOOZED)
        skipped = {"id": new_id(), "what": "snoozed", "at": to_text(now), "delivery_id": "", "useful": ""}
        nudges.record(transaction, [own[-1].model_copy(update=skipped)])
        return Say(messages.SNOOZED)

    return Reply(write=put_off)


async def find_useful(context: Context[BlockAction]) -> Reply:
    useful, _, delivery_id = context.interaction.value.partition(" ")

    def keep(transaction: Transaction, _now: datetime) -> Say:
        is_kept = nudges.answer(transaction, context.team_id, delivery_id, context.user_id, useful)
        return Say(messages.thanks(useful) if is_kept else messages.NOT_YOURS)

    return Reply(write=keep)


async def open_settings(context: Context[Ask]) -> Reply:
    return await (tell_how(context) if context.interaction.text else open_settings_by_button(context))


async def tell_how(_context: Context[Ask]) -> Reply:
    return Reply(Say(messages.HOW_TO))


async def open_settings_by_button(context: Context[Ask | BlockAction]) -> Reply:
    hours, off = await context.read(_chosen, context.workspace, context.user_id)
    kinds = list(context.hooks.nudge_kinds.values())
    return Reply(Open(messages.form(read_hours(hours), frozenset(off.split(",")), kinds), messages.OPEN_FORM))


def _chosen(reader: Reader, workspace: Workspace, subject: str) -> tuple[str, str]:
    """Return the working hours and the kinds of reminders switched off that a person, or the workspace, has chosen."""
    revision, names = workspace.preferences_revision, (preferences.HOURS, preferences.NUDGES_OFF)
    hours, off = (preferences.chosen(reader, workspace.team_id, revision, name).get(subject, "") for name in names)
    return hours, off


async def save_settings(context: Context[ViewSubmission]) -> Reply:
    fields = context.interaction.fields
    chosen = {name: fields.text(name) for name in (messages.BEGIN, messages.END)}
    if unclear := {name: messages.CHOOSE_AN_HOUR for name, hour in chosen.items() if not hour.isdigit()}:
        return Reply(Refuse(unclear))
    begin, end = (int(hour) for hour in chosen.values())
    if begin >= end:
        return Reply(Refuse({messages.END: messages.BACKWARDS}))
    wanted = fields.ids(messages.WANTED)
    off = [kind for kind in context.hooks.nudge_kinds if kind not in wanted]

    def keep(transaction: Transaction, _now: datetime) -> None:
        preferences.choose(transaction, context.team_id, context.user_id, preferences.HOURS, f"{begin}-{end}")
        preferences.choose(transaction, context.team_id, context.user_id, preferences.NUDGES_OFF, ",".join(off))

    return Reply(Say(messages.saved(Hours(begin, end), len(context.hooks.nudge_kinds) - len(off))), keep)


async def open_workspace_settings(context: Context[Ask | BlockAction]) -> Reply:
    if not (await context.actor()).is_admin:
        return Reply(messages.ONLY_ADMINS)
    _, off = await context.read(_chosen, context.workspace, context.team_id)
    form = messages.workspace_form(frozenset(off.split(",")), list(context.hooks.nudge_kinds.values()))
    return Reply(Open(form, messages.OPEN_FORM))


async def save_workspace_settings(context: Context[ViewSubmission]) -> Reply:
    if not (await context.actor()).is_admin:
        return Reply(messages.ONLY_ADMINS)
    wanted = context.interaction.fields.ids(messages.WANTED)
    off = [kind for kind in context.hooks.nudge_kinds if kind not in wanted]

    team_id, name = context.team_id, preferences.NUDGES_OFF

    def keep(transaction: Transaction, _now: datetime) -> None:
        preferences.choose(transaction, team_id, team_id, name, ",".join(off))
        audit.note(transaction, audit.settings_changed(team_id, context.user_id, context.now, name))

    return Reply(
        Say(messages.saved_for_all(len(context.hooks.nudge_kinds) - len(off))),
        keep,
    )


async def report(context: Context[Ask]) -> Reply:
    """Say to stewards and admins whether the reminders help, and who could not be reached."""
    viewpoint, actor = await context.viewpoint(), await context.actor()
    if not context.interaction.is_private or not (actor.is_admin or actor.disciplines):
        return Reply(messages.ONLY_STEWARDS)
    asked = jobs.Asked(await actor.directory.admins(context.team_id) | context.admins)
    asked = replace(asked, members=await jobs.members_asked(context, asked))
    seen = await context.store.search(lambda reader: jobs.look(reader, context, asked))
    visible = [reminder for reminder in seen.reminders if reminder.visibility in viewpoint.visibilities]
    figures = await context.store.search(lambda reader: nudges.figures(reader, context.team_id, viewpoint.visibilities))
    unreached, stuck = choosing.unreached(visible, seen.situation), choosing.stuck(visible, seen.situation)
    return Reply(Say(messages.report(figures, context.hooks.nudge_kinds, unreached, stuck)))


async def note_change(context: Context[SlackEvent]) -> Reply:
    """Remember at once that somebody was deactivated, or that somebody who matters here has another time zone."""
    event = context.interaction
    # The directory has heard the event, and knows whether another one told something newer.
    person = await context.directory.person(event.team_id, event.user_id)
    is_kept = await context.read(_is_kept, event.team_id, event.user_id)
    if person is None or not (is_kept or person.has_left):
        return Reply()
    # Who has no part in anything, such as who was forgotten, is not noted.
    if not is_kept and not await context.store.search(lambda reader: is_named(reader, event.team_id, event.user_id)):
        return Reply()
    known = jobs.known_person(event.team_id, person, context.now)

    def note(transaction: Transaction, now: datetime) -> None:
        note_people(transaction, [known])
        if known.is_gone:
            homes.look_again(transaction, event.team_id, now, event.user_id)

    return Reply(write=note)


def _is_kept(reader: Reader, team_id: str, user_id: str) -> bool:
    return is_known(reader, team_id, user_id) or homes.home(reader, team_id, user_id) is not None
