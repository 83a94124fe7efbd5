"""How long things wait, and whether reminders help: what leads, stewards and admins are told of it, as a file too."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from handlers.access.permissions import Actor
from handlers.access.recipients import Destination, attach
from handlers.checks import csv_files
from handlers.framework.context import Context
from handlers.hooks.digest import Span
from handlers.hooks.waits import What
from handlers.nudges import messages
from handlers.nudges.hooks import jobs, looking
from handlers.nudges.rules import choosing, helping
from handlers.nudges.rules.helping import Waited, Weeks
from handlers.slack.blocks import Message
from handlers.slack.interactions import Ask, BlockAction
from handlers.slack.replies import Reply, Say, Wrote
from storage.engine.interface import Reader, to_text
from storage.responsibilities.responsibilities import components
from storage.workspaces import nudges

_FILE = "waits.csv"


@dataclass(frozen=True, slots=True)
class Waits:
    """What waited: week by week in all, and in each component by its name."""

    in_all: Weeks
    by_component: Mapping[str, Weeks]

    @property
    def this_week(self) -> dict[str, Mapping[What, Waited]]:
        return {name: list(weeks.values())[-1] for name, weeks in self.by_component.items()}


@dataclass(frozen=True, slots=True)
class Asker:
    """Who wants to know; a lead who is no steward and no admin is told of the components that they lead."""

    actor: Actor
    visible: tuple[str, ...]

    @property
    def sees_all(self) -> bool:
        return bool(self.actor.is_admin or self.actor.disciplines)


async def report(context: Context[Ask]) -> Reply:
    """Say how long things wait; to stewards and admins also whether reminders help."""
    it = await _asking(context)
    found = await context.store.search(lambda reader: _waited(reader, context, it))
    if found is None:
        return Reply(messages.ONLY_STEWARDS)
    if not context.interaction.is_private:
        return Reply(messages.FOR_YOU_ALONE)
    told = messages.waits(found.in_all, found.this_week)
    return Reply(Say(messages.below(await _reminders_so_far(context, it), told) if it.sees_all else told))


async def export_waits(context: Context[BlockAction]) -> Reply:
    """Give each week of each component as a file."""
    it = await _asking(context)
    found = await context.store.search(lambda reader: _waited(reader, context, it))
    if found is None:
        return Reply(messages.ONLY_STEWARDS)
    content = csv_files.written(messages.WAITS_COLUMNS, messages.waits_rows(found.by_component))
    to = Destination(context.team_id, context.user_id, about=it.visible)
    file = attach(to, (_FILE, content), messages.WAITS_FILE, context.now)
    return Reply(write=lambda _transaction, _now: Wrote(Say(messages.WAITS_COME), [file]))


async def _asking(context: Context[Ask] | Context[BlockAction]) -> Asker:
    return Asker(await context.actor(), (await context.viewpoint()).visibilities)


def _waited(reader: Reader, context: Context[Ask] | Context[BlockAction], it: Asker) -> Waits | None:
    """Return what waited where somebody may know it; None where they lead nothing."""
    now, seen = context.now, components(reader, context.team_id, it.visible)
    names = {each.id: each.name for each in seen if it.sees_all or each.lead == context.user_id}
    if not (names or it.sees_all):
        return None
    span = Span(to_text(helping.begin(now)), to_text(now), now, it.visible)
    every = [wait for hook in context.hooks.waits for wait in hook(reader, context.team_id, span)]
    theirs = helping.by_component(each for each in every if it.sees_all or each.component_id in names)
    listed = {names.get(each, messages.NO_COMPONENT): helping.over_weeks(theirs[each], now) for each in theirs}
    in_all = [each for waits in theirs.values() for each in waits]
    return Waits(helping.over_weeks(in_all, now), dict(sorted(listed.items())))


async def _reminders_so_far(context: Context[Ask], it: Asker) -> Message:
    """Say whether the reminders help, and who could not be reached."""
    asked = looking.Asked(await it.actor.directory.admins(context.team_id) | context.admins)
    asked = replace(asked, members=await jobs.members_asked(context, asked))
    seen = await context.store.search(lambda reader: looking.look(reader, context, asked))
    reminders = [each for each in seen.reminders if each.visibility in it.visible]
    figures = await context.store.search(lambda reader: nudges.figures(reader, context.team_id, it.visible))
    unreached, stuck = choosing.unreached(reminders, seen.situation), choosing.stuck(reminders, seen.situation)
    return messages.report(figures, context.hooks.nudge_kinds, unreached, stuck)
