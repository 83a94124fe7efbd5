"""Where a Home is opened, turned over, and settings in it are chosen."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from handlers.access.permissions import is_admin
from handlers.app_home.onboarding import Greeting, greet
from handlers.app_home.service import published
from handlers.framework.context import Context, WorkspaceContext
from handlers.framework.routing import Job, PutOff, Run, as_far_as
from handlers.framework.services import Services
from handlers.slack import carried
from handlers.slack.interactions import BlockAction, SlackEvent
from handlers.slack.replies import Reply, Wrote
from storage.engine.interface import Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.workspaces import homes, preferences
from storage.workspaces.homes import Home

#: Homes are published again so often.
_TICK_SECONDS = 20
#: So many admins are told how to set the bot up, where none of them brought it.
_ADMINS = 3
#: What is said to whoever is greeted for the first time.
Greeted = Callable[[Transaction, datetime], list[Delivery]]


async def open_home(context: Context[SlackEvent]) -> Reply:
    """Publish the Home of who opens its tab."""
    happening = context.interaction
    if happening.event.get("tab") != "home":
        return Reply()
    view = happening.event.get("view") or {}
    return await _published(context, happening.user_id, 0, str(view.get("hash") or ""))


async def join(context: Context[SlackEvent]) -> Reply:
    """Say to whoever invites the bot into a channel what it does, and to admins how to set it up, once each."""
    inviter = str(context.interaction.event.get("inviter") or "")
    if context.user_id != context.workspace.bot_user_id or not inviter:
        return Reply()
    greeted = await _greeted_by(context, inviter, is_welcomed=True)
    return Reply(write=lambda write, now: Wrote(None, greeted(write, now)))


async def leave(context: Context[SlackEvent]) -> Reply:
    """Publish anew the Home of who left a conversation: it may show what belongs there."""
    happening = context.interaction
    old = await context.read(homes.home, context.team_id, happening.user_id)
    if old is None or happening.place.channel_id not in context.workspace.places:
        return Reply()
    # From now on it is watched, so that it is tried again where Slack does not take it.
    home = await published(context, old.model_copy(update={"opened_at": to_text(context.now)}))
    return Reply(write=lambda write, _now: homes.note(write, home))


async def turn(context: Context[BlockAction]) -> Reply:
    """Show another page."""
    press = context.interaction
    page = carried.number(press.value)
    return await _published(context, press.user_id, page, press.view.hash if press.view else "")


async def choose_discipline(context: Context[BlockAction]) -> Reply:
    """Choose whose definitions come first."""
    subject, value = context.user_id, "" if context.interaction.value == "none" else context.interaction.value
    discipline = preferences.DISCIPLINE
    return Reply(write=lambda write, _now: preferences.choose(write, context.team_id, subject, discipline, value))


async def _published(context: WorkspaceContext, user_id: str, page: int, hash_: str) -> Reply:
    at, greeted = to_text(context.now), await _greeted_by(context, user_id)
    home = await published(context, Home(team_id=context.team_id, user_id=user_id, opened_at=at, page=page, hash=hash_))

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        homes.note(transaction, home)
        return Wrote(None, greeted(transaction, now))

    return Reply(write=keep)


async def _greeted_by(context: WorkspaceContext, user_id: str, *, is_welcomed: bool = False) -> Greeted:
    """Ask Slack who is to be greeted because of what somebody did: nobody where they are a guest."""
    person = await context.directory.person(context.team_id, user_id)
    if person is None or person.is_guest:
        return lambda _transaction, _now: []
    admins = await context.directory.admins(context.team_id) | context.admins
    to_set_up = [user_id] if is_admin(person, context.admins) else sorted(admins)[:_ADMINS]
    told = Greeting(context.team_id, tuple(to_set_up), user_id if is_welcomed else "", context.services.command_prefix)
    return partial(greet, told)


async def look_at(context: WorkspaceContext, user_id: str) -> Run | None:
    """Publish somebody's Home again at once, where they look at it and it shows something else by now."""
    old = await context.read(homes.home, context.team_id, user_id)
    if old is None or old.opened_at < to_text(context.now - homes.WATCHED):
        return None
    home = await published(context, old)
    return partial(_note, [(old, home)]) if home != old else None


async def refresh(context: WorkspaceContext) -> Run | PutOff | None:
    """Publish again what is watched and shows something else by now, and what is watched no longer, with less."""
    watched = await context.read(homes.watched, context.team_id, context.now)
    left = await context.read(homes.no_longer_watched, context.team_id, context.now)
    changed = [(old, await published(context, old, is_watched=old in watched)) for old in (*watched, *left)]
    again = [(old, home) for old, home in changed if home != old]
    is_all = all(home.digest for _, home in changed)
    return as_far_as(partial(_note, again), is_all=is_all) if again or not is_all else None


def _note(again: list[tuple[Home, Home]], transaction: Transaction, _team_id: str, _now: datetime) -> list[Delivery]:
    """Keep what was published; a page that was turned meanwhile stays turned."""
    for old, new in again:
        if homes.home(transaction, old.team_id, old.user_id) == old:
            homes.note(transaction, new)
    return []


def _slot(now: datetime) -> str:
    return f"{now:%Y-%m-%dT%H:%M}:{now.second // _TICK_SECONDS}"


def _where(reader: Reader, services: Services) -> set[str]:
    return homes.where_to_look(reader, services.now())


JOBS = (Job("homes", _slot, refresh, _where),)
