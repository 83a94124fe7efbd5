"""What a map is made of: all that its reader may see of the register, and what the features promise at its seams."""

from collections.abc import Iterator, Sequence

from handlers.hooks.seams import Looked, SeamsHook
from handlers.responsibilities.rules.plans import Seen
from handlers.responsibilities.service import register, teams
from storage.engine.interface import Reader
from storage.responsibilities import links, responsibilities


def seen(reader: Reader, team_id: str, looked: Looked, seams: Sequence[SeamsHook]) -> Seen:
    """Gather it for the components that are looked at; the names of people are still to be found."""
    parts = looked.parts
    artefacts = [each for tell in seams for each in tell(reader, team_id, looked)]
    named = {responsibilities.new_key(each.team) for each in parts}
    known = [each for each in teams.known(reader, team_id, looked.visible).values() if each.look_up_key in named]
    accountable = {each.look_up_key: each.accountable for each in known if each.accountable}
    joined = links.links(reader, team_id, looked.visible)
    return Seen(parts, joined, register.all_of(reader, parts), artefacts, {}, accountable)


def looked_at(reader: Reader, team_id: str, visible: tuple[str, ...]) -> Sequence[responsibilities.Component]:
    return responsibilities.components(reader, team_id, visible)


def people_of(told: Seen) -> Iterator[str]:
    """Yield whom a map names: who leads what, who has the duties of its points, and who provides data."""
    yield from (each.lead for each in told.parts)
    yield from (each.provider for each in told.artefacts if each.provider)
    yield from told.accountable.values()
    for each in told.duties:
        yield from (each.duty.owner, *each.duty.claimants)
