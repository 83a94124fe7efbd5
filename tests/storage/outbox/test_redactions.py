"""The text of a record is found in the messages that tell of it, in any case, and in no other message."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from storage.engine.interface import WORKSPACE, Database
from storage.outbox import deliveries, redactions
from storage.outbox.deliveries import Delivery, Outcome
from storage.outbox.redactions import Redaction, Said, sought
from storage.records.ids import new_id
from storage.workspaces import summaries
from storage.workspaces.summaries import Run
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
GONE = "Redacted by Ana."
RUN = Run(
    id="run", team_id="T1", subject="C1", period="2026-01-05", begins_at="", ends_at="", state="posted",
    figures={}, keys=(), thread="run",
)  # fmt: skip


def a_post(text: str, *more: str, thread: str = "", team_id: str = "T1") -> Delivery:
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": each}} for each in more]
    return Delivery(
        act="post", team_id=team_id, visibility=WORKSPACE, lane="C1", thread=thread,
        body={"text": text, "blocks": blocks}, **deliveries.due_at_once(NOW, timedelta(days=1)),
    )  # fmt: skip


async def keep(store: Database, *posts: Delivery, is_sent: bool = True) -> None:
    await write(store, deliveries.add, posts)
    sent = [
        Outcome(id=each.id, state="sent", slack_ts=str(place), slack_channel="C1") for place, each in enumerate(posts)
    ]
    await write(store, deliveries.record_outcomes, sent if is_sent else [])


async def bodies(store: Database) -> list[str]:
    rows = store.reader.all("SELECT body FROM outbox ORDER BY id")
    return [json.loads(row["body"])["text"] for row in rows]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ärger im hafen", "Nobody likes ÄRGER IM HAFEN today"),
        ("ÄRGER IM HAFEN", "“Ärger im Hafen” it is"),
        ("Große Straße", "GROSSE STRASSE, in capitals"),
        ("GROSSE STRASSE", "große Straße, in small letters"),
        ("Σίσυφος rolls", "ΣΊΣΥΦΟΣ ROLLS"),
        ("ärger im hafen", "A\u0308rger im Hafen, as another keyboard writes it"),
        ("two  words here", "Two\nWords Here, on two lines"),
        ('say "stop now"', 'He did SAY "STOP NOW" twice'),
    ],
)
async def test_a_text_is_found_in_any_case(store: Database, written: str, said: str) -> None:
    await keep(store, a_post(said), a_post("Something else in the hafen strasse, to say now"))
    found = await write(store, redactions.take_out_of_messages, "T1", sought([], [written]), GONE)
    assert found == [Said(channel="C1", ts="0", body={"text": GONE})]
    assert await bodies(store) == [GONE, "Something else in the hafen strasse, to say now"]


async def test_a_part_of_another_word_is_another_text(store: Database) -> None:
    said = ["Hafenärgernisse", "hafenärger", "a quarrel"]
    await keep(store, *map(a_post, said))
    await write(store, redactions.take_out_of_messages, "T1", sought([], ["HAFENÄRGER"]), GONE)
    assert await bodies(store) == ["Hafenärgernisse", GONE, "a quarrel"]


async def test_a_long_text_is_found_where_a_message_has_cut_it(store: Database) -> None:
    long = "As everybody in the Ärger Department has known for a very long time, " * 3
    await keep(store, a_post(f"{long[:70].upper()}…"))
    await write(store, redactions.take_out_of_messages, "T1", sought([], [long]), GONE)
    assert await bodies(store) == [GONE]


async def test_a_message_is_found_by_the_id_of_its_record_or_by_its_thread(store: Database) -> None:
    record, thread = new_id(), new_id()
    await keep(store, a_post(f"Open {record}"), a_post("in it", thread=thread), a_post("in none"))
    await write(store, redactions.take_out_of_messages, "T1", sought([record], [], thread), GONE)
    assert await bodies(store) == [GONE, GONE, "in none"]


async def test_what_is_not_sent_yet_is_not_sent_and_other_workspaces_keep_theirs(store: Database) -> None:
    await keep(store, a_post("ÄRGER AM KAI"), a_post("Ärger am Kai", team_id="T2"), is_sent=False)
    assert await write(store, redactions.take_out_of_messages, "T1", sought([], ["ärger am kai"]), GONE) == []
    assert await bodies(store) == ["Ärger am Kai"]


async def test_of_a_summary_only_what_tells_of_the_record_goes(store: Database) -> None:
    await write(store, summaries.add_run, RUN)
    await keep(store, a_post("The week", "Retrain monthly", "ÄRGER AM KAI", thread="run"))
    (said,) = await write(store, redactions.take_out_of_messages, "T1", sought([], ["Ärger am Kai"]), GONE)
    assert said.body["text"] == "The week"
    told = json.dumps(said.body, ensure_ascii=False)
    assert (GONE in told, "ÄRGER" in told, "Retrain monthly" in told) == (True, False, True)
    (said,) = await write(store, redactions.take_out_of_messages, "T1", sought([], ["Retrain monthly"]), GONE)
    # The text stands for the first block, and may have words of it that are too short to be looked for.
    assert said.body["text"] == GONE


async def test_what_a_sender_read_before_a_redaction_it_may_not_begin_to_send_after_it(store: Database) -> None:
    await write(store, summaries.add_run, RUN)
    summary, note = a_post("The week", "Retrain monthly", "ÄRGER AM KAI", thread="run"), a_post("Ärger am Kai")
    await keep(store, summary, note, is_sent=False)
    await write(store, redactions.take_out_of_messages, "T1", sought([], ["Ärger am Kai"]), GONE)
    lease = timedelta(seconds=15)
    assert [await write(store, deliveries.take, each, NOW, lease) for each in (summary, note)] == [False, False]
    kept = deliveries.delivery(store.reader, summary.id)
    assert kept is not None
    assert await write(store, deliveries.take, kept, NOW, lease) is True


async def test_every_message_is_looked_through_however_many_there_are(store: Database) -> None:
    posts = [a_post(f"Nothing {number}") for number in range(1100)]
    await keep(store, a_post("Ärger am Kai"), *posts, a_post("ÄRGER AM KAI"))
    found = await write(store, redactions.take_out_of_messages, "T1", sought([], ["ärger am kai"]), GONE)
    assert [each.ts for each in found] == ["0", "1101"]


async def test_a_message_that_the_outbox_has_forgotten_is_still_known_by_its_record(store: Database) -> None:
    record = new_id()
    await keep(store, a_post(f"Open {record}"))
    await write(store, redactions.keep_where_said, "T1", "2026-01-06")
    wanted = sought([record], [])
    (said,) = await write(store, redactions.old_messages, "T1", wanted, GONE)
    assert said == Said(channel="C1", ts="0", body={"text": GONE})
    assert await write(store, redactions.old_messages, "T1", wanted, GONE) == []


def test_words_that_anybody_may_use_are_not_looked_for() -> None:
    assert sought([], ["berth", "“berth”", "(redacted)", "redacted 12ab", "Long enough"]).texts == (
        "Long enough", "“berth”",
    )  # fmt: skip


async def test_that_something_was_redacted_is_noted_once(store: Database) -> None:
    first = Redaction(team_id="T1", kind="decision", record_id="1", visibility="C1", by="UANA", at="2026-01-05")
    for each in (first, first.model_copy(update={"by": "UBEN"})):
        await write(store, redactions.note, each)
    assert redactions.redactions_of(store.reader, "T1", ["C1"]) == [first]
    assert redactions.redactions_of(store.reader, "T1", ["workspace"]) == []
    assert redactions.redactions_of(store.reader, "T2", ["C1"]) == []
