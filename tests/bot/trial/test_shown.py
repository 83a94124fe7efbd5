"""Of all that people see while scripts are played, one of each kind is kept for Slack to judge."""

from pathlib import Path

from bot.trial.shown import shown_in


async def test_of_each_kind_that_people_see_one_is_kept(tmp_path: Path) -> None:
    script = tmp_path / "one.txt"
    lines = ["# a note", "ana in #general: /define bias", "ben in #general: /define drift", "ana opens the Home"]
    script.write_text("\n".join(lines), encoding="utf-8")
    shown = await shown_in([script, script])
    kinds = [name.partition(" (")[0].partition("“")[0].strip() for name in shown]
    assert min(kinds) == "the Home"
    assert len({str(each) for each in shown.values()}) == len(shown)
    assert all(each.keys() in ({"view"}, {"message"}) for each in shown.values())
