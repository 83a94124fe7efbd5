"""Words, what each discipline means by them, and words that were asked for in vain."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from storage.database import WORKSPACE, Reader, Record, Transaction, in_list, to_text
from storage.ids import new_id

STARTER = "starter"

Word = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Gloss = Annotated[str, StringConstraints(min_length=1, max_length=140, strip_whitespace=True)]
Prose = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]


class NewSense(Record):
    """One discipline's meaning of a word, before the store knows it. Lengths are in characters."""

    word: Word
    discipline: str
    gloss: Gloss
    definition: Prose = ""
    example: Prose = ""
    aliases: tuple[Word, ...] = ()
    visibility: str = WORKSPACE
    origin: str = "people"


class Sense(Record):
    """One discipline's meaning of a word."""

    id: str
    team_id: str
    visibility: str
    word: str
    look_up_key: str
    discipline: str
    gloss: str
    definition: str
    example: str
    origin: str
    version: int
    updated_at: str


class Miss(Record):
    """A word that was asked for in vain; ``times`` counts the asking."""

    visibility: str
    word: str
    times: int = Field(ge=1)


class Words(Record):
    """Every name in a workspace that all may see, filed under the ends of its look-up key: key to name as written.

    A slip of the hand seldom spoils both ends of a word, so only names that share one are compared with it.
    """

    by_end: dict[str, dict[str, str]]

    def sharing_an_end(self, key: str) -> list[dict[str, str]]:
        """Return the files in which names near this key stand."""
        size = 1 if len(key) <= _SHORT_KEY else 2
        return [self.by_end[end] for end in _ends(key, size) if end in self.by_end]


#: Up to this length one letter at an end is enough to share; names two letters longer can still be near.
_SHORT_KEY = 5
_SPREAD = 2


def _ends(key: str, size: int) -> tuple[str, str]:
    return f"^{key[:size]}", f"{key[-size:]}$"


def look_up_key(word: str) -> str:
    """Return what is compared when a word is looked up: its letters and digits, without case, spaces or hyphens."""
    if word.isascii() and word.isalnum():
        return word.lower()
    plain = unicodedata.normalize("NFKC", word).casefold()
    return "".join(character for character in plain if character.isalnum() or character in "+#")


def add_senses(transaction: Transaction, team_id: str, senses: Iterable[NewSense], now: datetime) -> int:
    """Add meanings that the workspace does not have yet; return how many were new."""
    rows = [_row(team_id, sense, now) for sense in senses]
    added = [row for row in rows if _insert(transaction, row)]
    transaction.run_many(
        """
        INSERT INTO sense_names (team_id, look_up_key, sense_id, name, visibility)
        VALUES (:team_id, :look_up_key, :sense_id, :name, :visibility) ON CONFLICT DO NOTHING
        """,
        (name for row in added for name in _names(row)),
    )
    transaction.run(
        "UPDATE workspaces SET glossary_revision = glossary_revision + 1 WHERE team_id = :team_id", team_id=team_id
    )
    return len(added)


def senses_named(reader: Reader, team_id: str, key: str, visibilities: Sequence[str]) -> list[Sense]:
    """Return the meanings of the word with this look-up key that may be seen, in no promised order."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT * FROM senses WHERE {visible} AND id IN
            (SELECT sense_id FROM sense_names WHERE team_id = :team_id AND look_up_key = :key)
        """,
        team_id=team_id,
        key=key,
        **values,
    )
    return [Sense.model_validate(row) for row in rows]


def words_for_all(reader: Reader, team_id: str) -> Words:
    """Return the names that the whole workspace may see; made anew when the glossary has changed (for searches)."""
    row = reader.one("SELECT glossary_revision FROM workspaces WHERE team_id = :team_id", team_id=team_id)
    return reader.remember(("words", team_id), row and row["glossary_revision"], lambda: _words(reader, team_id))


def names_in(reader: Reader, team_id: str, visibilities: Sequence[str]) -> dict[str, str]:
    """Return key to name for the words of some private channels."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"SELECT look_up_key, name FROM sense_names WHERE team_id = :team_id AND {visible}", team_id=team_id, **values
    )
    return {row["look_up_key"]: row["name"] for row in rows}


def count_miss(transaction: Transaction, team_id: str, visibility: str, word: str, now: datetime) -> None:
    transaction.run(
        """
        INSERT INTO glossary_misses (team_id, visibility, look_up_key, word, times, first_at, last_at)
        VALUES (:team_id, :visibility, :key, :word, 1, :now, :now)
        ON CONFLICT (team_id, visibility, look_up_key) DO UPDATE
        SET times = glossary_misses.times + 1, last_at = excluded.last_at
        """,
        team_id=team_id,
        visibility=visibility,
        key=look_up_key(word),
        word=word,
        now=to_text(now),
    )


def misses(reader: Reader, team_id: str, visibilities: Sequence[str]) -> list[Miss]:
    """Return the words asked for in vain that may be seen, most asked first."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT visibility, word, times FROM glossary_misses WHERE team_id = :team_id AND {visible}
        ORDER BY times DESC, look_up_key
        """,
        team_id=team_id,
        **values,
    )
    return [Miss(**row) for row in rows]


def count_senses(reader: Reader, team_id: str, visibilities: Sequence[str]) -> tuple[int, int]:
    """Return how many words and how many meanings may be seen."""
    visible, values = in_list("visibility", visibilities)
    row = reader.one(
        f"""
        SELECT count(DISTINCT look_up_key) AS words, count(*) AS meanings FROM senses
        WHERE team_id = :team_id AND {visible}
        """,
        team_id=team_id,
        **values,
    )
    return (row["words"], row["meanings"]) if row else (0, 0)


def _words(reader: Reader, team_id: str) -> Words:
    by_end: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, name in names_in(reader, team_id, [WORKSPACE]).items():
        sizes = (1, 2) if len(key) <= _SHORT_KEY + _SPREAD else (2,)
        for end in (each for size in sizes for each in _ends(key, size)):
            by_end[end][key] = name
    return Words.model_construct(by_end=dict(by_end))


def _row(team_id: str, sense: NewSense, now: datetime) -> dict[str, object]:
    return {
        **sense.model_dump(),
        "id": new_id(),
        "team_id": team_id,
        "look_up_key": look_up_key(sense.word),
        "updated_at": to_text(now),
    }


def _insert(transaction: Transaction, row: dict[str, object]) -> int:
    return transaction.run(
        """
        INSERT INTO senses (id, team_id, visibility, word, look_up_key, discipline, gloss, definition, example, origin,
                            version, updated_at)
        VALUES (:id, :team_id, :visibility, :word, :look_up_key, :discipline, :gloss, :definition, :example, :origin,
                1, :updated_at)
        ON CONFLICT DO NOTHING
        """,
        **{key: value for key, value in row.items() if key != "aliases"},
    )


def _names(row: dict[str, object]) -> Iterable[dict[str, object]]:
    aliases = row["aliases"]
    spellings = [row["word"], *(aliases if isinstance(aliases, tuple) else ())]
    for name in spellings:
        yield {
            "team_id": row["team_id"],
            "look_up_key": look_up_key(str(name)),
            "sense_id": row["id"],
            "name": name,
            "visibility": row["visibility"],
        }
