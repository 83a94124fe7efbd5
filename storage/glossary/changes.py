"""Changes of meanings, each a version: who changed what when, and what it meant on a date."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from storage.engine.interface import Reader, Record, Transaction, in_list, to_text
from storage.glossary.glossary import SHOWN, NewSense, Sense, as_row, look_up_key, sense, sense_of
from storage.records.ids import new_id

What = Literal["added", "changed", "approved", "disputed", "settled", "deprecated", "verified", "imported"]

COLUMNS = (
    "id", "team_id", "visibility", "word", "look_up_key", "discipline", "gloss", "definition", "example",
    "example_link", "aliases", "misspellings", "relations", "say_instead", "source_title", "source_link",
    "source_licence", "steward", "status", "replaced_by", "origin", "version", "created_by", "updated_at",
    "verified_on", "verified_by",
)  # fmt: skip
_INSERT = (
    f"INSERT INTO senses ({', '.join(COLUMNS)}, batch) VALUES ({', '.join(f':{each}' for each in COLUMNS)}, :batch)"
)


class Change(Record):
    """What was done to a meaning, by whom (a user id, empty for the program) and when; ``note`` is the reason given."""

    what: What
    by: str
    at: str
    note: str = ""


class SenseVersion(Change):
    """A meaning as it was from a moment on."""

    sense_id: str
    version: int
    sense: Sense


def add_senses(
    transaction: Transaction, team_id: str, senses: Iterable[NewSense], now: datetime, by: str = ""
) -> list[Sense]:
    """Add the meanings that the workspace does not have yet (word, discipline and visibility); return those."""
    added = write_new(transaction, team_id, senses, Change(what="added" if by else "imported", by=by, at=to_text(now)))
    _note_revision(transaction, team_id)
    return added


def write_new(
    transaction: Transaction, team_id: str, senses: Iterable[NewSense], change: Change, batch: str = ""
) -> list[Sense]:
    """Write meanings that are not there yet, as part of a batch that is shown later where one is named."""
    added = []
    for new in senses:
        row = {
            **as_row(new),
            "id": new_id(),
            "team_id": team_id,
            "look_up_key": look_up_key(new.word),
            "version": 1,
            "created_by": change.by,
            "updated_at": change.at,
            "batch": batch,
        }
        if transaction.run(f"{_INSERT} ON CONFLICT DO NOTHING", **row):
            del row["batch"]
            added.append(Sense.model_construct(**{**row, **new.__dict__}))
    _write_names(transaction, added, batch)
    _write_versions(transaction, added, change)
    return added


def change_sense(transaction: Transaction, old: Sense, changes: Mapping[str, object], change: Change) -> Sense | None:
    """Write a new version of a meaning; None when somebody else has changed it since ``old`` was read."""
    new = changed(old, changes, change)
    columns = ", ".join(f"{each} = :{each}" for each in COLUMNS if each not in ("id", "team_id"))
    sql = f"UPDATE senses SET {columns} WHERE id = :id AND team_id = :team_id AND version = :version - 1"
    if not transaction.run(sql, **as_row(new)):
        return None
    write_names_again(transaction, [new])
    _write_versions(transaction, [new], change)
    _note_revision(transaction, new.team_id)
    return new


def changed(old: Sense, changes: Mapping[str, object], change: Change) -> Sense:
    """Return the next version of a meaning."""
    told = {**old.model_dump(), **changes, "version": old.version + 1, "updated_at": change.at}
    return Sense.model_validate({**told, "look_up_key": look_up_key(str(told["word"]))})


def write_names_again(transaction: Transaction, senses: Sequence[Sense]) -> None:
    """Let meanings be found by the names that they have now."""
    transaction.run_many("DELETE FROM sense_names WHERE sense_id = :id", [{"id": each.id} for each in senses])
    _write_names(transaction, senses)


def same_place(reader: Reader, team_id: str, word: str, discipline: str, visibility: str) -> Sense | None:
    """Return the meaning that this one would stand in the place of."""
    row = reader.one(
        """
        SELECT id FROM senses WHERE team_id = :team_id AND look_up_key = :key AND discipline = :discipline
        AND visibility = :visibility
        """,
        team_id=team_id,
        key=look_up_key(word),
        discipline=discipline,
        visibility=visibility,
    )
    return None if row is None else sense(reader, team_id, row["id"])


def history(reader: Reader, team_id: str, sense_id: str) -> list[SenseVersion]:
    """Return every version of a meaning, newest first."""
    rows = reader.all(
        "SELECT * FROM sense_versions WHERE team_id = :team_id AND sense_id = :id ORDER BY version DESC",
        team_id=team_id,
        id=sense_id,
    )
    return [_version(row) for row in rows]


def version_of(reader: Reader, team_id: str, sense_id: str, version: int) -> SenseVersion | None:
    """Return a meaning as another record has pinned it."""
    row = reader.one(
        "SELECT * FROM sense_versions WHERE team_id = :team_id AND sense_id = :id AND version = :version",
        team_id=team_id,
        id=sense_id,
        version=version,
    )
    return None if row is None else _version(row)


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
        team_id=team_id,
        begin=begin,
        end=end,
        **values,
    )
    return [_version(row) for row in rows]


def made_by(reader: Reader, team_id: str, visibilities: Sequence[str], user_id: str, most: int) -> list[Sense]:
    """Return the meanings that somebody added or looks after, the newest first."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT * FROM senses WHERE team_id = :team_id AND {visible} AND {SHOWN} AND status <> 'deprecated'
        AND (created_by = :user_id OR steward = :user_id) ORDER BY updated_at DESC, id DESC LIMIT :most
        """,
        team_id=team_id,
        user_id=user_id,
        most=most,
        **values,
    )
    return [sense_of(row) for row in rows]


def _version(row: Mapping[str, object]) -> SenseVersion:
    told = {name: value for name, value in row.items() if name not in ("team_id", "body")}
    sense_then = {**json.loads(str(row["body"])), "team_id": row["team_id"]}
    return SenseVersion.model_validate({**told, "sense": sense_then})


def _write_names(transaction: Transaction, senses: Iterable[Sense], batch: str = "") -> None:
    transaction.run_many(
        """
        INSERT INTO sense_names (team_id, look_up_key, sense_id, name, visibility, is_hidden, batch)
        VALUES (:team_id, :look_up_key, :sense_id, :name, :visibility, :is_hidden, :batch) ON CONFLICT DO NOTHING
        """,
        (
            {
                "team_id": each.team_id,
                "look_up_key": look_up_key(name),
                "sense_id": each.id,
                "name": name,
                "visibility": each.visibility,
                "is_hidden": int(is_hidden),
                "batch": batch,
            }
            for each in senses
            for names, is_hidden in (((each.word, *each.aliases), False), (each.misspellings, True))
            for name in names
        ),
    )


def _write_versions(transaction: Transaction, senses: Iterable[Sense], change: Change) -> None:
    transaction.run_many(
        """
        INSERT INTO sense_versions (team_id, sense_id, version, what, by, at, note, body)
        VALUES (:team_id, :sense_id, :version, :what, :by, :at, :note, :body)
        """,
        (
            {
                "team_id": each.team_id,
                "sense_id": each.id,
                "version": each.version,
                **change.__dict__,
                "body": each.model_dump_json(),
            }
            for each in senses
        ),
    )


def _note_revision(transaction: Transaction, team_id: str) -> None:
    transaction.run(
        "UPDATE workspaces SET glossary_revision = glossary_revision + 1 WHERE team_id = :team_id", team_id=team_id
    )


def forget_reasons(transaction: Transaction, team_id: str, sense_id: str) -> None:
    """Forget what people wrote about a meaning: why it is not clear, and why they dispute it."""
    for name in ("sense_opinions", "sense_disputes"):
        transaction.run(
            f"UPDATE {name} SET reason = '' WHERE team_id = :team_id AND sense_id = :id", team_id=team_id, id=sense_id
        )
