"""What is in a store, as its tables hold it and as the exports of the command line tell it.

A later version may know more of a record than was recorded; what was recorded it must still know. Where it calls a
table or a column by another name, the question here is put anew, and the answer stays.
"""

import asyncio
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import yaml
from typer.testing import CliRunner

from bot.__main__ import cli
from storage import open_store
from storage.engine.interface import Reader

#: Tables of the engine, and of what is counted elsewhere.
_NOT_COUNTED = ("_sqlite", "sqlite_", "_fts")
#: What is compared of a meaning that came with the bot.
_SENSE = (
    "word", "discipline", "gloss", "definition", "example", "example_link", "aliases", "misspellings", "relations",
    "say_instead", "source_title", "source_link", "source_licence", "steward", "visibility", "origin", "status",
    "replaced_by", "verified_on", "verified_by",
)  # fmt: skip
_RECORDS = {
    "workspaces": "SELECT team_id, name, bot_user_id, disciplines, data_channel, places, connected_at FROM workspaces",
    "stewards": "SELECT discipline, user_id FROM stewards ORDER BY 1, 2",
    "people": "SELECT user_id, name, tz, is_gone, is_away FROM people ORDER BY 1",
    "preferences": "SELECT subject, name, value FROM preferences ORDER BY 1, 2",
    "homes": "SELECT user_id, opened_at, page FROM homes ORDER BY 1",
    "words of people": """
        SELECT word, discipline, status, version, visibility, created_by, updated_at, gloss FROM senses
        WHERE (origin <> 'starter' OR version > 1) AND batch = '' ORDER BY look_up_key, discipline, visibility
        """,
    "versions of words": """
        SELECT senses.word, senses.discipline, told.version, told.what, told.by, told.at, told.note
        FROM sense_versions AS told JOIN senses ON senses.id = told.sense_id
        WHERE (senses.origin <> 'starter' OR senses.version > 1) AND batch = ''
        ORDER BY look_up_key, senses.discipline, senses.visibility, told.version
        """,
    "words asked for": "SELECT word, visibility, state, times, owner, due_at FROM glossary_misses ORDER BY 1, 2",
    "who asked for words": "SELECT look_up_key, visibility, user_id, asked_at FROM glossary_askers ORDER BY 1, 2, 3",
    "opinions of words": """
        SELECT word, discipline, opinion, user_id, sense_opinions.version, reason FROM sense_opinions
        JOIN senses ON senses.id = sense_id ORDER BY look_up_key, discipline, user_id
        """,
    "disputes": """
        SELECT word, discipline, by, at, settled_at, reason FROM sense_disputes
        JOIN senses ON senses.id = sense_id ORDER BY at, look_up_key, discipline
        """,
    "uses of words": "SELECT look_up_key, times, last_at FROM word_uses ORDER BY 1",
    "an import that ended early": "SELECT word, discipline, gloss, version FROM staged_senses ORDER BY 1, 2",
    "components": """
        SELECT name, kind, version, visibility, lead, model_side, product_side, set_up, launch_on, created_by
        FROM components ORDER BY look_up_key, visibility
        """,
    "histories of duties": """
        SELECT name, duty, told.version, told.what, told.by, told.person, told.at, told.note
        FROM duty_events AS told JOIN components ON components.id = component_id
        ORDER BY look_up_key, duty, told.version
        """,
    "duties that nobody has": "SELECT duty, user_id, place, asked_at FROM duty_questions ORDER BY 1, 2",
    "decisions": "SELECT number, state, version, visibility, decider, title, why FROM decisions ORDER BY id",
    "histories of decisions": """
        SELECT number, told.version, told.what, told.by, told.at, told.note
        FROM decision_events AS told JOIN decisions ON decisions.id = decision_id ORDER BY decisions.id, told.version
        """,
    "votes": """
        SELECT number, user_id, vote, at, decision_votes.reason FROM decision_votes
        JOIN decisions ON decisions.id = decision_id ORDER BY decisions.id, user_id, at
        """,
    "who was asked to agree": """
        SELECT number, user_id, decision_asks.state FROM decision_asks
        JOIN decisions ON decisions.id = decision_id ORDER BY decisions.id, user_id
        """,
    "messages that may become decisions": "SELECT author, at, text FROM decision_quotes ORDER BY id",
    "data requests": """
        SELECT number, state, version, visibility, requester, owner, needed_by, data_key FROM data_requests ORDER BY id
        """,
    "histories of data requests": """
        SELECT number, told.version, told.what, told.by, told.at, told.note
        FROM data_request_events AS told JOIN data_requests ON data_requests.id = request_id
        ORDER BY data_requests.id, told.version
        """,
    "samples": """
        SELECT number, file_name, by, at, data_checks.state, findings FROM data_checks
        JOIN data_requests ON data_requests.id = request_id ORDER BY data_checks.id
        """,
    "notes on data": "SELECT data_key, visibility, author, kept_by, at, link, text FROM data_notes ORDER BY id",
    "cards": """
        SELECT name, requirement_cards.version FROM requirement_cards JOIN components ON components.id = component_id
        ORDER BY 1
        """,
    "histories of cards": """
        SELECT name, told.version, told.what, told.by, told.at, told.note FROM requirement_card_events AS told
        JOIN requirement_cards ON requirement_cards.id = card_id
        JOIN components ON components.id = component_id ORDER BY name, told.version
        """,
    "evaluations": """
        SELECT name, link, measured_on, model_version, by, at FROM model_evaluations
        JOIN components ON components.id = component_id ORDER BY model_evaluations.id
        """,
    "feedback": """
        SELECT number, name, state, feedback.version, feedback.visibility, reporter FROM feedback
        JOIN components ON components.id = component_id ORDER BY feedback.id
        """,
    "histories of feedback": """
        SELECT number, told.version, told.what, told.by, told.at, told.note
        FROM feedback_events AS told JOIN feedback ON feedback.id = feedback_id ORDER BY feedback.id, told.version
        """,
    "reminders": """
        SELECT person, kind, what, useful, settled_at <> '' AS is_settled, count(*) AS times, max(at) AS last
        FROM nudges GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
        """,
    "when summaries are due": """
        SELECT subject, weekday, at, tz, set_by, is_always, is_naming FROM summary_schedules ORDER BY 1
        """,
    "summaries": "SELECT subject, period, state, begins_at, ends_at, figures FROM summary_runs ORDER BY 1, 2",
    "who hears of a summary": "SELECT subject, period, person, count, listed FROM summary_notices ORDER BY 1, 2, 3",
    "threads": "SELECT channel, about, ts, problem, is_told FROM threads ORDER BY id",
    "what was said": """
        SELECT state, act, lane, count(*) AS times, max(tries) AS tries, max(reason) AS reason FROM outbox
        WHERE act <> 'respond' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """,
    "redactions": "SELECT kind, by, at, record_id FROM redactions ORDER BY at, kind",
    "periods that were done": "SELECT job, count(*), max(period) FROM finished_periods GROUP BY 1 ORDER BY 1",
}


