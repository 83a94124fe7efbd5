"""What is expected of data, as the quality rules of the Open Data Contract Standard. Pure.

They give the verdict of ``samples/measuring`` where datacontract-cli runs them: what its library of metrics cannot
count is said in SQL.
"""

import re
from collections.abc import Sequence

from open_data_contract_standard.model import DataQuality

from handlers.agreements.columns import Column, fits, whole, written
from handlers.data_requests.samples.expectations import Expectations

ALL = 100.0
_SHARE = "SELECT ROUND(COALESCE(100.0 * {} / NULLIF(COUNT(*), 0), 0), 6) FROM ${{object}}"
_OUTSIDE = "SUM(CASE WHEN {}(${{property}} < {} OR ${{property}} > {}) THEN 1 ELSE 0 END)"
_MISSING = "${{property}} NOT IN ({}) AND "
_ALIKE = "(COUNT(*) - (SELECT COUNT(*) FROM (SELECT DISTINCT {} FROM ${{object}}) AS different))"


def typed(kind: str, value: str) -> object:
    """Return a value of a column as a file of the standard holds it: numbers and truth as what they are."""
    match kind:
        case "integer":
            return int(value)
        case "number":
            return tidy(float(value))
        case "boolean":
            return value == "true"
        case _:
            return value


def tidy(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def missing_in(column: Column, missing: Sequence[str]) -> list[object]:
    """Return the values that mean in this column that one is missing, as far as its type can hold them."""
    if column.type == "string":
        return list(dict.fromkeys(["", *missing]))
    return list(dict.fromkeys(typed(column.type, each) for each in missing if fits(column.type, each)))


def of_data(expected: Expectations, amount: str) -> list[DataQuality]:
    """Return what is expected of the data as a whole; ``amount`` is how many rows, in words."""
    found = []
    if expected.amount is not None and expected.counts_rows:
        least = tidy(expected.amount)
        found.append(DataQuality(metric="rowCount", mustBeGreaterOrEqualTo=least, description=amount))
    if expected.uniqueness is not None and not expected.keys:
        # The metric duplicateValues leaves out rows with an empty cell.
        by = ", ".join('"' + each.name.replace('"', '""') + '"' for each in expected.columns) or "*"
        found.append(at_most(expected.uniqueness, type="sql", query=_SHARE.format(_ALIKE.format(by))))
    return found


def of_column(column: Column, expected: Expectations) -> list[DataQuality]:
    """Return what is expected of a column beside its type, its bounds, and that it is filled in or unique."""
    missing = missing_in(column, expected.missing)
    share = ALL if column.is_required else expected.completeness
    found = []
    if share is not None and missing:
        found.append(at_most(share, metric="missingValues", arguments={"missingValues": missing}))
    elif share is not None and not column.is_required:
        found.append(at_most(share, metric="nullValues"))
    return [*found, *_valid(column, expected, missing)]


def _valid(column: Column, expected: Expectations, missing: list[object]) -> list[DataQuality]:
    share = ALL if expected.validity is None else expected.validity
    if column.allowed:
        values = [typed(column.type, each) for each in column.allowed if fits(column.type, each)]
        arguments = {"validValues": list(dict.fromkeys([*values, *missing]))}
        return [at_most(share, metric="invalidValues", arguments=arguments)]
    if column.pattern:
        pattern = whole(column.pattern + pattern_end(missing))
        return [at_most(share, metric="invalidValues", arguments={"pattern": pattern})]
    if not column.is_limited or bounds_of(column, expected):
        return []
    least, most = (written(each) for each in (column.least, column.most) if each is not None)
    beside = _MISSING.format(", ".join(map(str, missing))) if missing else ""
    return [at_most(share, type="sql", query=_SHARE.format(_OUTSIDE.format(beside, least, most)))]


def pattern_end(missing: Sequence[object]) -> str:
    """Return how a pattern goes on, so that what is missing is not invalid too."""
    return "".join(f"|{re.escape(str(each))}" for each in missing)


def bounds_of(column: Column, expected: Expectations) -> dict[str, float | int]:
    """Return the bounds that every value has to keep; none where some may not, or a missing value lies outside."""
    least, most = column.least, column.most
    if least is None or most is None or expected.validity not in (None, ALL):
        return {}
    missing = [each for each in missing_in(column, expected.missing) if isinstance(each, int | float)]
    is_kept = all(least <= each <= most for each in missing)
    return {"minimum": tidy(least), "maximum": tidy(most)} if is_kept else {}


def at_most(share: float, **rule: object) -> DataQuality:
    """Return a rule that so many per cent hold, put as how many at most may not."""
    most = round(ALL - share, 6)
    if not most:
        return DataQuality.model_validate({**rule, "mustBe": 0})
    return DataQuality.model_validate({**rule, "mustBeLessOrEqualTo": tidy(most), "unit": "percent"})
