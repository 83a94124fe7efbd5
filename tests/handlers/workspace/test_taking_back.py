"""What was shared with a channel is taken back there, too: once redacted, or once who shared it is forgotten."""

from bot.trial.run import Trial
from tests.conftest import StartTrial
from tests.handlers.data_requests.playing import fills_in
from tests.handlers.decisions.playing import log
from tests.handlers.workspace.test_redacting import SECRET, all_messages, redact
from tests.playing import play


async def share_a_word(trial: Trial, where: str) -> None:
    page = {"Definition in one line": f"the password {SECRET}", "Discipline": "Domain"}
    await play(trial, "ana in #general: /glossary add vault", *fills_in("ana", page), "ana submits", "ana closes")
    await play(trial, f"ben in {where}: /define vault", 'ben presses "Share"')
    assert SECRET in all_messages(trial)


async def test_a_definition_that_was_shared_is_taken_back_where_the_bot_is(start: StartTrial) -> None:
    async with start(use_http=True) as running:
        await share_a_word(running, "#general")
        await redact(running, "ana", "vault")
        assert SECRET not in all_messages(running)


async def test_an_answer_that_was_shared_in_a_thread_is_taken_back(running: Trial) -> None:
    await log(running, f"We log in with {SECRET}", "ana")
    await play(running, "ben in #churn-model: @Common Ground D-1", 'ben presses "Share in thread"')
    assert SECRET in all_messages(running)
    await redact(running, "ana", "D-1")
    assert SECRET not in all_messages(running)


async def test_a_definition_that_took_the_place_of_a_question_is_taken_back(running: Trial) -> None:
    page = {"Definition in one line": f"the password {SECRET}", "Discipline": "Domain"}
    await play(running, "ana in #general: /glossary add vault", *fills_in("ana", page), "ana submits", "ana closes")
    await play(running, "ben in #general: @Common Ground define vaullt", 'ben presses "vault"')
    assert f"the password {SECRET}" in await play(running, "ben in #general: @Common Ground define vault")
    assert all_messages(running).count(SECRET) >= 3
    await redact(running, "ana", "vault")
    assert SECRET not in all_messages(running)


async def test_where_the_bot_is_not_a_definition_is_shared_and_whoever_redacts_it_is_told_that_it_stays(
    running: Trial,
) -> None:
    await share_a_word(running, "#random")
    told = await redact(running, "ana", "vault")
    assert "definitions shared in channels I'm not in stay until somebody deletes them" in told
    assert SECRET in all_messages(running)
