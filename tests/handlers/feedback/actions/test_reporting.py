"""Feedback from a message to its end: given, joined, answered, and every reporter told."""

from bot.trial.run import Trial
from storage.data_requests import data_requests
from storage.feedback.feedback import ITEMS
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import DutyEntry
from storage.workspaces.people import KnownPerson, note_people
from tests.handlers.feedback.playing import REPORT, every, lines, reported
from tests.handlers.requirements.playing import TEAM, a_model
from tests.playing import play

FORM = "ben in #general: /owner feedback berth model"


async def test_feedback_goes_from_a_message_to_the_model_side_and_back_with_an_answer(running: Trial) -> None:
    await a_model(running)
    await play(running, "ben in #general: The berth model told <@UELI> to use a berth of 150 m")
    told = await play(running, 'ben uses "Send to the model team" on "The berth model told"')
    assert "What is it about?: [berth model]" in told
    assert "What did you get?: [The berth model told somebody to use a berth of 150 m]" in told
    assert "For example: a ship of 200 m from the north. No names, no personal data." in told
    told = await play(running, *lines("ben", *REPORT, "submits", "closes"))
    assert "*FB-1: *@Ben Okafor reported a problem with berth model (high, now and then)" in told
    assert "Common Ground and Ana Ruiz" in told
    assert "I've sent FB-1 to @Ana Ruiz. I'll let you know what happens." in told
    (item,) = every(running)
    assert "/archives/CGENERAL/p" in item.source_link
    await play(running, "wait 1 hour", 'ana presses "Will fix"')
    told = await play(running, *lines("ana", 'enters "By when?": 2026-01-20', "submits"))
    assert "@Ana Ruiz will fix FB-1 by Jan 20, 2026 (berth model): a berth of 150 m" in told
    assert "Common Ground and Ben Okafor" in told
    assert "You'll fix FB-1 by Jan 20, 2026. Whoever reported it knows." in told
    told = await play(running, *lines("ana", "closes"), "wait 3 days", "ana in #general: /owner feedback fb1")
    assert "Next: Ana Ruiz to fix it by Jan 20, 2026, open for 3 days." in told
    answered = ('presses "Answer"', 'enters "Your answer": Lengths were in feet. Fixed in 3.2.', "submits")
    told = await play(running, *lines("ana", *answered))
    assert "@Ana Ruiz answered FB-1 (berth model): a berth of 150 m\n    > Lengths were in feet. Fixed in 3.2." in told
    again = ('presses "Reopen"', 'enters "What\'s still wrong?": It happened again', "submits")
    told = await play(running, *lines("ben", *again))
    assert "@Ben Okafor reopened FB-1 (berth model): a berth of 150 m\n    > It happened again" in told
    assert "Common Ground and Ana Ruiz" in told
    assert "[Answer] [Will fix] [Works as intended] [… Needs data / Open]" in told
    told = await play(running, "ben closes", "ben in #general: /owner feedback FB-1")
    assert "Earlier answer: Lengths were in feet. Fixed in 3.2." in told
    assert [each.what for each in ITEMS.history(running.bot.store.reader, TEAM, item.id)] == [
        "reopened it",
        "answered",
        "will fix it by Tue 20 Jan",
        "reported it",
    ]
    assert "reopened it: It happened again" in await play(running, 'ben presses "History"')


async def test_it_goes_to_who_has_the_duty_then_to_the_model_side_then_to_the_lead(running: Trial) -> None:
    model = await a_model(running)
    duty = "dev in #general: /owner berth model feedback"
    await play(running, duty, 'dev presses "I\'ll take it"')
    told = await play(running, FORM, *lines("ben", *REPORT, "submits", "closes"))
    assert "Common Ground and Dev Patel" in told
    assert "I've sent FB-1 to @Dev Patel." in told
    owned = responsibilities.duty(running.bot.store.reader, TEAM, model.id, "feedback")
    assert owned is not None
    assert owned.owner == "UDEV"
    await a_model(running, "tide model", model_side=())
    told = await play(running, "ben in #general: /owner feedback tide model", *lines("ben", *REPORT, "submits"))
    assert "Common Ground and Chloe Martin" in told


