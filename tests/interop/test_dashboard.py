"""The dashboard for Grafana, judged by Grafana's own models of one: they know all that stands in it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.interop.judging import judged

pytestmark = pytest.mark.interop
DASHBOARD = Path(__file__).parents[2] / "docs" / "grafana.json"


def unknown(told: Any, known: Any, at: str = "") -> list[str]:
    """Return where something stands that was not read, or was read as something else."""
    if isinstance(told, dict) and isinstance(known, dict):
        return [each for name, value in told.items() for each in unknown(value, known.get(name), f"{at}.{name}")]
    if isinstance(told, list) and isinstance(known, list) and len(told) == len(known):
        pairs = enumerate(zip(told, known, strict=True))
        return [each for place, (value, other) in pairs for each in unknown(value, other, f"{at}[{place}]")]
    return [] if told == known else [at]


def test_grafana_knows_all_that_stands_in_the_dashboard() -> None:
    told = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    read = judged("grafana", DASHBOARD)
    assert unknown(told, read) == []
    assert len(read["panels"]) == len(told["panels"]) > 10


def test_what_grafana_does_not_know_is_found(tmp_path: Path) -> None:
    told = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    told["panels"][2]["fieldConfig"]["defaults"]["uint"] = "s"
    (tmp_path / "wrong.json").write_text(json.dumps(told), encoding="utf-8")
    assert unknown(told, judged("grafana", tmp_path / "wrong.json")) == [".panels[2].fieldConfig.defaults.uint"]
