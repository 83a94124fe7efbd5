"""Reads a file in the Open Data Contract Standard, 3.x, as what a data request is filled in with. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from handlers.agreements.clauses import UNIT, entered_text
from handlers.agreements.columns import special_values
from handlers.agreements.parsing import parts_of
from handlers.checks import plain_json, plain_yaml
from handlers.checks.sensitive_data import objection
from handlers.data_requests.formats.properties import mapping_in, objects_in, words
from handlers.data_requests.formats.terms import Told, terms_in
from handlers.data_requests.rules.clauses import SET_UP_PARTS, TERMS
from handlers.slack.interactions import Fields
from storage.data_requests.data_requests import SET_UPS, SetUp
from storage.records.offers import Offer

_KNOWN = (
    *("apiVersion", "kind", "id", "name", "version", "status", "description", "schema", "slaProperties", "roles"),
    *("team", "support", "servers", "authoritativeDefinitions", "customProperties", "contractCreatedTs"),
)
#: What our own files say of a request that a new one says for itself.
_OF_ITSELF = ("gaps", "agreedBy", "named", "agreedOn", "decision", "serves", "setUp")
_LENGTHS = {"entity": 80, "purpose": 3000, "serves": 300}
_NO_CONTRACT = "this is no contract in the Open Data Contract Standard: it has no kind: DataContract"


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says of a data request, and a line for each thing in it that is not kept.

    ``people`` are user names by their roles; ``offers`` what it says of terms, by their ids; ``pins`` are those of the
    definitions that it uses.
    """

    facts: Mapping[str, str]
    people: Mapping[str, str]
    offers: Mapping[str, Offer]
    set_up: SetUp = ""
    more: Mapping[str, str] = field(default_factory=dict)
    pins: Sequence[str] = ()
    lost: Sequence[str] = ()


def read(text: str) -> Read | str:
    """Return what a file says, as YAML or JSON, or why it can't be read, in one line."""
    try:
        told = plain_json.read(text) if text.lstrip().startswith("{") else plain_yaml.read(text)
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        return f"the file can't be read: {' '.join(str(error).split())}"
    document = mapping_in(told)
    if document.get("kind") != "DataContract":
        return _NO_CONTRACT
    version = words(document.get("apiVersion"))
    if not version.startswith(("v3.", "3.")):
        return f"the file is in version {version or 'unknown'} of the standard; I read 3.x"
    return _read(document)


def _read(document: Mapping[str, Any]) -> Read:
    custom = {words(each.get("property")): each.get("value") for each in objects_in(document.get("customProperties"))}
    kept = {term_id: _parts(custom.get(term_id)) for term_id in TERMS}
    missing = kept["schema"].get("missing", "")
    known = special_values(missing)
    told = terms_in(document, known)
    told.loses("file", [each for each in document if each not in _KNOWN])
    told.loses("customProperties", [name for name in custom if name not in (*TERMS, *_OF_ITSELF)])
    people = _people(told, document)
    _note_rest(told, document, custom)
    told.says(
        "schema", missing="\n".join(filter(None, [missing, *(each for each in told.missing if each not in known)]))
    )
    pins = _pins(told, objects_in(document.get("authoritativeDefinitions")))
    offers = {term_id: offer for term_id in TERMS if (offer := _offer(told, term_id, kept[term_id])) is not None}
    set_up = mapping_in(custom.get("setUp"))
    kind: SetUp = next((each for each in SET_UPS if each == set_up.get("kind")), "")
    parts = SET_UP_PARTS[kind] if kind else ()
    more = {each.id: text for each in parts if (text := _parts(set_up).get(each.id, "")) and not objection(text)}
    return Read(_facts(told, document, words(custom.get("serves"))), people, offers, kind, more, pins, told.lost)


def _parts(told: object) -> dict[str, str]:
    """Return the parts of a term that a custom property holds; who was named and has not agreed to it, too."""
    said = {str(name).removesuffix("Named"): str(text) for name, text in mapping_in(told).items() if text}
    return {("person" if name == "expert" else name): text for name, text in said.items()}


