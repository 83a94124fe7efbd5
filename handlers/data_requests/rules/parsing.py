"""Reads what somebody entered in the forms of a data request, field by field. Pure."""

import re
from collections.abc import Mapping
from datetime import date

from handlers.agreements.parsing import parts_of
from handlers.checks.dates import wrong_ahead
from handlers.checks.quantities import amount_in
from handlers.checks.sensitive_data import objection
from handlers.data_requests.rules.clauses import SET_UP_PARTS
from handlers.slack.interactions import Fields, Wrong
from storage.data_requests.data_requests import DataRequest, SetUp
from storage.glossary.glossary import look_up_key

_NEEDED = {
    "purpose": "Say what it is for.",
    "serves": "Name the decision or the model that it serves.",
    "entity": "Say what data it is, in a few words.",
    "population": "Say of whom or of what.",
}


def request_facts(fields: Fields, start: DataRequest, today: date) -> Mapping[str, object] | Wrong:
    """Read the first page: what it is for, what data, from where, until when, whose."""
    told = {name: fields.text(name) for name in (*_NEEDED, "needed_by")}
    errors = {name: sentence for name, sentence in _NEEDED.items() if not _says_something(told[name])}
    errors |= {name: error for name, text in told.items() if (error := objection(text))}
    is_new = start.state == "draft" or told["needed_by"] != start.needed_by
    if is_new and (wrong := wrong_ahead(told["needed_by"], today)):
        errors["needed_by"] = wrong
    set_up = fields.text("set_up") or start.set_up
    if set_up not in SET_UP_PARTS:
        errors["set_up"] = "Say where the data comes from."
    if errors:
        return Wrong(errors)
    return {**told, "set_up": set_up, "data_key": data_key(told["entity"]), "owner": fields.text("owner")}


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def data_key(entity: str) -> str:
    """Return the key under which requests for the same data are found: its words, in any order."""
    words = sorted({look_up_key(each) for each in re.findall(r"\w+", entity)} - {"", "the", "of", "and", "data", "all"})
    return " ".join(words) or look_up_key(entity)


def set_up_facts(fields: Fields, set_up: SetUp) -> dict[str, str] | Wrong:
    told, errors = parts_of(fields, SET_UP_PARTS.get(set_up, ()))
    if told.get("budget") and amount_in(told["budget"]) is None:
        errors["budget"] = "Write a number with its currency, such as 20000 EUR."
    return Wrong(errors) if errors else told
