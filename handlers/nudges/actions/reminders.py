"""Where people snooze reminders, see what several of one topic are, and choose when and of what they are reminded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.checks.hours import Hours, read_hours
from handlers.framework.context import Context
from handlers.hooks.grouping import grouped, read_topic
from handlers.hooks.reminders import NudgeKind, Theme
from handlers.nudges import forms, messages
from handlers.nudges.hooks import jobs, looking
from handlers.nudges.rules import wanted
from handlers.slack.carried import OutdatedError
from handlers.slack.interactions import Ask, BlockAction, Fields, SlackEvent, ViewSubmission
from handlers.slack.placing import as_body
from handlers.slack.replies import Open, Refuse, Replace, Reply, Say
from storage.engine.interface import Reader, Transaction
from storage.outbox import asks, deliveries
from storage.workspaces import audit, homes, preferences
from storage.workspaces.people import is_known, note_people
from storage.workspaces.personal_data import is_named
from storage.workspaces.workspaces import Workspace

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person, or the workspace, has chosen, as it is kept."""

    hours: str = ""
    off: str = ""
    paused_until: str = ""


async def snooze(context: Context[BlockAction]) -> Reply:
    """Remind somebody of nothing for a week; the message that was pressed asks for nothing any more."""
    until, delivery_id = await context.today() + _WEEK, context.interaction.value

    def pause(transaction: Transaction, _now: datetime) -> None:
        named = preferences.NUDGES_PAUSED
        preferences.choose(transaction, context.team_id, context.user_id, named, until.isoformat())
        said = deliveries.delivery(transaction, delivery_id)
        if said is not None and (said.team_id, said.lane) == (context.team_id, context.user_id):
            body = {**said.body, **as_body(messages.SNOOZED)}
            asks.rewrite(transaction, [said.model_copy(update={"asks": "", "body": body})])

    return Reply(Replace(messages.SNOOZED), pause)


async def review(context: Context[BlockAction]) -> Reply:
    """List what of one topic still needs somebody, each with the button that settles it."""
    key, viewpoint, today = read_topic(context.interaction.value), await context.viewpoint(), await context.today()
    seen = await context.store.search(lambda reader: looking.look(reader, context, looking.Asked(context.admins)))
    own = [
        each
        for each in seen.reminders
        if each.topic.key == key
        and context.user_id in (*each.people, each.lead)
        and each.visibility in viewpoint.visibilities
    ]
    if not own:
        return Reply(Say(messages.NOTHING_LEFT))
    return Reply(Open(messages.review(grouped(own)[0], context.user_id, today)))


async def open_settings(context: Context[Ask]) -> Reply:
    return await (tell_how(context) if context.interaction.text else open_settings_by_button(context))


async def tell_how(_context: Context[Ask]) -> Reply:
    return Reply(Say(messages.HOW_TO))


async def open_settings_by_button(context: Context[Ask | BlockAction]) -> Reply:
    chosen, today = await context.read(_chosen, context.workspace, context.user_id), await context.today()
    actor, kinds = await context.actor(), context.hooks.nudge_kinds
    off = wanted.read_off(chosen.off, kinds, is_steward=actor.is_admin or bool(actor.disciplines))
    until = chosen.paused_until if today.isoformat() < chosen.paused_until else ""
    form = forms.form(read_hours(chosen.hours), wanted.themes_on(off, kinds), until)
    return Reply(Open(form, forms.OPEN_FORM))


def _chosen(reader: Reader, workspace: Workspace, subject: str) -> Chosen:
    names = (preferences.HOURS, preferences.NUDGES_OFF, preferences.NUDGES_PAUSED)
    revision, team_id = workspace.preferences_revision, workspace.team_id
    return Chosen(*(preferences.chosen(reader, team_id, revision, name).get(subject, "") for name in names))


async def save_settings(context: Context[ViewSubmission]) -> Reply:
    fields = context.interaction.fields
    entered = {name: fields.text(name) for name in (forms.BEGIN, forms.END)}
    if unclear := {name: forms.CHOOSE_AN_HOUR for name, hour in entered.items() if hour not in forms.HOURS}:
        return Reply(Refuse(unclear))
    hours = Hours(*(int(hour) for hour in entered.values()))
    if hours.begin >= hours.end:
        return Reply(Refuse({forms.END: forms.BACKWARDS}))
    before, today = await context.read(_chosen, context.workspace, context.user_id), await context.today()
    themes, kinds = _chosen_themes(fields), context.hooks.nudge_kinds
    off = wanted.written(themes, before.off, kinds)
    until = _until(before.paused_until, today) if fields.ids(forms.PAUSE) else None

    def keep(transaction: Transaction, _now: datetime) -> None:
        chosen = {preferences.HOURS: f"{hours.begin}-{hours.end}", preferences.NUDGES_OFF: off}
        chosen[preferences.NUDGES_PAUSED] = until.isoformat() if until is not None else ""
        for name, value in chosen.items():
            preferences.choose(transaction, context.team_id, context.user_id, name, value)

    return Reply(Say(forms.saved(hours, _themes(off, kinds), until)), keep)


def _chosen_themes(fields: Fields) -> list[str]:
    """Return the themes that were left on. Raises OutdatedError for a form that named single kinds: none would stay."""
    themes = fields.ids(forms.WANTED)
    if set(themes) - set(wanted.LABELS):
        raise OutdatedError
    return themes


def _until(before: str, today: date) -> date:
    """Return when a pause ends: a week from now, or when the one that goes on was to end."""
    return date.fromisoformat(before) if today.isoformat() < before else today + _WEEK


def _themes(off: str, kinds: Mapping[str, NudgeKind]) -> list[Theme]:
    return wanted.themes_on(wanted.read_off(off, kinds, is_steward=True), kinds)


async def open_workspace_settings(context: Context[Ask | BlockAction]) -> Reply:
    if not (await context.actor()).is_admin:
        return Reply(forms.ONLY_ADMINS)
    chosen = await context.read(_chosen, context.workspace, context.team_id)
    form = forms.workspace_form(_themes(chosen.off, context.hooks.nudge_kinds))
    return Reply(Open(form, forms.OPEN_FORM))


async def save_workspace_settings(context: Context[ViewSubmission]) -> Reply:
    if not (await context.actor()).is_admin:
        return Reply(forms.ONLY_ADMINS)
    before = await context.read(_chosen, context.workspace, context.team_id)
    themes, kinds = _chosen_themes(context.interaction.fields), context.hooks.nudge_kinds
    off, team_id, name = wanted.written(themes, before.off, kinds), context.team_id, preferences.NUDGES_OFF

    def keep(transaction: Transaction, _now: datetime) -> None:
        preferences.choose(transaction, team_id, team_id, name, off)
        audit.note(transaction, audit.settings_changed(team_id, context.user_id, context.now, name))

    return Reply(Say(forms.saved_for_all(_themes(off, kinds))), keep)


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
