"""What everybody may press on a request's message, and what this person may do behind Respond."""

import pytest

from bot.trial.run import Trial
from storage.data_requests.data_requests import Term
from storage.records.offers import Offer
from tests.handlers.data_requests.playing import one, put, responds
from tests.handlers.data_requests.requests import AT, a_request
from tests.playing import play

SHORT = Offer(parts={"span": "1", "unit": "months"}, by="UANA", at=AT)


async def shown_to(trial: Trial, who: str) -> str:
    return await play(trial, f'{who} presses "Respond"', f"{who} closes")


async def test_a_first_message_carries_only_what_everybody_may_press(running: Trial) -> None:
    await put(running)
    (first,) = running.slack.workspace.channels["CDATA"].messages.values()
    rows = [block["elements"] for block in first.blocks or [] if block["type"] == "actions"]
    assert [[each["text"]["text"] for each in row] for row in rows] == [["Respond", "Terms", "Follow"]]
    told = str(first.blocks)
    for words in ("DR-1 · berth arrivals", "To tell pilots when a berth is free", "Requested by ", "Next: "):
        assert words in told


@pytest.mark.parametrize(
    ("who", "may", "may_not"),
    [
        ("ana", ["Agree", "Ask a question", "Decline"], ["Withdraw", "Follow"]),
        ("dev", ["Agree", "Change the terms", "Withdraw"], ["Decline", "Ask a question"]),
        ("eli", ["Follow", "History", "Copy as a new request"], ["Agree", "Decline", "Change the terms", "Withdraw"]),
    ],
)
async def test_respond_opens_what_this_person_may_do(
    running: Trial, who: str, may: list[str], may_not: list[str]
) -> None:
    await put(running)
    told = (await shown_to(running, who)).replace(" / ", "]").replace("[… ", "[")
    offered = {each.strip(" []") for line in told.splitlines() for each in line.split("]")}
    assert set(may) <= offered
    assert not set(may_not) & offered


async def test_agree_is_there_only_once_it_can_succeed_and_says_what_is_open_before(running: Trial) -> None:
    terms = {name: term for name, term in a_request().terms.items() if name != "quantity"}
    terms["retention"] = terms["retention"].model_copy(update={"offered": SHORT})
    await put(running, terms=terms)
    told = await play(running, *responds("dev", "What's open (2)"))
    assert "[Agree]" not in told
    assert "Quantity\n    [Fill in]" in told
    assert "Retention (requested and offered differ)\n    requested: 12 months · offered: 1 month" in told
    assert "[Fill in all]" in told
    await play(running, 'dev presses "Accept theirs: retention (requested and offered differ)"', "dev closes")
    assert one(running).terms["retention"].asked == SHORT.model_copy(
        update={"by": "UDEV", "at": one(running).changed_at}
    )
    assert "[What's open (1)]" in await shown_to(running, "dev")
    eli = await play(running, "eli in #data: /data-request DR-1")
    assert "What's open" not in eli


async def test_what_came_of_a_press_takes_the_place_of_the_buttons(running: Trial) -> None:
    await put(running)
    told = await play(running, *responds("dev", "Agree"))
    assert "DR-1: you agreed to the terms. Next: Ana Ruiz to agree, or change the terms." in told
    assert len(running.slack.workspace.views["UDEV"]) == 1
    told = await play(running, "dev closes", *responds("ana", "Ask a question"))
    assert len(running.slack.workspace.views["UANA"]) == 1
    assert "What do you need to know?" in told


async def test_who_has_a_part_in_it_is_told_so_where_they_pressed_and_unfollows_nothing(running: Trial) -> None:
    await put(running, followers=("UELI",))
    await play(running, "ana in #data: /data-request DR-1 ask which?")
    told = await play(running, 'dev presses "Follow"')
    assert "#data\n  Common Ground (only visible to Dev Patel):\n    You're part of DR-1" in told
    told = await play(running, 'eli presses "Follow"')
    assert "#data\n  Common Ground (only visible to Eli Berg):\n    You're following DR-1.\n    [Unfollow]" in told
    assert one(running).followers == ("UELI",)
    assert "(in thread)" not in told


def messages_with(trial: Trial, words: str, kind: str) -> list[str]:
    """Return the messages of conversations of a kind that have some words."""
    channels = [each for each in trial.slack.workspace.channels.values() if each.kind == kind]
    found = [
        str(each.blocks) for channel in channels for each in channel.messages.values() if each.thread_ts or kind == "im"
    ]
    return [each for each in found if words in each]


async def test_only_the_last_reply_carries_respond_and_an_owners_message_says_what_was_done(running: Trial) -> None:
    await put(running)
    told = await play(running, "ana in #data: /data-request DR-1 ask which?")
    assert "You asked a question." in told
    assert [each for each in messages_with(running, "asks you for data", "im") if "Respond" in each] == []
    await play(running, "dev in #data: /data-request DR-1 answer all")
    replies = messages_with(running, "Next: ", "public")
    assert ["Respond" in each for each in replies] == [False, True]


async def test_a_term_that_is_proposed_says_from_what(running: Trial) -> None:
    terms = a_request().terms
    named = Offer(parts={"columns": "berth | string key"}, source="arrivals.csv, 1,204 rows", by="UDEV", at=AT)
    del terms["quantity"]
    await put(running, terms={**terms, "schema": Term(asked=named)})
    (first,) = running.slack.workspace.channels["CDATA"].messages.values()
    assert "Open: quantity (5 of 6 set, 1 from arrivals.csv)" in str(first.blocks)
