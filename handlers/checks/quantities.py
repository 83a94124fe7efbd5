"""Numbers as people type them, with units and in per cent. Pure.

A point may stand before decimals or between thousands, and so may a comma. "10,000 rows" are many and "89.123 %" few:
of all that a text can mean, a share is the least, a measure what English makes of it, and a count the most.
"""

import re
from contextlib import suppress
from decimal import InvalidOperation
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from babel.numbers import NumberFormatError, get_group_symbol, parse_decimal

if TYPE_CHECKING:
    from pint import UnitRegistry

_AMOUNT = re.compile(r"(?P<number>\d[\d,.' _]*)\s*(?!e\d)(?P<unit>[^\d\s].*)", re.IGNORECASE | re.DOTALL)
_MEASURE = re.compile(
    r"(?P<sign>[-+\u2212]?)\s*(?P<number>\d(?:[\d,. _']*\d)?)(?P<power>[eE][-+]?\d+)?\s*(?P<unit>[^\d\s,._'].*)",
    re.DOTALL,
)
_SHARE = re.compile(r"(?P<sign>-?)(?P<number>\d+(?:[.,]\d+)?)")
_FACTORS = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "billion": 1_000_000_000}
_FACTOR = re.compile(rf"(?P<word>{'|'.join(_FACTORS)})\b", re.IGNORECASE)
#: What stands between thousands, where it is no point or comma.
_SPACES = re.compile(r"[ _']")
#: One unit, and no formula of units, which could take as long as it likes.
_UNIT = re.compile(r"[^\W\d_]{1,24}|[%\u2030]|\u00b0[CF]")
#: What is computed is as exact as what was typed: 0.28 s is 280 ms, and not 280.00000000000006.
_DIGITS = ".12g"


def number_in(text: str) -> float | None:
    """Return a number that somebody typed, with or without a per cent sign; None where it is none."""
    match = _SHARE.fullmatch(text.removesuffix("%").strip())
    return min(_readings(match["number"])) * (-1 if match["sign"] else 1) if match is not None else None


def counted(number: str, unit: str) -> str:
    """Return a number with its unit, which is given in the plural, as people say it: "1 day", "2 days"."""
    return f"{number} {unit.removesuffix('s') if number == '1' else unit}"


def measure_in(text: str) -> tuple[float, str] | None:
    """Return a measured number and its unit, from a text such as "0.123 s", "-3 dB" or "1,234.5 ms".

    One point or comma before three digits is a decimal point, unless it is a comma; letters are always the unit's.
    None where the number or the unit lacks.
    """
    match = _MEASURE.fullmatch(text.strip())
    if match is None or not (readings := _readings(match["number"])):
        return None
    number = float(f"{readings[0]}{match['power'] or ''}")
    return (-number if match["sign"] in ("-", "\u2212") else number), match["unit"].strip()


def amount_in(text: str) -> tuple[float, str] | None:
    """Return a number and its unit, from a text such as "10,000 rows" or "2 million rows"; None where one lacks."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or not (readings := _readings(match["number"].rstrip(" ,."))):
        return None
    factor = _FACTOR.match(match["unit"])
    unit = match["unit"][factor.end() if factor else 0 :].strip()
    times = _FACTORS[factor["word"].casefold()] if factor else 1
    return (max(readings) * times, unit) if unit else None


@lru_cache(maxsize=2048)
def _readings(digits: str) -> tuple[float, ...]:
    """Return what digits mean where they are written properly in English or German, or in Swiss or French."""
    found = []
    for locale in ("de_CH", "fr") if _SPACES.search(digits) else ("en", "de"):
        typed = _SPACES.sub(get_group_symbol(locale), digits)
        with suppress(NumberFormatError, InvalidOperation):
            found.append(float(parse_decimal(typed, locale=locale, strict=True)))
    return tuple(found)


def load() -> None:
    """Load how numbers are written in each language: it stays, and whoever types the first one waits for nothing."""
    for digits in ("1,000", "1 000"):
        _readings(digits)


def in_unit(measured: tuple[float, str], wanted: str) -> float | None:
    """Return what was measured in the unit that is wanted: 0.28 s is 280 ms; None where it cannot be told in it.

    Units that nobody knows are the same where their words are: 50 requests/s are 3000 requests/min.
    """
    number, unit = measured
    one, other = _plain(unit), _plain(wanted)
    if one == other:
        return number
    above, slash, below = one.partition("/")
    wanted_above, wanted_slash, wanted_below = other.partition("/")
    if slash != wanted_slash:
        return None
    told = _converted(number, above, wanted_above)
    each = _converted(1, below, wanted_below) if slash else 1
    return float(f"{told / each:{_DIGITS}}") if told is not None and each else None


def _plain(unit: str) -> str:
    return "".join(unit.replace("per cent", "%").replace(" per ", "/").split())


@lru_cache(maxsize=256)
def _converted(number: float, unit: str, wanted: str) -> float | None:
    """Return a number in another unit by Pint; as it is where both are the same word."""
    is_same = unit.casefold() == wanted.casefold()
    if unit != wanted and _UNIT.fullmatch(unit) and _UNIT.fullmatch(wanted):
        found = _by_pint(number, unit, wanted)
        return number if found is None and is_same else found
    return number if is_same else None


def _by_pint(number: float, unit: str, wanted: str) -> float | None:
    registry = _registry()
    try:
        # Bytes and shares both have no dimension, and only their roots are different.
        if registry.get_root_units(unit)[1] != registry.get_root_units(wanted)[1]:
            return None
        return float(registry.Quantity(number, unit).to(wanted).magnitude)
    except import_module("pint").PintError:
        return None


@cache
def _registry() -> "UnitRegistry[float]":
    """Return all units that Pint knows: half a second when somebody first needs them, which no start has to spare."""
    registry: UnitRegistry[float] = import_module("pint").UnitRegistry()
    return registry
