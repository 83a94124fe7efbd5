"""A session on words, from what was misread to what was clarified, as people meet it."""

from pydantic_core import to_json

from bot.trial.run import Trial
from handlers.slack.blocks import cut
from storage.engine.statements import alter
from storage.glossary import sessions
from tests.handlers.nudges.looking import pass_days
from tests.playing import play
from tests.writing import write

TEAM = "T0LOCAL"
AGENDA = "/glossary agenda"
ENGINEERS = cut("Software engineering: Deployed configuration no longer matches what is declared in code", 75)


async def misread(trial: Trial) -> None:
    """Let Ana, a data scientist, dispute what engineers mean by drift."""
    await play(trial, "ana in #general: /glossary me data science", "chloe in #general: /glossary me product")
    await play(
        trial,
        "ana in #general: /define drift",
        'ana presses "Not what we mean"',
        f'ana enters "Which definition?": {ENGINEERS}',
        'ana enters "What do you mean instead?": the data changes',
        "ana submits",
        "ana closes",
    )


async def plans(trial: Trial, owner: str = "ben", day: str = "2026-01-12") -> str:
    lines = (f'enters "Who leads it?": {owner}', f'enters "When?": {day}', "submits", "closes")
    return await play(
        trial, f"ana in #general: {AGENDA}", 'ana presses "Plan a session"', *(f"ana {each}" for each in lines)
    )


async def test_the_agenda_names_what_is_misread_between_whom(running: Trial) -> None:
    assert "No word was disputed, unclear or asked for" in await play(running, f"ana in #general: {AGENDA}")
    await misread(running)
    told = await play(running, f"ana in #general: {AGENDA}")
    assert "*Words to clarify, from the last 90 days*" in told
    assert "Data science and software engineering" in told
    assert "*drift*  disputed once" in told
    assert "Ana" not in told.partition("Words to clarify")[2].partition("[Plan a session]")[0]
    assert "Type a number of days" in await play(running, f"ana in #general: {AGENDA} soon")
    await pass_days(running, 40)
    assert "disputed once" not in await play(running, f"ana in #general: {AGENDA} 30")
    assert "disputed once" in await play(running, f"ana in #general: {AGENDA} 60 days")


async def test_who_leads_a_session_hears_of_it_and_is_reminded_on_the_working_day_before(running: Trial) -> None:
    await misread(running)
    told = await plans(running)
    assert "Ben Okafor leads it, and is reminded on the working day before." in told
    assert "planned a session on words for you to lead" in told
    assert "Sessions on words" not in await pass_days(running, 3)
    assert "*Sessions on words*  yours to lead" in await pass_days(running, 1.5)
    told = await play(running, 'ben presses "Open the agenda"')
    assert "*drift*  disputed once" in told
    assert "[What was clarified?]" in told


async def test_the_agenda_says_which_sessions_are_planned_so_that_nobody_plans_one_twice(running: Trial) -> None:
    await misread(running)
    assert "Planned:" not in await play(running, f"ana in #general: {AGENDA}")
    await plans(running)
    await plans(running, "chloe", "2026-01-09")
    told = await play(running, f"eli in #general: {AGENDA}")
    assert "Planned: Chloe Martin, Jan 9, 2026; Ben Okafor, Jan 12, 2026.\n    [Open the agenda]" in told
    assert "Session on words: Chloe Martin" in await play(running, 'eli presses "Open the agenda"')
    await pass_days(running, 100)
    told = await play(running, f"eli in #general: {AGENDA}")
    assert "No word was disputed" in told
    assert "Planned: Chloe Martin" in told


async def test_what_was_clarified_is_settled_in_one_form(running: Trial) -> None:
    await misread(running)
    await plans(running, "chloe")
    await play(running, 'chloe presses "Open the agenda"')
    told = await play(running, 'chloe presses "What was clarified?"')
    assert "Tick what you agreed on." in told
    told = await play(running, "chloe submits")
    assert "Tick what you agreed on." in told
    told = await play(running, f'chloe enters "drift": {ENGINEERS}', "chloe submits", "chloe closes")
    assert "Clarified: drift (software engineering)." in told
    (held,) = running.bot.store.reader.all("SELECT clarified_at FROM glossary_sessions")
    assert held["clarified_at"] != ""
    assert sessions.to_hold(running.bot.store.reader, TEAM) == []
    assert "(disputed)" not in await play(running, "ben in #general: /define drift")
    assert "That session was held." in await play(running, 'chloe presses "Open the agenda"')


