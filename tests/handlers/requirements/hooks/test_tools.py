"""What agents are told of requirement cards."""

from bot.trial.run import Trial
from tests.asking_as_agent import asked
from tests.handlers.requirements.playing import a_model, fills


async def test_what_one_side_says_is_not_told_as_agreed(running: Trial) -> None:
    await a_model(running, "berth model")
    await running.do(fills("ana", "latency")[0])
    for line in fills("ana", "latency")[1:]:
        await running.do(line)
    told = await asked(running, "requirements", model="berth model")
    (latency,) = told.items
    assert (latency.name, latency.status) == ("berth model latency", "said by one side, not agreed yet")
    assert "300 ms" in latency.says
    assert (latency.owner, latency.source) == ("Chloe Martin", "Ana Ruiz, in the requirement card")


async def test_which_models_there_are_is_said_where_none_is_named(running: Trial) -> None:
    await a_model(running, "berth model")
    assert (await asked(running, "requirements", model="moon")).answer == "Which model? There are: berth model."
