"""How components are joined: which one feeds, serves, is a part of or is deployed by which, as both sides say."""

from collections.abc import Sequence
from typing import Annotated, Literal, get_args

from pydantic import StringConstraints

from storage.engine.interface import WORKSPACE, Reader
from storage.records.rows import InColumns
from storage.records.versioned import Dated, HistoryEntry, VersionedStore

Joint = Literal["feeds", "serves", "part of", "deployed by"]
JOINTS: tuple[Joint, ...] = get_args(Joint)
State = Literal["proposed", "confirmed", "refused"]


class Link(Dated):
    """That a component, its source, feeds (serves, …) another, its target; both are ids.

    ``versions`` of the source go with it, as a range such as ``>=2,<3``; empty where unknown. ``source_by`` and
    ``target_by`` confirmed it, each for one side (user ids); both are empty where nobody has. ``origin`` is the number
    of the record that it came from, such as DR-4. Who sees a link sees both ends.
    """

    visibility: str = WORKSPACE
    source_id: str
    kind: Joint
    target_id: str
    versions: Annotated[str, StringConstraints(max_length=80)] = ""
    state: State = "proposed"
    proposed_by: str = ""
    source_by: str = ""
    target_by: str = ""
    origin: str = ""


LINKS = VersionedStore(
    InColumns(Link),
    "component_links",
    entries=HistoryEntry,
    history_table="component_link_events",
    key={"id": "link_id"},
    stamp="changed_at",
)
history = LINKS.history


def links(reader: Reader, team_id: str, visibilities: Sequence[str] | None = None) -> list[Link]:
    """Return the links that may be seen and that nobody refused, the first one first; None sees them all."""
    return [
        each
        for each in LINKS.every(reader, team_id)
        if each.state != "refused" and (visibilities is None or each.visibility in visibilities)
    ]


def link(reader: Reader, team_id: str, link_id: str, visibilities: Sequence[str]) -> Link | None:
    return LINKS.one(reader, team_id, visibilities, id=link_id)


def between(reader: Reader, like: Link) -> Link | None:
    """Return the link that says the same of the same components to the same people, refused or not."""
    same = like.model_dump(include={"source_id", "kind", "target_id"})
    return LINKS.one(reader, like.team_id, [like.visibility], **same)
