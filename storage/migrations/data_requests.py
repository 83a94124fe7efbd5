"""Steps of the data requests. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import table


def data_requests(database: Database) -> None:
    requests = table(database, "data_requests")
    requests.create(
        {
            "id": str, "team_id": str, "visibility": str, "number": str, "state": str, "requester": str, "owner": str,
            "data_key": str, "needed_by": str, "decision_id": str, "thread": str, "created_at": str, "version": int,
            "body": str,
        },
        pk="id",
        not_null={
            "team_id", "visibility", "number", "state", "requester", "owner", "data_key", "needed_by", "decision_id",
            "thread", "created_at", "version", "body",
        },
    )  # fmt: skip
    requests.create_index(["team_id", "number"], unique=True)
    requests.create_index(["team_id", "state"])
    requests.create_index(["team_id", "data_key"])
    requests.create_index(["thread"])
    requests.create_index(["team_id", "decision_id"])
    table(database, "data_request_events").create(
        {
            "team_id": str, "request_id": str, "version": int, "at": str, "by": str, "what": str, "note": str,
            "body": str,
        },
        pk=("team_id", "request_id", "version"),
        not_null={"at", "by", "what", "note", "body"},
    )  # fmt: skip
    table(database, "data_request_numbers").create({"team_id": str, "last": int}, pk="team_id", not_null={"last"})


def data_samples(database: Database) -> None:
    notes = table(database, "data_notes")
    notes.create(
        {
            "id": str, "team_id": str, "visibility": str, "data_key": str, "text": str, "author": str, "link": str,
            "kept_by": str, "at": str,
        },
        pk="id",
        not_null={"team_id", "visibility", "data_key", "text", "author", "link", "kept_by", "at"},
    )  # fmt: skip
    notes.create_index(["team_id", "data_key"])
    table(database, "data_checks").create(
        {
            "id": str, "team_id": str, "request_id": str, "file_id": str, "file_name": str, "by": str, "at": str,
            "state": str, "findings": str,
        },
        pk="id",
        not_null={"team_id", "request_id", "file_id", "file_name", "by", "at", "state", "findings"},
    ).create_index(["team_id", "state"])  # fmt: skip
