"""The map of who builds what with whom, as people meet it: in words with a button a number, and as a picture."""

import sys

import pytest

from bot.local_slack.workspace.state import File
from bot.trial.run import Trial
from handlers.framework import boundary
from handlers.responsibilities.drawing import picture
from handlers.slack.cache import Waiting
from storage.responsibilities import responsibilities
from tests.handlers.responsibilities.actions.test_links import add, two
from tests.handlers.responsibilities.test_commands import TEAM, component, direct_messages
from tests.handlers.workspace.test_redacting import redact
from tests.playing import play

FEEDS = "dev in #general: /owner link berth arrivals feeds berth model"
CONFIRMS = 'chloe presses "Confirm"'


async def linked(trial: Trial) -> None:
    await two(trial)
    await play(trial, FEEDS, CONFIRMS)


def pictures(trial: Trial) -> list[File]:
    return [each for each in trial.slack.workspace.files.values() if each.is_picture]


def places(trial: Trial) -> list[list[str]]:
    return [each.channels for each in pictures(trial)]


async def test_a_system_is_answered_with_its_points_and_a_picture_for_who_asked_alone(running: Trial) -> None:
    await linked(running)
    told = await play(running, "ben in #general: /owner map berth model")
    assert "*berth model: who builds what with whom*" in told
    assert "2 teams meet at 1 point. No owner: 1." in told
    assert (
        "! Data · berth arrivals feeds berth model\n    No data request. Data ownership has no owner.\n    [1]" in told
    )
    assert "I've sent you the picture." in told
    assert places(running) == [["DBEN"]]
    (shown,) = pictures(running)
    assert shown.name == "berth-model-map.png"
    assert shown.content.startswith(b"\x89PNG")
    assert "1. Data: berth arrivals feeds berth model." in shown.alt
    assert "Teams: Dev Patel: berth arrivals; Chloe Martin: berth model." in shown.alt
    assert [each.to for each in running.slack.workspace.channels["CGENERAL"].messages.values() if not each.to] == []


async def test_a_number_opens_what_has_to_be_settled_first_at_its_point(running: Trial) -> None:
    await linked(running)
    told = await play(running, "dev in #general: /owner map berth model", 'dev presses "1"')
    assert "*Data ownership of berth arrivals* has no owner." in told
    await play(running, 'dev presses "I\'ll take it"')
    told = await play(running, "dev in #general: /owner map berth model")
    assert "No data request. Owner: Dev Patel." in told
    assert "2 teams meet at 1 point.\n" in told
    told = await play(running, 'dev presses "1"')
    assert "confirmed it." in told


