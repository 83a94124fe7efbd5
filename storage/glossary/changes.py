"""Changes of meanings, each a version: who changed what when, and what it meant on a date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from storage.engine.interface import Reader, Row, Transaction, in_list, to_text
from storage.engine.statements import alter, insert, insert_missing
from storage.glossary import near
from storage.glossary.double_names import every_name
from storage.glossary.glossary import SENSE_ROWS, SHOWN, NewSense, Sense, look_up_key, rows_named
from storage.records.ids import new_id
from storage.records.revisions import remembered
from storage.records.versioned import HistoryEntry, VersionedStore

What = Literal["added", "changed", "approved", "disputed", "settled", "deprecated", "verified", "imported"]


class Change(HistoryEntry):
    """What was done to a meaning, by whom (a user id, empty for the program) and when; ``note`` is the reason given."""

    what: What


class SenseVersion(Change):
    """A meaning as it was from a moment on."""

    sense: Sense


class Named(NamedTuple):
    """What a key names: meanings in no promised order, and by their ids the step that took each into use."""

    key: str
    senses: list[Sense]
    approvals: dict[str, Change]


class New(NamedTuple):
    """New meanings, and the rows that they, their names and their first versions stand in."""

    senses: list[Sense]
    rows: list[Row]
    names: list[Row]
    steps: list[Row]


SENSES = VersionedStore(
    SENSE_ROWS,
    "senses",
    "word, id",
    entries=Change,
    history_table="sense_versions",
    key={"id": "sense_id"},
    stamp="updated_at",
)
version_of = SENSES.version_of


def add_senses(
    transaction: Transaction, team_id: str, senses: Iterable[NewSense], now: datetime, by: str = ""
) -> list[Sense]:
    """Add the meanings that the workspace does not have yet (word, discipline and visibility); return those."""
    change = Change(what="added" if by else "imported", by=by, at=to_text(now))
    added = write_new(transaction, make_new(team_id, senses, change))
    note_revision(transaction, team_id)
    return added


def make_new(team_id: str, senses: Iterable[NewSense], change: Change, batch: str = "") -> New:
    """Make meanings and their rows, as part of a batch that is shown later where one is named; write nothing."""
    made = _made(team_id, senses, change)
    rows: list[Row] = [SENSE_ROWS.row_of(each) | {"batch": batch} for each in made]
    return New(made, rows, _name_rows(made, batch), SENSES.steps(made, change))


def _made(team_id: str, senses: Iterable[NewSense], change: Change) -> list[Sense]:
    """Make meanings of new ones, which were checked when they were read; only the first is looked at again."""
    same = {"team_id": team_id, "created_by": change.by, "updated_at": change.at}
    told = [{**new.__dict__, **same, "id": new_id(), "look_up_key": look_up_key(new.word)} for new in senses]
    first = [Sense.model_validate(each) for each in told[:1]]
    return [*first, *(first[0].model_copy(update=each) for each in told[1:])]


def write_new(transaction: Transaction, new: New) -> list[Sense]:
    """Write those of some meanings that are not there yet; return them."""
    if insert_missing(transaction, "senses", *new.rows) < len(new.rows):
        new = _that_are_there(transaction, new)
    _write_names(transaction, new.names)
    insert(transaction, "sense_versions", *new.steps)
    return new.senses


def _that_are_there(reader: Reader, new: New) -> New:
    listed, values = in_list("id", [each.id for each in new.senses])
    found = {row["id"] for row in reader.all(f"SELECT id FROM senses WHERE {listed}", **values)}
    return New(
        [each for each in new.senses if each.id in found],
        [row for row in new.rows if row["id"] in found],
        [row for row in new.names if row["sense_id"] in found],
        [row for row in new.steps if row["sense_id"] in found],
    )


def change_sense(transaction: Transaction, old: Sense, changes: Mapping[str, object], change: Change) -> Sense:
    """Write a new version of a meaning that was read in this transaction. Raises ConflictError when it was not."""
    key = look_up_key(str(changes.get("word", old.word)))
    new = SENSES.change(transaction, old, {**changes, "look_up_key": key}, change)
    write_names_again(transaction, [new])
    note_revision(transaction, new.team_id)
    return new


def write_names_again(transaction: Transaction, senses: Sequence[Sense]) -> None:
    """Let meanings be found by the names that they have now, and by no other."""
    before = [(each.team_id, named) for each in senses for named in _names_of(transaction, each)]
    transaction.run_many("DELETE FROM sense_names WHERE sense_id = :id", [{"id": each.id} for each in senses])
    _write_names(transaction, _name_rows(senses))
    for team_id in {each.team_id for each in senses}:
        near.forget(transaction, team_id, [named for team, named in before if team == team_id])


def same_place(reader: Reader, team_id: str, word: str, discipline: str, visibility: str) -> Sense | None:
    """Return the meaning that this one would stand in the place of."""
    return SENSES.one(reader, team_id, [visibility], look_up_key=look_up_key(word), discipline=discipline)


def history(reader: Reader, team_id: str, sense_id: str) -> list[SenseVersion]:
    """Return every version of a meaning, newest first."""
    past = SENSES.past(reader, team_id, sense_id)
    return [SenseVersion(**change.model_dump(), sense=sense) for change, sense in past]


def first_named(reader: Reader, team_id: str, keys: Sequence[str], visibilities: Sequence[str]) -> Named:
    """Return what the first of some look-up keys names that has meanings which may be seen, by one statement."""
    key, rows = rows_named(reader, team_id, keys, visibilities)
    if not rows:
        return Named("", [], {})
    by_people = [row for row in rows if row["step_by"]]
    steps = {row["id"]: {name: row[f"step_{name}"] for name in Change.model_fields} for row in by_people}
    approvals = {sense_id: Change.model_validate(step) for sense_id, step in steps.items()}
    return Named(key, [SENSE_ROWS.read(row) for row in rows], approvals)


def approvals(reader: Reader, team_id: str, sense_ids: Sequence[str]) -> dict[str, Change]:
    """Return by the ids of meanings which step of a person took each into use as it stands; a file's step is none."""
    listed, values = in_list("sense_id", sense_ids)
    rows = reader.all(
        f"""
        SELECT sense_id, version, what, by, at, note FROM sense_versions
        WHERE team_id = :team_id AND {listed} AND what NOT IN ('disputed', 'deprecated') ORDER BY version
        """,
        **{"team_id": team_id, **values},
    )
    last = {row["sense_id"]: row for row in rows}
    steps = {sense_id: {name: row[name] for name in Change.model_fields} for sense_id, row in last.items() if row["by"]}
    return {sense_id: Change.model_validate(step) for sense_id, step in steps.items()}


