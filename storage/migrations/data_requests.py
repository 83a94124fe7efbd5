"""Steps of the data requests. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create


def data_requests(database: Database) -> None:
    requests = create(
        database,
        "data_requests",
        (
            "id team_id visibility number state requester owner data_key needed_by decision_id "
            "thread created_at version:int body"
        ),
        "id",
    )
    requests.create_index(["team_id", "number"], unique=True)
    requests.create_index(["team_id", "state"])
    requests.create_index(["team_id", "data_key"])
    requests.create_index(["thread"])
    requests.create_index(["team_id", "decision_id"])
    create(
        database,
        "data_request_events",
        "team_id request_id version:int at by what note body",
        "team_id request_id version",
    )
    create(database, "data_request_numbers", "team_id last:int", "team_id")


def data_samples(database: Database) -> None:
    notes = create(database, "data_notes", "id team_id visibility data_key text author link kept_by at", "id")
    notes.create_index(["team_id", "data_key"])
    create(database, "data_checks", "id team_id request_id file_id file_name by at state findings", "id").create_index(
        ["team_id", "state"]
    )
