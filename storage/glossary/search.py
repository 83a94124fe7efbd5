"""Finding words: near names, names that may be seen, and full-text search over what meanings say."""

from collections import defaultdict
from collections.abc import Sequence

from storage.engine.interface import WORKSPACE, Reader, Record, in_list
from storage.glossary.glossary import SHOWN, Sense, sense_of
from storage.glossary.names import Names

#: Up to this length one letter at an end is enough to share; names two letters longer can still be near.
_SHORT_KEY = 5
_SPREAD = 2
#: Ranking every match of frequent words takes long; the first so many are ranked.
_RANKED = 1000


class Words(Record):
    """Every name in a workspace that all may see, filed under the ends of its look-up key: key to name as written.

    A slip of the hand seldom spoils both ends of a word, so only names that share one are compared with it.
    """

    by_end: dict[str, dict[str, str]]

    def sharing_an_end(self, key: str) -> list[dict[str, str]]:
        """Return the files in which names near this key stand."""
        size = 1 if len(key) <= _SHORT_KEY else 2
        return [self.by_end[end] for end in _ends(key, size) if end in self.by_end]


def words_for_all(reader: Reader, team_id: str) -> Words:
    """Return the names that the whole workspace may see; made anew when the glossary has changed (for searches)."""
    return reader.remember(("words", team_id), _revision(reader, team_id), lambda: _words(reader, team_id))


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


def _ends(key: str, size: int) -> tuple[str, str]:
    return f"^{key[:size]}", f"{key[-size:]}$"


def _words(reader: Reader, team_id: str) -> Words:
    by_end: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, name in names_in(reader, team_id, [WORKSPACE]).items():
        sizes = (1, 2) if len(key) <= _SHORT_KEY + _SPREAD else (2,)
        for end in (each for size in sizes for each in _ends(key, size)):
            by_end[end][key] = name
    return Words.model_construct(by_end=dict(by_end))
