"""A word with a slip is offered wherever it stands, and what stands beside it is read as if there were none."""

from datetime import UTC, datetime

import pytest

from bot.trial.run import Trial
from handlers.glossary.lookup import Glossary
from handlers.glossary.rules import naming
from handlers.glossary.rules.naming import Unknown
from handlers.glossary.starter import starter_senses
from storage.engine.interface import WORKSPACE, Database
from storage.glossary import changes
from storage.glossary.glossary import NewSense
from storage.workspaces import workspaces
from storage.workspaces.workspaces import known_workspace
from tests.handlers.glossary.test_commands import add
from tests.playing import play
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)

ASK = "ben in #general: @Common Ground"


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("multicolinearity. can't spell it, can't explain it", ["multicollinearity"]),
        ("featuers?? data people mean something else than product people", ["feature"]),
        ("can smeone tell me wat trashhold is for the early warning score", ["threshold"]),
        ("wat is trehsold here, score 0.7 or wat", ["threshold"]),
        ("imblanced clases, is there a name for that problm", ["class imbalance"]),
        ("recal (the metric, no the product one)", ["recall"]),
        ("fals positives vs false negatives", ["false positives", "false negative"]),
        ("decision bounday of the model??", ["decision boundary"]),
        ("our vendor wrote hallucenation rate in the offer", ["hallucination"]),
        ("anomoly detecton on the door counters, wat it mean", ["anomaly detection"]),
        ("we went blu-grean. wots that then", ["blue-green deployment"]),
        ("precison vs recal, which one do they pay us for", ["precision", "recall"]),
    ],
)
async def test_a_name_with_a_slip_is_offered_whatever_stands_beside_it(
    running: Trial, asked: str, offered: list[str]
) -> None:
    told = await play(running, f"{ASK} {asked}")
    assert all(f"[{each}]" in told or f"*{each}*" in told for each in offered)


async def test_the_sense_that_is_meant_is_offered_with_its_definition(running: Trial) -> None:
    told = await play(running, f"{ASK} wat is trehsold here, score 0.7 or wat")
    assert "*threshold* (data science)" in told


@pytest.mark.parametrize("asked", ["who moved the heights chart", "a simple resting place", "please restrain the dog"])
async def test_an_english_word_is_no_slip(running: Trial, asked: str) -> None:
    assert "Did you mean" not in await play(running, f"{ASK} {asked}")


async def test_a_word_that_is_on_record_is_no_slip(running: Trial) -> None:
    asked = f"{ASK} paint for the boat Rollbak please"
    assert "[rollback]" in await play(running, asked)
    decided = "/decision charter the Rollbak because it is cheap"
    await play(running, f"ana in #general: {decided}", "ana submits", "ana closes")
    told = await play(running, asked)
    assert "D-1 · " in told
    assert "[rollback]" not in told


async def test_a_part_of_a_name_is_no_slip_though_no_dictionary_has_it(running: Trial) -> None:
    told = await play(running, f"{ASK} our covariate moved a lot, they say")
    assert "Did you mean" not in told
    assert "coverage" not in told


async def test_what_others_keep_to_themselves_is_not_offered(running: Trial) -> None:
    for word, visibility in (("zugzwang", "CSECRET"), ("gangplank", WORKSPACE)):
        await add(running, NewSense(word=word, discipline="product", gloss="g", visibility=visibility))
    assert "[gangplank]" in await play(running, f"{ASK} the pilot says gangplnk to it, why so")
    assert "[zugzwang]" not in await play(running, f"{ASK} the pilot says zugzwng to it, why so")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("imblanced clases, is there a name for that problm", ("class imbalance", "class", "classes")),
        ("the suplier wrote hallucenation rate", ("hallucination",)),
        ("trashholds, anyone", ("threshold", "thresholds")),
        ("stat sig", ("statistical significance",)),
        ("the cranes stand on the quay", ()),
    ],
)
async def test_either_engine_finds_the_same(store: Database, text: str, names: tuple[str, ...]) -> None:
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)
    await write(store, changes.add_senses, "T1", starter_senses(), NOW)
    glossary = Glossary(known_workspace(store.reader, "T1"), (WORKSPACE,))
    found = await store.search(lambda reader: glossary.mistyped(reader, text))
    assert naming.names_near(found or Unknown(text)) == names
