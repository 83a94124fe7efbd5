"""A model's card as people fill it in, agree to it, measure it and read it."""

import pytest

from bot.local_slack.interactions.forms import enter
from bot.trial.run import Trial
from handlers.requirements.rules.aspects import aspects_of
from storage.decisions import decisions
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry
from storage.requirements.requirements import CARDS
from storage.responsibilities.responsibilities import Kind
from storage.workspaces.people import KnownPerson, note_people
from tests.handlers.data_requests.playing import put
from tests.handlers.requirements.playing import (
    BAR,
    FILLED,
    LATENCY,
    TEAM,
    a_model,
    agree,
    card_of,
    fills,
    measure,
    say,
)
from tests.playing import play

CARD = "ana in #general: /owner card berth model"
SCENARIO = (
    "when a ship reports its position, under 200 ships at once, the model answers within at most 300 ms, "
    "measured by the 95th percentile"
)
WAIVED = ('chooses "Not needed" in "Your answer"', 'enters "Why isn\'t it needed?": All berth alike')


async def test_a_card_is_filled_in_by_one_side_and_agreed_by_the_other(running: Trial) -> None:
    model = await a_model(running)
    told = await play(running, *fills("ana", "latency"))
    assert "*berth model: requirements*" in told
    assert f"{SCENARIO}\n    Requested by Ana Ruiz, today. Next: the product side to agree." in told
    assert "@Ana Ruiz set latency of berth model and asks you to agree:" in told
    assert "Common Ground and Ben Okafor" in told
    # What else is filled in meanwhile is on the card; nobody is told of each.
    told = await play(running, *fills("ana", "fairness", *WAIVED))
    assert "Common Ground and Ben Okafor" not in told
    told = await play(running, "ben in #general: /owner card berth model", 'ben presses "Agree to all 2"')
    assert "You agreed to latency, fairness of berth model. Whoever asked knows." in told
    assert "@Ben Okafor agreed to latency, fairness of berth model." in told
    told = await play(running, 'ben presses "Open the card"')
    assert "*berth model: requirements* · 2 of 11 agreed" in told
    assert "Agreed by Ana Ruiz (today) and Ben Okafor (today)." in told
    assert [each.what for each in CARDS.history(running.bot.store.reader, TEAM, card_of(running, model).id)] == [
        "agreed to latency, fairness",
        "waived fairness",
        "set latency",
    ]


