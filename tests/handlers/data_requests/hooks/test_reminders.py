"""What data requests would have people settle, and who is reminded of it."""

from bot.trial.run import Trial
from handlers.data_requests.hooks.reminders import open_reminders, people
from handlers.hooks.reminders import Known, Reminder
from storage.data_requests.data_requests import Term
from storage.records.offers import Offer
from tests.conftest import START
from tests.handlers.data_requests.playing import TEAM, put
from tests.handlers.data_requests.requests import AT, a_request
from tests.playing import play


def due(trial: Trial, known: Known | None = None) -> list[Reminder]:
    found = open_reminders(trial.bot.store.reader, TEAM, known or Known(admins=("UCHLOE",)), trial.bot.clock.now())
    return sorted(found, key=lambda each: -each.harm)


async def test_whose_move_it_is_is_reminded_and_in_the_end_the_other_side(running: Trial) -> None:
    await put(running)
    (reminder,) = due(running)
    assert (reminder.kind, reminder.people, reminder.lead) == ("data request waits", ("UANA",), "UDEV")
    assert (reminder.name, reminder.told) == ("DR-1 berth arrivals", "you're next to agree, or change the terms")
    assert reminder.told_to("UDEV") == "the owner is next to agree, or change the terms"
    assert set(people(running.bot.store.reader, TEAM)) == {"UDEV", "UANA"}
    (gone,) = due(running, Known(frozenset(("UANA", "UDEV")), ("UCHLOE",)))
    assert (gone.people, gone.lead) == (("UCHLOE",), "")
    assert gone.told == "the owner is next to agree, or change the terms"


async def test_data_that_nobody_owns_waits_for_who_asks(running: Trial) -> None:
    await put(running, owner="")
    (reminder,) = due(running)
    assert reminder.people == ("UDEV",)
    assert reminder.told == "the data has no owner yet; name one"


async def test_an_unknown_is_asked_about_before_its_day(running: Trial) -> None:
    terms = a_request().terms
    terms["labels"] = Term(asked=Offer(stance="unknown", finder="UBEN", until="2026-01-15", at=AT))
    await put(running, terms=terms)
    reminder = next(each for each in due(running) if each.kind == "data to be found out")
    assert (reminder.people, reminder.lead, reminder.ripe_at[:10]) == (("UBEN",), "UDEV", "2026-01-13")
    told = await play(running, "wait 2 days")
    assert "still to be found out" not in told
    told = await play(running, "wait 7 days")
    assert "*DR-1 berth arrivals*  labels still to be found out · due tomorrow" in told
    assert "Common Ground and Ben Okafor" in told


async def test_agreed_data_that_is_late_is_asked_for(running: Trial) -> None:
    await put(running, state="agreed", needed_by="2026-01-08")
    await play(running, "wait 4 days")
    late = due(running)[0]
    assert (late.kind, late.people, late.lead) == ("data overdue", ("UANA",), "UDEV")
    assert (late.told, late.due) == ("not delivered yet", "2026-01-08")


async def test_data_that_comes_again_and_again_needs_somebody_who_watches_it(running: Trial) -> None:
    await put(running, state="accepted", turn="")
    (reminder,) = due(running)
    assert (reminder.kind, reminder.people) == ("data that nobody watches", ("UANA",))
    assert reminder.button("UANA")["value"]
    await play(running, "chloe in #general: /owner add berth arrivals", 'chloe enters "What is it?": dataset')
    await play(running, 'chloe enters "Who leads it?": chloe', "chloe submits", "chloe closes")
    assert len(due(running)) == 1
    told = await play(
        running, "ben in #general: /owner berth arrivals data quality monitoring", 'ben presses "I\'ll take it"'
    )
    assert "Ben" in told
    assert due(running) == []


async def test_what_has_ended_and_drafts_wait_for_nobody(running: Trial) -> None:
    await put(running, state="declined", turn="")
    await play(running, "dev in #data: /data-request", 'dev chooses "2026-02-02" in "Needed by"', "dev closes")
    assert (due(running), running.bot.clock.now()) == ([], START)
