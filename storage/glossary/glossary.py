"""Words and what each discipline means by them: the records, and how they are read."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal, get_args

from pydantic import StringConstraints, model_validator

from storage.engine.interface import WORKSPACE, Reader, Record, Row, in_list
from storage.glossary.double_names import names_in
from storage.records.revisions import remembered
from storage.records.rows import InColumns
from storage.records.tables import Table
from storage.records.versioned import Versioned

STARTER = "starter"
PEOPLE = "people"

WORD_LENGTH, GLOSS_LENGTH, PROSE_LENGTH = 80, 140, 2000
Word = Annotated[str, StringConstraints(min_length=1, max_length=WORD_LENGTH, strip_whitespace=True)]
Gloss = Annotated[str, StringConstraints(min_length=1, max_length=GLOSS_LENGTH, strip_whitespace=True)]
Prose = Annotated[str, StringConstraints(max_length=PROSE_LENGTH, strip_whitespace=True)]
Short = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True)]

Status = Literal["draft", "approved", "disputed", "deprecated"]
RelationKind = Literal["broader", "narrower", "related", "not the same as"]
RELATION_KINDS: tuple[RelationKind, ...] = get_args(RelationKind)

#: What an import has written and not yet switched over is seen by nobody.
SHOWN = "batch NOT IN (SELECT batch FROM staged_batches)"


class Relation(Record):
    """How another word stands to this meaning, in SKOS's terms; the last kind is ours, for words often mixed up."""

    kind: RelationKind
    word: Word


class Meaning(Record):
    """What people write of a word as one discipline means it. Lengths are in characters, links are addresses.

    ``misspellings`` lead to the meaning and are never shown; ``steward`` is a user id, empty for the discipline's.
    """

    word: Word
    discipline: Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
    gloss: Gloss
    definition: Prose = ""
    example: Prose = ""
    example_link: Short = ""
    aliases: tuple[Word, ...] = ()
    misspellings: tuple[Word, ...] = ()
    relations: tuple[Relation, ...] = ()
    say_instead: Short = ""
    source_title: Short = ""
    source_link: Short = ""
    source_licence: Short = ""
    steward: Annotated[str, StringConstraints(pattern=r"^([UW][A-Z0-9]+)?$")] = ""

    @model_validator(mode="before")
    @classmethod
    def _by_both_names(cls, told: Any) -> Any:
        """Take "KYC (Know Your Customer)" as the word KYC, which is also called Know Your Customer."""
        word = told.get("word") if isinstance(told, dict) else None
        names = names_in(word) if isinstance(word, str) else ()
        if not names:
            return told
        aliases = tuple(told.get("aliases", ()))
        more = [each for each in names[1:] if each.casefold() not in {alias.casefold() for alias in aliases}]
        return {**told, "word": names[0], "aliases": (*aliases, *more)}


class NewSense(Meaning):
    """A meaning before the store knows it."""

    visibility: Annotated[str, StringConstraints(pattern=rf"^({WORKSPACE}|[CDG][A-Z0-9]+)$")] = WORKSPACE
    origin: str = PEOPLE
    status: Status = "approved"
    replaced_by: str = ""
    verified_on: str = ""
    verified_by: str = ""


class Sense(Meaning, Versioned):
    """One discipline's meaning of a word. ``verified_by`` is a name: it is shown where nobody should be pinged."""

    id: str
    visibility: str
    look_up_key: str
    origin: str
    status: Status
    replaced_by: str = ""
    created_by: str = ""
    updated_at: str
    verified_on: str = ""
    verified_by: str = ""


SENSE_ROWS = InColumns(Sense)
sense_of = SENSE_ROWS.read
_SENSES = Table(SENSE_ROWS, "senses", "word, id")


#: What Unicode takes for letters and pictures, and shows as nothing, or in the place of what could not be read.
_BLANK = dict.fromkeys(map(ord, "\u115f\u1160\u2800\ufffc\ufffd\U0001d159"))
_LEFT_OUT = {code: None for code in range(128) if not chr(code).isalnum() and chr(code) not in "+#"}


@lru_cache(maxsize=10_000)
def look_up_key(word: str) -> str:
    """Return what is compared when a word is looked up: its letters and digits, without case, spaces or hyphens.

    A picture alone is its name, as Slack says it: :rocket:. What shows no word, such as marks alone, has none: "".
    """
    if word.isascii():
        return word.lower() if word.isalnum() else word.lower().translate(_LEFT_OUT)
    plain = unicodedata.normalize("NFKC", word).casefold().translate(_BLANK)
    key = "".join(character for character in plain if character.isalnum() or character in "+#")
    return key or "".join(
        look_up_key(unicodedata.name(each, "")) for each in plain if unicodedata.category(each) == "So"
    )


def senses_named(reader: Reader, team_id: str, key: str, visibilities: Sequence[str]) -> list[Sense]:
    """Return the meanings of the word with this look-up key that may be seen, in no promised order."""
    return first_named(reader, team_id, [key], visibilities)[1]


