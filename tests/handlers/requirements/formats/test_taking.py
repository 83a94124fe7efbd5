"""Whose file it is, is told by what stands in it; what a kind of component doesn't have isn't taken."""

import json

import pytest

from handlers.checks.csv_files import FormatError
from handlers.requirements.formats.proposed import Proposed
from handlers.requirements.formats.taking import Taking, read
from handlers.requirements.formats.whole import Whole
from storage.responsibilities.responsibilities import Kind
from tests.handlers.requirements.formats.test_model_files import MLMODEL, README
from tests.handlers.requirements.formats.test_openapi import SPEC

NEGOTIATED = {"body": {"system_requirements": [], "system": {"task": "predicts", "usage_context": "pilots"}}}


def taken(text: str, ending: str, kind: Kind = "model") -> Proposed | Whole:
    return read(text, ending, Taking(kind, "ULEAD", {}))


@pytest.mark.parametrize(
    ("text", "ending", "aspects"),
    [
        (SPEC, ".yaml", {"inputs", "outputs", "errors", "endpoint", "versioning"}),
        (json.dumps({**MLMODEL, "flavors": {}}), "", {"inputs", "outputs"}),
        (f"---\npipeline_tag: tabular-regression\n---\n{README}", ".md", {"purpose", "weaknesses"}),
        (json.dumps(NEGOTIATED), ".json", {"purpose"}),
    ],
)
def test_each_tool_is_known_by_its_file(text: str, ending: str, aspects: set[str]) -> None:
    found = taken(text, ending)
    assert isinstance(found, Proposed)
    assert set(found.asked) == aspects


def test_a_card_of_ours_is_taken_whole() -> None:
    assert isinstance(taken("model: berth model\nversion: 1\nrequirements: {}\n", ".yaml"), Whole)


def test_what_a_service_does_not_have_has_a_line() -> None:
    found = taken(f"---\npipeline_tag: x\n---\n{README}", ".md", "service")
    assert isinstance(found, Proposed)
    assert (set(found.asked), found.left_out) == ({"purpose"}, ["weaknesses: the card of a service doesn't have it"])


def test_a_part_that_is_not_as_the_tool_writes_it_is_refused() -> None:
    with pytest.raises(FormatError, match="a part isn't as that tool writes it"):
        taken('{"openapi": "3.0.0", "paths": {"/x": []}}', ".json")