async def test_repeats_are_offered_to_be_joined_and_all_who_joined_are_told(running: Trial) -> None:
    model = await a_model(running)
    await reported(running, model)
    told = await play(running, "eli in #general: /owner feedback berth model")
    assert "*Already reported. Is it one of these?*\n    FB-1 · berth model: a berth of 150 m" in told
    told = await play(running, *lines("eli", *REPORT, "submits"))
    assert "This looks like a report below. If it isn't the same, press Send again." in told
    assert "What was the input?: [a ship of 200 m from the north]" in told
    told = await play(running, 'eli presses "I see FB-1 too"')
    assert "You've joined FB-1. I'll let you know what happens." in told
    assert [each.joined for each in every(running)] == [("UELI",)]
    told = await play(running, "dev in #general: /owner feedback FB-1", 'dev presses "I see this too"')
    assert "You've joined FB-1." in told
    told = await play(running, "ana in #general: /owner feedback FB-1")
    assert "reported by Ben Okafor and 2 more people, today" in told
    meant = ('presses "Works as intended"', 'enters "Why does it work like this?": Tugs turn it', "submits")
    told = await play(running, *lines("ana", *meant))
    for who in ("Ben Okafor", "Eli Berg", "Dev Patel"):
        assert f"Common Ground and {who}\n  Common Ground:\n    @Ana Ruiz says this works as intended: FB-1" in told


async def test_what_only_looks_alike_is_sent_after_a_second_press(running: Trial) -> None:
    model = await a_model(running)
    await reported(running, model)
    await play(running, "eli in #general: /owner feedback berth model", *lines("eli", *REPORT, "submits"))
    assert len(every(running)) == 1
    told = await play(running, "eli submits")
    assert "I've sent FB-2 to @Ana Ruiz." in told
    assert len(every(running)) == 2


async def test_who_joins_twice_or_what_is_settled_changes_nothing(running: Trial) -> None:
    model = await a_model(running)
    await reported(running, model)
    await play(running, "eli in #general: /owner feedback FB-1", 'eli presses "I see this too"')
    version = every(running)[0].version
    await play(running, 'eli presses "I see this too"')
    await play(running, "dev in #general: /owner feedback FB-1")
    assert every(running)[0].version == version
    answered = ('presses "Answer"', 'enters "Your answer": No', "submits", "closes")
    await play(running, "ana in #general: /owner feedback FB-1", *lines("ana", *answered))
    told = await play(running, 'dev presses "I see this too"')
    assert "Ana Ruiz: No\n    Answered." in told
    assert every(running)[0].joined == ("UELI",)


async def test_what_needs_data_opens_a_data_request_and_shows_how_it_stands(running: Trial) -> None:
    model = await a_model(running)
    await reported(running, model)
    needs = ('presses "Needs data"', 'enters "What data is missing?": Lengths of all berths', "submits")
    told = await play(running, "ana in #general: /owner feedback FB-1", *lines("ana", *needs))
    assert "@Ana Ruiz needs data for FB-1 (berth model): a berth of 150 m\n    > Lengths of all berths" in told
    told = await play(running, 'ana presses "Ask for data"')
    assert "What is it for?: [To answer FB-1: a berth of 150 m]" in told
    assert "What data do you need?: [Lengths of all berths]" in told
    assert "Which model or product? (optional): [berth model]" in told
    await play(running, *lines("ana", 'enters "Needed by": 2026-02-02', "submits"))
    (request,) = data_requests.in_states(running.bot.store.reader, TEAM, data_requests.STATES)
    assert (request.component_id, request.state) == (model.id, "open")
    told = await play(running, *lines("ana", "closes"), "ben in #general: /owner feedback FB-1")
    assert "Data: DR-1 Lengths of all berths (open)" in told
    assert "Waiting on data: DR-1, open since today." in told
    assert "[Ask for data]" not in await play(running, "ana in #general: /owner feedback FB-1")
    assert "(needs data) · today" in await play(running, "ben in #general: /summary preview")


