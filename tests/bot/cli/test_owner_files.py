"""The register from and to the files of other tools, and an export put back."""

from pathlib import Path

import pytest

from bot.trial.run import Trial
from storage import open_store
from storage.responsibilities.links import LINKS
from storage.workspaces.workspaces import all_workspaces, connect_workspace
from tests.bot.cli.test_owner import TEAM, run, running, states
from tests.handlers.responsibilities.teaming import LISTED, add_team
from tests.playing import play
from tests.sent import sent

__all__ = ["running"]
NOBODY = "isn't anybody in this workspace who can own duties; say who with --map"
UNKNOWN = "isn't in the register; say which is meant with --map"
HOSTILE = "=1+1 | <!channel> \\n \"'; -- *x* #1,\u2028\U0001f600"


def a_file(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


async def test_code_owners_are_asked_once(running: Trial, tmp_path: Path) -> None:
    path = a_file(tmp_path, "CODEOWNERS", "/churn_model/ @dev @acme/data\n*.md @ana\n/churn-model/docs @ben\n")
    told = await run("import", path)
    assert (told.exit_code, told.output.splitlines()) == (
        0,
        [
            "0 components added, 1 duties proposed, 0 unchanged, 0 refused",
            "  ? code quality, versioning and reproducibility of churn model: Dev Patel",
            f"  - line 1: owner: @acme/data {NOBODY} '@acme/data=NAME'",
            "  - line 2: *.md: which component? Say so with --map '*.md=NAME'",
            f"  - line 3: component: 'docs' {UNKNOWN} '/churn-model/docs=NAME'",
            "Done. 1 person is asked.",
        ],
    )
    await run("import", path)
    assert [to for to, words in sent(running) if "reproducibility" in words] == ["UDEV"]
    await running.pass_time()
    await play(running, "dev in #general: /owner churn model code quality", 'dev presses "Not me"', "dev submits")
    told = await run("import", path)
    assert "  - line 1: owner: they said no to this before; ask them in Slack" in told.output.splitlines()
    assert states(running) == {}
    told = await run("import", path, "--map", "@acme/data=Ben Okafor", "--map", "duty=monitoring", "--dry-run")
    assert "  ? production monitoring and drift of churn model: Dev Patel" in told.output.splitlines()
    told = await run("import", path, "--map", "=x")
    assert told.output == "common-ground: --map =x: write NAME=WHAT, or a file with one a line\n"


async def test_an_owner_that_is_a_team_is_its_accountable_person_for_it(running: Trial, tmp_path: Path) -> None:
    await add_team(running, *LISTED)
    path = a_file(tmp_path, "CODEOWNERS", "/churn_model/ @acme/data\n")
    told = await run("import", path, "--map", "@acme/data=Modelling")
    assert "  ? code quality, versioning and reproducibility of churn model: Ana Ruiz" in told.output.splitlines()
    await running.pass_time()
    await play(running, 'ana presses "Accept"')
    seen = await play(running, "eli in #general: /owner churn model code quality")
    assert "@Ana Ruiz owns *code quality, versioning and reproducibility of churn model* for modelling" in seen


@pytest.mark.usefixtures("running")
async def test_a_catalog_of_backstage_is_read_and_written(tmp_path: Path) -> None:
    catalog = (
        "kind: Resource\nmetadata: {name: ships, links: [{url: x}]}\nspec: {type: dataset, owner: harbour}\n---\n"
        "kind: Component\nmetadata: {name: churn-model}\nspec: {type: model, owner: user:ana}\n"
    )
    mapping = a_file(tmp_path, "names.txt", "# who is who\nharbour=Ben Okafor\n")
    path = a_file(tmp_path, "catalog-info.yaml", catalog)
    told = await run("import", path, "--map", mapping)
    assert told.output.splitlines() == [
        "1 components added, 2 duties proposed, 0 unchanged, 0 refused",
        "  + ships (dataset), led by Ben Okafor",
        "  ? data ownership of ships: Ben Okafor",
        "  ? code quality, versioning and reproducibility of churn model: Ana Ruiz",
        "  - line 1 (Resource ships): metadata.links.1.url: x isn't kept",
        "Done. 2 people are asked.",
    ]
    out = tmp_path / "out.yaml"
    assert (await run("export", "--format", "backstage", "--output", str(out))).exit_code == 0
    again = await run("import", str(out))
    assert again.output.splitlines()[0].startswith("0 components added, 0 duties proposed, 2 unchanged, 0 refused")


async def test_links_of_a_catalog_are_confirmed_in_slack_in_one_form(running: Trial, tmp_path: Path) -> None:
    part = "---\nkind: %s\nmetadata: {name: %s}\nspec: {type: %s, owner: user:dev%s}\n"
    catalog = (
        part % ("Resource", "ships", "dataset", "")
        + part % ("Resource", "tides", "dataset", "")
        + part % ("Component", "churn-model", "model", ", dependsOn: [resource:ships, resource:tides]")
    )
    path = a_file(tmp_path, "catalog-info.yaml", catalog)
    told = await run("import", path)
    assert [each for each in told.output.splitlines() if each.startswith("  ~")] == [
        "  ~ ships feeds churn model",
        "  ~ tides feeds churn model",
    ]
    await running.pass_time()
    asked = [to for to, words in sent(running) if "An import says how 2 pairs of components are linked" in words]
    assert sorted(asked) == ["UCHLOE", "UDEV"]
    await run("import", path)
    await running.pass_time()
    assert len([to for to, words in sent(running) if "An import says" in words]) == 2
    for who in ("chloe", "dev"):
        label = "Not so" if who == "dev" else "Confirm"
        await play(running, f'{who} presses "Review"', f'{who} enters "ships feeds churn model": Confirm')
        await play(running, f'{who} enters "tides feeds churn model": {label}', f"{who} submits")
    found = LINKS.every(running.bot.store.reader, TEAM)
    assert sorted((each.kind, each.state) for each in found) == [("feeds", "confirmed"), ("feeds", "refused")]


async def test_code_owners_are_written_by_the_names_that_they_have_there(running: Trial) -> None:
    await play(running, "ana in #general: /owner churn model code quality", 'ana presses "I\'ll take it"')
    await running.pass_time()
    assert (await run("export", "--format", "codeowners")).output == (
        "# churn-model/ is Ana Ruiz's; say who that is with --map 'Ana Ruiz=@NAME'\n"
    )
    told = await run("export", "--format", "codeowners", "--map", "Ana Ruiz=@ruiz")
    assert told.output == "churn-model/ @ruiz\n"


@pytest.mark.parametrize("owner", ["@dev", "dev@example.org", "<@UDEV>", "Dev Patel"])
async def test_a_spreadsheet_is_read_as_people_keep_it(running: Trial, tmp_path: Path, owner: str) -> None:
    running.slack.workspace.app.manifest["oauth_config"]["scopes"]["bot"].append("users:read.email")
    text = f"Model,Lead,Responsibility,Owned by,Note\nChurn-Model,,Production monitoring  and drift,{owner},x\n"
    path = a_file(tmp_path, "owners.csv", f"{text}new model,@ana,drift,{owner},\n")
    told = await run("import", path)
    assert told.output.splitlines() == [
        "1 components added, 2 duties proposed, 0 unchanged, 0 refused",
        "  + new model (model), led by Ana Ruiz",
        "  ? production monitoring and drift of churn model: Dev Patel",
        "  ? production monitoring and drift of new model: Dev Patel",
        "  - column Note: it isn't read",
        "Done. 1 person is asked.",
    ]


async def linked(trial: Trial) -> None:
    """Have components joined in each state and one of them retire: what all see, and what one channel does."""
    for name, kind in (("arrivals", "dataset"), ("old arrivals", "dataset"), ("berth plan", "product")):
        lines = (f'dev enters "What is it?": {kind}', 'dev enters "Who leads it?": dev', "dev submits", "dev closes")
        await play(trial, f"dev in #general: /owner add {name}", *lines)
    await play(
        trial, "dev in #general: /owner link arrivals feeds churn model, versions >=2", 'chloe presses "Confirm"'
    )
    await play(trial, "dev in #general: /owner link churn model serves berth plan")
    await play(trial, "dev in #general: /owner link old arrivals feeds churn model", 'chloe presses "Not so"')
    await play(trial, f"ana in #secret-launch: /owner link {HOSTILE} feeds churn model")
    form = ('dev enters "Last day": 2026-01-20', 'dev enters "What takes its place?": arrivals', "dev submits")
    await play(trial, "dev in #general: /owner retire old arrivals", *form, "dev closes")


@pytest.mark.parametrize("form", ["csv", "json"])
async def test_an_export_put_back_into_an_empty_store_is_exported_as_it_was(
    running: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    entered = ('"What is it?": dataset', '"Who leads it?": ana')
    lines = [f"ana enters {each}" for each in entered]
    await play(running, f"ana in #secret-launch: /owner add {HOSTILE}", *lines, "ana submits", "ana closes")
    await play(running, "ana in #general: /owner churn model fairness", 'ana presses "I\'ll take it"')
    await play(running, "ana in #general: /owner churn model latency", 'ana presses "Not needed"')
    await play(running, f'ana enters "Why isn\'t it needed?": {HOSTILE}', "ana submits", "ana closes")
    await play(running, "ana in #general: /owner churn model rollback", 'ana presses "Suggest someone"')
    await play(running, 'ana enters "Who could own it?": dev', "ana submits", "ana closes")
    await add_team(running, *LISTED)
    await play(running, "ana in #general: /owner churn model fairness", 'ana presses "Helpers and backup"')
    await play(running, 'ana enters "For which team?": modelling', "ana submits", "ana closes")
    await linked(running)
    out, again = tmp_path / f"out.{form}", tmp_path / f"again.{form}"
    await run("export", "--include-private", "--output", str(out))
    (place,) = all_workspaces(running.bot.store.reader)
    told = await run("restore", str(out))
    assert told.output.count("in the register already, left as it is") == 5
    assert sorted(each.state for each in LINKS.every(running.bot.store.reader, TEAM)) == [
        "confirmed",
        "confirmed",
        "proposed",
        "refused",
    ]
    empty = f"sqlite:///{tmp_path / 'empty.db'}"
    store = open_store(empty)
    connected = (place.team_id, place.name, place.bot_user_id, running.bot.clock.now())
    await store.write(lambda transaction: connect_workspace(transaction, *connected))
    await store.close()
    monkeypatch.setenv("DATABASE_URL", empty)
    refused = await run("import", str(out))
    assert "component: it belongs to one channel; common-ground owner restore brings it back" in refused.output
    for column in ("reason", "links", "retires_on"):
        assert f"  - column {column}: only owner restore brings it back" in refused.output
    assert (await run("restore", str(out), "--dry-run")).exit_code == 0
    assert (await run("restore", str(out))).output.splitlines()[-1] == "Done."
    await run("export", "--include-private", "--output", str(again))
    assert again.read_bytes() == out.read_bytes()
    assert "modelling" in out.read_text(encoding="utf-8")
    # Once more, it changes nothing.
    assert (await run("restore", str(out))).exit_code == 0
    await run("export", "--include-private", "--output", str(again))
    assert again.read_bytes() == out.read_bytes()
    assert "churn model" in (await run("export")).output
    assert "old arrivals" in (await run("export")).output
    assert "CSECRETLAUNCH" in out.read_text(encoding="utf-8")
    assert "CSECRETLAUNCH" not in (await run("export")).output