def beside(file: Path) -> Path:
    """Return where it is recorded what is in the store of this file."""
    return file.parent / f"{file.name.partition('.')[0]}.yaml"


def recorded(store: Path) -> dict[str, Any]:
    """Return what is in a store."""
    return {**asyncio.run(_held(store)), "exports": exports(store)}


def held(store: Path) -> dict[str, Any]:
    """Return how many rows the tables have, and what there is of each kind of record."""
    return asyncio.run(_held(store))


def exports(store: Path) -> dict[str, Any]:
    """Return what the exports tell, without what is empty; of the starter glossary a digest of each meaning."""
    private = "--include-private"
    senses = json.loads(command(store, "glossary", "export", "--format", "json", private))
    decisions = _decisions(store)
    requests = [each.split(" | ")[0] for each in held(store)["records"]["data requests"]]
    cards = [each.split(" | ")[0] for each in held(store)["records"]["cards"]]
    return {
        "glossary": [_short(each) if each["origin"] == "starter" else each for each in senses],
        "owner": [_said(each) for each in json.loads(command(store, "owner", "export", "--format", "json", private))],
        "owner catalogue": [each["id"] for each in yaml.safe_load(command(store, "owner", "catalogue"))],
        "decisions": [_said(each) for each in decisions],
        "requests": [
            _said(json.loads(command(store, "requests", "export", each, "--format", "json"))) for each in requests
        ],
        "cards": [
            _said(_as_read(yaml.safe_load(command(store, "cards", "export", each, "--format", "yaml"))))
            for each in cards
        ],
    }


