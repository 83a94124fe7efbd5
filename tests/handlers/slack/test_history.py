"""The history of a record as people read it: the newest first, a page at a time."""

from typing import Any

from handlers.slack.blocks import Block, Message
from handlers.slack.history import history
from storage.records.versioned import HistoryEntry

NAMES = {"UANA": "Ana Ruiz"}
DOOR = ("decision_history", "d1")


def an_entry(number: int) -> HistoryEntry:
    return HistoryEntry(version=number, at=f"2026-01-{number:02}T09:00:00", by="UANA", what=f"step {number}")


def lines(message: Message) -> list[str]:
    body: Any = message.blocks[0]
    return ["".join(element["text"] for element in line["elements"]) for line in body["elements"]]


def button(message: Message) -> Block:
    (row,) = message.blocks[1:]
    elements = row["elements"]
    assert isinstance(elements, list)
    return dict(elements[0])


def test_each_step_says_when_who_what_and_why() -> None:
    entries = [
        HistoryEntry(at="2026-01-06T09:00:00", by="UANA", what="accepted", note="we all agree"),
        HistoryEntry(at="2026-01-05T10:00:00", by="UBEN", what="proposed"),
        HistoryEntry(at="2026-01-05T09:00:00", by="", what="imported"),
    ]
    told = history("History of D-1 <lift>", entries, NAMES, DOOR)
    assert lines(told) == [
        "History of D-1 <lift>",
        "2026-01-06 Ana Ruiz, accepted: we all agree",
        "2026-01-05 UBEN, proposed",
        "2026-01-05 Common Ground, imported",
    ]
    assert told.text == "History of D-1 &lt;lift&gt;"
    assert len(told.blocks) == 1


def test_a_record_without_a_step_says_so() -> None:
    assert lines(history("History", [], NAMES, DOOR)) == ["History", "No history yet."]


def test_twenty_steps_are_shown_and_a_button_leads_to_those_before() -> None:
    entries = [an_entry(number) for number in range(25, 0, -1)]
    first = history("History", entries, NAMES, DOOR)
    assert lines(first)[1:] == [f"2026-01-{number:02} Ana Ruiz, step {number}" for number in range(25, 5, -1)]
    assert (button(first)["action_id"], button(first)["value"]) == ("decision_history", "d1:20")
    assert button(first)["text"] == {"type": "plain_text", "text": "5 older", "emoji": False}
    second = history("History", entries, NAMES, DOOR, begin=20)
    assert lines(second)[1:] == [f"2026-01-{number:02} Ana Ruiz, step {number}" for number in range(5, 0, -1)]
    assert len(second.blocks) == 1
    assert len(history("History", entries[:20], NAMES, DOOR).blocks) == 1


def test_a_long_note_is_cut() -> None:
    told = history("History", [an_entry(1).model_copy(update={"note": "word " * 200})], NAMES, DOOR)
    assert lines(told)[1].startswith("2026-01-01 Ana Ruiz, step 1: word word")
    assert (len(lines(told)[1]) <= 400, lines(told)[1][-1]) == (True, "…")
