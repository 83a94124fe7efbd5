"""Who hears of what becomes of a request: looked up in all messages of all steps; and who may open a new thread."""

import pytest

from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.checks.outcomes import NotAllowed
from handlers.data_requests.service import requests
from handlers.data_requests.service.drafts import Said, Saved
from storage.data_requests.data_requests import Term
from storage.records.offers import Offer
from tests.handlers.data_requests.playing import CONTENT, every, one, outbox, put
from tests.handlers.data_requests.requests import AT, a_request
from tests.handlers.data_requests.test_privacy import secret_channel
from tests.playing import play

#: What each of the two sides does, in order; Eli and Chloe follow, and Ben is to find something out.
UNTIL_AGREED = ("ana ask which?", "dev answer all", "ana terms", "dev terms", "ana terms", "ana agree", "dev agree")
UNTIL_ACCEPTED = ("ana deliver https://data.example/1", "dev return rows lack", "ana deliver https://data.example/2")
IN_THE_END = ("dev accept", "ana change metres become feet", "ana agree", "dev agree", "dev withdraw no more")
UNKNOWN = Offer(stance="unknown", finder="UBEN", until="2026-01-20", by="UDEV", at=AT)
IN_TERMS = {
    "ana": ("presses {Accept labels}",),
    "dev": (
        "presses {Labels: not needed}",
        "enters {Why isn't it needed?}: no use",
        "submits",
    ),
}


async def a_request_with_followers(trial: Trial, visibility: str) -> None:
    where = {} if visibility == "workspace" else {"visibility": visibility, "channel": visibility}
    trial.slack.workspace.channels[secret_channel(trial)].members.update(("UDEV", "UELI", "UBEN"))
    labels = Term(asked=UNKNOWN, offered=Offer(parts={"share": "5", "method": "by hand"}, by="UANA", at=AT))
    await put(trial, followers=("UELI", "UCHLOE"), terms={**a_request().terms, "labels": labels}, **where)


async def negotiate(trial: Trial, place: str) -> set[str]:
    """Take every step of a whole negotiation, and return all to whom a message of any of them went."""
    number, begin = every(trial)[0].number, len(outbox(trial))
    for who, step in (each.split(" ", 1) for each in (*UNTIL_AGREED, *UNTIL_ACCEPTED, *IN_THE_END)):
        await play(trial, f"{who} in {place}: /data-request {number} {step}")
        if step == "terms":
            said = (each.replace("{", '"').replace("}", '"') for each in IN_TERMS[who])
            await play(trial, f'{who} presses "{CONTENT}"', *(f"{who} {each}" for each in said), f"{who} closes")
    assert (one(trial, number).state, one(trial, number).reason) == ("withdrawn", "no more")
    return {each.lane for each in outbox(trial, begin) if each.act in ("post", "upload")}


async def test_everybody_who_is_concerned_hears_of_a_negotiation(running: Trial) -> None:
    await a_request_with_followers(running, "workspace")
    assert await negotiate(running, "#data") == {"CDATA", "UELI", "UCHLOE", "UBEN"}


async def test_a_step_tells_nobody_who_left_the_channel(running: Trial) -> None:
    channel = secret_channel(running)
    await a_request_with_followers(running, channel)
    assert {"UELI", "UCHLOE"} <= {each.lane for each in outbox(running)}
    await play(running, "eli leaves #secret-launch", "ben leaves #secret-launch", "wait 11 minutes")
    assert await negotiate(running, "#secret-launch") == {channel, "UCHLOE"}


@pytest.mark.parametrize("how", ["is_guest", "deleted"])
async def test_a_step_tells_nobody_who_left_the_workspace(running: Trial, how: str) -> None:
    await a_request_with_followers(running, "workspace")
    await play(running, "chloe in #data: /common-ground guests allow")
    for person in ("UELI", "UBEN"):
        setattr(running.slack.workspace.users[person], how, True)
    await play(running, "wait 11 minutes")
    assert await negotiate(running, "#data") == {"CDATA", "UCHLOE"}


async def test_what_was_seen_of_a_term_and_is_gone_overtakes_nothing(running: Trial) -> None:
    request, facts = await put(running, terms={}), Facts(by="UDEV", now=running.bot.clock.now(), visible=("workspace",))
    said = Said("labels", UNKNOWN, f"{AT}|")
    saved = await running.bot.store.write(lambda transaction: requests.say(transaction, request, [said], facts))
    assert isinstance(saved, Saved)
    assert saved.request.terms["labels"].asked is not None


async def test_a_new_thread_is_opened_by_who_has_a_part_in_it_and_by_nobody_else(running: Trial) -> None:
    request = await put(running)
    running.slack.workspace.channels["CDATA"].messages.clear()
    await play(running, "ana in #data: /data-request DR-1 ask which?", "wait 1 minute")
    before, at = one(running), running.bot.clock.now()
    told = await play(running, "eli in #data: /data-request DR-1 repost")
    assert "Only the requester, the owner of the data or an admin can do that." in told
    eli = Facts(by="UELI", now=at, visible=("workspace",))
    refused = await running.bot.store.write(lambda transaction: requests.repost(transaction, request, "CDATA", eli))
    told = "Only the requester, the owner of the data or an admin can do that."
    assert refused == NotAllowed(told, kind="data request", id=request.id)
    assert one(running) == before
    admin = Facts(by="UCHLOE", now=at, visible=("workspace",), is_admin=True)
    opened = await running.bot.store.write(lambda transaction: requests.repost(transaction, request, "CDATA", admin))
    assert isinstance(opened, Saved)
    assert [each.act for each in opened.messages] == ["update", "post"]
    assert one(running).thread not in ("", before.thread)
