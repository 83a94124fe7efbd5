"""Finding decisions by words and filters (for searches)."""

from collections.abc import Sequence

from storage.decisions.decisions import DECISIONS, Decision
from storage.engine.interface import Reader, Record, in_list
from storage.engine.ranking import Searched
from storage.records.revisions import remembered

SEARCHED = Searched("decisions", ("title", "why", "context", "consequences", "options", "amendments"))
#: Ranking every match of frequent words among 100,000 texts is slow; the first so many are ranked.
_RANKED = 1000


class Filters(Record):
    """What narrows a search; empty where it does not. ``since`` is an ISO date, ``person`` a user id."""

    component_id: str = ""
    attribute: str = ""
    person: str = ""
    state: str = ""
    since: str = ""


_NARROWING = {
    "component_id": "component_id <> '' AND component_id = :component_id",
    "attribute": "attributes LIKE :attribute",
    "state": "state = :state",
    "since": "created_at >= :since",
    "person": "(decider = :person OR created_by = :person OR consulted LIKE :people)",
}


def find(
    reader: Reader, team_id: str, words: Sequence[str], filters: Filters, visibilities: Sequence[str]
) -> list[Decision]:
    """Return the decisions that have these words and may be seen, the best first, those that were replaced last."""
    visible, values = in_list("visibility", visibilities)
    where, more = _narrowed(filters)
    told = {**values, **more, "team_id": team_id, "most": 100}
    if words:
        matching, found = reader.matching(SEARCHED, words, _RANKED, visible + where)
        rows = reader.all(f"SELECT decisions.* {matching} LIMIT :most", **found, **told)
    else:
        such = f"team_id = :team_id AND {visible}{where}"
        rows = reader.all(f"SELECT * FROM decisions WHERE {such} ORDER BY created_at DESC, id LIMIT :most", **told)
    listed = [DECISIONS.read(row) for row in rows]
    return sorted(listed, key=lambda each: each.state in ("superseded", "deprecated", "rejected"))


def _narrowed(filters: Filters) -> tuple[str, dict[str, object]]:
    conditions = "".join(f" AND {each}" for name, each in _NARROWING.items() if getattr(filters, name))
    listed = {"attribute": f'%"{filters.attribute}"%', "people": f'%"{filters.person}"%'}
    return conditions, {**filters.model_dump(), **listed}


def decided_between(reader: Reader, team_id: str, visibilities: Sequence[str], begin: str, end: str) -> list[Decision]:
    """Return what was decided in a span of time (ISO 8601 UTC text) and came from people, the newest first."""
    such = """
        AND origin = '' AND state IN ('accepted', 'superseded', 'deprecated')
        AND decided_at > :begin AND decided_at <= :end ORDER BY decided_at DESC, id DESC
    """
    return DECISIONS.find(reader, team_id, visibilities, such, begin=begin, end=end)


def superseded_between(
    reader: Reader, team_id: str, visibilities: Sequence[str], begin: str, end: str
) -> list[Decision]:
    """Return the decisions in whose place another was put in a span of time (ISO 8601 UTC text)."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT * FROM (
            SELECT DISTINCT decision_id FROM decision_events
            WHERE team_id = :team_id AND what = 'supersede' AND at > :begin AND at <= :end
        ) AS replaced CROSS JOIN decisions WHERE decisions.id = replaced.decision_id AND team_id = :team_id
        AND {visible} AND state = 'superseded' ORDER BY decided_at DESC, id DESC
        """,
        **{"team_id": team_id, "begin": begin, "end": end, **values},
    )
    return [DECISIONS.read(row) for row in rows]


#: What somebody decides, decided or wrote down and still stands, as far as that may be seen.
_OF_PERSON = """
    FROM decisions WHERE id IN (
        SELECT id FROM decisions WHERE team_id = :team_id AND decider = :user_id
        UNION SELECT id FROM decisions WHERE team_id = :team_id AND created_by = :user_id
    ) AND {visible} AND state IN ('proposed', 'accepted')
"""


def by_person(reader: Reader, team_id: str, visibilities: Sequence[str], user_id: str, most: int) -> list[Decision]:
    """Return what somebody decides, decided or wrote down and still stands, the newest first."""
    visible, values = in_list("visibility", visibilities)
    told = {"team_id": team_id, "user_id": user_id, "most": most, **values}

    def read() -> list[Decision]:
        theirs = f"SELECT * {_OF_PERSON.format(visible=visible)} ORDER BY created_at DESC, id DESC LIMIT :most"
        return [DECISIONS.read(row) for row in reader.all(theirs, **told)]

    return remembered(reader, (team_id, "decisions by", user_id, *visibilities), ["decisions"], read, most)


def count_by_person(reader: Reader, team_id: str, visibilities: Sequence[str], user_id: str, most: int) -> int:
    """Return how many decisions that is."""
    visible, values = in_list("visibility", visibilities)
    told = {"team_id": team_id, "user_id": user_id, "most": most, **values}

    def count() -> int:
        row = reader.one(
            f"SELECT count(*) AS number FROM (SELECT 1 {_OF_PERSON.format(visible=visible)} LIMIT :most) AS theirs",
            **told,
        )
        return int(row["number"]) if row else 0

    return remembered(reader, (team_id, "number of decisions by", user_id, *visibilities), ["decisions"], count, most)
