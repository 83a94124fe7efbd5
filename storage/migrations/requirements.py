"""Steps of the requirement cards and of feedback. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create


def requirements(database: Database) -> None:
    cards = create(
        database,
        "requirement_cards",
        "id team_id component_id created_at version:int body",
        "id",
        foreign_keys=[("component_id", "components", "id")],
    )
    cards.create_index(["team_id", "component_id"], unique=True)
    create(
        database,
        "requirement_card_events",
        "team_id card_id version:int at by what note body",
        "team_id card_id version",
    )
    evaluations = create(
        database,
        "model_evaluations",
        "id team_id component_id link measured_on model_version by at body",
        "id",
        foreign_keys=[("component_id", "components", "id")],
    )
    evaluations.create_index(["team_id", "component_id"])


def feedback(database: Database) -> None:
    items = create(
        database,
        "feedback",
        "id team_id visibility number component_id state reporter created_at version:int body",
        "id",
        foreign_keys=[("component_id", "components", "id")],
    )
    items.create_index(["team_id", "number"], unique=True)
    items.create_index(["team_id", "component_id"])
    create(
        database,
        "feedback_events",
        "team_id feedback_id version:int at by what note body",
        "team_id feedback_id version",
    )
    create(database, "feedback_numbers", "team_id last:int", "team_id")
