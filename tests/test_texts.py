import re

from tests.texts import texts

_RAW_DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")
#: Where a day is written, not read: what is entered, looked for or kept in a file.
_WRITTEN = re.compile(r"\[20|s3://|such as|\.(?:csv|yaml|json|md)\b|version")


def test_every_text_of_the_scripts_is_listed_once() -> None:
    found = list(texts())
    assert len(found) > 300
    assert len({text for _, text in found}) == len(found)
    assert all(place.partition(":")[2].isdigit() for place, _ in found)


def test_no_text_shows_a_raw_day_or_an_unfinished_mark() -> None:
    wrong = [each for each in texts() if _RAW_DAY.search(each[1]) and not _WRITTEN.search(each[1])]
    assert wrong == []
    assert [each for each in texts() if "\x02" in each[1]] == []
