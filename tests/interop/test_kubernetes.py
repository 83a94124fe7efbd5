"""Kubernetes takes the manifests: its own schemas know every field, and a field that it doesn't know is refused."""

from pathlib import Path

import pytest

from tests.interop.judging import judged

pytestmark = pytest.mark.interop
MANIFESTS = Path(__file__).parents[2] / "deploy" / "kubernetes"
VERSIONS = ("1.29", "1.33", "1.37")


def test_kubernetes_takes_every_manifest() -> None:
    told = judged("kubernetes", MANIFESTS, *VERSIONS)
    beside = ("deployment.yaml", "disruption-budget.yaml", "service.yaml")
    names = (*(f"replicas/{each}" for each in beside), "service.yaml", "stateful-set.yaml")
    assert told == [[version, name] for name in names for version in VERSIONS]


def test_a_field_that_it_does_not_know_is_refused(tmp_path: Path) -> None:
    manifest = (MANIFESTS / "service.yaml").read_text(encoding="utf-8")
    (tmp_path / "service.yaml").write_text(manifest.replace("selector:", "selectors:"), encoding="utf-8")
    with pytest.raises(AssertionError, match="selectors"):
        judged("kubernetes", tmp_path, *VERSIONS)
