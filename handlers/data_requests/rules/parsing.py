"""Reads what somebody entered in the forms of a data request, field by field. Pure."""

import re
from collections.abc import Mapping
from datetime import date

from handlers.checks.dates import wrong_ahead
from handlers.checks.sensitive_data import objection
from handlers.slack.interactions import Fields, Wrong
from storage.data_requests.data_requests import DataRequest
from storage.glossary.glossary import look_up_key

_NEEDED = {"entity": "Say what data you need, in a few words.", "purpose": "Say what it's for."}


def request_facts(fields: Fields, start: DataRequest, today: date) -> Mapping[str, object] | Wrong:
    """Read the form: what data, what for, whose, and by when."""
    told = {name: fields.text(name) for name in (*_NEEDED, "serves", "needed_by") if name in fields}
    errors = {name: sentence for name, sentence in _NEEDED.items() if not _says_something(fields.text(name))}
    errors |= {name: error for name, text in told.items() if (error := objection(text))}
    is_new = start.state == "draft" or fields.text("needed_by") != start.needed_by
    if is_new and (wrong := wrong_ahead(fields.text("needed_by"), today)):
        errors["needed_by"] = wrong
    return Wrong(errors) if errors else {**told, "data_key": data_key(told["entity"]), "owner": fields.text("owner")}


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def data_key(entity: str) -> str:
    """Return the key under which requests for the same data are found: its words, in any order."""
    words = sorted({look_up_key(each) for each in re.findall(r"\w+", entity)} - {"", "the", "of", "and", "data", "all"})
    return " ".join(words) or look_up_key(entity)
