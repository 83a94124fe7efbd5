"""Who people are: asked one by one while they are few, from one list when they are many, and exact after a change."""

import asyncio
from datetime import timedelta

from bot.local_slack.workspace.state import User
from bot.trial.run import Trial
from tests.handlers.slack.test_directory import TEAM, asking, broken


def many_people(trial: Trial, count: int) -> list[str]:
    users = trial.slack.workspace.users
    users |= {f"UMANY{each:03}": User(f"UMANY{each:03}", f"many{each}", f"Many {each}") for each in range(count)}
    return [each for each in users if each.startswith("UMANY")]


async def test_many_people_come_in_one_list(running: Trial) -> None:
    many = many_people(running, 300)
    async with asking(running) as (directory, asked):
        for each in many[:30]:
            assert await directory.person(TEAM, each) is not None
        assert await directory.guests(TEAM) == frozenset(["UGUS"])
        found = await asyncio.gather(*(directory.person(TEAM, each) for each in many))
        assert [each.user_id for each in found if each is not None] == many
        assert asked == {"users.info": 30, "users.list": 2}


async def test_of_another_organisation_somebody_is_asked_alone(running: Trial) -> None:
    async with asking(running) as (directory, asked):
        assert await directory.admins(TEAM) == {"UCHLOE"}
        running.slack.workspace.users["UELSE"] = User(
            "UELSE", "else", "Someone Else", team_id="TELSE", is_stranger=True
        )
        stranger = await directory.person(TEAM, "UELSE")
        assert stranger is not None
        assert stranger.is_guest
        assert asked == {"users.info": 1, "users.list": 1}


async def test_who_is_a_guest_is_not_known_when_slack_does_not_say(running: Trial) -> None:
    async with asking(running) as (directory, _):
        broken(running, "users.list")
        assert await directory.guests(TEAM) is None
        assert await directory.guests(TEAM) == frozenset(["UGUS"])


async def test_what_slack_tells_of_somebody_holds_at_once_in_every_answer(running: Trial) -> None:
    async with asking(running) as (directory, _):
        assert await directory.admins(TEAM) == {"UCHLOE"}
        directory.hear(TEAM, {"type": "user_change", "user": {"id": "UCHLOE", "is_admin": True, "deleted": True}})
        directory.hear(TEAM, {"type": "team_join", "user": {"id": "UNEW", "is_restricted": True}})
        assert await directory.admins(TEAM) == frozenset()
        assert await directory.guests(TEAM) == frozenset(["UGUS", "UNEW"])
        chloe = await directory.person(TEAM, "UCHLOE")
        assert chloe is not None
        assert chloe.is_guest


async def test_a_list_that_was_on_its_way_does_not_undo_what_slack_told_meanwhile(running: Trial) -> None:
    async with asking(running) as (directory, _):
        listing = asyncio.create_task(directory.admins(TEAM))
        await asyncio.wait((listing,), timeout=0)
        directory.hear(TEAM, {"type": "user_change", "user": {"id": "UCHLOE", "is_admin": True, "is_restricted": True}})
        assert await listing == frozenset()
        assert await directory.guests(TEAM) == frozenset(["UGUS", "UCHLOE"])


async def test_where_the_event_is_lost_a_deactivated_admin_is_one_for_two_minutes_at_most(running: Trial) -> None:
    async with asking(running) as (directory, _):
        assert await directory.admins(TEAM) == {"UCHLOE"}
        running.slack.workspace.users["UCHLOE"].deleted = True
        running.bot.clock.move(timedelta(minutes=2))
        chloe = await directory.person(TEAM, "UCHLOE")
        assert chloe is not None
        assert chloe.is_guest
        assert await directory.admins(TEAM) == frozenset()
