"""The tests lie as the code does: what every feature goes through has tests of its own, where its path says."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: The local Slack is tested by what it promises apps, the features and the store by their own folders.
SHARED = ("access", "agreements", "checks", "framework", "hooks", "slack")
ROOMS = (
    "bot",
    *(f"bot/{each}" for each in ("cli", "installing", "outbox", "transport", "trial")),
    *(f"handlers/{each}" for each in SHARED),
)


def modules(room: str) -> set[str]:
    return {path.stem.strip("_") for path in (ROOT / room).glob("*.py")} - {"init"}


def looked_at(room: str) -> set[str]:
    return {path.stem.removeprefix("test_") for path in (ROOT / "tests" / room).glob("test_*.py")}


@pytest.mark.parametrize("room", ROOMS)
def test_every_shared_module_has_tests_of_its_own(room: str) -> None:
    assert len(modules(room)) > 0
    assert modules(room) - looked_at(room) == set()


def test_every_folder_that_is_no_feature_is_shared() -> None:
    listed = (ROOT / "handlers" / "__init__.py").read_text(encoding="utf-8")
    features = set(re.findall(r"^from handlers\.(\w+)", listed, re.MULTILINE))
    assert len(features) >= 10
    assert {path.parent.name for path in (ROOT / "handlers").glob("*/*.py")} - features == set(SHARED)
