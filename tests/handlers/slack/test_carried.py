"""What forms and buttons carry is read as it was written, or is outdated; nothing else comes of it."""

from dataclasses import dataclass

import pytest

from handlers.slack import carried
from handlers.slack.carried import OutdatedError


@dataclass(frozen=True, slots=True)
class Note:
    name: str
    version: int = 0


def test_what_this_version_writes_is_read() -> None:
    assert carried.read(Note, '{"name": "x", "version": 3}') == Note("x", 3)
    assert carried.read(tuple[str, str], '["a", "b"]') == ("a", "b")
    assert [carried.number(each) for each in ("", "0", "12")] == [0, 0, 12]


@pytest.mark.parametrize("text", ["", "{", "[]", "5", '{"version": 1}', '{"name": []}', '{"name":' * 100_000, "\ud800"])
def test_anything_else_is_outdated(text: str) -> None:
    with pytest.raises(OutdatedError):
        carried.read(Note, text)


@pytest.mark.parametrize("text", ["x", "-1", "1.5", "²", "٣", "9" * 10, "9" * 5000])
def test_what_is_no_number_or_too_long_a_one_is_outdated(text: str) -> None:
    with pytest.raises(OutdatedError):
        carried.number(text)
