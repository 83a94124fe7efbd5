"""Decisions as Markdown: ours comes back as it was, and what others wrote is read as far as it goes."""

from datetime import UTC, datetime

import pytest

from handlers.decisions import formats
from handlers.decisions.formats import Linked, Read
from handlers.decisions.rules import importing
from handlers.decisions.rules.importing import Log
from storage.decisions.decisions import Decision
from tests.handlers.decisions.rules.test_moves import a_decision

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
AT = "2026-01-05T09:00:00.000000+00:00"
FULL = a_decision(
    number="D-12", title="Ship in batch: no streams", why="Latency is no issue.\n\n# Not a heading\n\\# nor this",
    context="Berths change weekly.\n\n## Not a section", options="* Stream: too dear\n* Batch",
    consequences="Nights only", assumptions="Nobody sails at night", reversible="no", attributes=("latency", "cost"),
    consulted=("UANA",), informed=("UDEV", "UX"), review_on="2026-07-01", review_when="1,000 labels",
    expected="Fewer misses", expected_by="2026-06-01", links="https://runs.example/1", metric="recall",
    threshold="0.9", source_text="> We\nsaid so", source_author="UBEN",
    source_link="https://slack.example/archives/C1/p1", senses=("s1:3",), asked=("UELI",), decided_at=AT,
    created_at=AT, outcome="Half as many", place="CGENERAL", thread_ts="1.2",
    amendments=("2026-01-06 Except on Sundays", "2026-01-07 Two\n\nlines\n* and a star"), component_name="churn model",
)  # fmt: skip
LINKED = Linked({"1": "D-12"}, {}, {"UCHLOE": "Chloe Martin", "UANA": "Ana Ruiz"})


def planned(*files: Read, last: int = 0) -> importing.Plan:
    return importing.plan(files, Log("T1", {}, [], last), NOW)


def test_our_own_file_comes_back_as_it_was() -> None:
    text = formats.write(FULL, LINKED)
    (again,) = planned(formats.read("d-12.md", text)).added
    assert again.model_copy(update={"id": "1"}) == FULL
    assert formats.write(again, LINKED) == text


def test_a_file_says_who_reported_a_decision_that_is_not_confirmed_and_keeps_it_so() -> None:
    reported = a_decision(state="proposed", created_at=AT)
    text = formats.write(reported, LINKED)
    assert "status: proposed\n" in text
    assert "reported-by:\n- (UDEV)\n" in text
    assert "| proposed, reported by another |" in formats.index([reported])
    (again,) = planned(formats.read("d-1.md", text)).added
    assert again.is_reported
    assert "reported" not in formats.write(a_decision(created_at=AT), LINKED)


@pytest.mark.parametrize("title", ["Use C#", "Use # as a mark #", "Ünder – way", "1. First"])
def test_a_title_comes_back_as_it_was(title: str) -> None:
    decision = a_decision(title=title, created_at=AT, decided_at=AT)
    (again,) = planned(formats.read("d.md", formats.write(decision, LINKED))).added
    assert again.title == title


def test_front_matter_ends_at_the_first_line_of_three_dashes_and_keeps_dates_as_they_are_written() -> None:
    text = "---\nstatus: proposed  \ndate: 2024-05-06\n--- \n\n# Use queues\n\n## Context\n\nAbove\n\n---\nbelow\n"
    (read,) = planned(formats.read("a.md", text.replace("\n", "\r\n"))).added
    assert (read.title, read.state, read.created_at[:10]) == ("Use queues", "proposed", "2024-05-06")
    assert read.context == "Above\n\n---\nbelow"


def test_what_begins_with_a_line_of_other_dashes_has_no_front_matter() -> None:
    (read,) = planned(formats.read("a.md", "-----\n\n# Use queues\n\n## Context\n\nAbove\n\n---\n")).added
    assert (read.title, read.context) == ("Use queues", "Above\n\n---")


def test_our_own_file_keeps_words_that_yaml_would_take_for_something_else() -> None:
    odd = a_decision(
        created_at=AT,
        decided_at=AT,
        review_when="yes: # no",
        metric="---",
        threshold="0.90",
        source_author="null",
        senses=("1:2",),
        place="\U0001f6a2 harbour",
    )
    text = formats.write(odd, LINKED)
    assert "place: \U0001f6a2 harbour\n" in text
    (again,) = planned(formats.read("d.md", text)).added
    assert again.model_copy(update={"id": odd.id}) == odd


MADR_2 = """# Use streams

* Status: superseded by [ADR-0013](0013-x.md)
* Deciders: Ana, Ben
* Date: 2021-02-03

## Context and Problem Statement

Things arrive.

## Decision Outcome

Streams.

### Positive Consequences

* Fast

## Pros and Cons of the Options

Queues fill up.

## Notes

Ask Ana.
"""


def test_an_older_madr_file_keeps_what_it_has() -> None:
    (read,) = planned(formats.read("0012-x.md", MADR_2)).added
    assert (read.state, read.created_at[:10], read.reason) == (
        "deprecated", "2021-02-03", "superseded by 13, which isn't here",
    )  # fmt: skip
    assert read.consequences == "Positive Consequences:\n\n* Fast"
    assert read.options == "Pros and Cons of the Options:\n\nQueues fill up."
    assert read.links == "Notes:\n\nAsk Ana.\n\nDecision makers: Ana, Ben"


def test_the_same_folder_twice_adds_nothing() -> None:
    file = formats.read("0012-x.md", MADR_2)
    (read,) = planned(file).added
    again = importing.plan([file], Log("T1", {read.number: read}, [], 1), NOW)
    assert (again.added, again.unchanged) == ([], 1)