def changed_between(
    reader: Reader, team_id: str, visibilities: Sequence[str], begin: str, end: str
) -> list[SenseVersion]:
    """Return what people did to meanings in a span of time (ISO 8601 UTC text), the newest first, 200 at most."""
    visible, values = in_list("senses.visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT sense_versions.* FROM sense_versions JOIN senses ON senses.id = sense_versions.sense_id
        WHERE sense_versions.team_id = :team_id AND at > :begin AND at <= :end AND what <> 'imported'
        AND {visible} AND {SHOWN} ORDER BY at DESC, sense_id, sense_versions.version DESC LIMIT 200
        """,
        **{"team_id": team_id, "begin": begin, "end": end, **values},
    )
    return [_version(row) for row in rows]


#: What somebody added or looks after.
_MADE_BY = f"AND {SHOWN} AND status <> 'deprecated' AND (created_by = :user_id OR steward = :user_id)"


def made_by(reader: Reader, team_id: str, visibilities: Sequence[str], user_id: str, most: int) -> list[Sense]:
    """Return the meanings that somebody added or looks after, the newest first."""
    theirs = f"{_MADE_BY} ORDER BY updated_at DESC, id DESC LIMIT :most"

    def read() -> list[Sense]:
        return SENSES.find(reader, team_id, visibilities, theirs, user_id=user_id, most=most)

    key = (team_id, "senses made by", user_id, *visibilities)
    return remembered(reader, key, ["senses", "staged_batches"], read, most)


def count_made_by(reader: Reader, team_id: str, visibilities: Sequence[str], user_id: str, most: int) -> int:
    """Return how many meanings that is."""

    def count() -> int:
        return SENSES.count(reader, team_id, visibilities, f"{_MADE_BY} LIMIT :most", user_id=user_id, most=most)

    key = (team_id, "number of senses made by", user_id, *visibilities)
    return remembered(reader, key, ["senses", "staged_batches"], count, most)


def _version(row: Mapping[str, Any]) -> SenseVersion:
    told = {name: row[name] for name in Change.model_fields}
    return SenseVersion.model_validate({**told, "sense": SENSES.then(row)})


def _names_of(reader: Reader, sense: Sense) -> list[near.Named]:
    rows = reader.all("SELECT look_up_key, name FROM sense_names WHERE sense_id = :id AND is_hidden = 0", id=sense.id)
    return [(row["look_up_key"], row["name"]) for row in rows]


def _name_rows(senses: Iterable[Sense], batch: str = "") -> list[Row]:
    """Return under which names meanings are found: what is said instead of one leads to it, too."""
    return [
        {
            "team_id": each.team_id,
            "sense_id": each.id,
            "visibility": each.visibility,
            "batch": batch,
            "look_up_key": look_up_key(name),
            "name": name,
            "is_hidden": is_hidden,
        }
        for each in senses
        for is_hidden, names in enumerate(((each.word, *each.aliases), _leading_to(each)))
        for name in every_name(names)
    ]


def _leading_to(sense: Sense) -> Iterator[str]:
    """Yield what leads to a meaning and is no name of it."""
    yield from sense.misspellings
    yield from filter(None, (sense.say_instead, sense.replaced_by))


def _write_names(transaction: Transaction, rows: Sequence[Row]) -> None:
    """Write names, each with the revision of the glossary that it makes, and file them.

    What an import writes bears none, and is filed by what is near it later.
    """
    insert_missing(transaction, "sense_names", *(row for row in rows if row["batch"]))
    new = [row for row in rows if not row["batch"]]
    for team_id in {row["team_id"] for row in new}:
        since = _revision(transaction, team_id) + 1
        theirs = [{**row, "since": since} for row in new if row["team_id"] == team_id]
        insert_missing(transaction, "sense_names", *theirs)
        near.file(transaction, team_id, [(row["look_up_key"], row["name"]) for row in theirs if not row["is_hidden"]])


def _revision(reader: Reader, team_id: str) -> int:
    row = reader.one("SELECT glossary_revision FROM workspaces WHERE team_id = :team_id", team_id=team_id)
    return int(row["glossary_revision"]) if row else 0


def note_revision(transaction: Transaction, team_id: str) -> None:
    """Say that the glossary has changed: what is remembered of it is made anew."""
    transaction.run(
        "UPDATE workspaces SET glossary_revision = glossary_revision + 1 WHERE team_id = :team_id", team_id=team_id
    )


def forget_reasons(transaction: Transaction, team_id: str, sense_id: str) -> None:
    """Forget what people wrote about a meaning: why it is not clear, and why they dispute it."""
    for name in ("sense_opinions", "sense_disputes"):
        alter(transaction, name, {"team_id": team_id, "sense_id": sense_id}, reason="")
