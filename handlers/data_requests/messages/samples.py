"""What is said of a sample that was checked against the contract: counts and shares, and no value of the data."""

from collections.abc import Sequence

from handlers.agreements.versions import Version
from handlers.slack import blocks
from handlers.slack.blocks import Message
from storage.data_requests.checks import Check, Finding
from storage.data_requests.data_requests import DataRequest

#: Rows of Slack's table with its head, and characters in it.
_ROWS, _TABLE = 100, 9_500
_RESULTS = {True: "passed", False: "failed", None: "not checkable on a sample"}


def checked(request: DataRequest, check: Check, name: str) -> Message:
    """What was found in a sample that somebody checked, as a table, what failed first."""
    who = f"{name} checked {check.file_name} against the contract" if name else check.file_name
    if check.problem:
        return blocks.said(f"{request.number}: {check.file_name} could not be checked. {check.problem}")
    heading = " ".join([f"{who}: {summary(check)}.", *(each.question for each in check.findings if each.question)])
    order = {False: 0, None: 1, True: 2}
    listed = sorted(check.findings, key=lambda each: order[each.is_kept])
    results = [(each.expected, each.found, _RESULTS[each.is_kept]) for each in listed]
    rows = _rows_of([("Agreed", "Found", "Result"), *results])
    left = len(listed) - len(rows) + 1
    more = f"And {left} more. See all of them with: common-ground requests check {request.number} FILE"
    text = "\n".join([heading, *(" | ".join(each) for each in rows)])
    head = blocks.paragraphs(blocks.line(blocks.words(heading, "bold")))
    below = [*([how_read(check.read_as)] if check.read_as else []), *([more] if left > 0 else [])]
    otherwise = "\n".join([blocks.cut(blocks.escape(text), 3700), *map(blocks.escape, below)])
    notified = blocks.escape(f"{request.number}: {heading}")
    return Message(notified, (head, blocks.table(rows), *map(blocks.small_print, below)), otherwise=otherwise)


def reported(request: DataRequest, check: Check) -> Message:
    """What another program found, of that what it did not find kept: it has the rest itself."""
    heading = f"{check.file_name}: {summary(check)}."
    named = {False: "failed", None: "warning"}
    results = [(each.expected, each.found, named[each.is_kept]) for each in check.findings if each.is_kept is not True]
    rows = _rows_of([("Agreed", "Found", "Result"), *results])
    left = len(check.findings) - len(rows) + 1
    below = [blocks.small_print(f"Not listed: {left} more.")] if left and results else []
    table = [blocks.table(rows)] if results else []
    head = blocks.paragraphs(blocks.line(blocks.words(heading, "bold")))
    text = "\n".join([heading, *(" | ".join(each) for each in rows)]) if results else heading
    notified = blocks.escape(f"{request.number}: {heading}")
    return Message(notified, (head, *table, *below), otherwise=blocks.cut(blocks.escape(text), 3700) if results else "")


def _rows_of(rows: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    while len(rows) > _ROWS or sum(len(cell) for row in rows for cell in row) > _TABLE:
        rows.pop()
    return rows


def summary(check: Check) -> str:
    """Say how many of the checks passed, how many failed, and which failed first."""
    judged, failed = check.judged, check.broken
    if not failed:
        return f"all {len(judged)} checks passed" if judged else "nothing in it can be checked"
    told = f"{len(judged) - len(failed)} passed, {len(failed)} failed"
    return f"{told} ({failed[0].expected}, found {failed[0].found})"


def how_read(told: str) -> str:
    return f"How I read it: {told}."


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    return [f"{_RESULTS[each.is_kept]}: {each.expected}; found {each.found}" for each in findings]


def new_version(version: Version) -> Message:
    """Say that there is a new version of the data."""
    more = [blocks.words(" "), blocks.link(version.link, "Open")] if version.link else []
    line = blocks.line(blocks.words(f"The data has a new version: {version.name}."), *more)
    return Message(blocks.escape(f"New version of the data: {version.name}"), (blocks.paragraphs(line),))


def adds_nothing(check: Check) -> Message:
    """Say that a sample proposed nothing that isn't set already."""
    return blocks.said(f"I read {check.file_name}. Everything it tells me is already set.")
