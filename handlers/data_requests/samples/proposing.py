"""What somebody pasted, or a sample that they gave, proposes as terms of a request. Pure."""

import re
from collections.abc import Mapping

from handlers.agreements.columns import Column, columns_in, line_of
from handlers.checks.sensitive_data import objection
from handlers.data_requests.rules.clauses import CADENCES
from handlers.data_requests.samples.names import may_be_personal
from handlers.data_requests.samples.profiling import Profile
from handlers.data_requests.samples.schemas import columns_pasted, table_in
from storage.records.offers import Offer

_CADENCE = re.compile(rf"\b({'|'.join(value for _, value in CADENCES)})\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\b\d[\d,. ]*(?:k|m|thousand|million)? ?(?:rows|records|events|images|examples)\b", re.IGNORECASE)
#: The end of a name such as "berth arrivals, 2 years".
_HOW_MUCH = re.compile(rf"(?P<name>.*\w.*), (?P<amount>{_AMOUNT.pattern}|\d+ (?:day|week|month|year)s?)", re.IGNORECASE)
_NO_PEOPLE = re.compile(r"\b(?:no|without) (?:personal|customer) data\b", re.IGNORECASE)
#: Characters of the columns that a field takes.
_LONGEST = 2900
Offers = Mapping[str, Offer]


def objection_to(words: str) -> str:
    """Say why words have no place in a form; the commas of a CREATE TABLE are no rows of data."""
    statement, rest = table_in(words)
    return objection(re.sub(r"[,;|\t\n]", " ", statement)) or objection(rest)


def name_and_amount(entity: str) -> tuple[str, str]:
    """Return what data somebody needs, and how much of it where they said so in one breath; else empty."""
    said = _HOW_MUCH.fullmatch(entity.strip())
    return (said["name"], said["amount"]) if said is not None else (entity, "")


def from_words(words: str) -> dict[str, Offer]:
    """Return what words that somebody typed propose: columns, how often, how many, and that nobody is in it."""
    columns = columns_pasted(words)
    plain = "" if table_in(words)[0] else words
    cadence, amount = _CADENCE.search(plain), _AMOUNT.search(plain)
    said: dict[str, dict[str, str]] = {"schema": _columns(columns)}
    said["freshness"] = {"cadence": cadence[1].casefold()} if cadence is not None else {}
    said["quantity"] = {"amount": amount[0]} if amount is not None else {}
    is_free = _NO_PEOPLE.search(plain) is not None and not any(may_be_personal(each.name) for each in columns)
    said["access"] = {"personal": "no"} if is_free else {}
    return {term_id: Offer(parts=parts, source="the request") for term_id, parts in said.items() if parts}


def from_sample(profile: Profile, file_name: str) -> dict[str, Offer]:
    """Return what a sample proposes: columns, how much is filled in, and whether people may be in it."""
    said = {"schema": _columns(list(profile.columns))}
    said["quality"] = {"completeness": str(profile.filled)} if profile.rows else {}
    said["access"] = {"personal": "yes"} if profile.has_people else {}
    rows = "1 row" if profile.rows == 1 else f"{profile.rows:,} rows"
    source = f"{file_name}, {rows}{f'; {profile.read_as}' if profile.read_as else ''}"
    return {term_id: Offer(parts=parts, source=source) for term_id, parts in said.items() if parts}


def _columns(columns: list[Column]) -> dict[str, str]:
    named = {each.name: each for each in columns}
    # A name may hold anything; a line that would be read as something else says nothing.
    lines = [line for each in named.values() if columns_in(line := line_of(each)) == [each]]
    while lines and len("\n".join(lines)) > _LONGEST:
        lines.pop()
    return {"columns": "\n".join(lines)} if lines else {}