async def test_a_step_is_taken_by_the_team_and_once(running: Trial) -> None:
    model = await a_model(running)
    await reported(running, model)
    told = await play(running, "ben in #general: /owner feedback FB-1")
    assert "[Answer]" not in told
    answer = ('presses "Answer"', 'enters "Your answer": No')
    for who in ("ana", "chloe"):
        await play(running, f"{who} in #general: /owner feedback FB-1", *lines(who, *answer))
    await play(running, "ana submits")
    told = await play(running, "chloe submits")
    assert "FB-1 has already been answered." in told
    assert every(running)[0].by == "UANA"
    assert "FB-1 has already been answered." in await play(running, "chloe closes", 'chloe presses "Works as intended"')


async def test_a_list_has_the_worst_and_the_oldest_first(running: Trial) -> None:
    assert "You can't see any open feedback here." in await play(running, "ben in #general: /owner feedback list")
    model = await a_model(running)
    await reported(running, model, severity="low", got="a slow page")
    await reported(running, model, severity="high", got="a wrong berth")
    told = await play(running, "ben in #general: @Common Ground feedback list")
    assert told.index(
        "FB-2 · berth model: a wrong berth\n    High. Next: Ana Ruiz to answer, open since today."
    ) < told.index("FB-1 · berth model: a slow page")
    assert "@Ana" not in told
    for number in range(14):
        await reported(running, model, got=f"berth {number}")
    assert "[10 more]" in await play(running, "ben in #general: /owner feedback list")
    second = await play(running, 'ben presses "10 more"')
    assert ("FB-8 · berth model: berth 5" in second, "[4 more]" in second) == (True, True)


async def test_the_newest_feedback_is_shown_and_no_form_opens(running: Trial) -> None:
    model = await a_model(running)
    await reported(running, model, got="a wrong berth")
    told = await play(running, "ben in #general: @Common Ground feedback about the berth model pls, newest")
    assert "FB-1 · berth model: a wrong berth" in told
    assert "Press to give feedback" not in told


async def test_the_form_opens_for_what_is_meant(running: Trial) -> None:
    assert "I don't know any model or product" in await play(running, FORM)
    await a_model(running)
    await a_model(running, "harbour app", kind="product")
    await a_model(running, "berth data", kind="dataset")
    told = await play(running, "ben in #general: /owner feedback harbour app: too slow at noon")
    assert "What is it about?: [harbour app]" in told
    assert "What did you get?: [too slow at noon]" in told
    told = await play(running, *lines("ben", "closes"), "ben in #general: /owner feedback berth data")
    assert "What is it about?: [berth model]" not in told
    told = await play(running, *lines("ben", "closes"), "ben in #general: @Common Ground feedback on the berth model")
    assert "Press to give feedback:" in told
    told = await play(running, 'ben presses "Give feedback"')
    assert "What is it about?: [berth model]" in told


async def test_what_is_chosen_shows_what_is_reported_on_it(running: Trial) -> None:
    await a_model(running)
    await reported(running, await a_model(running, "tide model"), got="no tide")
    told = await play(running, "ben in #general: /owner feedback", *lines("ben", 'enters "What did you get?": a tide'))
    assert "Already reported" not in told
    told = await play(running, 'ben chooses "tide model" in "What is it about?"')
    assert "FB-1 · tide model: no tide" in told


async def test_what_is_wrong_in_a_step_is_said_at_its_field(running: Trial) -> None:
    await reported(running, await a_model(running))
    await play(running, "ana in #general: /owner feedback FB-1", 'ana presses "Will fix"')
    told = await play(running, *lines("ana", 'enters "By when?": 2026-01-01', "submits"))
    assert "! That day is in the past. Choose a day ahead." in told
    told = await play(
        running,
        *lines("ana", 'enters "By when?": 2026-01-09', 'enters "What will you do?": ask a@b.example', "submits"),
    )
    assert "! This looks like a person's email address." in told
    assert every(running)[0].state == "new"
    assert "I can't find that feedback, or you can't see it here." in await play(
        running, "ana closes", "ana in #general: /owner feedback FB-9"
    )


