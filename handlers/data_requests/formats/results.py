"""What other tools found when they checked data: which checks passed, and counts; never a value of the data.

Shapes: ``datacontract test --output-format json`` (https://cli.datacontract.com), the validation results and the
checkpoints of Great Expectations (https://docs.greatexpectations.io), the scan results of Soda (https://docs.soda.io),
the tests of an Evidently report (https://docs.evidentlyai.com), and our own ``{"checks": [{"name", "passed"}]}``.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from handlers.checks.csv_files import FormatError
from handlers.checks.sensitive_data import personal
from handlers.data_requests.rules.clauses import TERMS
from storage.data_requests.checks import Finding

#: So many checks are kept of a report, the failed ones first, and so many characters of a name.
_MOST, _LONGEST = 200, 160
_UNNAMED = "a check whose name may hold personal data"
#: Words of tools by the clause of a contract that they are about, the first that fits; all else is quality.
_CLAUSES: Mapping[str, tuple[str, ...]] = {
    "freshness": ("freshness", "servicelevel", "latency", "frequency", "stale"),
    "retention": ("retention",),
    "quantity": ("rowcount", "row count", "volume", "quantity"),
    "schema": ("present", "exist", "schema", "of type", "field type", "type string", "column count", "required column"),
}
_VERDICTS: Mapping[str, bool | None] = {
    **dict.fromkeys(("passed", "pass", "success", "true"), True),
    **dict.fromkeys(("failed", "fail", "error", "false"), False),
    **dict.fromkeys(("warning", "warn", "unknown", "info", "skipped", "none"), None),
}
#: What tools count, and how that is said.
_COUNTS = {
    "missing_count": "missing",
    "invalid_count": "invalid",
    "duplicate_count": "repeated",
    "unexpected_count": "unexpected",
    "unexpected_percent": "%",
    "missing_percent": "% missing",
    "invalid_percent": "% invalid",
    "row_count": "rows",
}
_COUNTED = re.compile("|".join(_COUNTS))


def read(told: Any) -> list[Finding] | None:
    """Return what was found; None where this is the result of no check. Raises FormatError."""
    if not isinstance(told, dict):
        return None
    try:
        found = _checks_in(told)
        if found is None:
            return None
        findings = [_finding(*each) for each in found]
    except (KeyError, TypeError, AttributeError, ValueError):
        raise FormatError("the results of the checks aren't as their tool writes them") from None
    if not findings:
        raise FormatError("there is no check in it")
    order = {False: 0, None: 1, True: 2}
    return sorted(findings, key=lambda each: order[each.is_kept])[:_MOST]


#: A check: its name, what the tool calls its kind, how it ended, and the counts that the tool gives.
_Told = tuple[str, str, object, Mapping[str, Any]]


def _checks_in(told: Mapping[str, Any]) -> Iterable[_Told] | None:
    checks, tests = told.get("checks"), told.get("tests")
    if isinstance(checks, list) and ("dataContractId" in told or "runId" in told):
        return list(_of_datacontract(checks))
    if isinstance(checks, list) and ("definitionName" in told or "hasFailures" in told):
        return list(_of_soda(checks))
    if isinstance(checks, list):
        return list(_ours(checks))
    if isinstance(tests, list):
        return [(each["name"], str(each.get("group") or ""), each["status"], {}) for each in tests]
    runs = told.get("validation_results", [told])
    if isinstance(runs, list) and runs and all(isinstance(run, dict) and _expectations_of(run) for run in runs):
        return list(_of_great_expectations(runs))
    return None


def _of_datacontract(checks: list[Any]) -> Iterator[_Told]:
    for each in checks:
        counts = each.get("diagnostics") or {}
        counts = {**counts, str(counts.get("metric")): counts.get("value")}
        yield each["name"], f"{each.get('category')} {each.get('type')}".replace("_", " "), each["result"], counts


def _of_soda(checks: list[Any]) -> Iterator[_Told]:
    for each in checks:
        value, name = (each.get("diagnostics") or {}).get("value"), str(each["name"])
        metric = _COUNTED.match(name)
        yield name, str(each.get("definition") or ""), each["outcome"], {metric[0]: value} if metric else {}


def _of_great_expectations(runs: list[Any]) -> Iterator[_Told]:
    for each in (one for run in runs for one in _expectations_of(run)):
        config = each.get("expectation_config") or each
        kind = str(config.get("type") or config.get("expectation_type"))
        told = kind.removeprefix("expect_").replace("_", " ")
        column = (config.get("kwargs") or {}).get("column")
        yield f"{column}: {told}" if column else told, told, each["success"], each.get("result") or {}


def _expectations_of(run: Mapping[str, Any]) -> list[Any]:
    found = run.get("expectations", run.get("results"))
    is_such = isinstance(found, list) and all(isinstance(each, dict) and "success" in each for each in found)
    return found if isinstance(found, list) and is_such else []


def _ours(checks: list[Any]) -> Iterator[_Told]:
    for each in checks:
        if not isinstance(each["passed"], bool | None):
            raise FormatError("checks: passed should be true, false or null")
        yield str(each["name"]), str(each.get("clause") or ""), each["passed"], each


def _finding(name: str, kind: str, verdict: object, counts: Mapping[str, Any]) -> Finding:
    is_kept = _VERDICTS[str(verdict).casefold()]
    return Finding(
        expected=_expected(str(name), kind), found=_counted(counts) or _in_a_word(is_kept=is_kept), is_kept=is_kept
    )


@lru_cache(maxsize=10_000)
def _expected(name: str, kind: str) -> str:
    """Return what a check is called, by the clause that it is about; a program names the same ones each time."""
    label = TERMS[_clause_of(f"{kind} {name}")].label
    shown = " ".join(name.split())[:_LONGEST]
    return f"{label}: {_UNNAMED if personal(shown) else shown}"


def _clause_of(told: str) -> str:
    """Return the clause of a contract that a check is about: its id where that is said, else by its words."""
    words = told.casefold().replace("_", " ")
    if (own := words.partition(" ")[0]) in TERMS:
        return own if own != "schema" or not _is_of_values(words) else "quality"
    return next((each for each, meant in _CLAUSES.items() if any(one in words for one in meant)), "quality")


def _is_of_values(words: str) -> bool:
    """Tell whether a check of what a tool calls the schema is about values: what is required, unique, in a range."""
    return not any(one in words for one in _CLAUSES["schema"] if one != "schema")


def _counted(counts: Mapping[str, Any]) -> str:
    """Return the counts of a check; every other number may be a value of the data, such as the least of a column."""
    said = [(counts.get(name), words) for name, words in _COUNTS.items()]
    told = [f"{value:g} {words}" for value, words in said if isinstance(value, int | float) and math.isfinite(value)]
    return ", ".join(told[:2])


def _in_a_word(*, is_kept: bool | None) -> str:
    return {True: "passed", False: "failed", None: "a warning"}[is_kept]
