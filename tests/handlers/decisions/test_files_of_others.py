"""Decisions as other people write them: what state and day they have, and that nothing of them is lost."""

from datetime import UTC, datetime

import pytest

from handlers.decisions import formats
from handlers.decisions.formats import Read
from handlers.decisions.rules import importing
from handlers.decisions.rules.importing import Log, Plan
from storage.decisions.decisions import Decision

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def planned(*files: Read, keeps_numbers: bool = False, there: tuple[Decision, ...] = ()) -> Plan:
    log = Log("T1", {each.number: each for each in there}, [], len(there), keeps_numbers=keeps_numbers)
    return importing.plan(files, log, NOW)


def a_file(text: str, name: str = "0012-use-queues.md") -> Read:
    return formats.read(name, text)


def read(text: str, name: str = "0012-use-queues.md") -> Decision:
    made = planned(a_file(text, name))
    assert made.refused == []
    return made.added[0]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Accepted", "accepted"),
        ("✅ Accepted", "accepted"),
        ("**Accepted**", "accepted"),
        ("{ accepted }", "accepted"),
        ("Approved by the board.", "accepted"),
        ("Accepted. Deprecated APIs are left out.", "accepted"),
        ("accepted; supersedes ADR-0045", "accepted"),
        ("Partly superseded by ADR-7", "accepted"),
        ("Pending", "proposed"),
        ("on hold", "proposed"),
        ("🤔 Proposed", "proposed"),
        ("Not yet approved", "proposed"),
        ("~~Proposed~~ Accepted", "accepted"),
        ("* [ ] Proposed\n* [x] Accepted", "accepted"),
        ("2020-01-01 proposed\n\n2020-02-01 accepted", "accepted"),
        ("Accepted -> Deprecated", "deprecated"),
        ("Rejected", "rejected"),
        ("Decided against", "rejected"),
        ("Not accepted", "rejected"),
        ("Reverted by [the board](https://x.example/1198).\n\nIt was dear.", "deprecated"),
        ("Deprecated (nothing follows it)", "deprecated"),
        ("No longer in use", "deprecated"),
    ],
)
def test_a_state_is_read_however_it_is_written(status: str, state: str) -> None:
    assert read(f"# Use queues\n\n## Status\n\n{status}\n\n## Context\n\nx\n").state == state


@pytest.mark.parametrize(
    "status",
    [
        "Accepting",
        "Decided nothing",
        "No",
        "Unapproved",
        "Refined",
        "proposed | accepted | rejected",
        "Accepted?no",
        "Accepted, but rejected by two",
        "Approval",
        "Inactive",
        "Undone",
    ],
)
def test_what_is_no_state_is_refused_by_its_line(status: str) -> None:
    (refused,) = planned(a_file(f"# T\n\n## Status\n\n{status}\n")).refused
    assert refused.error.startswith("line 5: status: “")


@pytest.mark.parametrize(
    "text",
    [
        "---\nstatus: rejected\ndate: 2024-05-06\n---\n# Use queues\n",
        "# Use queues\n\n* Status: rejected\n* Date: 2024-05-06\n",
        "# Use queues\n\n**Status**: rejected\n\n**Date:** 6 May 2024\n",
        "# Use queues\n\n| | |\n| --- | --- |\n| **Status** | rejected |\n| Date | May 6th, 2024 |\n",
        "# Use queues\n\n| Status | Owner | Date |\n| --- | --- | --- |\n| Rejected | Ana | 2024-5-6 |\n",
        "Use queues\n==========\n\nDate: 2024/05/06\n\nStatus\n------\n\nRejected\n",
        "---\ntitle: 12. Use queues\n---\n\n## Status\n\nRejected\n\n## Date\n\n6. Mai 2024\n",
        "## Use queues\n\n### Status: Rejected\n\n### Date: 06.05.2024\n",
        "# ADR-0012: Use queues\n\nStatus: Rejected\nDate: 20240506\n\n## Context\n\n```\n## Status\n\nAccepted\n```\n",
    ],
)
def test_state_and_day_are_found_wherever_they_stand(text: str) -> None:
    made = read(text)
    assert (made.title, made.state, made.created_at[:10]) == ("Use queues", "rejected", "2024-05-06")


