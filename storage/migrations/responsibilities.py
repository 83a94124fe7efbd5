"""Steps of the register of duties. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create


def responsibilities(database: Database) -> None:
    components = create(
        database,
        "components",
        (
            "id team_id visibility name look_up_key kind team channel lead model_side product_side "
            "set_up launch_on created_by created_at version:int"
        ),
        "id",
    )
    components.create_index(["team_id", "look_up_key", "visibility"], unique=True)
    duties = create(
        database,
        "duties",
        (
            "team_id component_id duty state owner backup helpers claimants declined_by "
            "proposed_to proposed_by need reason since confirmed_at changed_at version:int"
        ),
        "team_id component_id duty",
        foreign_keys=[("component_id", "components", "id")],
    )
    duties.create_index(["team_id", "owner"])
    create(
        database,
        "duty_events",
        "team_id component_id duty version:int at by what person note",
        "team_id component_id duty version",
    )


def register(database: Database) -> None:
    create(database, "duty_catalogues", "team_id body", "team_id")
    create(
        database,
        "duty_questions",
        "team_id component_id duty user_id place asked_at",
        "team_id component_id duty user_id",
        foreign_keys=[("component_id", "components", "id")],
    )
