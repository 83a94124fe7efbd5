"""A handler says which interaction it takes, and the type checker holds the tables to it; what it has at hand."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from mypy import api

from bot.local_slack.faults import Fault
from bot.local_slack.wire.server import LocalSlack
from handlers.framework.context import Context, UnknownPersonError, put_otherwise
from handlers.framework.services import Services
from handlers.slack.interactions import Ask, Place
from storage.workspaces.workspaces import Steward, choose_settings, workspace
from tests.writing import write

TEAM = "T0LOCAL"
ANA_ASKS = Ask(TEAM, "UANA", Place("CGENERAL"), "define drift", (), trigger_id="1")
Made = Callable[[Ask], Context[Ask]]

_WRONG = """
from handlers.framework.context import Context
from handlers.framework.routing import Command, Feature
from handlers.slack.interactions import Ask, BlockAction
from handlers.slack.replies import Reply


async def press(context: Context[BlockAction]) -> Reply:
    return Reply()


async def ask(context: Context[Ask]) -> Reply:
    return Reply()


async def ask_or_press(context: Context[Ask | BlockAction]) -> Reply:
    return Reply()


Feature("right", commands=[Command("a", ask, ""), Command("b", ask_or_press, "")], actions={"b": ask_or_press})
Feature("wrong", commands=[Command("a", press, "")])
Feature("wrong", actions={"a": ask})
"""


def test_a_buttons_handler_that_is_registered_as_a_command_is_an_error_of_the_type_checker(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(_WRONG, encoding="utf-8")
    told, _, _ = api.run(["--strict", "--explicit-package-bases", "--hide-error-context", str(wrong)])
    lines = _WRONG.splitlines()
    at = [int(number) for number in re.findall(r"wrong\.py:(\d+): error:", told)]
    assert [lines[number - 1] for number in at] == lines[-2:]


async def test_what_a_person_may_do_is_asked_once_a_request(services: Services, context_of: Made) -> None:
    context = context_of(ANA_ASKS)
    first = await context.actor()
    assert (first.user_id, first.is_admin, first.stewards) == ("UANA", False, [])
    steward = Steward(discipline="product", user_id="UANA")
    await write(services.store, choose_settings, TEAM, ("product",), "", [steward])
    assert await context.actor() is first
    assert (await context_of(ANA_ASKS).actor()).stewards == [steward]


async def test_admins_are_slacks_own_and_those_whom_the_setting_names(context_of: Made) -> None:
    asks = [replace(ANA_ASKS, user_id=who) for who in ("UANA", "UBEN", "UCHLOE", "UGUS")]
    assert [(await context_of(each).actor()).is_admin for each in asks] == [False, True, True, False]


async def test_what_may_be_shown_is_asked_once_a_request_and_unless_slack_says_who_asks_nothing_may(
    slack: LocalSlack, context_of: Made
) -> None:
    context = context_of(ANA_ASKS)
    slack.faults.arm("users.info", Fault("server_error"))
    with pytest.raises(UnknownPersonError):
        await context.viewpoint()
    first = await context.viewpoint()
    assert (first.visibilities, first.shown_to_all) == (("CSECRETLAUNCH", "workspace"), ("workspace",))
    slack.workspace.channels["CSECRETLAUNCH"].members.discard("UANA")
    assert await context.viewpoint() is first


@pytest.mark.parametrize(
    ("who", "today"), [("UANA", date(2026, 1, 6)), ("UCHLOE", date(2026, 1, 5)), ("UDEV", date(2026, 1, 6))]
)
async def test_today_is_the_persons_own(context_of: Made, who: str, today: date) -> None:
    late = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)
    assert await replace(context_of(replace(ANA_ASKS, user_id=who)), now=late).today() == today


async def test_today_is_utcs_where_slack_does_not_say_where_somebody_is(slack: LocalSlack, context_of: Made) -> None:
    slack.faults.arm("users.info", Fault("server_error"))
    late = replace(context_of(ANA_ASKS), now=datetime(2026, 1, 5, 23, 30, tzinfo=UTC))
    assert [await late.today(), await late.today()] == [date(2026, 1, 5), date(2026, 1, 6)]


async def test_a_context_has_what_the_bot_works_with(services: Services, context_of: Made) -> None:
    context = context_of(ANA_ASKS)
    assert (context.user_id, context.command_prefix, context.team_url) == ("UANA", "cg-", services.team_url)
    assert (context.store, context.directory, context.hooks) == (services.store, services.directory, services.hooks)
    assert (context.admins, context.commands) == (frozenset({"UBEN"}), services.hooks.commands)
    assert await context.read(workspace, TEAM) == context.workspace


async def test_the_same_question_in_other_words_is_still_of_the_same_person_and_place(context_of: Made) -> None:
    context = put_otherwise(context_of(ANA_ASKS), "of drift")
    assert context.interaction == replace(ANA_ASKS, text="of drift")
    assert (context.user_id, context.workspace.name) == ("UANA", "Harbour")
