"""Whom a file means: by id, name, @name, e-mail address or a copied mention, and nobody where two may be meant."""

import pytest

from handlers.responsibilities.rules.people import Member, Owner, index, meant, member

MEMBERS = (
    Member("UANA", "Ana Ruiz", ("ana", "Ana R.", "ana@example.org")),
    Member("UDEV", "Dev Patel", ("dev",)),
    Member("UDEVB", "Dev Brown", ("devb", "Dev")),
)
PEOPLE = index(MEMBERS)


@pytest.mark.parametrize(
    "told", ["UANA", "ana ruiz", "Ana  Ruiz", "@ana", "@Ana R.", "ANA@example.org", "<@UANA>", "<@UANA|ana>"]
)
def test_somebody_is_named_in_many_ways(told: str) -> None:
    assert member(told, PEOPLE) == MEMBERS[0]


@pytest.mark.parametrize("told", ["uana", "an", "Ruiz", "", "@", "<@UX>", "ana@example.com"])
def test_what_nobody_is_called_is_nobody(told: str) -> None:
    assert isinstance(member(told, PEOPLE), str)


def test_of_two_none_is_guessed() -> None:
    assert member("@dev", PEOPLE) == "2 people are called @dev; give the member id instead"


def test_an_owner_is_found_by_the_first_name_that_somebody_has() -> None:
    assert Owner("user:default/x", ["x@example.org", "Dev Patel", "@ana"]).found(PEOPLE) == MEMBERS[1]
    assert Owner("@ana", ["nobody"]).found(PEOPLE) == MEMBERS[0]
    assert Owner("x", ["y"]).found(PEOPLE) == "x isn't anybody in this workspace who can own duties"


def test_a_name_stands_for_itself_where_nothing_else_is_said() -> None:
    assert (meant("a", {"a": "b"}), meant("c", {"a": "b"})) == ("b", "c")


def test_a_team_s_name_is_its_accountable_person_unless_a_person_has_that_name() -> None:
    team, other = Member("UANA", "Modelling", team="O1"), Member("UANA", "Ben Okafor", team="O2")
    known = index([team, other, Member("UANA", "Ana Ruiz"), Member("UBEN", "Ben Okafor")])
    assert member("modelling", known) == team
    assert member("ben okafor", known) == Member("UBEN", "Ben Okafor")
