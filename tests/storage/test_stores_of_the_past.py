"""A store that an earlier version has written opens with everything in it.

Beside each store stands what was in it, told by the version that wrote it; ``stores/make.py`` makes another one.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.clock import Clock
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import Trial, trial
from storage import open_store
from storage.decisions import search as decision_search
from storage.decisions.search import Filters
from storage.engine.interface import WORKSPACE, Database
from storage.engine.sqlite_connection import sqlite3
from storage.glossary import search as glossary_search
from storage.outbox.redactions import redactions_of
from tests.playing import play
from tests.storage.engine.test_scrubbing import bytes_beside
from tests.storage.stores import dumping, recording

STORES = sorted((Path(__file__).parent / "stores").glob("*.sql*"))
TEAM = "T0LOCAL"
#: What is asked of a bot that starts on a store, and what is then seen.
ANSWERS = {
    "ben in #general: /define berth window": ("The time in which a ship may lie at a quay",),
    "ben in #general: /define percision": ("[precision]",),
    "ben in #general: /define how long a ship may lie at a quay": ("[berth window]",),
    "ben in #general: /define capstan": ("“capstan” isn't defined yet.",),
    "ana in #secret-launch: /define falcon": ("The launch that nobody may know of",),
    "ben in #general: /glossary history drift": ("When a plan slowly becomes another plan", "nobody made"),
    "dev in #general: /owner churn model drift": (
        "@Dev Patel owns *production monitoring and drift of churn model*, since",
    ),
    "chloe in #general: /owner card berth model": ("Latency met: 280 ms, limit 300 ms", "Adequacy bar"),
    "chloe in #general: /owner feedback list": ("FB-2", "FB-3"),
    "eli in #general: /decision D-7": ("The registry has them as they are painted.", "by Apr 30, 2026"),
    "chloe in #general: /decision D-10": ("(redacted)",),
    "dev in #data: /data-request DR-1": ("· accepted", "Agreed Jan 8, 2026", "arrivals.csv, checked "),
    "dev in #data: /data-request DR-1 history": ("agreed", "delivered"),
    "chloe in #general: /common-ground redact": ("Mar 9, 2026",),
}


@pytest.fixture(params=STORES, ids=lambda path: path.name)
def file(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def past(file: Path, tmp_path: Path) -> Path:
    """The store of an earlier version, in a file."""
    path = tmp_path / "store.db"
    dumping.load(dumping.read(file), path)
    return path


@pytest.fixture
def told(file: Path) -> Any:
    """What was in it."""
    return yaml.safe_load(recording.beside(file).read_text(encoding="utf-8"))


@pytest.fixture
async def store(past: Path) -> AsyncIterator[Database]:
    """The same store, opened by this version."""
    opened = open_store(f"sqlite:///{past}")
    yield opened
    await opened.close()


@asynccontextmanager
async def bot_on(past: Path, told: Any) -> AsyncIterator[Trial]:
    """Start the bot on it, when it was left."""
    clock = Clock(frozen_at=datetime.fromisoformat(told["left_at"]))
    async with trial(clock, past, use_http=False, rate_limits=RateLimits(burst=10_000)) as started:
        yield started


def without(wanted: Any, found: Any, place: str = "") -> list[str]:
    """Return what is wanted and not found, by its place; more may be found than is wanted."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return [each for name, value in wanted.items() for each in without(value, found.get(name), f"{place}/{name}")]
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        pairs = enumerate(zip(wanted, found, strict=True))
        return [each for number, pair in pairs for each in without(*pair, f"{place}/{number}")]
    return [] if wanted == found else [f"{place}: {wanted!r} is {found!r} now"]


