"""The feature that docs/extending.md shows works as it says."""

import re
from pathlib import Path

from handlers import FEATURES
from handlers.framework.routing import Feature
from tests.conftest import StartTrial
from tests.playing import play

EXTENDING = (Path(__file__).parents[1] / "docs" / "extending.md").read_text(encoding="utf-8")


async def test_the_feature_that_is_shown_thanks_somebody_and_says_so(start: StartTrial) -> None:
    shown: dict[str, object] = {}
    code = EXTENDING.split("```python\n", maxsplit=1)[1].split("```", maxsplit=1)[0]
    exec(compile(code, "docs/extending.md", "exec"), shown)  # noqa: S102 - our own document
    feature = shown["FEATURE"]
    assert isinstance(feature, Feature)
    assert len(re.findall(r"^.*\S.*$", code, re.MULTILINE)) <= 30
    async with start(features=[*FEATURES, feature]) as trial:
        commands = trial.slack.workspace.app.manifest["features"]["slash_commands"]
        commands.append({**commands[0], "command": "/kudos", "should_escape": True})
        told = await play(trial, "ana in #general: /kudos @Ben for the runbook")
        assert "I told them." in told
        assert "@Ana Ruiz thanks you." in told
        assert "Name somebody" in await play(trial, "ana in #general: /kudos for the runbook")
