"""Of all that people see while scripts are played, one of each kind is kept for Slack to judge."""

from pathlib import Path

import pytest

from bot.trial.shown import shown_in
from tests.local_slack.published import refusal

SCRIPTS = sorted((Path(__file__).parents[2] / "scripts").glob("*.txt"))


async def test_of_each_kind_that_people_see_one_is_kept(tmp_path: Path) -> None:
    script = tmp_path / "one.txt"
    lines = ["# a note", "ana in #general: /define bias", "ben in #general: /define drift", "ana opens the Home"]
    script.write_text("\n".join(lines), encoding="utf-8")
    shown = await shown_in([script, script])
    kinds = [name.partition(" (")[0].partition("“")[0].strip() for name in shown]
    assert min(kinds) == "the Home"
    assert len({str(each) for each in shown.values()}) == len(shown)
    assert all(each.keys() in ({"view"}, {"message"}) for each in shown.values())


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
async def test_what_people_see_in_a_script_is_what_slacks_own_types_allow(script: Path) -> None:
    shown = await shown_in([script])
    messages = {
        name: refusal("message", each["message"]["blocks"]) for name, each in shown.items() if "message" in each
    }
    views = {name: refusal(each["view"]["type"], each["view"]) for name, each in shown.items() if "view" in each}
    assert {name: told for name, told in {**messages, **views}.items() if told} == {}
    assert messages
