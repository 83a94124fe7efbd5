"""The one write of an interaction: once, not after the app was uninstalled, and with the rights that are lacking."""

import asyncio
import threading
from datetime import datetime

import pytest

from handlers.checks.outcomes import NotAllowed
from handlers.framework.commits import AlreadyHandled, Asked, TakenOutError, commit, count_uses
from handlers.slack.blocks import Message
from handlers.slack.interactions import Ask, Place
from handlers.slack.replies import Reply, Say, Wrote
from storage import open_store
from storage.engine.interface import Database, Transaction
from storage.glossary import misses
from storage.outbox.redactions import scrub_later, times_taken_out
from storage.workspaces import audit, workspaces
from tests.conftest import START, on_postgres
from tests.writing import write

ASK = Ask("T1", "UANA", Place("C1"), "falcon", ("trigger:1",), trigger_id="1", response_url="https://slack.test/r")


def _note(transaction: Transaction, now: datetime) -> Wrote:
    misses.count_miss(transaction, "T1", "workspace", "falcon", now)
    return Wrote()


DONE = Reply(Say(Message("Noted.")), _note)


async def connected(store: Database) -> None:
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "UBOT", START)


def missed(store: Database) -> list[tuple[str, int]]:
    rows = store.reader.all("SELECT word, times FROM glossary_misses")
    return [(row["word"], row["times"]) for row in rows]


async def test_an_interaction_has_its_effect_once(store: Database) -> None:
    await connected(store)
    first = await write(store, commit, Asked(ASK, "", START), DONE, None)
    assert not isinstance(first, AlreadyHandled)
    assert missed(store) == [("falcon", 1)]
    again = await write(store, commit, Asked(ASK, "", START), DONE, None)
    assert (isinstance(again, AlreadyHandled), missed(store)) == (True, [("falcon", 1)])


async def test_nothing_is_written_once_the_app_was_uninstalled(store: Database) -> None:
    await connected(store)
    await write(store, workspaces.uninstall, "T1", START)
    done = await write(store, commit, Asked(ASK, "", START), DONE, None)
    assert (isinstance(done, AlreadyHandled), missed(store)) == (True, [])


async def test_nothing_is_written_of_what_was_read_before_something_was_taken_out(store: Database) -> None:
    await connected(store)
    read_at = times_taken_out(store.reader, "T1")
    await write(store, scrub_later, "T1")
    with pytest.raises(TakenOutError):
        await write(store, commit, Asked(ASK, "", START, taken_out=read_at), DONE, None)
    assert missed(store) == []
    again = Asked(ASK, "", START, taken_out=times_taken_out(store.reader, "T1"))
    assert not isinstance(await write(store, commit, again, DONE, None), AlreadyHandled)
    assert missed(store) == [("falcon", 1)]


async def test_what_is_taken_out_elsewhere_holds_nothing_up(store: Database) -> None:
    await connected(store)
    await write(store, scrub_later, "T2")
    await write(store, commit, Asked(ASK, "", START, taken_out=times_taken_out(store.reader, "T1")), DONE, None)
    assert missed(store) == [("falcon", 1)]


async def test_words_are_counted_of_workspaces_that_still_have_the_app(store: Database) -> None:
    await connected(store)
    await write(store, workspaces.connect_workspace, "T2", "Quay", "U0BOT", START)
    await write(store, workspaces.uninstall, "T1", START)
    await write(
        store, count_uses, {("T1", "falcon"): 2, ("T2", "falcon"): 3, ("T2", "heron"): 1, ("T3", "egret"): 1}, START
    )
    counted = store.reader.all("SELECT team_id, look_up_key, times FROM word_uses ORDER BY look_up_key")
    assert [tuple(each.values()) for each in counted] == [("T2", "falcon", 3), ("T2", "heron", 1)]


async def test_that_a_right_is_lacking_is_noted_with_the_button_that_was_pressed(store: Database) -> None:
    await connected(store)
    refused = Reply(NotAllowed("Only admins.", kind="decision", id="d1", visibility="C1"))
    await write(store, commit, Asked(ASK, "decision_accept", START), refused, None)
    (entry,) = audit.entries(store.reader, "T1", None)
    told = (entry.actor, entry.action, entry.outcome, entry.target_kind, entry.target_id, entry.visibility)
    assert told == ("UANA", "access-denied", "denied", "decision", "d1", "C1")
    assert entry.details == ("decision_accept",)


@on_postgres
async def test_what_another_replica_is_just_taking_out_is_not_said_either(store: Database, store_url: str) -> None:
    await connected(store)
    before, other, is_held = times_taken_out(store.reader, "T1"), open_store(store_url), threading.Event()

    def redact(transaction: Transaction) -> None:
        workspaces.hold(transaction, "T1")
        is_held.set()
        while not saying.done() and not transaction.one("SELECT 1 AS found FROM pg_locks WHERE NOT granted"):
            continue
        scrub_later(transaction, "T1")

    def say(transaction: Transaction) -> object:
        is_held.wait()
        return commit(transaction, Asked(ASK, "", START, taken_out=before), DONE, None)

    saying = asyncio.ensure_future(store.write(say))
    await other.write(redact)
    with pytest.raises(TakenOutError):
        await saying
    await other.close()
