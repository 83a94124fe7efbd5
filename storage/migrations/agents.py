"""Steps of the doors for agents. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create


def tokens(database: Database) -> None:
    """With what agents ask, and in whose name."""
    columns = "id team_id user_id digest label is_public:int created_at ends_at"
    made = create(database, "agent_tokens", columns, "id")
    made.create_index(["digest"], unique=True)
    made.create_index(["team_id", "user_id"])