async def test_what_both_agree_not_to_need_is_a_decision_until_they_need_it(running: Trial) -> None:
    await a_model(running)
    await play(running, *fills("ana", "fairness", *WAIVED))
    assert decisions.all_decisions(running.bot.store.reader, TEAM) == []
    await play(
        running,
        "ben in #general: /owner card berth model",
        'ben presses "Open the card"',
        'ben presses "Agree or change fairness"',
    )
    told = await play(running, 'ben presses "Agree to this"', "ben closes")
    assert "Recorded as D-1." in told
    told = await play(running, "chloe in #general: /decision D-1", 'chloe presses "More"')
    assert "*D-1 · Fairness is not needed for berth model*" in told
    assert "Why: All berth alike" in told
    assert "Affects berth model (fairness)." in told
    (made,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert (made.decider, made.consulted, made.state) == ("UANA", ("UANA", "UBEN"), "accepted")
    assert "From the requirement card of berth model." in told
    # Another reason takes the place of the first, and a value ends it.
    again = ('chooses "Not needed" in "Your answer"', 'enters "Why isn\'t it needed?": No other ships')
    await play(
        running,
        "ana in #general: /owner card berth model",
        'ana presses "Open the card"',
        'ana presses "Change fairness"',
    )
    await play(running, *(f"ana {line}" for line in (*again, "submits", "closes")))
    await play(running, 'ben presses "Agree"')
    first, second = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert (first.state, first.superseded_by, second.why) == ("superseded", second.id, "No other ships")
    await play(
        running,
        "ben in #general: /owner card berth model",
        'ben presses "Open the card"',
        'ben presses "Change fairness"',
    )
    filled = ('chooses "A value" in "Your answer"', *FILLED)
    await play(running, *(f"ben {line}" for line in (*filled, "submits", "closes")))
    assert decisions.all_decisions(running.bot.store.reader, TEAM)[1].state == "accepted"
    await play(running, 'ana presses "Agree"')
    ended = decisions.all_decisions(running.bot.store.reader, TEAM)[1]
    assert (ended.state, ended.reason) == ("deprecated", "Fairness is required after all.")


async def test_changing_what_was_agreed_asks_both_sides_again(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await agree(running, model)
    lines = (
        'presses "Open the card"',
        'presses "Change latency"',
        'enters "amount, with its unit": 200 ms',
        "submits",
    )
    told = await play(
        running, "ben in #general: /owner card berth model", *(f"ben {line}" for line in lines), "ben closes"
    )
    assert "Requested by Ben Okafor, today. Next: the model side to agree." in told
    assert "Until then the earlier agreement applies: when a ship reports" in told
    assert "@Ben Okafor set latency of berth model and asks you to agree:" in told
    told = await play(running, 'ana presses "Agree"', 'ana presses "Open the card"')
    assert "answers within at most 200 ms" in told
    assert "Until then" not in told


async def test_what_was_agreed_and_is_unknown_now_is_told_to_both(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await agree(running, model)
    unknown = (
        'presses "Open the card"',
        'presses "Change latency"',
        'chooses "Not known yet" in "Your answer"',
        'enters "Who will find out?": dev',
        'enters "By when?": 2026-01-14',
        "submits",
    )
    told = await play(running, "ben in #general: /owner card berth model", *(f"ben {line}" for line in unknown))
    assert "@Ben Okafor marked latency of berth model as unknown, which you had agreed" in told
    assert "@Ben Okafor asks you to find out berth model's latency requirement, by Jan 14, 2026.\n    [Answer]" in told
    assert "Common Ground and Dev Patel" in told


async def test_who_is_to_find_it_out_fills_it_in(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(stance="unknown", finder="UDEV", until="2026-01-14"))
    filled = (
        'presses "Open the card"',
        'presses "Change latency"',
        'chooses "A value" in "Your answer"',
        *FILLED,
        "submits",
        "closes",
    )
    told = await play(running, "dev in #general: /owner card berth model", *(f"dev {line}" for line in filled))
    assert f"{SCENARIO}\n    Requested by Dev Patel, today. Next: the model side and the product side to agree." in told
    # What they said is theirs no more to find out, and the rest never was: neither after saving nor later.
    told = f"{told}\n{await play(running, 'dev in #general: /owner card berth model')}"
    assert "[Set" not in told
    assert told.count("[Change") == 1


async def test_who_signs_is_told_and_named(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "adequacy", Offer(parts=BAR))
    told = await play(running, CARD, 'ana presses "Open the card"', "ana closes")
    assert "the baseline is the rule of today, 81 %; Chloe Martin signs it off" in told
    lines = (
        'presses "Open the card"',
        'presses "Change adequacy bar"',
        'enters "Who signs it off?": dev',
        "submits",
        "closes",
    )
    told = await play(running, CARD, *(f"ana {line}" for line in lines))
    assert "@Ana Ruiz asks you to sign off the adequacy bar of berth model" in told
    assert "Common Ground and Dev Patel" in told


async def test_an_evaluation_shows_what_is_met_missed_and_never_measured(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await say(running, model, "cost", Offer(parts={**LATENCY, "amount": "400 EUR"}))
    await say(running, model, "adequacy", Offer(parts=BAR))
    told = await play(running, CARD, 'ana presses "Enter an evaluation"')
    assert "Required: at most 300 ms, the 95th percentile" in told
    entered = (
        'enters "Link to the evaluation": https://harbour.example/eval/7',
        'enters "Measured on": 2026-01-05',
        'enters "Latency": 420 ms',
        'enters "Adequacy bar": 91 %',
        'enters "Model version": 3.1',
    )
    told = await play(running, *(f"ana {line}" for line in (*entered, 'enters "Latency": 420', "submits")))
    assert "! Write a number in ms. Required: at most 300 ms" in told
    told = await play(running, 'ana enters "Latency": 420 ms', "ana submits")
    assert "Saved. Latency missed: 420 ms, limit 300 ms." in told
    assert "berth model: Latency missed: 420 ms, limit 300 ms (measured today)." in told
    assert "Common Ground and Chloe Martin" in told
    told = await play(running, 'ana presses "Open the card"')
    for line in (
        "Missed: 420 ms, today",
        "Met: 91 %, today",
        "*Latency*  waiting on the product side, *missed*",
        "*Cost*  waiting on the product side, never measured",
        "*Latest evaluation: *today, version 3.1, entered by Ana Ruiz:",
    ):
        assert line in told


async def test_a_value_in_another_unit_that_fits_is_compared(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    entered = (
        'enters "Link to the evaluation": https://harbour.example/eval/7',
        'enters "Measured on": 2026-01-05',
        'enters "Latency": 0.28 s',
    )
    await play(running, CARD, 'ana presses "Enter an evaluation"', *(f"ana {line}" for line in entered))
    assert "Saved. It meets everything it measured." in await play(running, "ana submits")
    assert "Met: 0.28 s, today" in await play(running, 'ana presses "Open the card"')


async def test_nothing_is_measured_of_which_nothing_is_asked(running: Trial) -> None:
    await a_model(running)
    told = await play(running, CARD, 'ana presses "Enter an evaluation"')
    assert "berth model has no measurable requirement yet. Set one on its card first." in told


async def test_a_card_lists_decisions_and_the_data_that_feeds_the_model(running: Trial) -> None:
    model = await a_model(running)
    await put(running, component_id=model.id)
    lines = ('enters "What was decided?": One server is enough', 'presses "More"')
    await play(running, "ben in #general: /decision", *(f"ben {line}" for line in lines))
    await play(running, 'ben chooses "berth model" in "Which component is it about?"', "ben submits", "ben closes")
    told = await play(running, CARD, 'ana presses "Open the card"')
    assert "*Decisions: *D-1 One server is enough" in told
    assert "*Data requests: *DR-1 berth arrivals (open)" in told


async def test_a_mention_shows_the_card_and_pings_nobody(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    for asked in ("card of the berth model", "what is required of the berth model?", "owner card berth modl"):
        told = await play(running, f"eli in #general: @Common Ground {asked}")
        assert "Common Ground (in thread):\n    *berth model: requirements*" in told
        assert "Latency, at most 300 ms. Next: the product side to agree" in told
        assert "@Ana" not in told
    # Each who reads it there finds what needs them.
    assert "[Agree to latency]" in await play(running, 'ben presses "Open the card"')


async def test_what_is_no_model_has_no_card_and_a_wrong_name_offers_those_there_are(running: Trial) -> None:
    assert "I don't know any model, service or product that you can see here." in await play(running, CARD)
    await a_model(running)
    await a_model(running, "tide model")
    await a_model(running, "arrivals", kind="dataset")
    assert "arrivals is a dataset. Only models, services and products have a card." in await play(
        running, "ana in #general: /owner card arrivals"
    )
    told = await play(running, "ana in #general: /owner card weather forecast")
    assert "I don't know “weather forecast”. Whose card?" in told
    assert "requirements" in await play(running, 'ana presses "tide model"')
    assert "Whose card?" in await play(running, "ana in #general: /owner card")


async def test_the_history_is_read_a_page_at_a_time(running: Trial) -> None:
    model = await a_model(running)
    for number in range(22):
        await say(running, model, "latency", Offer(parts={**LATENCY, "amount": f"{number} ms"}))
    told = await play(running, CARD, 'ana presses "History"')
    assert "2026-01-05 Ana Ruiz, set latency: when a ship reports" in told
    assert "at most 21 ms" in told
    assert "at most 1 ms" not in told
    assert "at most 1 ms" in await play(running, 'ana presses "2 older"')
    await a_model(running, "tide model")
    told = await play(running, "ana in #general: /owner card tide model", 'ana presses "History"')
    assert "No history yet." in told


async def test_the_card_comes_as_files(running: Trial) -> None:
    await a_model(running)
    told = await play(running, CARD, 'ana presses "Get as files"')
    for name in ("berth-model.md", "berth-model.yaml", "berth-model.model-card.json"):
        assert f"[file {name}]" in told


async def test_from_the_form_one_goes_back_to_the_card(running: Trial) -> None:
    model = await a_model(running)
    await measure(running, model, {"latency": "9 ms"})
    told = await play(
        running, CARD, 'ana presses "Open the card"', 'ana presses "Set latency"', 'ana presses "Back to the card"'
    )
    assert told.count("*berth model: requirements*") == 2


async def test_who_has_left_the_workspace_is_told_nothing_and_agrees_to_nothing(running: Trial) -> None:
    model = await a_model(running, product_side=("UBEN", "UELI"))
    described = {"team_id": TEAM, "name": "Eli Berg", "tz": "UTC", "is_gone": True, "is_away": False, "read_at": ""}
    gone = KnownPerson.model_validate({**described, "user_id": "UELI"})
    await running.bot.store.write(lambda transaction: note_people(transaction, [gone]))
    told = await play(running, *fills("ana", "latency"))
    assert "Common Ground and Ben Okafor" in told
    assert "Common Ground and Eli Berg" not in told
    told = await play(running, "eli in #general: /owner card berth model")
    assert "[Agree to all" not in told
    # Who said it and left hears of no agreement to it.
    await say(running, model, "cost", Offer(parts={**LATENCY, "amount": "9 EUR"}), by="UELI")
    told = await play(running, CARD, 'ana presses "Agree to cost"')
    assert "Common Ground and Eli Berg" not in told


async def test_each_is_told_of_the_agreement_to_what_they_said(running: Trial) -> None:
    model = await a_model(running, model_side=("UANA", "UDEV"))
    await say(running, model, "latency", Offer(parts=LATENCY))
    await say(running, model, "cost", Offer(parts={**LATENCY, "amount": "9 EUR"}), by="UDEV")
    told = await play(running, "ben in #general: /owner card berth model", 'ben presses "Agree to all 2"')
    ana, dev = told.partition("Common Ground and Ana Ruiz")[2].partition("Common Ground and Dev Patel")[::2]
    assert "agreed to latency of berth model." in ana
    assert "agreed to cost of berth model." in dev


async def test_who_signs_already_is_not_told_again(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "adequacy", Offer(parts={**BAR, "signer": "UDEV"}))
    lines = (
        'presses "Open the card"',
        'presses "Change adequacy bar"',
        'enters "amount, with its unit": 95 %',
        "submits",
        "closes",
    )
    assert "Common Ground and Dev Patel" not in await play(running, CARD, *(f"ana {line}" for line in lines))
    other = (*lines[:2], 'enters "Who signs it off?": eli', "submits")
    assert "Common Ground and Eli Berg" in await play(running, CARD, *(f"ana {line}" for line in other))


@pytest.mark.parametrize(("kind", "more"), [("model", 6), ("language model", 12)])
async def test_the_longest_card_fits_into_a_message(running: Trial, kind: Kind, more: int) -> None:
    model = await a_model(running, kind=kind)
    long = {name: f"{'word ' * 58}{name}" for name in LATENCY if name not in ("bound", "amount")}
    for amount in ("1 ms", "2 ms"):
        for aspect in aspects_of(kind, "requirements"):
            bar = {**BAR, "slice": "word " * 58, "baseline": f"81 % {'word ' * 56}", "metric": "word " * 58}
            parts = bar if aspect == "adequacy" else {**LATENCY, **long, "amount": amount}
            await say(running, model, aspect, Offer(parts={**parts, "amount": amount}))
        if amount == "1 ms":
            await agree(running, model)
    for number in range(20):
        await put(running, component_id=model.id, entity=f"data {number} {'word ' * 10}")
    told = await play(running, "ana in #general: @Common Ground card of the berth model")
    assert f"And {more} more on the card.\n    [Open the card]" in told
    assert "*Data requests: *DR-1 data 0" in await play(running, 'ana presses "Open the card"')


async def test_who_is_overruled_is_told_whatever_else_waits(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await say(running, model, "cost", Offer(parts={**LATENCY, "amount": "9 EUR"}), by="UBEN")
    # Something waits for Ana already, and Ben changes what she said.
    lines = (
        'presses "Open the card"',
        'presses "Agree or change latency"',
        'enters "amount, with its unit": 200 ms',
        "submits",
        "closes",
    )
    told = await play(running, "ben in #general: /owner card berth model", *(f"ben {line}" for line in lines))
    assert "@Ben Okafor set latency of berth model and asks you to agree:" in told
    assert "Common Ground and Ana Ruiz" in told
    assert "You agreed." in await play(running, 'ana presses "Agree"')
    # Of what was agreed, each change is told, also before the last one was answered.
    for amount in ("500 ms", "900 ms"):
        lines = (
            'presses "Open the card"',
            'presses "Change latency"',
            f'enters "amount, with its unit": {amount}',
            "submits",
            "closes",
        )
        told = await play(running, CARD, *(f"ana {line}" for line in lines))
        assert "Common Ground and Ben Okafor" in told
    assert "You agreed." in await play(running, 'ben presses "Agree"')


async def test_what_was_typed_is_there_again_after_another_choice(running: Trial) -> None:
    await a_model(running)
    await play(
        running, CARD, 'ana presses "Open the card"', 'ana presses "Set latency"', *(f"ana {line}" for line in FILLED)
    )
    chosen = [f'ana chooses "{each}" in "Your answer"' for each in ("Not known yet", "Not needed")]
    # The browser sends what is typed with each choice; a script has to enter it first.
    for each in running.slack.workspace.views["UANA"]:
        enter(running.slack.workspace, each, {"when": "a ship reports", "amount": "300 ms"})
    await play(running, *chosen)
    told = await play(running, 'ana chooses "A value" in "Your answer"')
    assert "When …: [a ship reports]" in told
    assert "amount, with its unit: [300 ms]" in told


async def test_what_is_too_long_to_be_remembered_is_no_hindrance(running: Trial) -> None:
    await a_model(running)
    await play(running, CARD, 'ana presses "Open the card"', 'ana presses "Set latency"')
    for each in running.slack.workspace.views["UANA"]:
        typed = dict.fromkeys(("when", "under", "does", "amount", "measure"), '"ü\\' * 100)
        enter(running.slack.workspace, each, typed)
    told = await play(running, 'ana chooses "Not known yet" in "Your answer"')
    assert "Who will find out?" in told


async def test_a_model_leads_to_its_card_wherever_it_is_shown(running: Trial) -> None:
    await a_model(running)
    await a_model(running, "harbour app", kind="product")
    for line in ("/owner berth model", "/owner map berth model"):
        await play(running, f"ana in #general: {line}")
        told = await play(running, 'ana presses "Requirements"', "ana closes")
        assert "*berth model: requirements*" in told
    assert "[Requirements]" not in await play(running, "ana in #general: /owner map harbour app")


async def test_what_was_declined_feeds_no_model(running: Trial) -> None:
    model = await a_model(running)
    await put(running, component_id=model.id, state="declined", turn="")
    opened = (CARD, 'ana presses "Open the card"', "ana closes")
    assert "Data requests" not in await play(running, *opened)
    await put(running, component_id=model.id)
    assert "Data requests" in await play(running, *opened)


async def test_who_added_a_model_may_fill_in_its_card(running: Trial) -> None:
    await a_model(running, created_by="UDEV")
    assert "[Set]" in await play(running, CARD.replace("ana", "dev"), 'dev presses "Open the card"')


async def test_a_waiver_that_was_ended_by_hand_stays_as_it_was_ended(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "cost", Offer(stance="not needed", reason="It is small"))
    await agree(running, model)
    (first,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    event = HistoryEntry(at=first.created_at, by="UCHLOE", what="deprecate")
    ended = {"state": "deprecated", "reason": "for now"}
    await running.bot.store.write(lambda transaction: decisions.change(transaction, first, ended, event))
    await say(running, model, "cost", Offer(stance="not needed", reason="It is free"))
    await agree(running, model)
    old, new = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert (old.state, old.superseded_by, new.state) == ("deprecated", "", "accepted")
