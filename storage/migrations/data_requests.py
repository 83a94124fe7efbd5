"""Steps of the data requests. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create, create_history


def data_requests(database: Database) -> None:
    columns = """
        id team_id visibility number state requester owner data_key needed_by decision_id
        thread created_at version:int body
    """
    requests = create(database, "data_requests", columns, "id")
    requests.create_index(["team_id", "number"], unique=True)
    requests.create_index(["team_id", "state"])
    requests.create_index(["team_id", "data_key"])
    requests.create_index(["thread"])
    requests.create_index(["team_id", "decision_id"])
    create_history(database, "data_request_events", "request_id")
    create(database, "data_request_numbers", "team_id last:int", "team_id")


def data_samples(database: Database) -> None:
    notes = create(database, "data_notes", "id team_id visibility data_key text author link kept_by at", "id")
    notes.create_index(["team_id", "data_key"])
    checks = create(database, "data_checks", "id team_id request_id file_id file_name by at state findings", "id")
    checks.create_index(["team_id", "state"])
