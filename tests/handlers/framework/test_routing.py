"""Routing as data: tables are joined once, and a name has one owner."""

import pytest

from handlers.framework.context import Context
from handlers.framework.routing import Command, Feature, join, phrases, route_of
from handlers.slack.interactions import Ask, Interaction
from handlers.slack.replies import Reply


async def first(_context: Context[Interaction]) -> Reply:
    return Reply()


async def second(_context: Context[Ask]) -> Reply:
    return Reply()


def test_a_first_word_that_is_no_subcommand_belongs_to_the_command() -> None:
    command = Command("glossary", first, "Words", subcommands={"add": second})
    assert command.meant_by("add  drift now") == (second, "drift now")
    assert command.meant_by("ADD") == (second, "")
    assert command.meant_by("adding up") == (first, "adding up")


@pytest.mark.parametrize(
    ("twice", "told"),
    [
        (Feature("a", commands=[Command("define", first, "")]), "two features claim the command define"),
        (Feature("a", actions={"press": first}), "two features claim the action press"),
        (Feature("a", views={"form": first}), "two features claim the view form"),
    ],
)
def test_a_name_that_two_features_claim_is_refused(twice: Feature, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        join([twice, twice])


def test_buttons_that_are_numbered_share_a_route() -> None:
    assert [route_of("look_up:3"), route_of("look_up")] == ["look_up", "look_up"]


def test_a_phrase_is_understood_in_any_case_and_with_a_question_mark() -> None:
    (phrase,) = phrases("owner", "card", "card of (?P<text>.+?)")
    match = phrase.pattern.fullmatch("Card of berth model ?!")
    assert (phrase.command, phrase.before, match and match["text"]) == ("owner", "card", "berth model")
