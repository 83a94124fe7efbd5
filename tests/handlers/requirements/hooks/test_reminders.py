"""What a card would have people settle, and what the weekly summary and the Home tell of it."""

from bot.trial.run import Trial
from handlers.checks.dates import day
from handlers.hooks.reminders import Known, Reminder
from handlers.requirements.hooks.reminders import open_reminders, people
from storage.records.offers import Offer
from tests.handlers.requirements.playing import LATENCY, TEAM, a_model, agree, measure, say
from tests.playing import play

UNKNOWN = Offer(stance="unknown", finder="UDEV", until="2026-01-15")
PREVIEW = "chloe in #general: /summary preview"


def due(trial: Trial, known: Known | None = None) -> list[Reminder]:
    found = open_reminders(trial.bot.store.reader, TEAM, known or Known(admins=("UCHLOE",)), trial.bot.clock.now())
    return sorted(found, key=lambda each: -each.harm)


async def test_what_waits_for_a_side_is_one_reminder_for_all_its_people(running: Trial) -> None:
    model = await a_model(running, product_side=("UBEN", "UDEV"))
    await say(running, model, "latency", Offer(parts=LATENCY))
    await say(running, model, "fairness", Offer(stance="not needed", reason="All alike"))
    (reminder,) = due(running)
    assert (reminder.kind, reminder.people, reminder.lead) == ("requirements to agree", ("UBEN", "UDEV"), "UCHLOE")
    assert (reminder.name, reminder.told) == ("berth model", "latency, fairness: the product side to agree")
    (gone,) = due(running, Known(frozenset(("UBEN", "UDEV")), ("UCHLOE",)))
    assert (gone.people, gone.lead) == (("UCHLOE",), "")
    (nobody,) = due(running, Known(frozenset(("UBEN", "UDEV", "UCHLOE")), ("UELI",)))
    assert nobody.people == ("UELI",)
    assert nobody.told == "latency, fairness: nobody is left on the product side to agree"
    assert nobody.button("UELI")["action_id"] == "owner_edit"
    told = await play(running, "wait 2 days")
    assert "*berth model*  latency, fairness: the product side to agree · since" in told
    assert "Common Ground and Ben Okafor" in told
    assert "1 of 11" not in told
    told = await play(running, 'ben presses "Open"', 'ben presses "Agree to all 2"')
    assert "· 2 of 11 agreed" in told
    assert due(running) == []


async def test_what_is_to_be_found_out_is_asked_of_its_finder_and_in_the_end_of_the_lead(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "cost", UNKNOWN)
    (reminder,) = due(running)
    assert (reminder.kind, reminder.people, reminder.lead) == ("requirement to be found out", ("UDEV",), "UCHLOE")
    assert reminder.ripe_at[:10] == "2026-01-13"
    assert "UDEV" in set(people(running.bot.store.reader, TEAM))
    assert "still to be found out" not in await play(running, "wait 7 days")
    told = await play(running, "wait 2 days")
    assert "*berth model*  cost still to be found out · due tomorrow" in told
    assert "Who will find out?" in await play(running, 'dev presses "Answer"')
    (gone,) = due(running, Known(frozenset(("UDEV",)), ("UCHLOE",)))
    assert (gone.people, gone.lead) == (("UCHLOE",), "")


async def test_before_a_launch_the_lead_hears_of_all_that_is_open(running: Trial) -> None:
    model = await a_model(running, launch_on="2026-01-26")
    await say(running, model, "latency", Offer(parts=LATENCY))
    await agree(running, model)
    await measure(running, model, {"latency": "420 ms"})
    (reminder,) = due(running)
    assert (reminder.kind, reminder.people) == ("launch with open requirements", ("UCHLOE",))
    assert reminder.told == f"launches {day('2026-01-26')} with 11 requirements open"
    assert "*berth model*  launches Jan 26, 2026 with 11 requirements open" in await play(running, "wait 54 hours")
    (gone,) = due(running, Known(frozenset(("UCHLOE",)), ("UELI",)))
    assert gone.people == ("UELI",)


async def test_a_launch_that_is_far_or_over_asks_nobody(running: Trial) -> None:
    await a_model(running, launch_on="2026-02-03")
    await a_model(running, "tide model", launch_on="2026-01-04")
    await a_model(running, "wind model")
    assert due(running) == []
    await a_model(running, "wave model", launch_on="2026-02-02")
    assert [each.name for each in due(running)] == ["wave model"]


async def test_the_summary_tells_what_is_agreed_missed_unknown_and_waits(running: Trial) -> None:
    model = await a_model(running, launch_on="2026-01-26")
    await say(running, model, "latency", Offer(parts=LATENCY))
    await say(running, model, "fairness", Offer(stance="not needed", reason="All alike"))
    await agree(running, model)
    await measure(running, model, {"latency": "420 ms"})
    await say(running, model, "cost", UNKNOWN)
    await say(running, model, "safety", Offer(parts=LATENCY))
    told = await play(running, "wait 1 minute", PREVIEW)
    for line in (
        "*berth model launches *Jan 26, 2026* with 7 requirements not set, 1 unknown, 1 missed, 1 never measured.*",
        "*Requirements*  Latency of berth model missed: 420 ms, required at most 300 ms · ",
        "berth model: latency is 420 ms, required: at most 300 ms · Chloe Martin · today",
        "berth model: cost is unknown, due Jan 15, 2026 · Dev Patel · today",
        "berth model: safety, waiting on the product side · Ben Okafor · today",
        "berth model: latency is agreed · today",
    ):
        assert line in told


async def test_the_summary_tells_of_an_interface_as_a_whole(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "inputs", Offer(parts={"columns": "length | number"}))
    await say(running, model, "outputs", Offer(parts={"columns": "berth | string"}))
    await agree(running, model)
    await say(running, model, "endpoint", Offer(parts={"where": "POST /predict"}))
    await say(running, model, "errors", UNKNOWN)
    told = await play(running, "wait 1 minute", PREVIEW)
    for line in (
        "Interface of berth model agreed",
        "berth model: interface agreed (inputs, outputs) · today",
        "berth model: interface (where to call it), waiting on the product side · Ben Okafor · today",
        "berth model: error behaviour unknown, due Jan 15, 2026 · Dev Patel · today",
    ):
        assert line in told


async def test_who_is_to_agree_to_an_interface_is_reminded_of_that_sheet_by_itself(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await say(running, model, "inputs", Offer(parts={"columns": "length | number"}))
    found = {each.subject: (each.told, each.people, each.topic.several) for each in due(running)}
    assert found == {
        f"{model.id}:product": ("latency: the product side to agree", ("UBEN",), "requirements need you"),
        f"{model.id}:product:interface": (
            "inputs: the product side to agree",
            ("UBEN",),
            "points of its interface need you",
        ),
    }


async def test_the_home_shows_the_models_of_ones_sides(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await agree(running, model)
    for who in ("ana", "ben", "chloe"):
        shown = await play(running, f"{who} opens the Home", f'{who} presses "See everything that is yours"')
        assert "berth model: 1 of 11 requirements agreed" in shown
    assert "berth model: 1 of 11" not in await play(running, "dev opens the Home")
    home = await play(running, 'ana presses "Open berth model: 1 of 11 requirements agreed"')
    assert "*berth model: requirements*" in home
