"""Steps of the requirement cards and of feedback. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import table


def requirements(database: Database) -> None:
    cards = table(database, "requirement_cards")
    cards.create(
        {"id": str, "team_id": str, "component_id": str, "created_at": str, "version": int, "body": str},
        pk="id",
        not_null={"team_id", "component_id", "created_at", "version", "body"},
        foreign_keys=[("component_id", "components", "id")],
    )
    cards.create_index(["team_id", "component_id"], unique=True)
    table(database, "requirement_card_events").create(
        {
            "team_id": str, "card_id": str, "version": int, "at": str, "by": str, "what": str, "note": str,
            "body": str,
        },
        pk=("team_id", "card_id", "version"),
        not_null={"at", "by", "what", "note", "body"},
    )  # fmt: skip
    evaluations = table(database, "model_evaluations")
    evaluations.create(
        {
            "id": str, "team_id": str, "component_id": str, "link": str, "measured_on": str, "model_version": str,
            "by": str, "at": str, "body": str,
        },
        pk="id",
        not_null={"team_id", "component_id", "link", "measured_on", "model_version", "by", "at", "body"},
        foreign_keys=[("component_id", "components", "id")],
    )  # fmt: skip
    evaluations.create_index(["team_id", "component_id"])


def feedback(database: Database) -> None:
    items = table(database, "feedback")
    items.create(
        {
            "id": str, "team_id": str, "visibility": str, "number": str, "component_id": str, "state": str,
            "reporter": str, "created_at": str, "version": int, "body": str,
        },
        pk="id",
        not_null={
            "team_id", "visibility", "number", "component_id", "state", "reporter", "created_at", "version", "body",
        },
        foreign_keys=[("component_id", "components", "id")],
    )  # fmt: skip
    items.create_index(["team_id", "number"], unique=True)
    items.create_index(["team_id", "component_id"])
    table(database, "feedback_events").create(
        {
            "team_id": str, "feedback_id": str, "version": int, "at": str, "by": str, "what": str, "note": str,
            "body": str,
        },
        pk=("team_id", "feedback_id", "version"),
        not_null={"at", "by", "what", "note", "body"},
    )  # fmt: skip
    table(database, "feedback_numbers").create({"team_id": str, "last": int}, pk="team_id", not_null={"last"})
