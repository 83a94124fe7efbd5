"""Which decision took the place of which, and which numbers they have, when files of others come in."""

import pytest

from handlers.decisions.rules import importing
from tests.handlers.decisions.test_files_of_others import a_file, planned

NEW = "# New\n\n## Status\n\nAccepted\n"


@pytest.mark.parametrize(
    ("status", "file"),
    [
        ("Superseded by [13. New](0013-new.md)", "0013-new.md"),
        ("⌛️ Superseded [0013](./0013-new.md)", "0013-new.md"),
        ("Superseded (never built) by [ADR 13](/adr/13) and [ADR 14](/adr/14)", "2024-01-02_013-new.md"),
        ("superseded by ADR-0013", "adr-013-new.md"),
        ("superseded by [20240102-new](20240102-new.md)", "20240102-new.md"),
        ("Accepted at the meeting of ADR-7; superseded by 13.", "ODH-ADR-0013-new.md"),
    ],
)
def test_a_successor_is_found_by_its_file_or_number(status: str, file: str) -> None:
    old, new = planned(a_file(f"# Old\n\n## Status\n\n{status}\n", "0012-old.md"), a_file(NEW, file)).added
    assert (old.state, old.superseded_by, new.supersedes) == ("superseded", new.id, old.id)


def test_a_successor_that_only_says_so_itself_is_linked() -> None:
    old = a_file("# Old\n\n## Status\n\nSuperseded\n", "0012-old.md")
    new = a_file("# New\n\n## Status\n\nAccepted; supersedes ADR-0012\n", "0013-new.md")
    first, second = planned(old, new).added
    assert (first.state, first.superseded_by) == ("superseded", second.id)


def test_of_two_files_of_one_number_none_is_the_successor() -> None:
    old = a_file("# Old\n\n## Status\n\nSuperseded by ADR-13\n", "0012-old.md")
    made = planned(old, a_file(NEW, "0013-new.md"), a_file(NEW, "0013-newer.md"))
    assert [each.state for each in made.added] == ["deprecated", "accepted", "accepted"]


def test_numbers_count_in_their_folder() -> None:
    old = a_file("# Old\n\n## Status\n\nSuperseded by ADR-13\n", "a/0012-old.md")
    made = planned(old, a_file(NEW, "a/0013-new.md"), a_file(NEW, "b/0013-other.md"))
    assert made.added[0].superseded_by == made.added[1].id


@pytest.mark.parametrize("status", ["Superseded by ADR-13", "Superseded by [New](0013-new.md)"])
def test_a_successor_that_arrives_later_is_linked(status: str) -> None:
    (waiting,) = planned(a_file(f"# Old\n\n## Status\n\n{status}\n", "0012-old.md")).added
    assert waiting.state == "deprecated"
    other = planned(a_file(NEW, "0014-other.md"), there=(waiting,))
    assert other.linked == []
    made = planned(a_file(NEW, "0013-new.md"), there=(waiting,))
    assert made.linked == [(waiting, made.added[0])]
    assert "  > D-1 Old: superseded by D-2" in importing.as_lines(made)


def test_what_was_replaced_long_ago_finds_its_successor_in_the_log() -> None:
    (there,) = planned(a_file(NEW, "0013-new.md")).added
    (old,) = planned(a_file("# Old\n\n## Status\n\nSuperseded by ADR-13\n", "0012-old.md"), there=(there,)).added
    assert (old.state, old.superseded_by) == ("superseded", there.id)


def test_numbers_are_kept_where_that_is_asked_for() -> None:
    names = ("0012-old.md", "adr-030-new.md", "20240102-day.md", "sub/0012-again.md")
    made = planned(*(a_file(NEW, name) for name in names), keeps_numbers=True)
    assert [each.number for each in made.added] == ["D-12", "D-30", "D-31"]
    assert [each.error for each in made.refused] == ["number: D-12 is in another file too"]
    there = made.added[0]
    again = planned(a_file(NEW, "0012-old.md"), a_file(NEW, "x/0012-else.md"), keeps_numbers=True, there=(there,))
    assert again.unchanged == 1
    assert [each.error for each in again.refused] == ["number: D-12 is in the log too"]
