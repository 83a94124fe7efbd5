"""Steps of the decision log. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create, create_history, table


def decisions(database: Database) -> None:
    columns = """
        id team_id visibility number title why decider state context options consequences assumptions reversible
        attributes component_id consulted informed review_on review_when expected expected_by amendments origin
        component_name links metric threshold source_text source_author source_link senses supersedes superseded_by
        deadline asked place thread_ts created_by created_at decided_at outcome reason
        silence_is_consent:int needs_data:int version:int
    """
    log = create(database, "decisions", columns, "id")
    log.create_index(["team_id", "number"], unique=True)
    log.create_index(["team_id", "state"])
    log.create_index(["team_id", "decider"])
    log.enable_fts(
        ["title", "why", "context", "consequences", "options", "amendments"], tokenize="porter", create_triggers=True
    )
    create_history(database, "decision_events", "decision_id")
    create(database, "decision_votes", "team_id decision_id user_id vote reason at", "team_id decision_id user_id at")
    create(database, "decision_numbers", "team_id last:int", "team_id")
    create(database, "decision_asks", "team_id decision_id user_id delivery_id state", "team_id decision_id user_id")
    create(database, "decision_quotes", "id team_id text author at", "id")


def quotes(database: Database) -> None:
    table(database, "decision_quotes").add_column("kept_by", str, not_null_default="")


def additions(database: Database) -> None:
    """What a decision adds to; until this step none added to another."""
    table(database, "decisions").add_column("adds_to", str, not_null_default="")


def links(database: Database) -> None:
    """Find what is decided about a component, what adds to a decision, and the latest, without going through all."""
    for name in ("component_id", "adds_to"):
        index = f"CREATE INDEX decisions_by_{name} ON decisions (team_id, {name}) WHERE {name} <> ''"
        database.execute(index)
    table(database, "decisions").create_index(["team_id", "created_at", "id"])
