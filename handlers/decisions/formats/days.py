"""Days as people write them in files, read only where they can mean one day alone. Pure."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from babel import Locale

from handlers.checks.csv_files import FormatError
from handlers.decisions.formats.states import quoted
from storage.engine.interface import to_text

_DAYS, _MOMENTS = ("review_on", "expected_by", "deadline"), ("created_at", "decided_at")
_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
_END = r"(?![\w-]|[/.]\d)"
_ISO = re.compile(
    rf"(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?:T[\d:.]+\S*|{_END})",
)
_WHOLE = re.compile(rf"(?P<year>[12]\d{{3}})(?P<month>\d\d)(?P<day>\d\d){_END}")
_NUMBERS = re.compile(rf"(?P<first>\d{{1,2}})(?P<mark>[-/.])(?P<second>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}){_END}")
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º)?", rf"(?P<year>\d{{4}}){_END}"
_DAY_FIRST = re.compile(rf"{_DAY}[\s,.-]*(?:of |de )?(?P<name>[^\W\d_]{{3,}})\.?[\s,.-]*(?:de )?{_YEAR}")
_MONTH_FIRST = re.compile(rf"(?P<name>[^\W\d_]{{3,}})\.?[\s.-]*{_DAY}[\s,.-]+{_YEAR}")
_WEEKDAY = re.compile(r"^[^\W\d_]+,?\s+(?=\d)|^[^\W\d_]+,\s+")
_MARKS = " \t\n*_`{}[]()<>\"'“”:|."


def day_of(text: str) -> tuple[date, str] | str:
    """Return the day with which a text begins, and what stands after it; or say what is wrong with it."""
    plain = text.lstrip(_MARKS)
    for told in (plain, _WEEKDAY.sub("", plain)):
        if numbers := _NUMBERS.match(told):
            found = _in_numbers(numbers, text)
            return found if isinstance(found, str) else (found, told[numbers.end() :].strip(_MARKS))
        for form in (_ISO, _WHOLE, _DAY_FIRST, _MONTH_FIRST):
            if (named := form.match(told)) and (day := _day(**named.groupdict())):
                return day, told[named.end() :].strip(_MARKS)
    return f"{quoted(text)} can't be read as a day; write it like 2026-12-24"


def dated(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the days and moments of a decision, and of opinions on it, as they are kept.

    Raises FormatError for what is none.
    """
    told: dict[str, Any] = {}
    for name in (each for each in (*_DAYS, *_MOMENTS) if fields.get(each)):
        text = str(fields[name])
        day = day_of(text)
        if isinstance(day, str) or (day[1] and name in _DAYS):
            raise FormatError(f"{name}: {day if isinstance(day, str) else f'{quoted(text)} is more than a day'}")
        told[name] = _moment(name, text) if text[10:11] == "T" and name in _MOMENTS else day[0].isoformat()
    opinions = [each if isinstance(each, dict) else {"at": each} for each in fields.get("opinions", ())]
    return {**told, "opinions": tuple({**each, "at": _moment("opinions", str(each.get("at")))} for each in opinions)}


def _moment(name: str, text: str) -> str:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        no_moment = f"{quoted(text)} can't be read as a moment; write it like 2026-12-24T09:00:00Z"
        raise FormatError(f"{name}: {no_moment}") from None
    return to_text(told if told.tzinfo else told.replace(tzinfo=UTC))


def _in_numbers(found: re.Match[str], text: str) -> date | str:
    """Read a day such as 23/11/2024 or 11/23/2024; with full stops the day stands first."""
    year, first, second = found["year"], found["first"], found["second"]
    days = [_day(year, second, first), None if found["mark"] == "." else _day(year, first, second)]
    possible = sorted({each for each in days if each is not None})
    if len(possible) > 1:
        return f"{quoted(text)} can be {possible[0]} or {possible[1]}; write the one that is meant"
    return possible[0] if possible else f"{quoted(text)} is no day; write it like 2026-12-24"


def _day(year: str, month: str = "", day: str = "", name: str = "", mark: str = "") -> date | None:
    del mark
    number = int(month) if month else _months().get(name.casefold(), 0)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Return the months by their names, whole and short, in some languages."""
    return {
        name.casefold().rstrip("."): number
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in Locale(language).months["format"][width].items()
    } | {"sept": 9}
