"""A model's card as a file, and an evaluation from one."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.trial.run import Trial
from storage.records.offers import Offer
from storage.requirements import requirements
from tests.conftest import StartTrial
from tests.handlers.requirements.formats.test_openapi import SPEC
from tests.handlers.requirements.playing import LATENCY, TEAM, a_model, card_of, say
from tests.sent import sent, told

GOOD = {"link": "https://harbour.example/7", "date": "2026-01-05", "values": {"latency": "420 ms"}}


@pytest.fixture
async def running(tmp_path: Path, start: StartTrial, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Trial]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    async with start() as started:
        yield started


async def run(*told: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, cli, ["cards", *told])


def a_file(folder: Path, told: object) -> str:
    path = folder / "evaluation.json"
    path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return str(path)


async def test_an_evaluation_is_entered_from_a_file_and_the_lead_is_told(running: Trial, tmp_path: Path) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    told = await run("evaluate", "Berth Model", a_file(tmp_path, GOOD))
    assert (told.exit_code, told.output) == (1, "berth model\nLatency: 420 ms, missed\n")
    (kept,) = requirements.evaluations_of(running.bot.store.reader, TEAM, model.id)
    assert (kept.values, kept.by) == ({"latency": "420 ms"}, "")
    # The command goes by the machine's clock, and the bot here by one that stands still.
    await running.pass_time(datetime.now(UTC) - running.bot.clock.now())
    assert "berth model: Latency missed: 420 ms, limit 300 ms" in "\n".join(running.screen.news())
    met = await run("evaluate", model.id, a_file(tmp_path, {**GOOD, "values": {"latency": "200 ms"}}))
    assert (met.exit_code, met.output) == (0, "berth model\nLatency: 200 ms, met\n")
    met = await run("evaluate", model.id, a_file(tmp_path, {**GOOD, "values": {"latency": "0.28 s"}}))
    assert (met.exit_code, met.output) == (0, "berth model\nLatency: 0.28 s, met\n")


async def test_a_lead_who_has_left_is_not_told_what_an_evaluation_found(running: Trial, tmp_path: Path) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    assert (await run("evaluate", "berth model", a_file(tmp_path, GOOD))).exit_code == 1
    assert len(told(running, "UCHLOE", "Latency missed")) == 1
    running.slack.people.change(running.slack.workspace.user_named("chloe"), deleted=True)
    await running.quiet()
    assert (await run("evaluate", "berth model", a_file(tmp_path, GOOD))).exit_code == 1
    assert [to for to, words in sent(running) if "Latency missed" in words] == ["UCHLOE"]


async def test_of_a_private_channels_model_the_command_tells_nobody(running: Trial, tmp_path: Path) -> None:
    model = await a_model(running, visibility="GSECRET")
    await say(running, model, "latency", Offer(parts=LATENCY))
    assert (await run("evaluate", "berth model", a_file(tmp_path, GOOD))).exit_code == 1
    await running.pass_time(datetime.now(UTC) - running.bot.clock.now())
    assert "Latency missed" not in "\n".join(running.screen.news())
    assert len(requirements.evaluations_of(running.bot.store.reader, TEAM, model.id)) == 1


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ("{", "the file isn't JSON: line 1"),
        ([], 'the file should be an object such as {"link": "https://…"'),
        ({"values": {}, "score": "9"}, "score: unknown field"),
        ({"values": {"speed": "9 ms"}}, "values.speed: unknown aspect; the aspects are adequacy, latency,"),
        ({**GOOD, "values": {"latency": 420}}, 'latency: write it as a text, a value with its unit, such as "280 ms"'),
        (
            {**GOOD, "values": {"latency": "420 MB"}},
            "latency: Write a number in ms. Required: at most 300 ms",
        ),
        ({**GOOD, "date": "2999-01-01"}, "date: That day is in the future."),
        ({**GOOD, "link": ""}, "link: Write a link to the evaluation"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_in_one_line(
    running: Trial, tmp_path: Path, told: object, line: str
) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    found = await run("evaluate", "berth model", a_file(tmp_path, told))
    assert (found.exit_code, found.output.count("\n")) == (2, 1)
    assert found.output.startswith(f"common-ground: {line}")
    assert requirements.evaluations_of(running.bot.store.reader, TEAM, model.id) == []
    await run("evaluate", "berth model", a_file(tmp_path, GOOD))
    assert len(requirements.evaluations_of(running.bot.store.reader, TEAM, model.id)) == 1


async def test_a_card_is_exported_and_a_wrong_name_is_refused(running: Trial, tmp_path: Path) -> None:
    model = await a_model(running)
    assert (await run("export", "berth model")).output.startswith("# berth model: requirements\n")
    out = tmp_path / "card.json"
    await run("export", "berth model", "--format", "model-card", "--output", str(out))
    assert json.loads(out.read_text(encoding="utf-8"))["model_details"]["name"] == "berth model"
    assert (await run("export", "weather")).output == "common-ground: no component weather has a card\n"
    # A slip of the hand must not put one model's numbers onto another's card.
    near = await run("evaluate", "berth models", a_file(tmp_path, GOOD))
    meant = "common-ground: no component berth models has a card; did you mean berth model?\n"
    assert (near.exit_code, near.output) == (2, meant)
    assert (await run("export", "berth model", "--format", "pdf")).exit_code == 2
    other = await a_model(running, visibility="GSECRET")
    told = await run("export", "berth model")
    assert told.output.startswith("common-ground: several components are called berth model; give the id of one: ")
    assert {model.id, other.id} == set(told.output.strip().partition(" of one: ")[2].split(", "))


async def test_a_run_of_mlflow_is_entered_with_what_it_does_not_say_and_the_rest_has_a_line(
    running: Trial, tmp_path: Path
) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    run_ = {"info": {"end_time": 1767600000000}, "data": {"metrics": {"latency_s": 0.28, "loss": 0.3}}}
    path = a_file(tmp_path, run_)
    told = await run("evaluate", "berth model", path)
    assert told.output.splitlines()[-1] == "common-ground: the file doesn't say all of it; add --with link=https://…"
    args = ("evaluate", "berth model", path, "--with", "link=https://ml.example/7", "--with", "model_version=7")
    told = await run(*args, "--dry-run")
    assert (told.exit_code, told.output.splitlines()) == (
        0,
        [
            "  Latency: 0.28 s, from latency_s 0.28",
            "  - loss 0.3: no requirement by that name",
            "berth model",
            "Latency: 0.28 s, met",
        ],
    )
    assert requirements.evaluations_of(running.bot.store.reader, TEAM, model.id) == []
    assert (await run(*args)).output == told.output
    (kept,) = requirements.evaluations_of(running.bot.store.reader, TEAM, model.id)
    assert (kept.measured_on, kept.model_version, kept.values) == ("2026-01-05", "7", {"latency": "0.28 s"})
    told = await run("evaluate", "berth model", path, "--with", "speed=9")
    assert told.output.startswith("common-ground: --with speed=9: write NAME=…, with one of link, date, model_version,")


async def test_an_interface_is_put_to_both_sides_from_the_file_of_another_tool(running: Trial, tmp_path: Path) -> None:
    service = await a_model(running, "lookup", kind="service")
    path = tmp_path / "openapi.yaml"
    path.write_text(SPEC, encoding="utf-8")
    before = len(sent(running))
    seen = await run("import", "lookup", str(path), "--dry-run")
    lines = seen.output.splitlines()
    assert (seen.exit_code, lines[0], lines[1].partition(":")[0]) == (0, "lookup", "  ? Inputs")
    assert "  ? Where to call it: POST https://models.example/v1/predict; access: an API key" in lines
    assert "  - purpose: Who uses the answer? not set" in lines
    assert card_of(running, service).id == ""
    await run("import", "lookup", str(path))
    card = card_of(running, service)
    assert set(card.requirements) == {"inputs", "outputs", "errors", "endpoint", "versioning"}
    assert all(each.agreed is None for each in card.requirements.values())
    assert sorted(to for to, _ in sent(running)[before:]) == ["UANA", "UBEN"]
    assert (await run("import", "lookup", str(path))).output.splitlines()[1] == "  = Inputs: unchanged"
    told = await run("import", "lookup", str(path), "--operation", "GET /health")
    assert "  ? Where to call it: GET https://models.example/v1/health; access: an API key" in told.output


async def test_a_negotiation_card_is_put_to_both_sides_once(running: Trial, tmp_path: Path) -> None:
    model, other = await a_model(running), await a_model(running, "other model")
    await say(running, model, "latency", Offer(parts=LATENCY))
    out = tmp_path / "card.json"
    exported = await run("export", "berth model", "--format", "mlte", "--output", str(out))
    assert exported.stderr == ""
    assert (await run("import", "berth model", str(out))).output.splitlines() == [
        "berth model",
        "  = Latency: unchanged",
        "Done.",
    ]
    dry = (await run("import", "other model", str(out), "--dry-run")).output.splitlines()
    assert dry[0] == "other model"
    assert dry[1].startswith(
        "  ? Latency: when a ship reports its position, under 200 ships at once, the model answers"
    )
    assert len(dry) == 2
    assert requirements.CARDS.one(running.bot.store.reader, TEAM, component_id=other.id) is None
    await run("import", "other model", str(out))
    card = requirements.CARDS.one(running.bot.store.reader, TEAM, component_id=other.id)
    assert card is not None
    assert (card.requirements["latency"].said.parts, card.requirements["latency"].agreements) == (LATENCY, {})
    await running.pass_time(datetime.now(UTC) - running.bot.clock.now())
    asked = [(to, words) for to, words in sent(running) if "came in from a file" in words]
    assert sorted(to for to, _ in asked) == ["UANA", "UBEN"]
    assert "Latency of other model came in from a file. Do you agree?" in asked[0][1]
    assert "Imported" in (await run("export", "other model")).output


async def test_a_card_comes_back_from_yaml_only_where_there_is_none(running: Trial, tmp_path: Path) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    out = tmp_path / "card.yaml"
    await run("export", "berth model", "--format", "yaml", "--output", str(out))
    told = await run("import", "berth model", str(out))
    assert told.output.splitlines()[-1].startswith("common-ground: This model has a card already.")
    other = await a_model(running, "other model")
    dry = await run("import", "other model", str(out), "--dry-run")
    history = "  - history: who changed what when isn't in the file"
    assert dry.output.splitlines() == ["other model", "  + latency", "  - model: the card is of berth model", history]
    assert (await run("import", "other model", str(out))).output.splitlines()[-1] == "Done."
    card = requirements.CARDS.one(running.bot.store.reader, TEAM, component_id=other.id)
    assert card is not None
    assert card.requirements["latency"].said.by == "UANA"


async def test_the_lead_is_asked_by_name_to_sign_off_an_adequacy_bar_from_a_file(
    running: Trial, tmp_path: Path
) -> None:
    await a_model(running)
    await running.pass_time()
    metric = {"description": "recall", "baseline": "a rule, 81 %"}
    scenario = {
        "quality": "Functional Correctness",
        "stimulus": "a ship reports",
        "environment": "cargo ships",
        "response": "reaches",
        "measure": "at least 90 % recall",
    }
    body = {"system": {"goals": [{"metrics": [metric]}]}, "system_requirements": [scenario]}
    assert (await run("import", "berth model", a_file(tmp_path, {"body": body}))).exit_code == 0
    asked = told(running, "UCHLOE", "A file names you to sign off the adequacy bar of berth model")
    assert len(asked) == 1
    assert "Chloe Martin signs it off" in asked[0]
    assert {to for to, words in sent(running) if "came in from a file" in words} == {"UANA", "UBEN"}