async def test_what_was_clarified_is_on_no_agenda_until_somebody_objects_anew(running: Trial) -> None:
    await misread(running)
    await play(running, "wait 1 day", "wait 1 hour")
    await plans(running, "chloe")
    lines = ('presses "Open the agenda"', 'presses "What was clarified?"', f'enters "drift": {ENGINEERS}', "submits")
    await play(running, *(f"chloe {each}" for each in (*lines, "closes")))
    told = await play(running, "wait 1 hour", f"ana in #general: {AGENDA}")
    assert "No word was disputed" in told
    await misread(running)
    assert "*drift*  disputed once" in await play(running, f"ana in #general: {AGENDA}")


async def test_who_may_not_settle_a_meaning_leaves_it_to_its_steward(running: Trial) -> None:
    await misread(running)
    await plans(running, "ben")
    await play(running, 'ben presses "Open the agenda"', 'ben presses "What was clarified?"')
    told = await play(running, f'ben enters "drift": {ENGINEERS}', "ben submits")
    assert "Nothing was saved. Left for their stewards, or changed meanwhile: drift (software engineering)." in told
    assert len(sessions.to_hold(running.bot.store.reader, TEAM)) == 1


async def test_a_day_that_has_passed_and_a_guest_are_refused_at_their_fields(running: Trial) -> None:
    await misread(running)
    await play(running, f"ana in #general: {AGENDA}", 'ana presses "Plan a session"')
    told = await play(running, 'ana enters "When?": 2025-12-01', "ana submits")
    assert "That day is in the past." in told
    told = await play(running, 'ana enters "When?": 2026-01-12', 'ana enters "Who leads it?": gus', "ana submits")
    assert "guest" in told.casefold()
    assert running.bot.store.reader.all("SELECT id FROM glossary_sessions") == []


async def test_a_word_that_is_redacted_leaves_the_sessions(running: Trial) -> None:
    await misread(running)
    await plans(running)
    await running.bot.store.write(lambda transaction: sessions.forget_word(transaction, TEAM, "drift"))
    (left,) = sessions.to_hold(running.bot.store.reader, TEAM)
    assert left.words == ()


async def test_who_may_not_see_the_workspaces_words_sees_no_agenda_and_no_session(running: Trial) -> None:
    await misread(running)
    running.slack.people.join(
        running.slack.workspace.channel_named("general"), running.slack.workspace.user_named("gus")
    )
    told = await play(running, f"gus in #general: {AGENDA}")
    assert "can't be shown here" in told
    assert "drift" not in told


async def test_of_a_word_that_is_no_longer_misread_nothing_is_asked_and_the_form_says_what_is_missing(
    running: Trial,
) -> None:
    await misread(running)
    await plans(running, "chloe")
    words = to_json(["gone", "drift"]).decode()
    await write(running.bot.store, alter, "glossary_sessions", {"team_id": TEAM}, words=words)
    await play(running, 'chloe presses "Open the agenda"', 'chloe presses "What was clarified?"')
    assert "! Tick what you agreed on." in await play(running, "chloe submits")


async def test_what_was_clarified_is_not_asked_again_by_an_agenda_that_still_stands_there(running: Trial) -> None:
    await misread(running)
    await plans(running, "chloe")
    await play(running, f"ana in #general: {AGENDA}", 'ana presses "Open the agenda"')
    lines = ('presses "Open the agenda"', 'presses "What was clarified?"', f'enters "drift": {ENGINEERS}', "submits")
    await play(running, *(f"chloe {each}" for each in (*lines, "closes")))
    assert "That session was held." in await play(running, 'ana presses "What was clarified?"')
