"""A request that is put back is the one that was written, told to nobody, and private where it was."""

from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from handlers.data_requests.formats import whole
from handlers.data_requests.service import restoring
from storage.data_requests.data_requests import DataRequest
from tests.handlers.data_requests.playing import TEAM, every, one, put, put_draft
from tests.handlers.data_requests.requests import NAMES, a_request
from tests.playing import play
from tests.sent import sent


async def put_back(trial: Trial, request: DataRequest) -> DataRequest | Refused:
    read, facts = whole.read(whole.as_json(request, NAMES)), Facts(by="", now=trial.bot.clock.now())
    return await trial.bot.store.write(lambda transaction: restoring.restore(transaction, TEAM, read, facts))


async def test_nobody_is_told_and_it_goes_on_in_a_new_thread(running: Trial) -> None:
    request = a_request(number="DR-7", needed_by="2026-02-02")
    assert await put_back(running, request) == one(running, "DR-7") == request
    await play(running, "wait 11 minutes")
    assert sent(running) == []
    # What is said before there is a thread goes to none, least of all into the channel.
    agreed = await play(running, "ana in #data: /data-request DR-7 agree", "wait 2 minutes")
    assert "Ana Ruiz agreed to the terms" not in agreed
    assert "DR-7 continues in a new thread." in await play(running, "dev in #data: /data-request DR-7 repost")
    again = await play(running, "wait 2 minutes", "dev in #data: /data-request DR-7 agree", "wait 2 minutes")
    assert "Common Ground (in thread):\n    Readable version" in again
    assert "imported" in await play(running, "dev in #data: /data-request DR-7 history")
    await put_draft(running)
    assert [each.number for each in every(running)] == ["DR-7", "DR-8"]


async def test_a_private_one_is_shown_in_its_channel_alone(running: Trial) -> None:
    await put_back(running, a_request(number="DR-BCDFG", visibility="CSECRET", channel="CSECRET"))
    assert "berth arrivals" not in await play(running, "dev in #general: /data-request DR-BCDFG")
    assert "DR-BCDFG" not in await play(running, "dev in #general: /data-request list")


async def test_what_is_there_stays_as_it_is(running: Trial) -> None:
    there = await put(running)
    assert await put_back(running, there) == Refused("DR-1 is there already; only a request that isn't is put back")
    for other in ({"number": "DR-9"}, {"number": "DR-9", "id": "r9"}):
        refused = await put_back(running, there.model_copy(update=other))
        assert refused == Refused("DR-9 is in this store already, by another number or workspace")
    assert every(running) == [there]


async def test_what_it_goes_back_to_and_is_not_here_is_named(running: Trial) -> None:
    request = a_request(component_id="c1", agreed_in="D-4", senses=("s1:2",))
    lines = await running.bot.store.read(restoring.lacking, TEAM, request)
    assert lines == ["component_id: c1 isn't here", "agreed_in: D-4 isn't here", "senses: s1:2 isn't here"]
