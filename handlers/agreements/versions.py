"""New versions of models and data, as programs report them: ours, MLflow's and GitHub's. Pure but for its types.

Shapes: https://mlflow.org/docs/latest/ml/webhooks (``model_version.created``, ``model_version_alias.created``), and the
``release`` of https://docs.github.com/en/webhooks/webhook-events-and-payloads.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.checks.csv_files import FormatError
from handlers.checks.sensitive_data import personal

_LONGEST = 60
_LINK = re.compile(r"https?://[^\s>|]{1,300}")
_OURS = {"type", "version", "link", "date"}


@dataclass(frozen=True, slots=True)
class Version:
    """A version, and a link to it or nothing."""

    name: str
    link: str = ""

    @property
    def state(self) -> str:
        """Return how it is kept; a version has no spaces in it."""
        return f"{self.name} {self.link}".strip()


def kept(state: str) -> Version:
    """Return a version as it was kept."""
    name, _, link = state.partition(" ")
    return Version(name, link)


def read(told: Any) -> Version | None:
    """Return which version a program reports; None where it reports something else. Raises FormatError."""
    if not isinstance(told, dict):
        return None
    found = _ours(told) or _mlflow(told) or _github(told)
    if found is None:
        return None
    name, link = "-".join(found[0].split()), found[1]
    if not name or len(name) > _LONGEST or personal(name):
        raise FormatError(f"version: write a name of at most {_LONGEST} characters, such as 2026-11-29 or 1.4.0")
    return Version(name, link if _LINK.fullmatch(link) else "")


def _ours(told: Mapping[str, Any]) -> tuple[str, str] | None:
    version = told.get("version")
    if not isinstance(version, str | int) or told.keys() - _OURS:
        return None
    return str(version), str(told.get("link") or "")


def _mlflow(told: Mapping[str, Any]) -> tuple[str, str] | None:
    data = told.get("data")
    if not isinstance(data, dict) or not isinstance(data.get("version"), str) or told.get("action") != "created":
        return None
    if told.get("entity") == "model_version_alias":
        return f"{data['version']}-{data.get('alias') or ''}".strip("-"), ""
    return (data["version"], "") if told.get("entity") == "model_version" else None


def _github(told: Mapping[str, Any]) -> tuple[str, str] | None:
    release = told.get("release")
    if told.get("action") not in ("published", "released") or not isinstance(release, dict):
        return None
    return str(release.get("tag_name") or ""), str(release.get("html_url") or "")
