"""Whoever is asked about a card is asked by one message, which says what was done once it is."""

from bot.trial.run import Trial
from storage.records.offers import Offer
from tests.handlers.requirements.playing import LATENCY, TEAM, a_model, card_of, fills, measure, say
from tests.playing import play

CARD = "{} in #general: /owner card berth model"
UNKNOWN = (
    'chooses "Not known yet" in "Your answer"',
    'enters "Who will find out?": dev',
    'enters "By when?": 2026-01-14',
)


def asking(trial: Trial, who: str, action: str) -> list[bool]:
    """Tell of each direct message to somebody whether it has a button of this name now."""
    return [action in str(each.blocks) for each in trial.slack.workspace.direct_channel(who).messages.values()]


async def test_agreeing_by_command_takes_the_button_out_of_every_message(running: Trial) -> None:
    await a_model(running, product_side=("UBEN", "UELI"))
    await play(running, *fills("ana", "latency"))
    assert [asking(running, who, "card_agree") for who in ("UBEN", "UELI")] == [[True], [True]]
    told = await play(running, CARD.format("eli"), 'eli presses "Agree to latency"')
    assert "You agreed to latency of berth model. Whoever asked knows." in told
    assert [asking(running, who, "card_agree") for who in ("UBEN", "UELI")] == [[False], [False]]
    (message,) = running.slack.workspace.direct_channel("UBEN").messages.values()
    assert ("'UELI'" in str(message.blocks), " agreed." in str(message.blocks)) == (True, True)


async def test_the_other_side_is_asked_still(running: Trial) -> None:
    await a_model(running)
    # Chloe leads it and speaks for neither side, so both have to agree.
    await play(running, *fills("chloe", "latency"))
    await play(running, 'ana presses "Agree"')
    assert [asking(running, who, "card_agree") for who in ("UANA", "UBEN")] == [[False], [True]]


async def test_who_is_to_find_something_out_answers_from_the_message(running: Trial) -> None:
    model = await a_model(running)
    told = await play(running, *fills("ana", "latency", *UNKNOWN))
    assert "[Answer] [Open the card]" in told
    told = await play(running, 'dev presses "Answer"')
    assert "Dev Patel sees the form “Latency”" in told
    assert asking(running, "UDEV", "card_fill_in") == [True]
    values = (
        'chooses "Not needed" in "Your answer"',
        'enters "Why isn\'t it needed?": None',
        "submits",
    )
    await play(running, *(f"dev {each}" for each in values))
    assert card_of(running, model).requirements["latency"].said.stance == "not needed"
    assert asking(running, "UDEV", "card_fill_in") == [False]


async def test_a_card_fits_a_phone_and_begins_with_what_is_wrong(running: Trial) -> None:
    model = await a_model(running, launch_on="2026-01-26")
    await say(running, model, "cost", Offer(stance="unknown", finder="UDEV", until="2026-01-16"))
    await say(running, model, "throughput", Offer(parts={**LATENCY, "amount": "50 requests/s", "bound": "at least"}))
    await say(running, model, "latency", Offer(parts=LATENCY))
    await measure(running, model, {"latency": "420 ms"})
    told = await play(running, CARD.format("eli"))
    assert told.splitlines()[2:] == [
        "    *berth model: requirements* · launch on Jan 26, 2026 · 0 of 11 agreed",
        "    Latency missed: 420 ms, limit 300 ms",
        "    Throughput, at least 50 requests/s. Next: the product side to agree",
        "    Cost unknown: Dev Patel to find out by Jan 16, 2026",
        "    Not set: adequacy bar, availability, robustness, fairness, explainability, privacy, safety, usability.",
        "    [Open the card] [Interface] [Get as files] [… History]",
    ]
    assert card_of(running, model).team_id == TEAM
