"""Finding words: names that may be seen, and full-text search over what meanings say."""

from collections.abc import Sequence

from storage.engine.interface import WORKSPACE, Reader, in_list
from storage.engine.ranking import Searched
from storage.glossary import near
from storage.glossary.glossary import SHOWN, Sense, sense_of
from storage.glossary.names import Names, sought_in

SEARCHED = Searched("senses", ("word", "gloss", "definition"))
#: Ranking every match of frequent words takes long; the first so many are ranked.
_RANKED = 1000
#: Up to so many names are kept in memory: after a change they are read anew within some hundredths of a second.
_SMALL = 10_000


def names_for(reader: Reader, team_id: str, visibilities: Sequence[str], text: str) -> Names:
    """Return the names that may be seen, for finding them in a text (for searches).

    Those of a small glossary are kept in memory; of a large one only those are read that may stand in the text.
    """
    if are_many(reader, team_id):
        return Names(_that_may_stand_in(reader, near.Place(team_id=team_id, visibilities=tuple(visibilities)), text))
    private = [each for each in visibilities if each != WORKSPACE]
    if WORKSPACE not in visibilities:
        return Names(names_in(reader, team_id, private))
    everyones = reader.remember(
        (team_id, "names"), _revision(reader, team_id), lambda: Names(names_in(reader, team_id, [WORKSPACE]))
    )
    return Names(names_in(reader, team_id, private), everyones) if private else everyones


def are_many(reader: Reader, team_id: str) -> bool:
    """Tell whether a glossary has so many names that they are not kept in memory."""

    def look() -> bool:
        beyond = f"SELECT look_up_key FROM sense_names WHERE team_id = :team_id LIMIT 1 OFFSET {_SMALL}"
        return reader.one(beyond, team_id=team_id) is not None

    return reader.remember((team_id, "is large"), _revision(reader, team_id), look)


def _that_may_stand_in(reader: Reader, place: near.Place, text: str) -> dict[str, str]:
    sought = sought_in(text)
    begun = near.names_beginning(reader, place, sought.starts)
    return begun | near.names_under(reader, place, sought.keys)


def names_in(reader: Reader, team_id: str, visibilities: Sequence[str]) -> dict[str, str]:
    """Return key to name for the words of some visibilities; hidden misspellings are left out."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT look_up_key, name FROM sense_names WHERE team_id = :team_id AND is_hidden = 0 AND {visible} AND {SHOWN}
        """,
        **{"team_id": team_id, **values},
    )
    return {row["look_up_key"]: row["name"] for row in rows}


def senses_about(
    reader: Reader, team_id: str, words: Sequence[str], visibilities: Sequence[str], limit: int
) -> list[Sense]:
    """Return the meanings whose word, gloss or definition has these words, the best first (for searches)."""
    visible, values = in_list("visibility", visibilities)
    matching, more = reader.matching(SEARCHED, words, _RANKED, f"{visible} AND {SHOWN}")
    rows = reader.all(
        f"SELECT senses.* {matching} LIMIT :limit",
        **more,
        **values,
        team_id=team_id,
        limit=limit,
    )
    return [sense_of(row) for row in rows]


def _revision(reader: Reader, team_id: str) -> object:
    row = reader.one("SELECT glossary_revision FROM workspaces WHERE team_id = :team_id", team_id=team_id)
    return row and row["glossary_revision"]