def first_named(
    reader: Reader, team_id: str, keys: Sequence[str], visibilities: Sequence[str]
) -> tuple[str, list[Sense]]:
    """Return the first of these look-up keys that has meanings which may be seen, and them in no promised order."""
    first, rows = rows_named(reader, team_id, keys, visibilities)
    return first, [sense_of(row) for row in rows]


def rows_named(reader: Reader, team_id: str, keys: Sequence[str], visibilities: Sequence[str]) -> tuple[str, list[Row]]:
    """Return the same with the rows of the meanings, in which the step stands too by which people took each into use.

    It isn't looked for where a meaning is as a file brought it: that was nobody's.
    """
    statement, names = _rows_named(len(keys), len(visibilities))
    values = dict(zip(names, (*keys, *visibilities), strict=True))
    rows = reader.all(statement, team_id=team_id, **values)
    first = min((row["named"] for row in rows), key=keys.index, default="")
    return first, [row for row in rows if row["named"] == first]


@lru_cache(maxsize=1_000)
def _rows_named(keys: int, visibilities: int) -> tuple[str, tuple[str, ...]]:
    """Return the statement for so many keys and visibilities, and the names of its values."""
    named, names = in_list("look_up_key", [""] * keys)
    visible, more = in_list("visibility", [""] * visibilities)
    statement = f"""
        SELECT senses.*, names.look_up_key AS named, step.version AS step_version, step.what AS step_what,
            step.by AS step_by, step.at AS step_at, step.note AS step_note
        FROM senses JOIN
            (SELECT sense_id, look_up_key FROM sense_names WHERE team_id = :team_id AND {named}) AS names
            ON names.sense_id = senses.id
        LEFT JOIN sense_versions AS step ON step.team_id = :team_id AND step.sense_id = senses.id AND step.version =
            CASE WHEN senses.version > 1 OR senses.created_by <> '' THEN (
                SELECT max(version) FROM sense_versions
                WHERE team_id = :team_id AND sense_id = senses.id AND what NOT IN ('disputed', 'deprecated')
            ) END
        WHERE {visible} AND {SHOWN}
    """
    return statement, (*names, *more)


def sense(reader: Reader, team_id: str, sense_id: str) -> Sense | None:
    return _SENSES.one(reader, team_id, id=sense_id)


def senses_with_status(
    reader: Reader, team_id: str, statuses: Sequence[Status], visibilities: Sequence[str]
) -> list[Sense]:
    """Return the meanings in one of these states that may be seen, the longest so first."""
    state, values = in_list("status", statuses)
    such = f"AND {state} AND {SHOWN} ORDER BY updated_at, id LIMIT 200"
    return _SENSES.find(reader, team_id, visibilities, such, **values)


def senses_with_steward(reader: Reader, team_id: str, visibilities: Sequence[str]) -> list[Sense]:
    """Return the meanings that somebody was chosen for, which is more than their discipline's stewards."""
    such = f"AND steward <> '' AND {SHOWN} ORDER BY word, id LIMIT 200"
    return _SENSES.find(reader, team_id, visibilities, such)


def senses_with_message(reader: Reader, team_id: str, visibilities: Sequence[str]) -> list[Sense]:
    """Return meanings that nobody has verified and whose example or source is a message, the newest first."""
    such = f"""
        AND verified_on = '' AND status <> 'deprecated' AND {SHOWN}
        AND (example_link LIKE '%/archives/%' OR source_link LIKE '%/archives/%') ORDER BY updated_at DESC, id LIMIT 20
    """

    def read() -> list[Sense]:
        return _SENSES.find(reader, team_id, visibilities, such)

    return remembered(reader, (team_id, "senses with message", *visibilities), ["senses", "staged_batches"], read)


def senses_by_id(reader: Reader, team_id: str, sense_ids: Sequence[str]) -> dict[str, Sense]:
    return _SENSES.by_id(reader, team_id, None, sense_ids)


def all_senses(reader: Reader, team_id: str, *, with_private: bool) -> list[Sense]:
    """Return every meaning of a workspace, by word, discipline and visibility."""
    such = f"AND {SHOWN} ORDER BY look_up_key, word, discipline, visibility"
    return _SENSES.find(reader, team_id, None if with_private else [WORKSPACE], such)


def count_senses(reader: Reader, team_id: str, visibilities: Sequence[str]) -> tuple[int, int]:
    """Return how many words and how many meanings may be seen."""
    visible, values = in_list("visibility", visibilities)
    row = reader.one(
        f"""
        SELECT count(DISTINCT look_up_key) AS words, count(*) AS meanings FROM senses
        WHERE team_id = :team_id AND {visible} AND {SHOWN}
        """,
        **{"team_id": team_id, **values},
    )
    return (row["words"], row["meanings"]) if row else (0, 0)
