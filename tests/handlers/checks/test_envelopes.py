"""What a program says beside the results of a tool is told from them."""

import pytest

from handlers.checks.envelopes import unwrapped


def test_what_stands_beside_results_is_read_and_they_are_handed_on() -> None:
    told = {"type": "evaluation", "link": " https://a.example ", "version": "", "date": 3, "results": [1]}
    assert unwrapped(told) == ({"link": "https://a.example"}, [1])


@pytest.mark.parametrize("told", [None, [], "a", {"values": {}}, {"results": [], "success": True}])
def test_what_is_no_envelope_is_handed_on_whole(told: object) -> None:
    assert unwrapped(told) == ({}, told)