def _offer(told: Told, term_id: str, kept: Mapping[str, str]) -> Offer | None:
    """Return what a file says of a term, as far as a form would take it."""
    if (reason := kept.get("notNeeded")) and not objection(reason):
        return Offer(stance="not needed", reason=reason)
    if {"finder", "until"} <= set(kept):
        return Offer(stance="unknown", finder=kept["finder"], until=kept["until"])
    kind = TERMS[term_id]
    said = {**kept, **told.parts.get(term_id, {})}
    known = {each.id for each in kind.parts} | {UNIT}
    told.loses(term_id, [name for name in said if name not in known])
    there = [each for each in kind.parts if said.get(each.id)]
    parts, wrong = parts_of(Fields({each.id: entered_text(each, said) for each in there}), there)
    wrong = {**kind.wrong_together(parts), **wrong} if parts else wrong
    for name, why in wrong.items():
        told.loses(f"{kind.label.lower()}, {name}", [why])
    parts = {name: text for name, text in parts.items() if name not in wrong}
    return Offer(parts={name: parts[name] for name in said if name in parts}) if parts else None


def _pins(told: Told, definitions: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the pins of definitions, which our own files name by their ids."""
    read = [(each, re.fullmatch(r"(?P<id>\w+)-(?P<version>\d+)", words(each.get("id")))) for each in definitions]
    told.loses("authoritativeDefinitions", [words(each.get("url")) for each, own in read if own is None])
    return [f"{own['id']}:{own['version']}" for _, own in read if own is not None]


def _people(told: Told, document: Mapping[str, Any]) -> dict[str, str]:
    team = document.get("team")
    told.loses("team", [each for each in mapping_in(team) if each not in ("name", "members")])
    found: dict[str, str] = {}
    for each in objects_in(team) or objects_in(mapping_in(team).get("members")):
        who, roles = words(each.get("username")), words(each.get("role")).split(", ")
        found |= {role: who for role in roles if role and role not in found}
        told.loses(f"team member {who}", [name for name in each if name not in ("username", "name", "role")])
    if "announcer of changes" in found:
        told.says("evolution", announcer=found["announcer of changes"])
    if "expert" in found:
        told.says("expert", person=found["expert"])
    others = [f"{who} ({role})" for role, who in found.items() if role not in _ROLES]
    told.loses("team", others)
    return {role: who for role, who in found.items() if role in ("owner", "consumer")}


_ROLES = ("owner", "consumer", "expert", "announcer of changes")


def _note_rest(told: Told, document: Mapping[str, Any], custom: Mapping[str, Any]) -> None:
    """Name what a new request says for itself, or not at all."""
    status = words(document.get("status"))
    is_agreed = bool(custom.get("agreedBy")) or status == "active"
    told.lost += ["that it was agreed: both sides have to agree again"] if is_agreed else []
    usage = mapping_in(document.get("description")).get("usage")
    own = [
        each
        for each in objects_in(document.get("roles"))
        if each.get("role") == "reader" and each.get("description") == usage
    ]
    told.lost += [
        f"approver {each['firstLevelApprovers']}: will be asked again" for each in own if "firstLevelApprovers" in each
    ]
    told.loses("roles", [words(each.get("role")) for each in objects_in(document.get("roles")) if each not in own])
    channels = objects_in(document.get("support"))
    told.loses("support", [words(each.get("channel")) for each in channels if each.get("tool") != "slack"])


def _facts(told: Told, document: Mapping[str, Any], serves: str) -> dict[str, str]:
    """Return the fields of the request, cut to what they take."""
    purpose = str(mapping_in(document.get("description")).get("purpose") or "").strip()
    said = {"entity": words(document.get("name")), "purpose": purpose, "serves": serves}
    found = {"needed_by": told.needed_by}
    for name, text in said.items():
        wrong = objection(text)
        told.loses(
            name, [wrong] if wrong else [f"after {_LENGTHS[name]} characters"] if len(text) > _LENGTHS[name] else []
        )
        found[name] = "" if wrong else text[: _LENGTHS[name]]
    return found
