"""Two at once, and what changed since it was read: nothing is lost, and nobody agrees to what they did not read."""

import pytest

from bot.trial.run import Trial
from storage.records.offers import Offer
from storage.responsibilities import responsibilities
from tests.handlers.requirements.playing import FILLED, LATENCY, a_model, card_of, say
from tests.playing import play

CARD = "{} in #general: /owner card berth model"


async def test_two_who_fill_in_the_same_aspect_see_each_others_words(running: Trial) -> None:
    model = await a_model(running)
    for who in ("ana", "ben"):
        await play(
            running,
            CARD.format(who),
            f'{who} presses "Open the card"',
            f'{who} presses "Set latency"',
            *(f"{who} {each}" for each in FILLED),
        )
    await play(running, "ana submits", "ana closes")
    told = await play(running, 'ben enters "amount, with its unit": 200 ms', "ben submits")
    assert "This changed while you were typing: the current words are above. Save again to replace them." in told
    assert "*Now: *when a ship reports its position, under 200 ships at once, the model answers" in told
    assert card_of(running, model).requirements["latency"].said.by == "UANA"
    await play(running, "ben submits", "ben closes")
    said = card_of(running, model).requirements["latency"].said
    assert (said.by, said.parts["amount"]) == ("UBEN", "200 ms")


async def test_two_who_fill_in_different_aspects_disturb_nobody(running: Trial) -> None:
    model = await a_model(running)
    for who, aspect in (("ana", "latency"), ("ben", "throughput")):
        await play(
            running,
            CARD.format(who),
            f'{who} presses "Open the card"',
            f'{who} presses "Set {aspect}"',
            *(f"{who} {line}" for line in FILLED),
        )
    told = await play(running, "ana submits", "ben submits")
    assert "changed meanwhile" not in told
    assert list(card_of(running, model).requirements) == ["latency", "throughput"]


async def test_the_same_words_of_the_other_side_are_an_agreement(running: Trial) -> None:
    model = await a_model(running)
    await play(
        running,
        CARD.format("ana"),
        'ana presses "Open the card"',
        'ana presses "Set latency"',
        *(f"ana {each}" for each in FILLED),
    )
    await play(running, "ana submits")
    await play(
        running,
        CARD.format("ben"),
        'ben presses "Open the card"',
        'ben presses "Agree or change latency"',
        "ben submits",
    )
    assert card_of(running, model).requirements["latency"].agreed is not None
    assert card_of(running, model).requirements["latency"].version == 1


async def test_nobody_agrees_to_what_changed_since_they_read_it(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await play(running, CARD.format("ben"))
    await say(running, model, "latency", Offer(parts={**LATENCY, "amount": "9 s"}))
    told = await play(running, 'ben presses "Agree to latency"')
    assert "It was agreed or changed meanwhile. Here's the card:" in told
    assert card_of(running, model).requirements["latency"].agreed is None
    await play(running, 'ben presses "Open the card"')
    await say(running, model, "latency", Offer(parts={**LATENCY, "amount": "8 s"}))
    told = await play(running, 'ben presses "Agree to latency"')
    assert "It changed meanwhile. Please read it again before you agree." in told
    told = await play(running, 'ben presses "Agree to latency"')
    assert "· 1 of 11 agreed" in told


async def test_a_stance_that_was_not_heard_of_shows_its_fields(running: Trial) -> None:
    await a_model(running)
    await play(
        running,
        CARD.format("ana"),
        'ana presses "Open the card"',
        'ana presses "Set latency"',
        *(f"ana {each}" for each in FILLED),
    )
    told = await play(running, 'ana enters "Your answer": Not known yet', "ana submits")
    assert "Who will find out?: [Choose a person]" in told


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (('enters "amount, with its unit": 300',), "! Write a number with its unit. For example: 300 ms"),
        (('enters "measured by …": password=hunter2000',), "! This looks like a password or a key."),
        (
            (
                'chooses "Not known yet" in "Your answer"',
                'enters "Who will find out?": gus',
                'enters "By when?": 2026-01-14',
            ),
            "! Gus Lindt is a guest or a bot here, or has left.",
        ),
        (
            (
                'chooses "Not known yet" in "Your answer"',
                'enters "Who will find out?": dev',
                'enters "By when?": 2026-01-04',
            ),
            "! That day is in the past. Choose a day ahead.",
        ),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    running: Trial, lines: tuple[str, ...], told: str
) -> None:
    model = await a_model(running)
    filled = FILLED if lines[0].startswith("enters") else ()
    await play(
        running,
        CARD.format("ana"),
        'ana presses "Open the card"',
        'ana presses "Set latency"',
        *(f"ana {each}" for each in filled),
    )
    assert told in await play(running, *(f"ana {each}" for each in lines), "ana submits")
    assert card_of(running, model).requirements == {}


async def test_a_model_that_is_gone_says_so_everywhere(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await play(
        running,
        CARD.format("ana"),
        CARD.format("ben"),
        'ben presses "Open the card"',
        'ben presses "Agree or change latency"',
    )
    await play(running, CARD.format("chloe"), 'chloe presses "Enter an evaluation"')

    await running.bot.store.write(
        lambda transaction: transaction.run("UPDATE components SET kind = 'dataset' WHERE id = :id", id=model.id)
    )
    gone = "I can't find that component, or you can't see it here."
    for label in ("Open the card", "Enter an evaluation", "Get as files", "History"):
        assert gone in await play(running, f'ana presses "{label}"')
    assert gone in await play(running, "ben submits")
    values = (
        'enters "Link to the evaluation": https://x.example',
        'enters "Measured on": 2026-01-05',
    )
    assert gone in await play(running, *(f"chloe {line}" for line in values), "chloe submits")
    assert responsibilities.component(running.bot.store.reader, model.team_id, model.id) is not None
