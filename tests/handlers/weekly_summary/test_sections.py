"""What each section of a summary tells, as it is read in a preview, in one's own, and in the Home."""

from bot.trial.run import Trial
from storage.data_requests import checks
from storage.data_requests.checks import Check, Finding
from tests.handlers.data_requests.playing import TEAM, put
from tests.handlers.data_requests.requests import AT
from tests.playing import play

PREVIEW = "ben in #general: /summary preview"


async def test_the_glossary_tells_new_meanings_open_questions_and_what_is_asked_most(running: Trial) -> None:
    entered = ('ana enters "Discipline": data science', 'ana enters "Definition in one line": When the tide turns')
    await play(running, "ana in #general: /glossary add slack water", *entered, "ana submits", "ana closes")
    await play(running, "dev in #general: /define berthing", 'dev presses "Ask the team"')
    await play(running, "eli in #general: /define berthing", 'eli presses "Ask the team"')
    told = await play(running, *["dev in #general: /define bias"] * 2, "wait 1 minute", PREVIEW)
    assert "*Words*  slack water has a data science definition now" in told
    assert "slack water (data science), new: When the tide turns" in told
    assert "What does “berthing” mean?" in told
    assert "bias, asked for 2 times so far" in told
    assert "berthing" in await play(running, 'ben presses "Define berthing"')
    home = await play(running, "ana opens the Home", 'ana presses "See all"')
    assert "slack water (data science)" in home


async def test_a_sample_that_broke_its_contract_is_told_with_its_owner(running: Trial) -> None:
    request = await put(running, state="delivered", turn="requester")
    kept, broken = (Finding(expected="e", found="f", is_kept=is_kept) for is_kept in (True, False))
    check = Check(
        id="c", team_id=TEAM, request_id=request.id, file_id="F", file_name="a.csv", by="UDEV", at=AT,
        state="done", findings=(kept, broken),
    )  # fmt: skip
    await running.bot.store.write(lambda transaction: checks.add(transaction, check))
    told = await play(running, PREVIEW)
    assert "DR-1  berth arrivals: a.csv failed 1 of 2 checks · Ana Ruiz" in told
