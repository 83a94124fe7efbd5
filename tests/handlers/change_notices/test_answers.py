"""Whom a change concerns answers it by one press, or says in a form what it asks of them."""

from bot.trial.run import Trial
from storage.outbox.redactions import REDACTED
from tests.handlers.change_notices.making import changed, notices, served
from tests.handlers.requirements.test_privacy import pry
from tests.playing import play
from tests.sent import sent, told

ASKED = "The interface of berth model changed: inputs. By @Ben Okafor."
CARD = ("ana in #general: /owner card berth model interface", 'ana presses "Open the card"')


async def test_a_change_is_asked_about_in_one_message_and_fine_is_one_press(running: Trial) -> None:
    await served(running)
    seen = await changed(running)
    assert f"Common Ground and Eli Berg\n  Common Ground:\n    {ASKED}" in seen
    assert (
        "Is what you own affected? You answer for planner, which builds on it.\n    [Fine] [Needs work] [Blocked]"
        in seen
    )
    assert "Interface changed, today: no answer yet from Eli Berg" in await play(running, *CARD, "ana closes")
    before = len(sent(running))
    seen = await play(running, 'eli presses "Fine"')
    assert "You said that this is fine." in seen
    assert "[Fine]" not in seen
    # Nobody else hears that nothing is the matter.
    assert len(sent(running)) == before + 1
    assert "Interface changed, today: fine for Eli Berg" in await play(running, *CARD)


async def test_what_needs_work_is_read_by_who_changed_it_and_by_the_lead(running: Trial) -> None:
    await served(running)
    await changed(running)
    lines = (
        'presses "Needs work"',
        'enters "What has to be done, and by whom?": we map the new field',
        'enters "By when?": 2026-01-14',
    )
    await play(running, *(f"eli {line}" for line in lines), "eli submits")
    words = "says that the change of berth model needs work: we map the new field They need it by"
    assert sorted(to for to, text in sent(running) if words in text) == ["UBEN", "UCHLOE"]
    (notice,) = notices(running)
    assert (notice.answers["UELI"].answer, notice.answers["UELI"].until) == ("needs work", "2026-01-14")
    assert "Interface changed, today: needs work: Eli Berg (we map the new field)" in await play(running, *CARD)


async def test_what_blocks_somebody_is_told_to_the_lead(running: Trial) -> None:
    await served(running)
    await changed(running)
    lines = ('presses "Blocked"', 'enters "What does it block?": the new planner', "submits")
    assert "You said that this is in the way." in await play(running, *(f"eli {each}" for each in lines))
    assert told(running, "UCHLOE", "says that the change of berth model blocks them: the new planner")
    assert notices(running)[0].answers["UELI"].answer == "blocked"


async def test_a_form_without_a_word_or_with_a_day_that_is_over_is_not_taken(running: Trial) -> None:
    await served(running)
    await changed(running)
    seen = await play(
        running,
        'eli presses "Needs work"',
        'eli enters "What has to be done, and by whom?": pay DE89 3704 0044 0532 0130 00',
        'eli enters "By when?": 2026-01-01',
        "eli submits",
    )
    assert "! That day is in the past. Choose a day ahead." in seen
    assert notices(running)[0].answers == {}


async def test_who_was_not_asked_cannot_answer(running: Trial) -> None:
    await served(running)
    await changed(running)
    value = f"{notices(running)[0].id}:UELI"
    for action in ("change_fine", "change_needs_work", "change_blocked"):
        assert "Only those who were asked can answer this." in await pry(running, "dev", action, value)
    assert notices(running)[0].answers == {}


async def test_the_summary_says_who_has_not_answered_and_what_is_in_the_way(running: Trial) -> None:
    await served(running)
    await changed(running)
    preview = await play(running, "wait 1 minute", "chloe in #general: /summary preview")
    assert "berth model: interface changed, no answer yet · Eli Berg · today" in preview
    await play(running, 'eli presses "Blocked"', 'eli enters "What does it block?": the new planner', "eli submits")
    preview = await play(running, "wait 1 minute", "chloe in #general: /summary preview")
    assert "no answer yet" not in preview
    assert "berth model: interface changed, blocked: the new planner · today" in preview
    preview = await play(running, "wait 29 days", "chloe in #general: /summary preview")
    assert "interface changed" not in preview


async def test_what_was_said_of_a_change_is_taken_out_for_good(running: Trial) -> None:
    await served(running)
    await changed(running)
    await play(running, 'eli presses "Blocked"', 'eli enters "What does it block?": the falcon deal', "eli submits")
    lines = ("/common-ground redact changes berth model", 'presses "Redact a change of berth model"', "submits")
    await play(running, f"eli in #general: {lines[0]}", *(f"eli {line}" for line in lines[1:]))
    (notice,) = notices(running)
    assert (notice.answers["UELI"].answer, notice.answers["UELI"].note) == ("blocked", REDACTED)
    rows = running.bot.store.reader.all("SELECT body, note FROM change_notice_events")
    assert "falcon" not in str(rows)
    assert all("falcon" not in text for _, text in sent(running))
