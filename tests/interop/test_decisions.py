"""Decisions out to files and back: nothing that people wrote is changed on the way."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from handlers.decisions import formats
from handlers.decisions.formats import Linked
from handlers.decisions.formats.markdown import guarded, name_of, parts, unguarded
from handlers.decisions.formats.sections import NAMES
from storage.decisions import decisions, votes
from storage.decisions.decisions import Decision
from storage.decisions.votes import Opinion
from storage.engine.interface import Transaction
from storage.records.versioned import HistoryEntry
from storage.workspaces.people import note_names
from tests.interop.round_trip import HOSTILE, PATH, TEAM, round_trip

AT = "2026-01-05T09:00:00.000000+00:00"
PROSE = (
    "why",
    "context",
    "options",
    "consequences",
    "assumptions",
    "expected",
    "links",
    "source_text",
    "outcome",
    "reason",
)
SHORT = ("review_when", "metric", "threshold", "source_link", "source_author", "component_name")
PEOPLE = {"UCHLOE": "Chloe Martin", "UDEV": "Dev: Patel", "UANA": "Ana (she)", "UBEN": "Same Name", "UELI": "Same Name"}


def one_line(text: str, most: int) -> str:
    return " ".join(text.split())[:most].strip()


def a_decision(place: int, text: str, **more: Any) -> Decision:
    told: dict[str, Any] = {
        "id": f"d{place}",
        "team_id": TEAM,
        "number": f"D-{place}",
        "title": one_line(text, 200),
        "state": "accepted",
        "created_by": "UDEV",
        "created_at": AT,
        "decided_at": AT,
        "decider": "UCHLOE",
        "attributes": ("cost", "latency"),
        "consulted": ("UANA", "UBEN"),
        "informed": ("UELI", "UNKNOWN"),
        "asked": ("UDEV",),
        "reversible": "no",
        "senses": ("s1:3",),
        "needs_data": True,
        "place": "C1",
        "thread_ts": "1.2",
        "review_on": "2026-07-01",
    }
    told |= dict.fromkeys(PROSE, text) | dict.fromkeys(SHORT, one_line(text, 300))
    return Decision.model_validate({**told, "amendments": (f"2026-01-06 {text}", f"2026-01-07 {text}"), **more})


def add(transaction: Transaction, decision: Decision) -> None:
    decisions.add(transaction, decision, HistoryEntry(at=AT, by="UDEV", what="logged"))


def fill(transaction: Transaction) -> None:
    """Keep decisions of hostile words, of which each replaces the one before; and what is said of them."""
    note_names(transaction, TEAM, PEOPLE)
    for place, text in enumerate(HOSTILE, 1):
        is_last = place == len(HOSTILE)
        ended = {} if is_last else {"state": "superseded", "superseded_by": f"d{place + 1}"}
        decision = a_decision(place, text, supersedes="" if place == 1 else f"d{place - 1}", **ended)
        add(transaction, decision)
        votes.vote(transaction, decision, Opinion(user_id="UBEN", vote="object", reason=text, at=AT))
    bare = {"id": "b", "team_id": TEAM, "title": "Bare", "decider": "", "created_by": ""}
    add(transaction, Decision.model_validate({**bare, "number": "D-90", "state": "proposed", "created_at": AT}))
    add(transaction, a_decision(91, "it is late", title="Ship", adds_to="b", silence_is_consent=True))
    add(transaction, a_decision(92, "In a channel", number="D-BCDFG", visibility="C1"))


@pytest.mark.parametrize("form", ["madr", "json", "csv"])
def test_a_store_full_of_hostile_texts_comes_back_as_the_same_bytes(tmp_path: Path, form: str) -> None:
    out = ("decisions", "export", PATH, "--format", form, "--include-private")
    told = round_trip(tmp_path, fill, out, ("decisions", "import", PATH)).decode()
    assert "very long very long" in told
    assert "D-BCDFG" in told
    assert "it is late" in told


HTML = st.sampled_from(["<script>", "~~~ <b>", "a `<i>` b", "<!-- c", "`<b>"])
LINES = st.sampled_from(
    [
        "# x",
        "## Status",
        "### Consequences",
        "#### deep",
        "---",
        "===",
        "-",
        "```",
        "~~~",
        "````",
        "``` py",
        "  ```",
        "    ```",
        "* a",
        "  b",
        "",
        "text",
        "\\# x",
        "\\---",
        "\\```",
        "> ```",
        "> # q",
        "* ```",
        "1. x",
        "   # y",
        "\t# t",
        "| a | b |",
        "+ # z",
        "\\",
        "#",
        "# #",
        "&lt;",
        "[a]: b '",
    ],
)


@settings(max_examples=150)
@given(st.lists(LINES, max_size=9).map(lambda lines: "\n".join(lines).strip()), st.sampled_from([2, 3]))
def test_no_line_of_a_text_begins_another_part_and_all_come_back(text: str, level: int) -> None:
    told = guarded(text, level, NAMES)
    assert unguarded(told) == text
    begin, *inner, end = parts(f"{'#' * level} Here\n\n{told}\n\n## Elsewhere\n\nend")[1:]
    assert (begin.heading, end.heading, end.text) == ("Here", "Elsewhere", "end")
    assert all(each.level > level and name_of(each.heading) not in NAMES for each in inner)


@settings(max_examples=150)
@given(st.lists(LINES | HTML, max_size=9).map(lambda lines: "\n".join(lines).strip()))
def test_words_in_a_file_are_no_html_and_come_back(text: str) -> None:
    decision = a_decision(1, text, title="Use queues", amendments=())
    told = formats.write(decision, Linked({}, {}, {}))
    tokens = MarkdownIt("commonmark").parse(told.split("\n---\n", 1)[1])
    kinds = {each.type for token in tokens for each in (token, *(token.children or ()))}
    assert kinds.isdisjoint({"html_block", "html_inline"})
    fields = formats.read("d.md", told).fields
    assert [fields.get(name, "") for name in PROSE] == [getattr(decision, name) for name in PROSE]