def integrity(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        checks = ("PRAGMA integrity_check", "PRAGMA foreign_key_check")
        return [str(row[0]) for check in checks for row in connection.execute(check)]


def test_there_is_a_store_of_the_past() -> None:
    assert STORES


def test_there_is_something_in_each_of_its_tables(told: Any) -> None:
    assert {"senses", "decisions", "data_requests", "components", "outbox"} <= told["rows"].keys()
    assert [name for name, count in told["rows"].items() if not count] == []


def test_it_is_a_sound_store_before_and_after_it_was_opened(past: Path) -> None:
    assert integrity(past) == ["ok"]
    recording.held(past)
    assert integrity(past) == ["ok"]


def test_no_table_and_no_record_is_lost(past: Path, told: Any) -> None:
    held = recording.held(past)
    assert without(told["rows"], held["rows"]) == []
    assert without(told["records"], held["records"]) == []


def test_it_is_exported_with_all_that_was_exported_then(past: Path, told: Any) -> None:
    assert without(recording.by_number(told["exports"]), recording.exports(past)) == []


def test_it_holds_nothing_of_the_machine_on_which_it_was_made(file: Path) -> None:
    text = dumping.read(file)
    assert "T0LOCAL" in text
    assert [each for each in ("127.0.0.1", "localhost", "/tmp/", "/home/", "/root/") if each in text] == []  # noqa: S108


async def test_of_its_reminders_and_redactions_it_is_known_who_may_count_them(store: Database) -> None:
    sent = "SELECT visibility, count(*) AS number FROM nudges GROUP BY visibility"
    counts = {row["visibility"]: row["number"] for row in store.reader.all(sent)}
    assert counts.keys() == {WORKSPACE, "CSECRETLAUNCH"}
    assert len(redactions_of(store.reader, TEAM, [WORKSPACE])) == len(store.reader.all("SELECT 1 FROM redactions"))


async def test_what_is_written_in_it_is_found_by_its_words(store: Database) -> None:
    found = await store.search(
        lambda reader: glossary_search.senses_about(reader, TEAM, ["ship", "quay"], [WORKSPACE], 5)
    )
    assert found[0].word == "berth window"
    decided = await store.search(
        lambda reader: decision_search.find(reader, TEAM, ["capital"], Filters(), [WORKSPACE, "CSECRETLAUNCH"])
    )
    assert [each.title for each in decided] == ["Ship names are written in capitals"]


async def test_what_is_changed_in_it_is_found_by_its_new_words(past: Path, told: Any) -> None:
    async with bot_on(past, told) as running:
        await play(
            running, "ben in #general: /decision D-2", 'ben presses "Amend"',
            'ben enters "What changed?": In August the zeppelins rest.', "ben submits", "ben closes",
        )  # fmt: skip
        seen = await play(running, "dev in #general: /decision find zeppelin")
    assert "D-2 · we retrain monthly" in seen


async def test_a_bot_that_starts_on_it_answers_from_it(past: Path, told: Any) -> None:
    async with bot_on(past, told) as running:
        seen = {asked: await play(running, asked) for asked in ANSWERS}
    assert {
        asked: seen[asked] for asked, parts in ANSWERS.items() if not all(each in seen[asked] for each in parts)
    } == {}


async def test_what_was_deleted_from_it_then_is_soon_in_no_file(past: Path, told: Any) -> None:
    with closing(sqlite3.connect(past)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("UPDATE senses SET example = 'hunter2000 ' || example")
        connection.execute("UPDATE senses SET example = substr(example, 12)")
        connection.commit()
    assert b"hunter2000" in bytes_beside(past)
    async with bot_on(past, told) as running:
        await play(running, "wait 1 minute")
        assert b"hunter2000" not in bytes_beside(past)


async def test_a_bot_that_starts_on_it_says_what_was_left_unsaid_and_what_becomes_due(past: Path, told: Any) -> None:
    async with bot_on(past, told) as running:
        await play(running, "wait 1 hour", "wait 3 days")
        said = [each.text for each in running.slack.workspace.channels["CGENERAL"].messages.values()]
        assert running.slack.workspace.warnings == []
    assert said[:2] == ["Ahoy", "tide levels is overdue: it was needed by Mon 2 Mar."]