def test_numbers_that_files_name_are_not_given_to_others() -> None:
    files = [formats.read("a.md", "# A\n"), formats.read("b.md", "---\nnumber: D-1\n---\n# B\n")]
    files.append(formats.read("c.md", "---\nnumber: D-1\n---\n# C\n"))
    made = planned(*files)
    assert [each.number for each in made.added] == ["D-2", "D-1"]
    assert [each.error for each in made.refused] == ["number: D-1 is in another file too"]


def test_a_file_reads_well() -> None:
    lines = formats.write(a_decision(why="it is cheap", attributes=("cost",)), LINKED).split("\n")
    assert lines == [
        "---", "status: accepted", "date: '2026-01-05'", "decision-makers:", "- Chloe Martin", "number: D-1",
        "created_by:", "- (UDEV)", "created_at: '2026-01-05'", "slack-ids:",
        "  Chloe Martin: UCHLOE", "---", "", "# Ship in batch", "", "## Decision Drivers",
        "", "* cost", "", "## Decision Outcome", "", 'Chosen option: "Ship in batch", because it is cheap', "",
    ]  # fmt: skip
    assert formats.file_name(a_decision(title="Ünder / way!")) == "d-1-nder-way.md"
    assert "| [D-1](d-1-ship-in-batch.md) | Ship in batch | accepted | 2026-01-05 |" in formats.index([a_decision()])


NYGARD = """# 12. Use queues

Date: 2020-03-01

## Status

Superseded by [13. Use streams](0013-use-streams.md)

## Context

Things arrive.

## Decision

We use queues.

## Consequences

They fill up.
"""


def test_what_others_wrote_gets_numbers_and_keeps_its_links() -> None:
    old = formats.read("0012-use-queues.md", NYGARD)
    new = formats.read("0013-use-streams.md", "# 13. Use streams\n\n## Status\n\nAccepted\n\n## Decision\n\nStreams.\n")
    first, second = planned(old, new, last=4).added
    assert (first.number, first.title, first.state, first.superseded_by) == (
        "D-5",
        "Use queues",
        "superseded",
        second.id,
    )
    assert (first.context, first.why, first.consequences) == ("Things arrive.", "We use queues.", "They fill up.")
    assert (first.created_at[:10], first.decider, second.number) == ("2020-03-01", "", "D-6")


def test_a_decision_whose_successor_nobody_finds_is_deprecated() -> None:
    (alone,) = planned(formats.read("0012-use-queues.md", NYGARD)).added
    assert (alone.state, alone.reason) == ("deprecated", "superseded by 13, which isn't here")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("no heading", "there is no heading with what was decided"),
        ("---\nstatus: accepted\n", "the front matter has no end"),
        ("---\na: [\n---\n# T\n", "the front matter isn't YAML"),
        ("---\n- a\n---\n# T\n", "the front matter has no fields"),
        ("---\n---\n# T\n", "the front matter has no fields"),
        ("---\na: &a [*a]\n---\n", "the front matter isn't YAML: it refers to another part"),
        ("---\nreversible: maybe\n---\n# T\n", "reversible: Input should be"),
        ("---\nnumber: /../../evil\n---\n# T\n", "number: '/../../EVIL' is none such as D-12"),
        ("---\nsenses: 5\n---\n# T\n", "senses: this should be a list"),
        ("---\nreview_on: soon\n---\n# T\n", "review_on: “soon” can't be read as a day; write it like 2026-12-24"),
        ("# T\n\n## Status\n\nPerhaps\n", "line 5: status: “Perhaps” isn't a state that I know; write proposed"),
        ("---\na: b\nc: d: e\n---\n# T\n", "the front matter isn't YAML: line 3, column 5: "),
        ("---\nreview_on: 2026-02-30\n---\n# T\n", "review_on: “2026-02-30” can't be read as a day"),
        ("---\nnumber: D-1\nopinions: [{user_id: U1, vote: agree, at: then}]\n---\n# T\n", "opinions: “then” can't be"),
        ("---\nnumber: D-1\ncreated_at: 2026-01-05T25:00\n---\n# T\n", "created_at: “2026-01-05T25:00” can't be read"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(text: str, error: str) -> None:
    (refused,) = planned(formats.read("a.md", text)).refused
    assert refused.error.startswith(error)


def test_what_is_there_already_stays() -> None:
    there = Log("T1", {"D-12": FULL}, [], 12)
    made = importing.plan([formats.read("d-12.md", formats.write(FULL, LINKED))], there, NOW)
    assert importing.as_lines(made) == ["0 added, 1 unchanged, 0 refused"]


def test_a_plan_is_told_line_by_line() -> None:
    made = planned(formats.read("a.md", "# A\n"), formats.read("b.md", "nothing"), formats.read("c.md", "# C\n"))
    assert importing.as_lines(made, most=1) == [
        "2 added, 0 unchanged, 1 refused", "  + D-1 A (accepted)", "  and 1 more",
        "  ~ no status, taken as accepted: a.md, c.md",
        "  ~ no date, dated today: a.md, c.md",
        "  ! b.md: there is no heading with what was decided",
    ]  # fmt: skip
    assert isinstance(made.added[0], Decision)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "&lt;script&gt;",
        "a & b < c",
        "<!-- x -->",
        "&amp;lt;",
        "`` `<script>",
        "`&lt;` <b> `x`",
    ],
)
def test_words_are_no_html_in_a_file_and_come_back_as_they_were(text: str) -> None:
    decision = a_decision(title=text, why=text, context=text)
    shown = formats.write(decision, Linked({}, {}, {})) + formats.index([decision])
    assert "<script" not in shown
    assert "<!--" not in shown
    fields = formats.read("d.md", formats.write(decision, Linked({}, {}, {}))).fields
    assert (fields["title"], fields["why"], fields["context"]) == (text, text, text)
