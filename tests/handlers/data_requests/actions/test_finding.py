"""Whoever is asked to find out a term answers it where they stand, and both sides see who found it."""

import pytest

from bot.local_slack.workspace.state import Message
from bot.trial.run import Trial
from storage.data_requests.data_requests import DataRequest, Term
from storage.records.offers import Offer
from tests.handlers.data_requests.playing import one, put
from tests.handlers.data_requests.requests import AT, PARTS
from tests.playing import play
from tests.sent import sent

UNKNOWN = Offer(stance="unknown", finder="UBEN", until="2026-01-20", by="UDEV", at=AT)
FILLS = ('ben enters "How much data?": 730 days', "ben submits", "ben closes")


async def asked(trial: Trial, **changes: object) -> DataRequest:
    """Put a request of Dev's to Ana, in which both have left the quantity to Ben."""
    terms = {term_id: Term(asked=Offer(parts=parts, by="UDEV", at=AT)) for term_id, parts in PARTS.items()}
    return await put(trial, terms={**terms, "quantity": Term(asked=UNKNOWN, offered=UNKNOWN)}, **changes)


def quantity(trial: Trial) -> Term:
    return one(trial).terms["quantity"]


async def test_the_finder_answers_from_the_message_that_asked_and_both_sides_see_it(running: Trial) -> None:
    await asked(running)
    told = await play(running, 'ben presses "Fill in quantity"')
    assert "Ben Okafor sees the form “Find out”:" in told
    told = await play(running, *FILLS)
    assert "*Ben Okafor* found out quantity: 730 days" in told
    assert "cc @Dev Patel @Ana Ruiz" in told
    assert "You found this out." in told
    assert [each.values["amount"] for each in (quantity(running).asked, quantity(running).offered) if each] == [
        "730 days"
    ] * 2
    assert one(running).terms_version == 2
    direct = running.slack.workspace.direct_channel("UBEN").messages.values()
    assert "Fill in quantity" not in str([each.blocks for each in direct])


async def test_what_is_found_out_after_the_agreement_completes_it(running: Trial) -> None:
    await asked(running, state="agreed")
    await play(running, 'ben presses "Respond"', 'ben presses "Fill in quantity"', *FILLS)
    request = one(running)
    assert (request.state, request.agreed_terms["quantity"].values["amount"]) == ("agreed", "730 days")


async def test_nobody_else_answers_it_and_nobody_twice(running: Trial) -> None:
    await asked(running)
    (message,) = [each for each in running.slack.workspace.direct_channel("UBEN").messages.values() if each.bot_id]
    copied = Message("9.9", "U0BOT", "x", list(message.blocks), bot_id="B0BOT")
    running.slack.workspace.keep(running.slack.workspace.channels["CGENERAL"], copied)
    assert "haven't asked you to find this out" in await play(running, 'eli presses "Fill in quantity"')
    await play(running, 'ben presses "Fill in quantity"', *FILLS)
    before = sent(running)
    assert "Quantity has already been found out." in await play(running, 'ben presses "Fill in quantity"')
    assert [to for to, _ in sent(running)[len(before) :] if to.startswith(("U", "C"))] == []


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
async def test_a_request_that_has_ended_asks_nobody(running: Trial, state: str) -> None:
    await asked(running, state=state, reason="no")
    assert "haven't asked you" in await play(running, 'ben presses "Fill in quantity"')


async def test_the_reminder_has_the_same_button(running: Trial) -> None:
    await asked(running)
    told = await play(running, *["wait 1 day"] * 15)
    assert "quantity still to be found out" in told
    assert told.count("[Fill in quantity]") >= 1