def _as_read(card: dict[str, Any]) -> dict[str, Any]:
    """Return a card as it is read: people by name, and each aspect flat, with its result and what was measured last."""
    names = card["people"]
    return {**card, "requirements": {name: _flat(card, name, told) for name, told in card["requirements"].items()}} | {
        "people": list(names.values())
    }


def _flat(card: dict[str, Any], aspect: str, told: dict[str, Any]) -> dict[str, Any]:
    said, names = told["said"], card["people"]
    flat = {
        **said.get("parts", {}),
        **{name: value for name, value in said.items() if name not in ("parts", "by", "at")},
        "decision": told.get("decision"),
    }
    people = {name: names[flat[name]] for name in ("signer", "finder") if name in flat}
    agreed = {
        side: {"name": names[each["user_id"]], "at": each["at"]} for side, each in told.get("agreements", {}).items()
    }
    is_set = said["stance"] == "value"
    measured = [each["values"][aspect] for each in card["evaluations"] if aspect in each["values"]]
    result = {"result": card["results"].get(aspect, "never measured")} if is_set else {}
    return {
        **flat,
        **people,
        **result,
        "stance": "set" if is_set else said["stance"],
        "said_by": names[said["by"]],
        "agreed_by": agreed,
        **({"measured": measured[0]} if measured else {}),
    }


def by_number(exports: dict[str, Any]) -> dict[str, Any]:
    """Return exports with decisions as they are written now: by their numbers, without ids that only a store has."""
    numbers = {each.get("id"): each["number"] for each in exports["decisions"]}
    inner = ("id", "version", "component_id")
    linked = [{**each, **_linked(each, numbers)} for each in exports["decisions"]]
    kept = [{name: value for name, value in each.items() if name not in inner} for each in linked]
    return {**exports, "decisions": kept}


def _linked(decision: dict[str, Any], numbers: dict[Any, str]) -> dict[str, str]:
    links = ("supersedes", "superseded_by")
    return {name: numbers.get(decision[name], decision[name]) for name in links if name in decision}


def command(store: Path, *words: str) -> str:
    """Run a command of the bot on a store and return what it prints."""
    done = CliRunner().invoke(cli, words, env={"DATABASE_URL": f"sqlite:///{store}"}, catch_exceptions=False)
    if done.exit_code:
        raise RuntimeError(done.output)
    return done.stdout


async def _held(store: Path) -> dict[str, Any]:
    opened = open_store(f"sqlite:///{store}")
    try:
        reader = opened.reader
        return {"rows": _rows(reader), "records": {name: _lines(reader, sql) for name, sql in _RECORDS.items()}}
    finally:
        await opened.close()


def _rows(reader: Reader) -> dict[str, int]:
    tables = [row["name"] for row in reader.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    counted = [each for each in tables if not any(part in each for part in _NOT_COUNTED)]
    return {each: reader.all(f"SELECT count(*) AS number FROM [{each}]")[0]["number"] for each in counted}


def _lines(reader: Reader, sql: str) -> list[str]:
    return [" | ".join(" ".join(str(value).split()) for value in row.values()) for row in reader.all(sql)]


def _decisions(store: Path) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        command(store, "decisions", "export", folder, "--format", "json", "--include-private")
        told: list[dict[str, Any]] = json.loads((Path(folder) / "decisions.json").read_text(encoding="utf-8"))
    return told


def _said(told: Any) -> Any:
    """Return a value without what is empty in it."""
    if isinstance(told, dict):
        return {name: kept for name, value in told.items() if (kept := _said(value)) not in ("", [], {}, None, False)}
    return [_said(each) for each in told] if isinstance(told, list) else told


def _short(sense: dict[str, Any]) -> str:
    text = json.dumps({name: sense.get(name) for name in _SENSE}, ensure_ascii=False)
    return f"{sense['word']} | {sense['discipline']} | {hashlib.sha256(text.encode()).hexdigest()[:12]}"