async def test_a_long_history_is_read_a_page_at_a_time(running: Trial) -> None:
    await reported(running, await a_model(running))
    for number in range(11):
        note = f'enters "Your answer": no {number}'
        await play(running, "ana in #general: /owner feedback FB-1", *lines("ana", 'presses "Answer"', note, "submits"))
        again = ('presses "Reopen"', 'enters "What\'s still wrong?": again', "submits", "closes")
        await play(running, "ana closes", "ben in #general: /owner feedback FB-1", *lines("ben", *again))
    await play(running, "ben in #general: /owner feedback FB-1")
    told = await play(running, 'ben presses "History"')
    assert "reported it" not in told
    assert "2026-01-05 Ben Okafor, reported it" in await play(running, 'ben presses "3 older"')


async def test_who_promised_something_is_whose_move_it_is_everywhere(running: Trial) -> None:
    await reported(running, await a_model(running, model_side=("UDEV", "UANA")))
    promised = ('presses "Will fix"', 'enters "By when?": 2026-01-09', "submits", "closes")
    await play(running, "ana in #general: /owner feedback FB-1", *lines("ana", *promised))
    assert "Next: Ana Ruiz to fix it" in await play(running, "ben in #general: /owner feedback FB-1")
    assert "(will fix) · Ana Ruiz · today" in await play(running, "ben in #general: /summary preview")
    # Another day can be set.
    later = ('presses "Will fix"', 'enters "By when?": 2026-01-20', "submits", "closes")
    told = await play(running, "ana in #general: /owner feedback FB-1", *lines("ana", *later))
    assert "You'll fix FB-1 by Jan 20, 2026. Whoever reported it knows." in told


async def test_where_nobody_is_left_it_goes_to_an_admin(running: Trial) -> None:
    await a_model(running, model_side=(), lead="UGONE")
    described = {"team_id": TEAM, "name": "Ida", "tz": "UTC", "is_gone": True, "is_away": False, "read_at": ""}
    gone = KnownPerson.model_validate({**described, "user_id": "UGONE"})
    await running.bot.store.write(lambda transaction: note_people(transaction, [gone]))
    told = await play(running, FORM, *lines("ben", *REPORT, "submits"))
    assert "Common Ground and Chloe Martin" in told
    assert "I've sent FB-1 to @Chloe Martin." in told


async def test_a_duty_that_is_only_proposed_takes_no_feedback(running: Trial) -> None:
    model = await a_model(running)
    duty = responsibilities.duty(running.bot.store.reader, TEAM, model.id, "feedback")
    assert duty is not None
    proposed = duty.model_copy(update={"state": "disputed", "owner": "UDEV"})
    entry = DutyEntry(at=duty.changed_at, by="UDEV", what="claim")
    kept = await running.bot.store.write(lambda told: responsibilities.change_duty(told, duty, proposed, entry))
    told = await play(running, FORM, *lines("ben", *REPORT, "submits"))
    assert "Common Ground and Dev Patel" not in told
    assert "I've sent FB-1 to @Ana Ruiz." in told
    taken = kept.model_copy(update={"state": "accepted"})
    await running.bot.store.write(lambda transaction: responsibilities.change_duty(transaction, kept, taken, entry))
    again = lines("ben", "closes", FORM.removeprefix("ben "), *REPORT, "submits", "submits")
    assert "Common Ground and Dev Patel" in await play(running, *again)


async def test_what_is_typed_after_the_name_is_cut_to_its_field(running: Trial) -> None:
    await a_model(running)
    told = await play(running, f"ben in #general: /owner feedback berth model: {'slow ' * 600}")
    assert "What did you get?: [slow slow" in told


async def test_who_reports_on_what_is_theirs_is_not_told_of_it(running: Trial) -> None:
    await a_model(running, model_side=("UBEN",))
    told = await play(running, FORM, *lines("ben", *REPORT, "submits"))
    assert "reported a problem with berth model" not in told
    assert "FB-1 is reported. It's yours to answer" in told
    report = lines("dev", "in #general: /owner feedback berth model", *REPORT, "submits", "submits")
    assert "@Dev Patel reported a problem with berth model" in await play(running, *report)


async def test_who_reported_it_is_not_asked_to_join_it(running: Trial) -> None:
    await reported(running, await a_model(running))
    await play(running, FORM)
    assert "You've already reported FB-1. I'll let you know what happens." in await play(
        running, 'ben presses "I see FB-1 too"'
    )
    assert every(running)[0].joined == ()
    assert "[I see this too]" not in await play(running, "ana in #general: /owner feedback FB-1")
