"""Finding words: names that may be seen, and full-text search over what meanings say."""

from collections.abc import Sequence

from storage.engine.interface import WORKSPACE, Reader, in_list
from storage.glossary.glossary import SHOWN, Sense, sense_of
from storage.glossary.names import Names

#: Ranking every match of frequent words takes long; the first so many are ranked.
_RANKED = 1000


def names_for(reader: Reader, team_id: str, visibilities: Sequence[str]) -> Names:
    """Return the names that may be seen, for finding them in texts (for searches)."""
    private = [each for each in visibilities if each != WORKSPACE]
    if WORKSPACE not in visibilities:
        return Names(names_in(reader, team_id, private))
    everyones = reader.remember(
        ("names", team_id), _revision(reader, team_id), lambda: Names(names_in(reader, team_id, [WORKSPACE]))
    )
    return Names(names_in(reader, team_id, private), everyones) if private else everyones


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
    matching, more = reader.matching("senses", words, _RANKED, f"team_id = :team_id AND {visible} AND {SHOWN}")
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
