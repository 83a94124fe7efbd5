"""Messages that name somebody are found, also by name and as they were edited, and written without them."""

import json
from datetime import timedelta
from typing import Any

import pytest

from storage.engine.interface import Database, to_text
from storage.outbox import deliveries, naming, threads
from storage.outbox.deliveries import Delivery, Outcome
from storage.outbox.redactions import Said
from storage.outbox.threads import Thread
from storage.records.former import NAME, Forgotten
from storage.workspaces import people
from tests.storage.outbox.test_redactions import NOW, a_post, keep
from tests.writing import write

ANA = Forgotten("UANA", "Ana", "UFORMERMEMBER1")
REMOVED = "Removed."
PERSON = {"type": "user", "user_id": "UANA"}


def naming_her(*elements: dict[str, str], **beside: Any) -> Delivery:
    """Return a message with these elements in its one line."""
    line = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [*elements]}]}
    post = a_post("Somebody asks", **beside)
    return post.model_copy(update={"body": {"text": "<@UANA> asks", "blocks": [line]}})


def an_edit(text: str, **beside: Any) -> Delivery:
    body = {"channel": "C1", "text": text, **beside.pop("at", {})}
    return a_post(text, **beside).model_copy(update={"act": "update", "body": body})


async def take_out(store: Database) -> list[Said]:
    _, said = await write(store, naming.take_out, "T1", ANA, REMOVED)
    assert "UANA" not in json.dumps(store.reader.all("SELECT * FROM outbox WHERE team_id = 'T1'"))
    return said


async def test_a_mention_becomes_words_and_what_stands_beside_it_stays(store: Database) -> None:
    beside = {"type": "text", "text": "Banana and Ana agree"}
    await keep(store, naming_her(PERSON, beside), a_post("Bananas"), a_post("Ana agrees", team_id="T2"))
    (said,) = await take_out(store)
    assert (said.channel, said.ts, said.body["text"]) == ("C1", "0", f"{NAME} asks")
    elements = [{"type": "text", "text": NAME}, {"type": "text", "text": f"Banana and {NAME} agree"}]
    assert said.body["blocks"] == [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}
    ]


@pytest.mark.parametrize(("last", "said"), [("Ana agreed", [f"{NAME} agreed"]), ("Ben agreed", [])])
async def test_a_message_is_edited_as_it_stands_now(store: Database, last: str, said: list[str]) -> None:
    opener = a_post("Ana asks", thread="th1")
    await write(store, threads.add, Thread(id="th1", team_id="T1", channel="C1", opener=opener.id))
    await keep(store, opener)
    await write(store, deliveries.record_outcomes, [
        Outcome(id=opener.id, state="sent", slack_ts="5.1", slack_channel="C1"),
    ])  # fmt: skip
    edit = an_edit(last, thread="th1")
    await write(store, deliveries.add, [edit])
    await write(store, deliveries.record_outcomes, [Outcome(id=edit.id, state="sent")])
    found = await take_out(store)
    assert [(each.ts, each.body["text"]) for each in found] == [("5.1", text) for text in said]


async def test_a_message_that_slack_may_have_is_edited_once_it_is_known_where_it_stands(store: Database) -> None:
    asked, other = a_post("Ana asks"), a_post("Bananas")
    await keep(store, asked, other, is_sent=False)
    unsure = [Outcome(id=each.id, state="unsure", not_before=each.not_before) for each in (asked, other)]
    await write(store, deliveries.record_outcomes, unsure)
    (said,) = await take_out(store)
    assert (said.post, said.channel, said.ts, said.body["text"]) == (asked.id, "C1", "", f"{NAME} asks")


async def test_an_edit_that_waits_is_sent_without_them_and_needs_no_other(store: Database) -> None:
    await keep(store, a_post("Ana asks"))
    await keep(store, an_edit("Ana agreed", at={"ts": "0"}), is_sent=False)
    assert await take_out(store) == []
    (row,) = store.reader.all("SELECT body FROM outbox WHERE act = 'update'")
    assert json.loads(row["body"])["text"] == f"{NAME} agreed"


async def test_what_a_sender_read_before_it_may_not_begin_to_send_with_their_name(store: Database) -> None:
    named, other = a_post("Ana asks"), a_post("Ben asks")
    await keep(store, named, other, is_sent=False)
    await take_out(store)
    lease = timedelta(seconds=15)
    assert [await write(store, deliveries.take, each, NOW, lease) for each in (named, other)] == [False, True]


async def test_what_waits_to_be_said_to_them_and_their_files_go(store: Database) -> None:
    said, waiting = (a_post("Hello").model_copy(update={"lane": "UANA"}) for _ in range(2))
    other = a_post("Hello").model_copy(update={"lane": "UBEN"})
    file = a_post("").model_copy(update={"lane": "UANA", "act": "upload", "body": {"content": "{}"}})
    await keep(store, said)
    await keep(store, waiting, other, file, is_sent=False)
    await write(store, deliveries.record_outcomes, [Outcome(id=file.id, state="sent")])
    assert await write(store, naming.drop_unsent, "T1", "UANA") == 2
    left = {row["id"] for row in store.reader.all("SELECT id FROM outbox")}
    assert left == {said.id, other.id}
    assert await take_out(store) == []


async def test_of_old_messages_it_is_kept_whom_they_named_last(store: Database) -> None:
    await write(store, people.note_names, "T1", {"UANA": "Ana", "UBEN": "Ben", "UELI": ""})
    await keep(store, a_post("Ana asks"), naming_her(PERSON), a_post("Ana asked"))
    edit = an_edit("Ben asked", at={"ts": "2"})
    await write(store, deliveries.add, [edit])
    later = to_text(NOW + timedelta(days=31))
    await write(store, naming.keep_where_named, "T1", later)
    await write(store, deliveries.record_outcomes, [Outcome(id=edit.id, state="sent")])
    await write(store, deliveries.forget_ended, "T1", NOW + timedelta(days=1))
    kept = store.reader.all("SELECT record_id, ts FROM old_messages ORDER BY record_id, ts")
    assert [tuple(each.values()) for each in kept] == [("UANA", "0"), ("UANA", "1"), ("UBEN", "2")]
    found = await take_out(store)
    assert [(each.channel, each.ts, each.body) for each in found] == [
        ("C1", "0", {"text": REMOVED}),
        ("C1", "1", {"text": REMOVED}),
    ]
    assert await take_out(store) == []


async def test_an_old_message_that_was_written_anew_since_is_left_alone(store: Database) -> None:
    await write(store, people.note_names, "T1", {"UANA": "Ana"})
    await keep(store, a_post("Ana asks"))
    later = NOW + timedelta(days=31)
    await write(store, naming.keep_where_named, "T1", to_text(later))
    await write(store, deliveries.forget_ended, "T1", later - timedelta(days=30))
    edit = an_edit("Ben agreed", at={"ts": "0"})
    await write(store, deliveries.add, [edit])
    await write(store, deliveries.record_outcomes, [Outcome(id=edit.id, state="sent")])
    assert await take_out(store) == []
