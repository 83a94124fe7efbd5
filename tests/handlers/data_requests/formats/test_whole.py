"""A request's own file is read as it was, and refused where something in it cannot be."""

import json

import pytest

from handlers.checks.csv_files import FormatError
from handlers.data_requests.formats import whole
from handlers.data_requests.formats.whole import LEFT_OUT
from tests.handlers.data_requests.requests import AT, NAMES, a_request


def test_what_is_written_is_read_as_it_was_with_people_by_name() -> None:
    request = a_request(agreements={"requester": {"user_id": "UDEV", "version": 1, "at": AT}})
    read = whole.read(whole.as_json(request, {**NAMES, "UBEN": "Ben, who has no part in it"}))
    assert (read.request, read.names) == (request.model_copy(update={"team_id": ""}), NAMES)
    assert read.left_out == [*LEFT_OUT]


def test_what_is_not_taken_is_said() -> None:
    told = {**json.loads(whole.as_json(a_request(), {})), "colour": "red"}
    assert whole.read(json.dumps(told)).left_out == ["colour: it isn't read", *LEFT_OUT]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"state": "done"}, "state: input should be 'draft', 'open'"),
        ({"requester": "Dev"}, "people: Dev isn't the id of a member"),
        ({"requester": ""}, "people: nobody isn't the id of a member"),
        ({"people": ["UDEV"]}, "people: this should be names by member ids"),
        ({"people": {"Dev": "Dev"}}, "people: Dev isn't the id of a member"),
        ({"needed_by": "2026-02-30"}, "needed_by: 2026-02-30 isn't a day"),
        ({"created_at": "yesterday"}, "created_at: yesterday isn't a time"),
        ({"created_at": "2026-01-05"}, "created_at: 2026-01-05 isn't a time"),
        ({"number": "12"}, "number: 12 isn't one such as DR-12"),
        ({"visibility": "C1"}, "visibility: DR-1 isn't a number of C1"),
        ({"number": "DR-BCDFG", "visibility": "here"}, "visibility: here isn't the id of a channel"),
        ({"terms": {"colour": {}}}, "terms.colour: unknown term; the terms are quantity, "),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(changes: dict[str, object], told: str) -> None:
    text = json.dumps({**json.loads(whole.as_json(a_request(), {})), **changes})
    with pytest.raises(FormatError) as refused:
        whole.read(text)
    assert str(refused.value).startswith(told)


@pytest.mark.parametrize("text", ["{", "[]", '{"kind": "DataContract"}'])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        whole.read(text)
