"""Change notices: that something changed on which others build, whom that concerns, and what each of them said."""

from collections.abc import Sequence
from typing import Literal, get_args

from pydantic import Field

from storage.engine.interface import WORKSPACE, Reader, Record
from storage.records.rows import InBody
from storage.records.versioned import Dated, HistoryEntry, VersionedStore

Kind = Literal["contract", "interface", "version", "missed", "retirement"]
Answer = Literal["fine", "needs work", "blocked"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)


class Answered(Record):
    """What one of those concerned said. ``until`` is an ISO day, empty where none is named; ``at`` is UTC text.

    ``led_to`` is what they did about it, such as the number of a data request.
    """

    answer: Answer
    note: str = ""
    until: str = ""
    led_to: str = ""
    at: str


class ChangeNotice(Dated):
    """One change of a component, or of the contract of a data request, which is then named by ``request_id``.

    People are user ids. ``to_version`` is the new one, or the day of a retirement, ``of_version`` the one that retires
    where not all does. ``aspects`` are those of a card that changed. ``asked`` maps whom it concerns to the id of the
    component for whose sake; empty where it is the same. ``over_at`` is when it was taken back, or said otherwise:
    nobody has to answer it from then on.
    """

    visibility: str = WORKSPACE
    kind: Kind
    component_id: str = ""
    request_id: str = ""
    to_version: str = ""
    of_version: str = ""
    aspects: tuple[str, ...] = ()
    by: str = ""
    asked: dict[str, str] = Field(default_factory=dict)
    answers: dict[str, Answered] = Field(default_factory=dict)
    over_at: str = ""

    @property
    def unanswered(self) -> list[str]:
        return [] if self.over_at else [each for each in self.asked if each not in self.answers]


NOTICES = VersionedStore(
    InBody(ChangeNotice, ("visibility", "component_id", "request_id")),
    "change_notices",
    entries=HistoryEntry,
    history_table="change_notice_events",
    key={"id": "notice_id"},
    stamp="changed_at",
)


def notices_of(reader: Reader, team_id: str, visibilities: Sequence[str] | None, **subject: str) -> list[ChangeNotice]:
    """Return the notices of a component or a request, the latest first, as far as they may be seen."""
    found = NOTICES.some(reader, team_id, visibilities, **subject)
    return sorted(found, key=lambda each: (each.created_at, each.id), reverse=True)
