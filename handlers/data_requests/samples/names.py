"""What the name of a column says: its type, its unit, and whether it may be about people. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from handlers.agreements.columns import Column
from handlers.checks.sensitive_data import personal

_WRITTEN = (
    *("m", "km", "cm", "mm", "ft", "nm", "kg", "g", "t", "lb", "ms", "s", "min", "h", "days", "kn", "km/h", "mph"),
    *("kW", "kWh", "MW", "hPa", "bar", "MB", "GB", "EUR", "USD", "GBP", "CHF", "SEK", "JPY"),
)
_UNITS: Mapping[str, str] = {
    **{each.casefold().replace("/", ""): each for each in _WRITTEN},
    "mps": "m/s",
    "sec": "s",
    "seconds": "s",
    "minutes": "min",
    "hours": "h",
    "pct": "%",
    "percent": "%",
    "celsius": "°C",
    "deg": "°",
}
_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("at", "time", "timestamp", "datetime", "ts", "arrived", "departed"), "timestamp"),
    **dict.fromkeys(("date", "day", "on", "birthday", "dob"), "date"),
    **dict.fromkeys(("count", "qty", "quantity", "year", "rank", "total"), "integer"),
    **dict.fromkeys(("lat", "lon", "latitude", "longitude", "score", "ratio", "share", "price", "amount"), "number"),
}
_FLAGS = ("is", "has", "was", "can")
_PEOPLE = re.compile(
    r"(?:e?mail|phone|mobile|birth(?:day|date)?|dob|first|last|middle|full|sur|maiden|ssn|iban|passport|address|street|"
    r"salary|gender|religion|nationality|person|patient|customer|user|employee|pilot|captain|contact)"
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def _words(name: str) -> list[str]:
    return [each.casefold() for each in _WORD.findall(name)]


def unit_of(name: str) -> str:
    """Return the unit that a name ends in, as in length_m or price_eur; empty where it has none."""
    words = _words(name)
    return _UNITS.get(words[-1], "") if len(words) > 1 else ""


def may_be_personal(name: str) -> bool:
    """Tell whether a column seems to be about people; of such a column no value is kept."""
    return any(_PEOPLE.fullmatch(each) for each in _words(name)) or _words(name)[-1:] == ["name"]


def guessed(name: str, *, is_first: bool = False) -> Column:
    """Return a column of which only the name is known: ship_id may stand in many rows, so it is no key by its name."""
    words, unit = _words(name) or [""], unit_of(name)
    if words[-1] in ("id", "key", "code", "uuid"):
        is_key = is_first and len(words) == 1
        return Column(name, "string", is_key=is_key, is_required=is_key)
    kind = "boolean" if words[0] in _FLAGS and len(words) > 1 else _TYPES.get(words[-1], "number" if unit else "string")
    return Column(name, kind, unit=unit)


def same_columns(agreed: Sequence[str], found: Sequence[str]) -> dict[str, int]:
    """Return the places of agreed columns in a file, by their names; where none is called so, by one like it.

    Ship ID is like ship_id, as long as nothing else is.
    """
    places = {each: found.index(each) for each in agreed if each in found}
    like: dict[str, list[int]] = {}
    for place, name in enumerate(found):
        if place not in places.values():
            like.setdefault(_letters(name), []).append(place)
    wanted = Counter(_letters(each) for each in agreed if each not in places)
    for each in agreed:
        alike = like.get(_letters(each), [])
        if each not in places and len(alike) == 1 == wanted[_letters(each)] and _letters(each):
            places[each] = alike[0]
    return places


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def listable(values: Sequence[str]) -> tuple[str, ...]:
    """Return values that can be listed with commas; none where one of them cannot, or is of a person."""
    return () if any(re.search(r"[,|\n]", each) or not each or personal(each) for each in values) else tuple(values)
