"""Asks every feature what it tells, and Slack who may read it where."""

from collections.abc import Sequence
from datetime import datetime

from handlers.access.names import names_of
from handlers.access.visibility import visible_alone
from handlers.framework.routing import Means
from handlers.hooks.digest import Span, Told
from handlers.slack.interactions import Place
from storage.engine.interface import WORKSPACE, Reader, to_text
from storage.workspaces.workspaces import known_workspace


async def visible_in(means: Means, subject: str) -> tuple[str, ...] | None:
    """Return what a summary may tell of: of a private channel only in that channel's own, and to its members.

    ``subject`` is a channel's id or a person's. A channel that other organisations read gets only its own. None where
    Slack does not say who may read there: that is not the same as nothing.
    """
    workspace = known_workspace(means.store.reader, means.team_id)
    if not subject.startswith(("C", "G")):
        person = await means.directory.person(means.team_id, subject)
        return None if person is None else await visible_alone(means.directory, workspace, subject)
    described = await means.directory.described(means.team_id, Place(subject))
    if not means.directory.knows_place(means.team_id, subject):
        return None
    own = (subject,) if subject in workspace.places else ()
    return own if described.is_shared else (WORKSPACE, *own)


def gathered(reader: Reader, means: Means, span: Span, *, with_stewards: bool) -> list[Told]:
    """Return what every feature tells of a span of time; what is for stewards only where it is asked for."""
    told = [tells(reader, means.team_id, span) for tells in means.routes.tells]
    seen = [each for each in told if with_stewards or each.chapter.audience == "all"]
    return sorted(seen, key=lambda each: each.chapter.order)


async def names_for(means: Means, told: Sequence[Told]) -> dict[str, str]:
    """Return the names of those for whom something waits, and of others that are known."""
    people = {
        person for each in told for group in each.chapter.told_groups for line in group.lines for person in line.people
    }
    return await names_of(means.store.reader, means.directory, means.team_id, people)


def span_since(begin: str, now: datetime, visible: Sequence[str]) -> Span:
    return Span(begin, to_text(now), now, tuple(visible))
