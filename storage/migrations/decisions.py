"""Steps of the decision log. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import table

_TEXTS = (
    "number", "title", "why", "decider", "state", "context", "options", "consequences", "assumptions", "reversible",
    "attributes", "component_id", "consulted", "informed", "review_on", "review_when", "expected", "expected_by",
    "amendments", "origin",
    "component_name",
    "links", "metric", "threshold", "source_text", "source_author", "source_link", "senses", "supersedes",
    "superseded_by", "deadline", "asked", "place", "thread_ts", "created_by", "created_at", "decided_at", "outcome",
    "reason",
)  # fmt: skip


def decisions(database: Database) -> None:
    log = table(database, "decisions")
    log.create(
        {
            "id": str, "team_id": str, "visibility": str, **dict.fromkeys(_TEXTS, str), "silence_is_consent": int,
            "needs_data": int, "version": int,
        },
        pk="id",
        not_null={"team_id", "visibility", *_TEXTS, "silence_is_consent", "needs_data", "version"},
    )  # fmt: skip
    log.create_index(["team_id", "number"], unique=True)
    log.create_index(["team_id", "state"])
    log.create_index(["team_id", "decider"])
    log.enable_fts(
        ["title", "why", "context", "consequences", "options", "amendments"], tokenize="porter", create_triggers=True
    )
    table(database, "decision_events").create(
        {
            "team_id": str, "decision_id": str, "version": int, "at": str, "by": str, "what": str, "note": str,
            "body": str,
        },
        pk=("team_id", "decision_id", "version"),
        not_null={"at", "by", "what", "note", "body"},
    )  # fmt: skip
    table(database, "decision_votes").create(
        {"team_id": str, "decision_id": str, "user_id": str, "vote": str, "reason": str, "at": str},
        pk=("team_id", "decision_id", "user_id", "at"),
        not_null={"vote", "reason"},
    )
    table(database, "decision_numbers").create({"team_id": str, "last": int}, pk="team_id", not_null={"last"})
    table(database, "decision_asks").create(
        {"team_id": str, "decision_id": str, "user_id": str, "delivery_id": str, "state": str},
        pk=("team_id", "decision_id", "user_id"),
        not_null={"delivery_id", "state"},
    )
    table(database, "decision_quotes").create(
        {"id": str, "team_id": str, "text": str, "author": str, "at": str},
        pk="id",
        not_null={"team_id", "text", "author", "at"},
    )
