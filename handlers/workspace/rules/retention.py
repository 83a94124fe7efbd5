"""For how long records are kept once they have ended, as an admin chose for each kind; and what a legal hold says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from storage.engine.interface import to_text
from storage.workspaces.holds import OPERATOR, Hold

NEVER = "never"
#: After how many days.
PERIODS = (
    ("Never", NEVER),
    ("After 90 days", "90"),
    ("After 1 year", "365"),
    ("After 2 years", "730"),
    ("After 3 years", "1095"),
    ("After 7 years", "2555"),
)
_KNOWN = {days: label for label, days in PERIODS}


@dataclass(frozen=True, slots=True)
class Retention:
    """When records of each kind are deleted, one of PERIODS, and what becomes of the legal hold."""

    days: Mapping[str, str]
    hold: Literal["", "set", "lift"] = ""


def label_of(days: str) -> str:
    return _KNOWN[days]


def as_known(days: str) -> str:
    """Return a period that can be chosen; what is none of them means never."""
    return days if days in _KNOWN else NEVER


def ended_before(asked: Retention, now: datetime) -> dict[str, str]:
    """Return before which moment (ISO 8601 UTC text) records have ended that are deleted, by the kinds that are."""
    known = {kind: as_known(days) for kind, days in asked.days.items()}
    return {kind: to_text(now - timedelta(days=int(days))) for kind, days in known.items() if days != NEVER}


def held(hold: Hold, names: Mapping[str, str]) -> str:
    """Say that nothing may be deleted, who said so, and who can end that."""
    by = "The person who runs me" if hold.by == OPERATOR else names.get(hold.by, "An admin")
    return f"{by} set a legal hold, so nothing can be deleted until an admin lifts it."
