"""Lanes: what is said to one channel or person of one workspace is sent in order, and lanes go side by side."""

from datetime import datetime, timedelta
from typing import NamedTuple

from pydantic import ValidationError

from storage.engine.interface import Reader, to_text
from storage.outbox.deliveries import IS_OPEN, Delivery, Outcome, in_outbox

#: Nothing waits longer to be tried again, unless the clock was set back since.
_LONGEST_WAIT = timedelta(minutes=15)
#: So many lanes are looked at in one go: of four times as many, whoever asks at that moment notices it.
_PAGE = 50
_IS_DUE = "(not_before <= :now OR not_before > :never)"
_IN_LANE = "team_id = :team_id AND lane = :place"


class Lane(NamedTuple):
    """A channel id, a user id or a response_url in a workspace: two workspaces may have the same."""

    team_id: str
    place: str

    @classmethod
    def of(cls, delivery: Delivery) -> "Lane":
        return cls(delivery.team_id, delivery.lane)


#: Before every lane, as lanes sort.
BEGIN = Lane("", "")


def due(reader: Reader, now: datetime, after: Lane = BEGIN, most: int = _PAGE) -> tuple[list[Lane], Lane]:
    """Return the lanes whose next delivery may be tried now, of so many behind ``after``, as lanes sort.

    Returns the last lane that was looked at as well, behind which to go on; ``BEGIN`` once there are no more.
    """
    rows = reader.all(
        f"""
        WITH RECURSIVE page (team_id, lane, not_before, place) AS (
            SELECT team_id, lane, not_before, 1 FROM outbox WHERE id = {_first_behind(":team_id", ":lane")}
            UNION ALL
            SELECT outbox.team_id, outbox.lane, outbox.not_before, page.place + 1
            FROM page JOIN outbox ON outbox.id = {_first_behind("page.team_id", "page.lane")}
            WHERE page.place < :most
        )
        SELECT team_id, lane, {_IS_DUE} AS is_due FROM page ORDER BY place
        """,
        now=to_text(now),
        never=to_text(now + _LONGEST_WAIT),
        team_id=after.team_id,
        lane=after.place,
        most=most,
    )
    found = [(Lane(row["team_id"], row["lane"]), row["is_due"]) for row in rows]
    return [lane for lane, is_due in found if is_due], found[-1][0] if len(found) == most else BEGIN


def _first_behind(team_id: str, lane: str) -> str:
    """Return what selects the first open row of the next lane.

    Of a comparison of both columns at once, the embedded engine would look up the first alone.
    """
    rows = f"SELECT id FROM outbox AS other WHERE {IS_OPEN} AND"
    here = f"{rows} team_id = {team_id} AND lane > {lane} ORDER BY lane, id LIMIT 1"
    in_next = f"{rows} team_id > {team_id} ORDER BY team_id, lane, id LIMIT 1"
    return f"coalesce(({here}), ({in_next}))"


def next_in(reader: Reader, lane: Lane, now: datetime) -> Delivery | Outcome | None:
    """Return the next delivery of a lane, where it may be tried now; how it ends, where its row makes no sense."""
    first = f"(SELECT min(id) FROM outbox WHERE {IS_OPEN} AND {_IN_LANE})"
    times = {"now": to_text(now), "never": to_text(now + _LONGEST_WAIT)}
    row = reader.one(f"SELECT * FROM outbox WHERE id = {first} AND {_IS_DUE}", **lane._asdict(), **times)
    if row is None:
        return None
    try:
        return in_outbox(row)
    except ValueError as error:
        return Outcome(id=row["id"], state="failed", reason=f"its row cannot be read: {_wrong_in(error)}")


def _wrong_in(error: ValueError) -> str:
    """Say which columns of a row make no sense, and nothing that stands in them."""
    wrong = error.errors(include_input=False) if isinstance(error, ValidationError) else []
    return ", ".join(str(each["loc"][0]) for each in wrong) or "body"


def is_waiting(reader: Reader, lane: Lane) -> bool:
    """Tell whether a lane has something that has not ended."""
    return reader.one(f"SELECT 1 AS found FROM outbox WHERE {IS_OPEN} AND {_IN_LANE}", **lane._asdict()) is not None


def in_turn(reader: Reader, admitted: Delivery) -> Delivery:
    """Return a delivery that is marked as being sent, as waiting where something came into its lane meanwhile."""
    if admitted.state != "sending" or not is_waiting(reader, Lane.of(admitted)):
        return admitted
    return admitted.model_copy(update={"state": "waiting", "tries": 0, "not_before": admitted.created_at})
