"""Answers about data that were kept for the next who asks for it."""

from collections.abc import Sequence

from storage.engine.interface import Reader, Record, Transaction, folded, in_list


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


def keep(transaction: Transaction, note: Note) -> bool:
    """Keep an answer about some data; False when this very message was kept before."""
    known = transaction.one(
        "SELECT 1 AS found FROM data_notes WHERE team_id = :team_id AND data_key = :data_key AND link = :link",
        **note.model_dump(include={"team_id", "data_key", "link"}),
    )
    if known is not None:
        return False
    transaction.run(
        """
        INSERT INTO data_notes (id, team_id, visibility, data_key, text, author, link, kept_by, at)
        VALUES (:id, :team_id, :visibility, :data_key, :text, :author, :link, :kept_by, :at)
        """,
        **note.model_dump(),
    )
    return True


def of_data(reader: Reader, team_id: str, data_key: str, visibilities: Sequence[str]) -> list[Note]:
    """Return what is noted of some data and may be seen, newest first."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"SELECT * FROM data_notes WHERE team_id = :team_id AND data_key = :data_key AND {visible} ORDER BY id DESC",
        team_id=team_id,
        data_key=data_key,
        **values,
    )
    return [Note.model_validate(row) for row in rows]


def with_words(reader: Reader, team_id: str, words: str, visibilities: Sequence[str]) -> list[Note]:
    """Return the notes that have these words, in any case, and may be seen, newest first, ten at most."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"SELECT * FROM data_notes WHERE team_id = :team_id AND {visible} ORDER BY id DESC", team_id=team_id, **values
    )
    wanted = folded(words)
    found = [row for row in rows if wanted and wanted in folded(row["text"])]
    return [Note.model_validate(row) for row in found[:10]]


def forget(transaction: Transaction, team_id: str, note_id: str) -> None:
    transaction.run("DELETE FROM data_notes WHERE team_id = :team_id AND id = :id", team_id=team_id, id=note_id)
