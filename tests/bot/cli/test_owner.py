"""The register of duties in and out of files: as proposals, with a dry run, and nobody guessed."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.trial.run import Trial
from handlers.responsibilities.drawing import picture
from storage.responsibilities import responsibilities
from tests.conftest import StartTrial
from tests.playing import play
from tests.sent import sent

TEAM = "T0LOCAL"
HEAD = "component,kind,lead,duty,owner\n"


@pytest.fixture
async def running(tmp_path: Path, start: StartTrial, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Trial]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    async with start() as started:
        app = started.slack.workspace.app
        monkeypatch.setenv("SLACK_BOT_TOKEN", app.bot_token)
        monkeypatch.setenv("SLACK_APP_TOKEN", app.app_token)
        monkeypatch.setenv("SLACK_API_URL", started.slack.api_url)
        entered = ('"What is it?": model', '"Who leads it?": chloe')
        lines = (f"chloe enters {each}" for each in entered)
        await play(started, "chloe in #general: /owner add churn model", *lines, "chloe submits", "chloe closes")
        yield started


async def run(*told: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, cli, ["owner", *told])


def states(trial: Trial) -> dict[str, tuple[str, str]]:
    reader = trial.bot.store.reader
    ids = [each.id for each in responsibilities.all_components(reader, TEAM)]
    listed = responsibilities.duties_of(reader, TEAM, ids)
    return {each.duty: (each.state, each.owner or each.proposed_to) for each in listed if each.state != "unowned"}


async def test_an_import_proposes_and_the_people_are_asked(running: Trial, tmp_path: Path) -> None:
    path = tmp_path / "duties.csv"
    rows = (
        "churn model,,,monitoring,Dev Patel",
        "churn model,,,fairness,UANA",
        "berth data,dataset,Ana Ruiz,labelling,Ben Okafor",
        "churn model,,,latency,",
    )
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    told = await run("import", str(path), "--dry-run")
    assert told.output.splitlines() == [
        "1 components added, 3 duties proposed, 1 unchanged, 0 refused",
        "  + berth data (dataset), led by Ana Ruiz",
        "  ? production monitoring and drift of churn model: Dev Patel",
        "  ? fairness of churn model: Ana Ruiz",
        "  ? labelling and label quality of berth data: Ben Okafor",
    ]
    assert states(running) == {}
    told = await run("import", str(path))
    assert told.output.splitlines()[-1] == "Done. 3 people are asked."
    assert states(running)["monitoring"] == ("proposed", "UDEV")
    assert sorted(to for to, _ in sent(running) if to.startswith("U")) == ["UANA", "UBEN", "UDEV"]
    # The command goes by the machine's clock, the trial by its own.
    await running.pass_time(datetime.now(UTC) - running.bot.clock.now())
    said = "\n".join(running.screen.news())
    assert "You're suggested for *production monitoring and drift of churn model*." in said
    assert "You took this on." in await play(running, 'dev presses "Accept"')
    again = await run("import", str(path))
    assert again.output.splitlines()[0] == "0 components added, 0 duties proposed, 4 unchanged, 0 refused"
    path.write_text(HEAD + "churn model,,,monitoring,Ana Ruiz\n", encoding="utf-8")
    told = await run("import", str(path))
    assert "! line 2: owner: somebody else owns or claims this duty; nothing is taken from anybody" in told.output
    assert states(running)["monitoring"] == ("accepted", "UDEV")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("churn model,,,zugzwang,UANA", "duty: there is no duty 'zugzwang' in the catalogue"),
        ("churn model,,,data-ownership,UANA", "duty: data ownership isn't a duty of a model"),
        ("churn model,,,fairness,Nobody", "owner: Nobody isn't anybody in this workspace who can own duties"),
        ("churn model,,,fairness,Gus Lindt", "owner: Gus Lindt isn't anybody in this workspace who can own duties"),
        ("churn model,,,fairness,Dev Twin", "owner: 2 people are called Dev Twin; give the member id instead"),
        ("other,,,fairness,UANA", "component: 'other' isn't in the register; add its kind and its lead to add it"),
        (
            "other,toy,UANA,fairness,UANA",
            "kind: 'toy' isn't one of product, model, language model, dataset, pipeline, service",
        ),
        ("other,model,UX,fairness,UANA", "lead: UX isn't anybody in this workspace who can own duties"),
        ("churn model,,", "a different number of columns than the first line"),
    ],
)
async def test_a_row_that_cannot_be_taken_is_refused_with_its_place(
    running: Trial, tmp_path: Path, row: str, told: str
) -> None:
    for name in ("dev", "eli"):
        running.slack.workspace.user_named(name).real_name = "Dev Twin"
    path = tmp_path / "duties.csv"
    path.write_text(f"{HEAD}churn model,,,monitoring,UANA\n{row}\n", encoding="utf-8")
    refused = await run("import", str(path))
    assert (refused.exit_code, f"  ! line 3: {told}" in refused.output) == (1, True)
    assert states(running) == {}
    assert (await run("import", str(path), "--partial")).exit_code == 0
    assert states(running) == {"monitoring": ("proposed", "UANA")}


async def test_the_register_is_written_and_read_again(running: Trial, tmp_path: Path) -> None:
    await play(running, "ana in #general: /owner churn model fairness", 'ana presses "I\'ll take it"')
    await running.pass_time()
    for form in ("csv", "json"):
        path = tmp_path / f"out.{form}"
        assert (await run("export", "--output", str(path))).exit_code == 0
        told = await run("import", str(path))
        assert told.output.splitlines()[0] == "0 components added, 0 duties proposed, 19 unchanged, 0 refused"
    rows = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    (fairness,) = [row for row in rows if row["duty"] == "fairness"]
    assert (fairness["owner"], fairness["owner_name"], fairness["state"]) == ("UANA", "Ana Ruiz", "accepted")
    matrix = (await run("export", "--format", "markdown")).output.splitlines()
    assert matrix[:2] == ["| Duty | churn model |", "| --- | --- |"]
    assert "| Fairness | Ana Ruiz |" in matrix


async def test_names_are_no_html_and_no_cells_of_their_own_in_the_matrix(running: Trial) -> None:
    entered = ('"What is it?": model', '"Who leads it?": ana')
    lines = (f"ana enters {each}" for each in entered)
    await play(running, "ana in #general: /owner add <img src=x>\\|y", *lines, "ana submits", "ana closes")
    matrix = (await run("export", "--format", "markdown")).output.splitlines()
    assert matrix[:2] == ["| Duty | &lt;img src=x&gt;\\\\\\|y | churn model |", "| --- | --- | --- |"]


async def test_what_belongs_to_a_channel_is_exported_only_when_asked_for(running: Trial) -> None:
    entered = ('"What is it?": model', '"Who leads it?": ana')
    lines = (f"ana enters {each}" for each in entered)
    await play(running, "ana in #secret-launch: /owner add falcon", *lines, "ana submits", "ana closes")
    assert "falcon" not in (await run("export")).output
    assert "falcon" in (await run("export", "--include-private")).output


async def test_a_workspace_has_its_own_catalogue(running: Trial, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.yaml"
    standard = (await run("catalogue")).output
    own = "- {id: red-team, name: red teaming, why: Nobody attacks it first., side: operations, kinds: [model]}\n"
    path.write_text(standard + own, encoding="utf-8")
    assert (await run("catalogue", str(path))).output == "The catalogue now has 31 duties.\n"
    assert "Without one, nobody attacks it first." in await play(
        running, "ben in #general: /owner churn model red teaming"
    )
    path.write_text(own + "- {id: x, name: x, side: nobody, kinds: [model]}\n", encoding="utf-8")
    told = await run("catalogue", str(path))
    assert (told.exit_code, told.output) == (2, "common-ground: line 2 (x): why: Field required\n")
    assert (await run("catalogue", "--standard")).output == "The catalogue now has 30 duties.\n"


async def test_what_cannot_be_done_is_said_in_one_line(
    running: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "duties.csv"
    for raw, told in ((b"\xff", "the file is not UTF-8"), (b"a,b\n", "the first line should name the columns")):
        path.write_bytes(raw)
        assert told in (await run("import", str(path))).output
    broken = tmp_path / "duties.json"
    for text, told in (
        ("{", "the file can't be read as JSON"),
        ("{}", "the file should be a list"),
        ("[1]", "this isn't a duty"),
    ):
        broken.write_text(text, encoding="utf-8")
        assert told in (await run("import", str(broken))).output
    path.write_text(HEAD, encoding="utf-8")
    running.slack.workspace.app.refusal = "token_revoked"
    assert "Slack didn't say who is in the workspace" in (await run("import", str(path))).output
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    assert "no workspace has connected to this store yet" in (await run("export")).output


async def test_what_is_not_needed_or_asked_already_is_left_alone(running: Trial, tmp_path: Path) -> None:
    await play(running, "ana in #general: /owner churn model latency", 'ana presses "Not needed"')
    await play(running, 'ana enters "Why isn\'t it needed?": Batch', "ana submits", "ana closes")
    await play(running, "ana in #general: /owner churn model fairness", 'ana presses "Suggest someone"')
    await play(running, 'ana enters "Who could own it?": dev', "ana submits", "ana closes")
    path = tmp_path / "duties.csv"
    rows = (
        "churn model,,,latency,UANA",
        "churn model,,,fairness,UBEN",
        f"{'y' * 81},model,UANA,fairness,UANA",
        "churn model,,,monitoring,UANA",
        "churn model,,,monitoring,UBEN",
    )
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    told = (await run("import", str(path))).output
    for refusal in (
        "line 2: owner: this duty is marked as not needed",
        "line 3: owner: somebody else was asked and hasn't answered yet",
        "line 4: component: a name has at most 80 characters",
        "line 6: the same duty is already listed above",
    ):
        assert refusal in told


async def linked(trial: Trial) -> None:
    entered = ('"What is it?": dataset', '"Who leads it?": dev', '"Team": Harbour "data" [a|b]')
    lines = (f"dev enters {each}" for each in entered)
    await play(trial, "dev in #general: /owner add berth arrivals", *lines, "dev submits", "dev closes")
    secret = ("chloe enters " + each for each in ('"What is it?": product', '"Who leads it?": chloe'))
    await play(trial, "chloe in #secret-launch: /owner add secret plan", *secret, "chloe submits", "chloe closes")
    await play(trial, "dev in #general: /owner link berth arrivals feeds churn model", 'chloe presses "Confirm"')


async def test_the_map_is_exported_as_mermaid_without_what_is_private(running: Trial) -> None:
    await linked(running)
    told = (await run("export", "--format", "mermaid")).output
    assert told.splitlines() == [
        "---",
        "title: 'Who builds what with whom'",
        "---",
        "flowchart TB",
        '  subgraph team1["Harbour #34;data#34; #91;a#124;b#93;"]',
        '    part1["berth arrivals<br/>dataset · 0 of 6 owned"]',
        "  end",
        '  subgraph team2["UCHLOE"]',
        '    part2["churn model<br/>model · 0 of 19 owned"]',
        "  end",
        '  part1 -->|"1 ! data: no data request, no owner"| part2',
        "  linkStyle 0 stroke:#c1121f,stroke-width:3px",
    ]
    assert "secret plan" in (await run("export", "--format", "mermaid", "--include-private")).output


async def test_the_map_is_exported_as_svg_where_it_can_be_drawn(
    running: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    await linked(running)
    told = (await run("export", "--format", "svg")).output
    assert told.startswith("<svg xmlns=")
    assert told.endswith("</svg>\n")
    assert "secret plan" not in told
    picture.is_there.cache_clear()
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    refused = await run("export", "--format", "svg")
    picture.is_there.cache_clear()
    assert "install the extra maps, or use --format mermaid" in refused.output
    assert refused.exit_code == 2
