"""The interface card of a model or a service, and the usage card of a product, as people fill them in and read them."""

from bot.trial.run import Trial
from storage.decisions import decisions
from storage.records.offers import Offer
from tests.handlers.requirements.playing import LATENCY, TEAM, a_model, agree, card_of, say
from tests.playing import play
from tests.sent import sent

INTERFACE = "{} in #general: /owner card berth model interface"
FIELDS = "length | number required | of the ship | 0 to 400 m"
INPUTS = Offer(parts={"columns": FIELDS})
VERSION = Offer(parts={"version": "1.2.0", "promise": "every change is announced first"})


async def test_an_interface_is_filled_in_by_one_side_and_agreed_by_the_other(running: Trial) -> None:
    model = await a_model(running)
    opened = ('presses "Open the card"', 'presses "Set inputs"', f'enters "Fields it takes": {FIELDS}', "submits")
    told = await play(running, INTERFACE.format("ana"), *(f"ana {each}" for each in opened))
    assert "*berth model: interface* · 0 of 9 agreed" in told
    assert "length (number required, 0 to 400 m)\n    Requested by Ana Ruiz, today. Next: the product side" in told
    ((to, words),) = sent(running)
    assert (to, words.partition("?")[0]) == ("UBEN", "berth model: do you agree to the inputs")
    told = await play(running, "ana closes", INTERFACE.format("ben"), 'ben presses "Agree to inputs"')
    assert "You agreed to inputs of berth model." in told
    told = await play(running, 'ben presses "Open the card"')
    assert "*berth model: interface* · 1 of 9 agreed" in told
    assert card_of(running, model).requirements["inputs"].agreed is not None


async def test_one_card_leads_to_its_other_sheet_and_each_agrees_to_what_it_shows(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await say(running, model, "inputs", INPUTS)
    told = await play(running, "ben in #general: /owner card berth model")
    assert "[Agree to latency]" in told
    assert "length" not in told
    told = await play(running, 'ben presses "Interface"')
    assert "*berth model: interface*" in told
    assert "[Agree to inputs]" in told
    told = await play(running, 'ben presses "Agree to inputs"')
    assert "*berth model: interface* · 1 of 9 agreed" in told
    requirements = card_of(running, model).requirements
    assert (requirements["inputs"].agreed, requirements["latency"].agreed) == (requirements["inputs"].said, None)
    assert "*berth model: requirements* · 0 of 11" in await play(running, 'ben presses "Requirements"')


async def test_a_button_of_an_older_message_agrees_to_all_that_waits(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await say(running, model, "inputs", INPUTS)
    card = await agree(running, model)
    assert all(each.agreed is not None for each in card.requirements.values())


async def test_a_product_says_what_it_does_without_its_model(running: Trial) -> None:
    product = await a_model(running, "planner", kind="product")
    told = await play(
        running,
        "ben in #general: /owner card planner",
        'ben presses "Open the card"',
        'ben presses "Set when the model is away"',
        'ben enters "What does the product do then?": goes by the plan of yesterday',
        "ben submits",
        "ben closes",
    )
    assert "*planner: usage* · 0 of 4 agreed" in told
    assert "Common Ground and Ana Ruiz" in told
    told = await play(running, 'ana presses "Agree"', "ana in #general: /owner card planner")
    assert "When the model is away: goes by the plan of yesterday" in told
    assert card_of(running, product).requirements["away"].agreed is not None


async def test_a_service_has_an_interface_and_the_form_of_a_model_is_none_of_its(running: Trial) -> None:
    await a_model(running, "lookup", kind="service")
    told = await play(running, "ana in #general: /owner card lookup", 'ana presses "Open the card"')
    assert "*lookup: interface* · 0 of 7 agreed" in told
    assert "Cost of mistakes" not in told
    assert "Enter an evaluation" not in told


async def test_what_both_do_not_need_on_an_interface_is_a_decision(running: Trial) -> None:
    model = await a_model(running)
    waived = Offer(stance="not needed", reason="it runs in a notebook")
    await say(running, model, "errors", waived)
    await agree(running, model)
    (made,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert (made.title, made.why) == ("Not needed for berth model: error behaviour", "it runs in a notebook")
    assert made.context == "From the interface card of berth model."
    await say(running, model, "errors", Offer(parts={"invalid": "status 422", "failure": "status 503"}))
    await agree(running, model)
    (ended,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert ended.reason == "Needed after all: error behaviour."


async def test_an_interface_is_asked_for_in_plain_words(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "inputs", INPUTS)
    for asked in ("what's the interface of the berth model?", "how do I call the berth model?"):
        told = await play(running, f"ana in #general: @Common Ground {asked}")
        assert "Inputs: length (number required, 0 to 400 m)" in told, asked


async def test_a_sheet_is_named_before_or_after_the_component_and_is_no_part_of_its_name(running: Trial) -> None:
    await a_model(running)
    await a_model(running, "speech interface", kind="service")
    for asked, sheet in (
        ("interface berth model", "berth model: interface"),
        ("interface of the berht model", "berth model: interface"),
        ("berth model requirements", "berth model: requirements"),
        ("speech interface", "speech interface: interface"),
    ):
        assert f"*{sheet}*" in await play(running, f"ana in #general: /owner card {asked}"), asked
    told = await play(running, "ana in #general: /owner card interface")
    assert "Whose card?\n    [berth model] [speech interface]" in told
    assert "*berth model: interface*" in await play(running, 'ana presses "berth model"')


async def test_who_owns_the_duty_of_documenting_an_interface_is_still_told(running: Trial) -> None:
    await a_model(running)
    told = await play(
        running, "ana in #general: @Common Ground whose responsibility is the interface of the berth model?"
    )
    assert "*Model interface documentation of berth model* has no owner." in told


async def test_what_is_said_of_an_interface_is_found_and_exported(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "inputs", INPUTS)
    await say(running, model, "versioning", VERSION)
    told = await play(running, "ana in #general: /common-ground find of the ship")
    assert "Interface card of berth model" in told
    await play(running, INTERFACE.format("ana"), 'ana presses "Get as files"')
    markdown = next(words for to, words in sent(running) if "# berth model: interface" in words)
    assert "## Version and promise\n\nVersion 1.2.0; every change is announced first." in markdown
