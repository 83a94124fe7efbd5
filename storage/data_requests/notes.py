"""Answers about data that were kept for the next who asks for it."""

from collections.abc import Sequence

from storage.engine.interface import Reader, Record, Transaction, folded
from storage.engine.statements import delete, has, insert
from storage.finding import finding
from storage.finding.finding import Filing
from storage.records.rows import InColumns
from storage.records.tables import Table


class Note(Record):
    """An answer about some data that was kept for the next who asks for it."""

    id: str
    team_id: str
    visibility: str
    data_key: str
    text: str
    author: str
    link: str
    kept_by: str
    at: str


NOTES = Table(InColumns(Note), "data_notes", "id DESC")


def keep(transaction: Transaction, note: Note) -> bool:
    """Keep an answer about some data; False when this very message was kept before."""
    if has(transaction, NOTES.table, **note.model_dump(include={"team_id", "data_key", "link"})):
        return False
    insert(transaction, NOTES.table, note.model_dump())
    told = {"id": note.id, "visibility": note.visibility, "title": note.data_key, "body": note.text}
    finding.file(transaction, note.team_id, Filing(kind="data note", at=note.at, **told))
    return True


def of_data(reader: Reader, team_id: str, data_key: str, visibilities: Sequence[str]) -> list[Note]:
    """Return what is noted of some data and may be seen, newest first."""
    return NOTES.some(reader, team_id, visibilities, data_key=data_key)


def with_words(reader: Reader, team_id: str, words: str, visibilities: Sequence[str]) -> list[Note]:
    """Return the notes that have these words, in any case, and may be seen, newest first, ten at most."""
    wanted = folded(words)
    notes = NOTES.some(reader, team_id, visibilities)
    return [each for each in notes if wanted and wanted in folded(each.text)][:10]


def forget(transaction: Transaction, team_id: str, note_id: str) -> None:
    delete(transaction, NOTES.table, team_id=team_id, id=note_id)
    finding.take_out(transaction, team_id, note_id)
