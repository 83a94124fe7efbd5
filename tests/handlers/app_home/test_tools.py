"""What agents are told of what needs their person."""

from bot.trial.run import Trial
from tests.asking_as_agent import asked
from tests.handlers.decisions.playing import PROPOSED, log


async def test_what_needs_somebody_is_told_to_their_agent_and_to_no_other(running: Trial) -> None:
    await log(running, "Batches only", "chloe", "#general", *PROPOSED)
    theirs, others = await asked(running, "open_items", "UELI"), await asked(running, "open_items", "UDEV")
    assert [(each.kind, each.status) for each in theirs.items if "Batches" in each.name] == [
        ("open", "needs you"),
        ("yours", "decision"),
    ]
    assert "Batches" not in others.model_dump_json()
