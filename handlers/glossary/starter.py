"""The starter glossary: reads ``starter.yaml``, which every new workspace begins with."""

from functools import cache
from importlib.resources import files
from typing import Any

from handlers.checks import plain_yaml
from storage.glossary.glossary import STARTER, NewSense


@cache
def starter_senses() -> tuple[NewSense, ...]:
    """Return the starter glossary's meanings. Raises pydantic.ValidationError for a file that breaks its limits."""
    text = files("handlers.glossary").joinpath("starter.yaml").read_text(encoding="utf-8")
    terms: list[dict[str, Any]] = plain_yaml.read(text)
    return tuple(_sense(term, meaning) for term in terms for meaning in term["meanings"])


def _sense(term: dict[str, Any], meaning: dict[str, Any]) -> NewSense:
    aliases = (*term.get("aliases", ()), *meaning.get("aliases", ()))
    return NewSense.model_validate({**meaning, "word": term["word"], "aliases": aliases, "origin": STARTER})
