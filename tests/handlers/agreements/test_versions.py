"""Which version a program reports, in each of the ways in which one is written."""

import pytest

from handlers.agreements import versions


def test_a_link_is_kept_where_it_is_one() -> None:
    found = versions.read({"version": "1 a", "link": "javascript:alert(1)"})
    assert found == versions.Version("1-a")
    assert versions.kept(versions.Version("1", "https://a.example").state) == versions.Version("1", "https://a.example")


@pytest.mark.parametrize("name", ["2026-11-29", "1.4.0", "20261129", "2026-11-29T06-00", "a1b2c3d4e5f60718"])
def test_days_and_hashes_are_names(name: str) -> None:
    assert versions.read({"version": name}) == versions.Version(name)


@pytest.mark.parametrize("body", [None, [], "1", {"version": None}, {"version": "1", "values": {}}, {"data": {}}])
def test_what_reports_something_else_is_left_to_others(body: object) -> None:
    assert versions.read(body) is None
