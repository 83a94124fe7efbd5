"""Where the store names people: each table that can hold somebody's id, and what becomes of its rows without them.

A column that is new stands here, or among those of which a test says that they hold nobody.
"""

from dataclasses import dataclass

_BY_COMPONENT = "(SELECT visibility FROM components WHERE id = component_id)"
_SENSE = (
    "word look_up_key discipline gloss definition example example_link say_instead source_title source_link "
    "source_licence steward created_by verified_by aliases misspellings relations"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A table that can name people, as ``what`` people call it. Columns are names with spaces between.

    ``key`` is its primary key in a workspace, ``holds`` the columns in which an id may stand, alone or in a text.
    Rows are about one person alone, and go with them, where it is in the column ``goes_with``; they are this person's
    own words and doings where it is in the column ``own``, and nobody else may read them for having been named there.
    ``seen_by`` is the visibility of a row, in SQL, where who may see it may read it. A history's ``body`` is the record
    from a step on. A copy repeats what another table tells. What is ``untold`` is no word of anybody's, as a secret is.
    """

    what: str
    table: str
    key: str
    holds: str
    own: str = ""
    goes_with: str = ""
    seen_by: str = ""
    is_history: bool = False
    is_copy: bool = False
    untold: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.holds.split())


def _theirs(what: str, table: str, key: str, holds: str, owner: str) -> Kept:
    return Kept(what, table, key, holds, owner, owner)


def _history(of: str, table: str, key: str, also: str = "") -> Kept:
    return Kept(f"history of {of}", table, f"{key} version", f"by note body {also}".strip(), "by", is_history=True)


#: In the order in which a person's data is told.
TABLES = (
    _theirs("name and time zone", "people", "user_id", "user_id name", "user_id"),
    _theirs("settings", "preferences", "subject name", "subject value", "subject"),
    _theirs("steward of", "stewards", "discipline user_id", "user_id", "user_id"),
    _theirs("home", "homes", "user_id", "user_id", "user_id"),
    _theirs("tokens for agents", "agent_tokens", "id", "user_id label", "user_id"),
    Kept("web hooks", "webhooks", "id", "made_by label states", "made_by", untold="sealed sealed_by"),
    _theirs("reports to be told", "webhook_notices", "webhook_id kind person", "person", "person"),
    _theirs("reminders", "nudges", "id", "person subject", "person"),
    Kept("summaries chosen", "summary_schedules", "subject", "subject set_by", "set_by", "subject"),
    _theirs("summaries told", "summary_runs", "id", "subject keys", "subject"),
    Kept("announced in summaries", "summary_notices", "subject period person", "person subject listed", "", "person"),
    Kept("words", "senses", "id", _SENSE, seen_by="visibility"),
    Kept("names of words", "sense_names", "look_up_key sense_id", "look_up_key name", seen_by="visibility"),
    Kept("words being imported", "staged_senses", "batch id", f"{_SENSE} body"),
    _history("words", "sense_versions", "sense_id"),
    Kept("opinions of words", "sense_opinions", "sense_id user_id", "user_id reason", "user_id"),
    Kept("disputes", "sense_disputes", "id", "by reason", "by"),
    Kept(
        "open words",
        "glossary_misses",
        "visibility look_up_key",
        "look_up_key word owner likeness channel ended_by passed",
        seen_by="visibility",
    ),
    _theirs(
        "words asked for", "glossary_askers", "visibility look_up_key user_id", "look_up_key user_id channel", "user_id"
    ),
    Kept("sessions on words", "glossary_sessions", "id", "owner words planned_by", seen_by="visibility"),
    Kept("uses of words", "word_uses", "look_up_key", "look_up_key"),
    Kept(
        "components",
        "components",
        "id",
        "name look_up_key team channel lead model_side product_side created_by retires_version",
        seen_by="visibility",
    ),
    _history("components", "component_events", "component_id"),
    Kept(
        "duties",
        "duties",
        "component_id duty",
        "owner backup helpers claimants declined_by proposed_to proposed_by need reason",
        seen_by=_BY_COMPONENT,
    ),
    _history("duties", "duty_events", "component_id duty", "person"),
    Kept(
        "teams",
        "owner_teams",
        "id",
        "name look_up_key group_name members accountable channel created_by",
        seen_by="'workspace'",
    ),
    _history("teams", "owner_team_events", "owner_team_id"),
    Kept(
        "links of components",
        "component_links",
        "id",
        "versions proposed_by source_by target_by",
        seen_by="visibility",
    ),
    _history("links of components", "component_link_events", "link_id"),
    _theirs("duties asked about", "duty_questions", "component_id duty user_id", "user_id", "user_id"),
    Kept("catalogue of duties", "duty_catalogues", "team_id", "body", seen_by="'workspace'"),
    Kept(
        "decisions",
        "decisions",
        "id",
        "title why decider context options consequences assumptions consulted informed review_when expected amendments "
        "origin component_name links metric threshold source_text source_author source_link asked created_by outcome "
        "reason",
        seen_by="visibility",
    ),
    _history("decisions", "decision_events", "decision_id"),
    Kept("votes", "decision_votes", "decision_id user_id at", "user_id reason", "user_id"),
    Kept("asked to agree", "decision_asks", "decision_id user_id", "user_id", "user_id"),
    _theirs("messages kept for a decision", "decision_quotes", "id", "author kept_by text", "author"),
    Kept("data requests", "data_requests", "id", "requester owner data_key body", seen_by="visibility"),
    _history("data requests", "data_request_events", "request_id"),
    Kept("samples", "data_checks", "id", "by file_name findings", "by"),
    Kept("notes on data", "data_notes", "id", "author kept_by data_key text link", "author"),
    Kept("requirement cards", "requirement_cards", "id", "body", seen_by=_BY_COMPONENT),
    _history("requirement cards", "requirement_card_events", "card_id"),
    Kept("evaluations", "model_evaluations", "id", "by link model_version body", "by"),
    Kept("launches", "launches", "component_id launch_on", "by owner", seen_by=_BY_COMPONENT),
    Kept("change notices", "change_notices", "id", "body", seen_by="visibility"),
    _history("change notices", "change_notice_events", "notice_id"),
    Kept("feedback", "feedback", "id", "reporter body", seen_by="visibility"),
    _history("feedback", "feedback_events", "feedback_id"),
    Kept("index of records", "findable", "id", "component title body", is_copy=True),
    Kept("redactions", "redactions", "kind record_id", "by", "by"),
    Kept("audit trail", "audit", "id", "actor target_id", "actor"),
    Kept("periods that were done", "finished_periods", "job period", "job"),
    Kept("threads", "threads", "id", "channel"),
    Kept("messages", "outbox", "id", "lane visibility asks body"),
    _theirs("changes that Slack told of", "heard", "number", "user_id", "user_id"),
    Kept("old messages", "old_messages", "record_id channel ts", "record_id"),
)
