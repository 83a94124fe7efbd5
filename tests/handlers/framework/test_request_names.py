"""A name leads to one request, in one run of the bot."""

import re
from runpy import run_path

from handlers.framework import request_names


def test_a_name_is_given_once_and_tells_which_process_gave_it() -> None:
    given = [request_names.new() for _ in range(1000)]
    assert len(set(given)) == len(given)
    assert all(re.fullmatch(r"[0-9a-f]{6}-[0-9a-f]+", each) for each in given)
    assert len({each.partition("-")[0] for each in given}) == 1


def test_another_run_gives_other_names() -> None:
    given = [run_path(request_names.__file__)["new"]() for _ in range(2)]
    assert given[0].partition("-")[0] != given[1].partition("-")[0]
