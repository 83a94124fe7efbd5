"""Who may act for a workspace, and who hears of what needs somebody."""

from dataclasses import replace

import pytest

from bot.local_slack.faults import Fault
from bot.local_slack.wire.server import LocalSlack
from handlers.access.permissions import Actor, is_admin
from handlers.slack.directory import Directory
from handlers.slack.users import Person
from storage.workspaces.workspaces import Steward

TEAM, SECRET = "T0LOCAL", "CSECRETLAUNCH"
STEWARDS = [
    Steward(discipline="data science", user_id="UANA"),
    Steward(discipline="product", user_id="UANA"),
    Steward(discipline="product", user_id="UDEV"),
]
NOT_SAID = "Slack didn't tell me who this is. Please try again in a minute."


@pytest.fixture
def ana(directory: Directory) -> Actor:
    return Actor(TEAM, "UANA", is_admin=False, stewards=STEWARDS, admins=frozenset(), directory=directory)


def test_a_steward_acts_for_their_disciplines_and_an_admin_for_all(ana: Actor) -> None:
    assert ana.disciplines == ("data science", "product")
    assert [ana.may_act(each) for each in ("data science", "product", "operations")] == [True, True, False]
    dev = replace(ana, user_id="UDEV")
    assert [dev.may_act(each) for each in ("data science", "product", "operations")] == [False, True, False]
    chloe = replace(ana, user_id="UCHLOE", is_admin=True)
    assert (chloe.disciplines, chloe.may_act("operations")) == ((), True)


async def test_a_records_own_steward_goes_before_those_of_its_discipline_and_these_before_the_admins(
    ana: Actor,
) -> None:
    assert await ana.stewards_of("product", own="UBEN") == ("UBEN",)
    assert await ana.stewards_of("product") == ("UANA", "UDEV")
    assert await ana.stewards_of("operations") == ("UCHLOE",)
    with_ben = replace(ana, admins=frozenset({"UBEN"}))
    assert await with_ben.stewards_of("operations") == ("UBEN", "UCHLOE")


async def test_who_has_left_is_not_told_and_with_nobody_left_the_admins_are(slack: LocalSlack, ana: Actor) -> None:
    assert await ana.stewards_of("product") == ("UANA", "UDEV")
    slack.workspace.users["UDEV"].deleted = True
    ana.directory.hear(TEAM, {"type": "user_change", "user": {"id": "UDEV", "deleted": True}})
    assert await ana.stewards_of("product") == ("UANA",)
    assert await ana.stewards_of("product", own="UDEV") == ("UCHLOE",)


async def test_of_a_channels_record_only_its_members_are_told(ana: Actor) -> None:
    assert await ana.stewards_of("product", SECRET) == ("UANA",)
    assert await ana.stewards_of("operations", SECRET) == ("UCHLOE",)
    with_ben = replace(ana, admins=frozenset({"UBEN"}))
    assert await with_ben.stewards_of("operations", SECRET) == ("UCHLOE",)


async def test_who_is_a_guest_was_deactivated_or_does_not_exist_has_left_and_in_doubt_nobody_has(
    slack: LocalSlack, ana: Actor
) -> None:
    slack.workspace.users["UELI"].deleted = True
    assert [await ana.has_left(each) for each in ("UGUS", "UELI", "UNOBODY", "UDEV")] == [True, True, True, False]
    slack.faults.arm("users.info", Fault("server_error"))
    assert await ana.has_left("UBEN") is False


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("UBEN", ""),
        ("UGUS", "Gus Lindt is a guest or a bot here, or has left."),
        ("U0BOT", "Common Ground is a guest or a bot here, or has left."),
        ("UELI", "Eli Berg is a guest or a bot here, or has left."),
    ],
)
async def test_it_is_said_why_somebody_cannot_be_made_responsible(
    slack: LocalSlack, ana: Actor, who: str, told: str
) -> None:
    slack.workspace.users["UELI"].deleted = True
    assert await ana.why_unfit(who) == told


async def test_whom_slack_does_not_tell_of_cannot_be_made_responsible_now(slack: LocalSlack, ana: Actor) -> None:
    slack.faults.arm("users.info", Fault("server_error"))
    assert await ana.why_unfit("UBEN") == NOT_SAID
    assert await ana.why_unfit("UBEN") == ""


def test_admins_are_slacks_own_and_the_members_whom_the_setting_names() -> None:
    member = Person("UBEN", "Ben Okafor", is_guest=False, is_admin=False)
    assert is_admin(member, frozenset({"UBEN"})) is True
    assert is_admin(member, frozenset({"UANA"})) is False
    assert is_admin(replace(member, is_admin=True), frozenset()) is True
    assert is_admin(replace(member, is_guest=True), frozenset({"UBEN"})) is False
    assert is_admin(None, frozenset({"UBEN"})) is False
