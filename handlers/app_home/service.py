"""Builds a person's Home from what every feature offers, and publishes it."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from handlers.access.permissions import is_admin
from handlers.access.visibility import visible_alone
from handlers.app_home.messages.home import LATER, SETTINGS_PAGE, Shown, guests, home
from handlers.app_home.messages.settings import ForAll, Own
from handlers.checks import dates
from handlers.framework.context import WorkspaceContext
from handlers.hooks.digest import Group, Span
from handlers.hooks.reminders import Known, Reminder
from handlers.slack.blocks import Block
from handlers.slack.cache import patience
from handlers.slack.days import shown as with_days
from storage.engine.interface import Reader, to_text
from storage.glossary.glossary import look_up_key, senses_named
from storage.records.one_look import OneLook
from storage.responsibilities.responsibilities import MODELS, components
from storage.workspaces import preferences, summaries
from storage.workspaces.homes import Home
from storage.workspaces.people import gone_people
from storage.workspaces.workspaces import Workspace, known_workspace, stewards_of

_PATIENCE_SECONDS = 1.5
_WEEK = timedelta(days=7)
#: The word that a newcomer can ask about.
_WORD = "drift"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose Home it is, what may be shown to them, who the admins are, and whether each thing of theirs is told."""

    user_id: str
    visible: tuple[str, ...]
    admins: tuple[str, ...]
    may_change: bool = False
    is_listed: bool = False


async def built(context: WorkspaceContext, user_id: str, page: int, visible: tuple[str, ...]) -> tuple[Block, ...]:
    """Return the blocks of a person's Home, with what belongs to these visibilities."""
    if not visible:
        return guests()
    person = await context.directory.person(context.team_id, user_id)
    admins = await context.directory.admins(context.team_id) | context.admins
    may_change, is_listed = is_admin(person, context.admins), 0 < page < SETTINGS_PAGE
    whose = Whose(user_id, visible, tuple(sorted(admins)), may_change, is_listed)
    shown = await context.store.search(lambda reader: gathered(reader, context, whose))
    if page == SETTINGS_PAGE and (known := shown.for_all) is not None:
        names = await context.names_of(each.user_id for each in known.stewards)
        shown = replace(shown, for_all=replace(known, names=names))
    today = dates.today(context.now, person.tz if person is not None else "UTC")
    return home(replace(shown, today=today), page)


def _for_all(reader: Reader, workspace: Workspace, whose: Whose) -> ForAll | None:
    """Return what admins have chosen, and the channels open to all that get a summary; None where it concerns nobody.

    It concerns whoever may change it, and stewards.
    """
    team_id, stewards = workspace.team_id, stewards_of(reader, workspace.team_id)
    if not whose.may_change and whose.user_id not in {each.user_id for each in stewards}:
        return None
    revision, names = workspace.preferences_revision, (preferences.HOLIDAYS, preferences.CONFIRM_AFTER)
    holidays, confirm_after = (preferences.chosen(reader, team_id, revision, each).get(team_id, "") for each in names)
    of_channels = (each for each in summaries.schedules(reader, team_id) if each.subject.startswith("C"))
    channels = [each for each in of_channels if each.subject not in workspace.places]
    return ForAll(workspace, stewards, {}, whose.may_change, channels, holidays, confirm_after)


def gathered(reader: Reader, context: WorkspaceContext, whose: Whose) -> Shown:
    """Ask every feature what needs a person and what is theirs."""
    team_id, now, user_id, visible = context.team_id, context.now, whose.user_id, whose.visible
    reader = OneLook(reader, team_id)
    workspace = known_workspace(reader, team_id)
    revision, names = workspace.preferences_revision, (preferences.DISCIPLINE, preferences.HOURS)
    discipline, hours = (preferences.chosen(reader, team_id, revision, name).get(user_id, "") for name in names)
    own = Own(discipline, hours, summaries.schedule(reader, team_id, user_id))
    gone = gone_people(reader, team_id)
    known = Known(gone, tuple(each for each in whose.admins if each not in gone))
    span = Span(to_text(now - _WEEK), to_text(now), now, visible)
    own_items = [group for hook in context.hooks.own_items for group in hook(reader, team_id, user_id, span)]
    groups = [_read(each) if whose.is_listed or each.is_teams else each for each in own_items]
    reminders = needing(reader, context, known, user_id, visible)
    is_new = not reminders and not any(group.lines for group in groups)
    tries = questions_to_try(reader, team_id, visible) if is_new else ()
    for_all = _for_all(reader, workspace, whose)
    return Shown(user_id, reminders, groups, own, workspace.disciplines, for_all, now.date(), tries)


def _read(group: Group) -> Group:
    """Read its lines while the store is asked."""
    return replace(group, lines=list(group.lines))


def questions_to_try(reader: Reader, team_id: str, visible: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return questions that have an answer here, each as it is asked and as it reads on a button."""
    words = [_WORD] if senses_named(reader, team_id, look_up_key(_WORD), visible) else []
    parts = [each.name for each in components(reader, team_id, visible) if each.kind in MODELS][:1]
    asked = [f"What does {word} mean?" for word in words] + [f"Who monitors {name}?" for name in parts]
    return [*((each, each) for each in asked), ("decision list", "What did we decide lately?")]


def needing(
    reader: Reader, context: WorkspaceContext, known: Known, user_id: str, visible: tuple[str, ...]
) -> list[Reminder]:
    """Return what a person can settle and may see."""
    return [
        each
        for hook in context.hooks.reminders
        for each in hook(reader, context.team_id, known, context.now)
        if user_id in each.people and each.visibility in visible
    ]


async def published(context: WorkspaceContext, home: Home, *, is_watched: bool = True) -> Home:
    """Publish a Home where it shows something else than before; what Slack does not take is tried again.

    One that is watched no longer shows what is everybody's: nobody looks whether its person still sees the rest.
    """
    workspace = await context.read(known_workspace, context.team_id)
    alone = await visible_alone(context.directory, workspace, home.user_id)
    every = alone.visibilities
    visible = every if is_watched else every[:1]
    content = await built(context, home.user_id, home.page, visible)
    content = (*content, *([LATER] if alone.doubt or len(visible) < len(every) else []))
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    home = home.model_copy(update={"is_private": home.is_private or len(visible) > 1})
    if digest == home.digest:
        return home.model_copy(update={"is_private": len(visible) > 1})
    view = {"type": "home", "blocks": with_days(content)}
    try:
        async with patience(_PATIENCE_SECONDS):
            slack = context.directory.slack
            answer = await slack.views_publish(user_id=home.user_id, view=view, hash=home.hash or None)
    except (SlackApiError, SlackClientError, ClientError, TimeoutError, OSError) as error:
        _log.warning("a Home was not published", user=home.user_id, error=error)
        return home.model_copy(update={"hash": "", "digest": ""})
    told = {"hash": str(answer["view"]["hash"]), "digest": digest, "is_private": len(visible) > 1}
    return home.model_copy(update=told)
