"""When feedback waits for somebody, and what the weekly summary and the Home tell of it."""

from bot.trial.run import Trial
from handlers.feedback.hooks.reminders import open_reminders, people
from handlers.hooks.reminders import Known, Reminder
from storage.data_requests import data_requests
from storage.feedback.feedback import ITEMS, Feedback
from storage.records.versioned import HistoryEntry
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import COMPONENTS, DUTIES, DutyEntry
from tests.handlers.data_requests.playing import put
from tests.handlers.feedback.playing import lines, reported
from tests.handlers.requirements.playing import TEAM, a_model
from tests.playing import play


def due(trial: Trial, known: Known | None = None) -> list[Reminder]:
    found = open_reminders(trial.bot.store.reader, TEAM, known or Known(admins=("UCHLOE",)), trial.bot.clock.now())
    return sorted(found, key=lambda each: -each.harm)


async def moved(trial: Trial, item: Feedback, **changes: object) -> Feedback:
    event = HistoryEntry(at=item.created_at, by="UANA", what="was put so")
    return await trial.bot.store.write(lambda transaction: ITEMS.change(transaction, item, changes, event))


async def test_new_feedback_waits_for_who_it_goes_to_the_worst_first_and_in_the_end_for_the_lead(
    running: Trial,
) -> None:
    model = await a_model(running)
    await reported(running, model, severity="low")
    await reported(running, model, severity="high")
    worst, least = due(running)
    assert (worst.kind, worst.people, worst.lead) == ("feedback waits", ("UANA",), "UCHLOE")
    assert (worst.name, worst.told) == ("FB-2 berth model", "“a berth of 150 m” (high): needs an answer")
    assert worst.harm > least.harm
    assert {"UANA", "UBEN", "UCHLOE"} <= set(people(running.bot.store.reader, TEAM))
    (gone, _) = due(running, Known(frozenset(("UANA", "UCHLOE")), ("UELI",)))
    assert (gone.people, gone.lead) == (("UELI",), "")
    told = await play(running, "wait 2 days")
    assert "Common Ground and Ana Ruiz" in told
    assert "*berth model*  2 reports need an answer · since" in told
    done = (
        'presses "Review"',
        'presses "Open: FB-2 berth model, “a berth of 150 m” (high): needs an answer"',
        'presses "Works as intended"',
        'enters "Why does it work like this?": Tugs turn it',
        "submits",
    )
    assert "Works as intended: FB-2. Whoever reported it knows." in await play(running, *lines("ana", *done))
    assert [each.name for each in due(running)] == ["FB-1 berth model"]


async def test_who_gets_the_duty_for_feedback_or_the_lead_hears_of_it_from_then_on(running: Trial) -> None:
    model = await a_model(running)
    await reported(running, model)
    assert [(each.people, each.lead) for each in due(running)] == [(("UANA",), "UCHLOE")]
    store, at = running.bot.store, model.created_at
    owned = {"state": "accepted", "owner": "UDEV"}
    step, said = DutyEntry(at=at, by="UDEV", what="accepted"), HistoryEntry(at=at, by="UANA", what="was put so")
    duty = responsibilities.duty(store.reader, TEAM, model.id, "feedback")
    assert duty is not None
    await store.write(lambda transaction: DUTIES.change(transaction, duty, owned, step))
    assert [(each.people, each.lead) for each in due(running)] == [(("UDEV",), "UCHLOE")]
    await store.write(lambda transaction: COMPONENTS.change(transaction, model, {"lead": "UELI"}, said))
    assert [(each.people, each.lead) for each in due(running)] == [(("UDEV",), "UELI")]


async def test_what_is_promised_waits_for_its_day(running: Trial) -> None:
    item = await reported(running, await a_model(running, model_side=("UDEV", "UANA")))
    item = await moved(running, item, state="will fix", by="UANA", fix_by="2026-01-07")
    assert due(running) == []
    await play(running, "wait 3 days")
    (late,) = due(running)
    assert (late.told, late.due) == ("“a berth of 150 m” (high): is it fixed?", "2026-01-07")
    # Who promised it is asked, and not who it would go to first.
    assert late.people == ("UANA",)
    await moved(running, item, fix_by="")
    assert (due(running)[0].told, due(running)[0].due) == (late.told, "")


async def test_what_needs_data_waits_until_the_data_is_there(running: Trial) -> None:
    item = await reported(running, await a_model(running))
    await moved(running, item, state="needs data", by="UANA")
    (reminder,) = due(running)
    assert reminder.told.endswith(": it needs data, not requested yet")
    assert reminder.button("UANA")["value"] == item.id
    request = await put(running, feedback_id=item.id)
    assert [each.kind for each in due(running)] == []
    event = HistoryEntry(at=request.changed_at, by="", what="was put so")
    await running.bot.store.write(
        lambda transaction: data_requests.change(transaction, request, {"state": "accepted"}, event)
    )
    assert due(running)[0].told.endswith(": the request for its data is closed; what next?")


async def test_the_summary_counts_by_component_and_severity(running: Trial) -> None:
    model, tide = await a_model(running), await a_model(running, "tide model")
    for severity in ("high", "low", "low"):
        await reported(running, model, severity=severity)
    await reported(running, tide, severity="medium", got="no tide")
    done = await reported(running, tide, got="ebb and flood swapped")
    await play(running, "wait 1 minute")
    now = running.bot.clock.now().isoformat(timespec="microseconds")
    await moved(running, done, state="answered", by="UANA", moved_at=now)
    told = await play(running, "wait 1 minute", "chloe in #general: /summary preview")
    assert "*FB-1: a problem with berth model was reported.*" in told
    assert "*Feedback*  tide model: no tide" in told
    assert "berth model: 1 high, 2 low; tide model: 1 medium." in told
    assert "FB-4 · tide model: no tide (new) · Ana Ruiz · today" in told
    assert "FB-5 · tide model: ebb and flood swapped (answered) · today" in told


async def test_only_the_chapter_on_duties_says_how_its_share_changed(running: Trial) -> None:
    model = await a_model(running)
    await play(running, "ben in #general: /summary here weekly monday 09:00", "wait 7 days")
    await play(
        running, "wait 1 minute", "dev in #general: /owner berth model monitoring", 'dev presses "I\'ll take it"'
    )
    await reported(running, model)
    second = await play(running, "wait 7 days")
    assert "berth model: 1 high." in second
    assert second.count(" more).") == 1


async def test_the_home_shows_what_one_reported(running: Trial) -> None:
    item = await reported(running, await a_model(running))
    await moved(running, item, joined=("UELI",))
    for who in ("ben", "eli"):
        told = await play(running, f"{who} opens the Home", f'{who} presses "See everything that is yours"')
        assert "FB-1 · berth model: a berth of 150 m (new)" in told
    assert "a berth of 150 m" not in await play(running, "dev opens the Home")
    told = await play(running, 'ben presses "Open FB-1 · berth model: a berth of 150 m (new)"')
    assert "*FB-1 · berth model* · high, now and then · reported by Ben Okafor" in told