@pytest.mark.parametrize(
    ("date", "why"),
    [
        ("03/04/2024", "can be 2024-03-04 or 2024-04-03; write the one that is meant"),
        ("31/02/2024", "is no day; write it like 2026-12-24"),
        ("2024-023-2706", "can't be read as a day; write it like 2026-12-24"),
        ("January, 2026", "can't be read as a day; write it like 2026-12-24"),
        ("insert date", "can't be read as a day; write it like 2026-12-24"),
    ],
)
def test_a_day_that_is_none_or_could_be_two_is_refused(date: str, why: str) -> None:
    (refused,) = planned(a_file(f"# T\n\nDate: {date}\n")).refused
    assert refused.error == f"line 3: date: “{date}” {why}"


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("23/11/2024", "2024-11-23"),
        ("11/23/2024", "2024-11-23"),
        ("22-10-2024", "2024-10-22"),
        ("11-April-2023", "2023-04-11"),
        ("Sep 5th, 2023", "2023-09-05"),
        ("Tuesday 12 May 2024", "2024-05-12"),
        ("12 de mayo de 2024", "2024-05-12"),
        ("2024-05-06T10:00:00Z", "2024-05-06"),
        ("{2023-11-10}", "2023-11-10"),
    ],
)
def test_a_day_is_read_in_the_common_forms(date: str, day: str) -> None:
    assert read(f"# T\n\nDate: {date}\n").created_at == f"{day}T00:00:00.000000+00:00"


def test_a_day_in_the_name_of_a_file_counts_where_the_file_has_none() -> None:
    made = read("# Use queues\n\n## Context\n\nx\n", "2021-06-05_001-use-queues.md")
    assert (made.created_at[:10], made.origin) == ("2021-06-05", "2021-06-05_001-use-queues.md")


LONG = """<!-- a comment that nobody sees -->

# 12. Use queues

Things arrive in bursts.

* Status: Accepted
* Date: 2020-03-01, updated 2021-01-01
* Deciders: Ana, Ben
* Tags: queue

## Context

{long}

## Decision Drivers

* cost
* It must be easy

## Decision Outcome

Queues.

### Consequences

They fill up.

### Rollout

Slowly.

## Pros and Cons of the Options

### Streams

* Bad, because dear

## Notes

```sh
# not a heading
```
"""


def test_nothing_of_a_file_is_lost() -> None:
    made = read(LONG.format(long="very long " * 1000))
    assert made.context.startswith("Things arrive in bursts.\n\n* Tags: queue\n\nvery long ")
    assert made.context.endswith(" long \n\nDecision drivers:\n\n* cost\n* It must be easy")
    assert len(made.context) > 10_000
    assert made.attributes == ("cost",)
    assert (made.why, made.consequences) == ("Queues.\n\n### Rollout\n\nSlowly.", "They fill up.")
    assert made.options == "Pros and Cons of the Options:\n\n### Streams\n\n* Bad, because dear"
    assert made.links.split("\n\n", 1)[0] == "Notes:"
    assert "```sh\n# not a heading\n```" in made.links
    assert made.links.endswith("Decision makers: Ana, Ben\n\nDate: 2020-03-01, updated 2021-01-01")


def test_front_matter_of_other_tools_is_kept_or_named() -> None:
    front = "---\nnav_order: 3\ntags: [queue, cost]\nconsulted: Ana\ninformed: {Ben, Eli}\nstatus: pending\n---\n"
    made = planned(a_file(f"{front}# Use queues\n"))
    assert made.added[0].links == "Consulted: Ana\n\nInformed: Ben, Eli\n\nStatus: pending\n\nTags: queue, cost"
    told = importing.as_lines(made)[2:]
    assert told == [
        "  ~ “pending” taken as proposed: 0012-use-queues.md",
        "  ~ no date, dated today: 0012-use-queues.md",
        "  ~ not kept, since it is the layout of a site: nav_order: 0012-use-queues.md",
    ]


def test_a_title_is_found_or_the_file_is_refused() -> None:
    assert read("## Context\n\nx\n").title == "Use queues"
    assert read("# {short title}\n\n## Context\n\nx\n").title == "Use queues"
    assert read("# 3 ways to fail\n").title == "3 ways to fail"
    assert read("# 0012. Use queues\n").title == "Use queues"
    assert read("# Move stage 2: the queue, ADR-7: on hold\n").title == "Move stage 2: the queue, ADR-7: on hold"
    assert read("# Use queues ##\n").title == "Use queues"
    assert read("# Use C#\n").title == "Use C#"
    assert read("# Status\n\n## Context\n\nx\n").title == "Status"
    refused = planned(
        a_file("# [short title]\n\n## Context\n\nx\n", "a.md"),
        a_file("# A guide\n\n## Steps\n\nx\n"),
    ).refused
    assert [each.error for each in refused] == [
        "“[short title]” is the title of a template",
        "it has neither a status nor a heading that decisions have, such as Context or Decision",
    ]
    title = "x" * 201
    made = planned(a_file(f"# {title}\n\n## Status\n\nAccepted\n"))
    assert (made.added[0].title, made.added[0].links) == ("x" * 200, f"Title: {title}")
    assert made.notes == [
        ("0012-use-queues.md", "no date, dated today"),
        ("0012-use-queues.md", "title cut to 200 characters, with all of it under More Information"),
    ]