async def test_a_picture_that_takes_longer_than_slack_waits_comes_a_moment_later(
    running: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    await linked(running)
    monkeypatch.setattr(boundary, "_IN_TIME", Waiting(in_all=0.1, is_last=False))
    told = await play(running, "ben in #general: /owner map berth model")
    assert "I've sent you the picture." in told
    assert places(running) == [["DBEN"]]


async def test_in_a_thread_the_picture_stands_there_for_all(running: Trial) -> None:
    await linked(running)
    told = await play(running, "ben in #general: @Common Ground owner map berth model")
    assert "The picture is in this thread." in told
    assert places(running) == [["CGENERAL"]]
    said = running.slack.workspace.channels["CGENERAL"].messages
    asked = next(each for each in said.values() if "owner map" in each.text)
    with_file = next(each for each in said.values() if each.files)
    assert with_file.thread_ts == asked.ts


async def test_where_guests_read_the_picture_goes_to_who_asked_alone(running: Trial) -> None:
    await linked(running)
    guest = next(each for each in running.slack.workspace.users.values() if each.is_guest)
    running.slack.workspace.channels["CGENERAL"].members.add(guest.id)
    await play(running, "ben in #general: @Common Ground owner map berth model")
    assert places(running) == [["DBEN"]]


async def test_where_the_bot_is_not_the_points_are_told_and_the_picture_is_to_be_had_elsewhere(running: Trial) -> None:
    await linked(running)
    workspace = running.slack.workspace
    workspace.channel_named("secret-launch").members.discard(workspace.bot.id)
    told = await play(running, "ana in #secret-launch: /owner map berth model")
    assert "Data · berth arrivals feeds berth model" in told
    assert "For the picture, ask in our direct messages, or in a channel that we're both in." in told
    assert pictures(running) == []


async def test_who_owns_which_duty_is_one_press_away_and_is_all_where_nothing_is_linked(running: Trial) -> None:
    await two(running)
    told = await play(running, "ben in #general: /owner map berth model")
    assert "berth model: who owns what" in told
    assert pictures(running) == []
    await play(running, FEEDS, CONFIRMS)
    await play(running, "ben in #general: /owner map berth model")
    assert "berth model: who owns what" in await play(running, 'ben presses "Duties"')
    await play(running, "ben in #general: /owner map")
    assert "Who owns what" in await play(running, 'ben presses "Duties"')


async def test_the_whole_map_has_what_is_not_linked_too(running: Trial) -> None:
    await linked(running)
    await add(running, "tide model", "eli")
    told = await play(running, "ben in #general: /owner map")
    assert "*Who builds what with whom*" in told
    assert "3 teams meet at 1 point." in told
    assert "Eli Berg: tide model" in pictures(running)[0].alt


async def test_a_link_that_is_not_confirmed_is_on_the_map_and_says_so_and_a_refused_one_is_not(running: Trial) -> None:
    await two(running)
    await play(running, FEEDS)
    told = await play(running, "ben in #general: /owner map berth model")
    assert "The link isn't confirmed yet." in told
    await play(running, 'chloe presses "Not so"')
    assert "who owns what" in await play(running, "ben in #general: /owner map berth model")


async def test_what_is_private_is_on_no_map_outside_and_leaves_no_gap(running: Trial) -> None:
    await linked(running)
    before = await play(running, "dev in #general: /owner map berth model")
    await add(running, "secret model", "ana", where="#secret-launch")
    await play(running, "chloe in #secret-launch: /owner link berth arrivals feeds secret model")
    await play(running, "chloe in #secret-launch: /owner link secret model serves berth model")
    assert len(responsibilities.all_components(running.bot.store.reader, TEAM)) == 3
    assert await play(running, "dev in #general: /owner map berth model") == before
    outside, again = pictures(running)
    assert (outside.content, outside.alt) == (again.content, again.alt)
    inside = await play(running, "ana in #secret-launch: /owner map berth model")
    assert "secret model" in inside
    assert "3 teams meet at 4 points." in inside
    assert "secret model" in pictures(running)[-1].alt
    assert places(running)[-1] == ["DANA"]


async def test_many_points_are_listed_a_page_at_a_time(running: Trial) -> None:
    await add(running, "berth planner", "chloe", "product")
    for number in range(5):
        await add(running, f"model number {number}", "dev")
        await play(running, f"dev in #general: /owner link model number {number} serves berth planner")
    told = await play(running, "ben in #general: /owner map berth planner")
    assert "2 teams meet at 10 points." in told
    assert "[8]" in told
    assert "[9]" not in told
    told = await play(running, 'ben presses "2 more"')
    assert "[9]" in told
    assert "[10]" in told
    assert "more]" not in told


async def test_without_the_tools_that_draw_there_is_the_table_alone(
    running: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    await linked(running)
    picture.is_there.cache_clear()
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    told = await play(running, "ben in #general: /owner map berth model")
    picture.is_there.cache_clear()
    assert "There's no picture: drawing needs the extra “maps”, which isn't installed here." in told
    assert "[1]" in told
    assert pictures(running) == []


async def test_a_redacted_component_takes_the_picture_of_it_out_of_the_store(running: Trial) -> None:
    await linked(running)
    await play(running, "ben in #general: /owner map berth model")
    part = component(running, "berth arrivals").id
    rows = "SELECT count(*) AS number FROM outbox WHERE body LIKE :part AND body LIKE '%base64%'"
    assert running.bot.store.reader.one(rows, part=f"%{part}%") == {"number": 1}
    await redact(running, "chloe", "berth arrivals")
    assert running.bot.store.reader.one(rows, part="%") == {"number": 0}
    assert len(direct_messages(running, "ben")) > 0


async def test_what_one_team_links_inside_itself_is_said_and_stands_in_the_picture(running: Trial) -> None:
    await two(running)
    await add(running, "quay model", "chloe")
    await play(running, "chloe in #general: /owner link berth model serves quay model")
    told = await play(running, "ben in #general: /owner map berth model")
    assert "1 team." in told
    assert "Inside one team: berth model serves quay model." in told
    assert "I've sent you the picture." in told
    (shown,) = pictures(running)
    assert "Inside one team: berth model serves quay model." in shown.alt
