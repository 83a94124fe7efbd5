"""Steps of the register of duties. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.privacy import refuse_nobody
from storage.migrations.revisions import count
from storage.migrations.step import create, create_history, table

_OF_COMPONENT = [("component_id", "components", "id")]


def responsibilities(database: Database) -> None:
    columns = """
        id team_id visibility name look_up_key kind team channel lead model_side product_side
        set_up launch_on created_by created_at version:int
    """
    components = create(database, "components", columns, "id")
    components.create_index(["team_id", "look_up_key", "visibility"], unique=True)
    columns = """
        team_id component_id duty state owner backup helpers claimants declined_by
        proposed_to proposed_by need reason since confirmed_at changed_at version:int
    """
    duties = create(database, "duties", columns, "team_id component_id duty", _OF_COMPONENT)
    duties.create_index(["team_id", "owner"])
    columns, key = "team_id component_id duty version:int at by what person note", "team_id component_id duty version"
    create(database, "duty_events", columns, key)


def register(database: Database) -> None:
    create(database, "duty_catalogues", "team_id body", "team_id")
    key = "team_id component_id duty user_id"
    create(database, "duty_questions", f"{key} place asked_at", key, _OF_COMPONENT)


def links(database: Database) -> None:
    """How components are joined."""
    columns = """
        id team_id visibility source_id kind target_id versions state proposed_by source_by target_by
        origin created_at changed_at version:int
    """
    ends = [("source_id", "components", "id"), ("target_id", "components", "id")]
    made = create(database, "component_links", columns, "id", ends)
    made.create_index(["team_id", "source_id", "kind", "target_id", "visibility"], unique=True)
    made.create_index(["team_id", "target_id"])
    create_history(database, "component_link_events", "link_id")
    refuse_nobody(database, "component_links")
    count(database, "component_links")


def launches(database: Database) -> None:
    """What was decided about a component's launch, and when it was asked how that went."""
    columns = "team_id component_id launch_on verdict decision_id by at owner until reviewed"
    create(database, "launches", columns, "team_id component_id launch_on")


def teams(database: Database) -> None:
    """Which people own duties together, and which duties are a team's."""
    columns = """
        id team_id name look_up_key group_id members accountable channel created_by created_at changed_at version:int
    """
    made = create(database, "owner_teams", columns, "id")
    made.create_index(["team_id", "look_up_key"], unique=True)
    create_history(database, "owner_team_events", "owner_team_id")
    count(database, "owner_teams")
    table(database, "duties").add_column("owner_team", str, not_null_default="")


def team_groups(database: Database) -> None:
    """What Slack calls the user group that a team is."""
    table(database, "owner_teams").add_column("group_name", str, not_null_default="")


def retirements(database: Database) -> None:
    """When a component retires, and what takes its place."""
    components = table(database, "components")
    for name in ("retires_on", "retires_version", "replaced_by", "retired_at"):
        components.add_column(name, str, not_null_default="")
    database.execute("CREATE INDEX components_retiring ON components (team_id, retires_on) WHERE retires_on <> ''")
