"""A data request as JSON, as it stands, people by their ids, that comes back as it was. Pure."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from handlers.checks import plain_json
from handlers.checks.csv_files import FormatError
from handlers.checks.nested import leaves
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.wording import people_in
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE
from storage.records.offers import Offer

_PERSON = re.compile(r"[UW][A-Z0-9]+")
_NUMBER = re.compile(r"DR-(?:[1-9]\d{0,8}|[B-Z]{5})")
_CHANNEL = re.compile(r"[CG][A-Z0-9]+")
#: Names of what is read again by the day or the time in it.
_DAYS, _TIMES = ("needed_by", "until"), ("at", "created_at", "changed_at", "agreed_at")
#: What people call as they like.
_THEIRS = (".parts.", ".more.")
#: What an edit that is under way goes by is over before the file is read.
_PASSING = {"team_id", "sitting"}
_KEPT = DataRequest.model_fields.keys() - _PASSING
LEFT_OUT = (
    "history: who changed what when, and earlier versions, aren't in the file",
    "thread: what people wrote in it isn't in the file; /data-request NUMBER repost opens a new one",
    "samples: what was checked, and notes on the data, aren't in the file",
)


@dataclass(frozen=True, slots=True)
class Whole:
    """A request of a file, of no workspace yet, the names of people in it, and lines about what is not taken."""

    request: DataRequest
    names: Mapping[str, str]
    left_out: Sequence[str]


def as_json(request: DataRequest, names: Mapping[str, str]) -> str:
    """Return a request as a file; of ``names`` those of people who are in it."""
    told = request.model_dump(mode="json", exclude=_PASSING)
    named = dict.fromkeys([*(str(each) for _, each in leaves(told, "")), *request.named])
    people = {each: names[each] for each in named if each in names}
    return json.dumps({**told, "people": people}, indent=2, ensure_ascii=False) + "\n"


def read(text: str) -> Whole:
    """Read a request that was written here. Raises FormatError with the place and what is wrong there."""
    try:
        told = plain_json.read(text)
    except ValueError as error:
        raise FormatError(f"the file can't be read as JSON: {error}") from None
    if not isinstance(told, dict) or "number" not in told:
        raise FormatError("the file should be a data request as export --format json writes it")
    names = told.get("people", {})
    strange = [each for each in told if each not in _KEPT and each != "people"]
    try:
        request = DataRequest.model_validate({name: told[name] for name in told if name in _KEPT} | {"team_id": ""})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise FormatError(f"{'.'.join(map(str, first['loc']))}: {first['msg'].lower()}") from None
    if wrong := next(_wrong(request, names), ""):
        raise FormatError(wrong)
    return Whole(request, names, [*(f"{each}: it isn't read" for each in strange), *LEFT_OUT])


def _wrong(request: DataRequest, names: Any) -> Iterator[str]:
    """Yield what cannot be in a request, with its place."""
    if not _NUMBER.fullmatch(request.number):
        yield f"number: {request.number} isn't one such as DR-12"
    if request.number[3:].isdigit() != (request.visibility == WORKSPACE):
        yield f"visibility: {request.number} isn't a number of {request.visibility or 'nowhere'}"
    if request.visibility != WORKSPACE and not _CHANNEL.fullmatch(request.visibility):
        yield f"visibility: {request.visibility} isn't the id of a channel"
    for name in (*request.terms, *request.agreed_terms):
        if name not in TERMS:
            yield f"terms.{name}: unknown term; the terms are {', '.join(TERMS)}"
    if not isinstance(names, dict) or not all(isinstance(each, str) for each in names.values()):
        yield "people: this should be names by member ids"
    else:
        yield from _strangers([*_people(request), *names])
    for place, each in leaves(request.model_dump(mode="json"), ""):
        if not any(theirs in place for theirs in _THEIRS) and not _is_dated(place.rpartition(".")[2], str(each)):
            yield f"{place.removeprefix('.')}: {each} isn't a {'day' if place.endswith(_DAYS) else 'time'}"


def _people(request: DataRequest) -> list[str]:
    """Return everybody who is named in a request, also who said and agreed to it."""
    said = [each for term in request.terms.values() for each in (term.asked, term.offered)]
    offers = [each for each in (*said, *request.agreed_terms.values()) if isinstance(each, Offer)]
    signed = [*(each.by for each in offers), *(each.user_id for each in request.agreements.values())]
    found = [*people_in(request), *signed, *(each.by for each in request.deliveries), *request.named]
    return [request.requester, *filter(None, found)]


def _strangers(people: Sequence[str]) -> Iterator[str]:
    yield from (
        f"people: {each or 'nobody'} isn't the id of a member" for each in people if not _PERSON.fullmatch(each)
    )


def _is_dated(name: str, told: str) -> bool:
    """Tell whether a day or a time can be read, where there is to be one."""
    try:
        if name in _DAYS:
            date.fromisoformat(told)
        elif name in _TIMES:
            return datetime.fromisoformat(told).tzinfo is not None
    except ValueError:
        return False
    return True
