"""Who carries too much and who always gives way is seen by the person and who leads their work, and by nobody else."""

from collections.abc import Iterable

from bot.trial.run import Trial
from handlers.responsibilities.catalogue import standard_catalogue
from tests.handlers.nudges.looking import pass_days
from tests.handlers.responsibilities.test_commands import add
from tests.playing import play
from tests.sent import sent

MODEL_DUTIES = [each.name for each in standard_catalogue() if "model" in each.kinds]
TOO_MUCH = "own 13 duties, more than one person can look after."
GAVE_WAY = "gave way each of the 3 times that"
OVER = "disagreed about a duty, a data request or a card."


async def takes(trial: Trial, who: str, duties: Iterable[str]) -> None:
    for name in duties:
        await play(trial, f"{who} in #general: /owner churn model {name}", f'{who} presses "I\'ll take it"')


async def gives_way(trial: Trial, who: str, to: str, name: str) -> None:
    await takes(trial, who, [name])
    await play(trial, f"{to} in #general: /owner churn model {name}", f'{to} presses "I own it too"')
    await play(trial, f"{who} in #general: /owner churn model {name}", f'{who} presses "Not me"')
    await play(trial, f"{who} submits", f"{who} closes")


async def mine(trial: Trial, who: str) -> str:
    return await play(trial, f"{who} in #general: /owner mine")


async def test_too_many_duties_are_seen_by_their_owner_and_the_lead_alone(running: Trial) -> None:
    await add(running)
    await takes(running, "ana", MODEL_DUTIES[:12])
    assert "more than one person" not in await mine(running, "ana")
    await takes(running, "ana", MODEL_DUTIES[12:13])
    seen = await mine(running, "ana")
    assert f"*You* {TOO_MUCH}" in seen
    assert "Only you see this, and who leads the component." in seen
    assert "*Ana Ruiz* owns 13 duties, more than one person can look after." in await mine(running, "chloe")
    for each in ("ben", "dev", "eli"):
        assert "more than one person" not in await mine(running, each)
    seen = await play(running, "ana in #general: @Common Ground owner mine")
    assert "You own" in seen
    assert "more than one person" not in seen


async def test_who_always_steps_back_is_seen_by_them_and_the_lead_alone(running: Trial) -> None:
    await add(running)
    for each in MODEL_DUTIES[:3]:
        await gives_way(running, "ben", "ana", each)
    assert f"*You* {GAVE_WAY} you and somebody else {OVER}" in await mine(running, "ben")
    assert f"*Ben Okafor* {GAVE_WAY} they and somebody else {OVER}" in await mine(running, "chloe")
    for each in ("ana", "dev", "eli"):
        assert "gave way" not in await mine(running, each)


async def test_the_lead_is_reminded_last_and_without_a_name(running: Trial) -> None:
    await add(running)
    await takes(running, "ana", MODEL_DUTIES[:13])
    await pass_days(running, 29)
    told = [(to, words) for to, words in sent(running) if "more than one person can look after" in words]
    assert {to for to, _ in told} == {"UANA", "UCHLOE"}
    assert told[0][0] == "UANA"
    words = "somebody whose work you lead owns more than one person can look after"
    assert all(words in said and "Ana" not in said.partition(words)[2][:20] for to, said in told if to == "UCHLOE")


async def test_where_nobody_else_leads_the_work_it_is_said_that_admins_see_it(running: Trial) -> None:
    await add(running, "churn model", "#general", '"Who leads it?": ana')
    await takes(running, "ana", MODEL_DUTIES[:13])
    assert "Only you see this, and admins, since nobody else leads the component." in await mine(running, "ana")
    seen = await mine(running, "chloe")
    assert "*Ana Ruiz* owns 13 duties, more than one person can look after." in seen
    assert "Only they see this, and who leads their component, or admins where nobody else does." in seen
    for each in ("ben", "dev", "eli"):
        assert "more than one person" not in await mine(running, each)
