"""Steps of the requirement cards and of feedback. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create, create_history, table

_OF_COMPONENT = [("component_id", "components", "id")]


def requirements(database: Database) -> None:
    columns = "id team_id component_id created_at version:int body"
    cards = create(database, "requirement_cards", columns, "id", _OF_COMPONENT)
    cards.create_index(["team_id", "component_id"], unique=True)
    create_history(database, "requirement_card_events", "card_id")
    columns = "id team_id component_id link measured_on model_version by at body"
    evaluations = create(database, "model_evaluations", columns, "id", _OF_COMPONENT)
    evaluations.create_index(["team_id", "component_id"])


def feedback(database: Database) -> None:
    columns = "id team_id visibility number component_id state reporter created_at version:int body"
    items = create(database, "feedback", columns, "id", _OF_COMPONENT)
    items.create_index(["team_id", "number"], unique=True)
    items.create_index(["team_id", "component_id"])
    create_history(database, "feedback_events", "feedback_id")
    create(database, "feedback_numbers", "team_id last:int", "team_id")


def stages(database: Database) -> None:
    """Where something was measured: before release, in shadow or in production."""
    table(database, "model_evaluations").add_column("stage", str, not_null_default="")
