"""What happened to data requests, and how each was before."""

from storage.data_requests import DataRequest, Event
from storage.database import Reader


def history(reader: Reader, team_id: str, request_id: str) -> list[Event]:
    """Return what happened to a request, newest first."""
    rows = reader.all(
        """
        SELECT version, at, by, what, note FROM data_request_events WHERE team_id = :team_id AND request_id = :id
        ORDER BY version DESC
        """,
        team_id=team_id,
        id=request_id,
    )
    return [Event.model_validate(row) for row in rows]


def version_of(reader: Reader, team_id: str, request_id: str, version: int) -> DataRequest | None:
    """Return a request as it was from a version on."""
    row = reader.one(
        """
        SELECT body FROM data_request_events
        WHERE team_id = :team_id AND request_id = :id AND version = :version
        """,
        team_id=team_id,
        id=request_id,
        version=version,
    )
    return None if row is None else DataRequest.model_validate_json(str(row["body"]))
