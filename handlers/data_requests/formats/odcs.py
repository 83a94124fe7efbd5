"""The contract of a data request in the Open Data Contract Standard. Pure.

The standard: https://bitol-io.github.io/open-data-contract-standard/v3.1.0/
"""

import re
from collections.abc import Mapping
from typing import Any

import yaml
from open_data_contract_standard import model

from handlers.agreements.clauses import person_name
from handlers.agreements.columns import Column, special_values
from handlers.checks.quantities import number_in
from handlers.data_requests.contract import Contract
from handlers.data_requests.formats import checks, places
from handlers.data_requests.formats.terms import terms_in
from handlers.data_requests.rules.clauses import SET_UP_PARTS, TERMS, gaps
from handlers.data_requests.rules.named import is_settled, standing
from handlers.data_requests.rules.status import ENDED
from handlers.data_requests.rules.versions import version_of
from handlers.data_requests.samples.expectations import Expectations, expectations
from storage.data_requests.data_requests import DataRequest
from storage.glossary.glossary import Sense
from storage.records.offers import Offer

#: What is written unless another is asked for, and all that is.
VERSIONS = ("3.1", "3.2")
_STATUS: dict[str, str] = {
    **dict.fromkeys(("agreed", "delivered", "accepted"), "active"),
    **dict.fromkeys(ENDED, "retired"),
    "draft": "draft",
}


def odcs(contract: Contract, standard: str = VERSIONS[0]) -> str:
    """Return the contract as ODCS YAML, in a version of the standard."""
    made = _standard(contract, standard)
    told = made.model_dump(exclude_none=True, by_alias=True)
    custom = [{"property": name, "value": value} for name, value in _custom(contract, told).items() if value]
    return yaml.safe_dump({**told, "customProperties": custom}, sort_keys=False, allow_unicode=True, width=120)


def _standard(contract: Contract, standard: str) -> model.OpenDataContractStandard:
    """Return what the standard has a place for."""
    request, usage, gap = contract.request, contract.part("access", "uses"), contract.part("difference", "gaps")
    support = model.Support(channel=request.channel, url=contract.link or None, tool="slack", scope="interactive")
    return model.OpenDataContractStandard(
        apiVersion=f"v{standard}.0",
        kind="DataContract",
        id=request.number,
        name=request.entity,
        version=version_of(request),
        status=_STATUS.get(request.state, "proposed"),
        description=model.Description(purpose=request.purpose, usage=usage or None, limitations=gap or None),
        schema=[_schema(contract)],
        slaProperties=_sla(contract) or None,
        roles=_roles(contract) or None,
        team=_team(contract),
        support=[support] if request.channel else None,
        servers=places.servers(contract.part("delivery", "place"), contract.part("delivery", "format")) or None,
        authoritativeDefinitions=_definitions(contract) or None,
        contractCreatedTs=request.agreed_at or None,
    )


def _schema(contract: Contract) -> model.SchemaObject:
    request, expected = contract.request, expectations(contract.terms)
    return model.SchemaObject(
        name=re.sub(r"\W+", "_", request.entity).strip("_").casefold() or "data",
        logicalType="object",
        description=contract.covered or None,
        quality=checks.of_data(expected, contract.part("quantity", "amount")) or None,
        properties=[_property(each, expected) for each in expected.columns] or None,
    )


def _property(column: Column, expected: Expectations) -> model.SchemaProperty:
    place = expected.keys.index(column.name) + 1 if column.is_key else None
    return model.SchemaProperty(
        name=column.name,
        logicalType=column.type,
        description=column.meaning or None,
        required=column.is_required or None,
        unique=column.is_unique or None,
        primaryKey=column.is_key or None,
        primaryKeyPosition=place,
        quality=checks.of_column(column, expected) or None,
        logicalTypeOptions=checks.bounds_of(column, expected) or None,
        customProperties=[model.CustomProperty(property="unit", value=column.unit)] if column.unit else None,
    )


def _sla(contract: Contract) -> list[model.ServiceLevelAgreementProperty]:
    property_of = model.ServiceLevelAgreementProperty
    needed_by, cadence = contract.request.needed_by, contract.part("freshness", "cadence")
    found = [property_of(property="generalAvailability", value=needed_by)] if needed_by else []
    found += [property_of(property="frequency", value=cadence)] if cadence else []
    for term_id, part, name in (("freshness", "age", "latency"), ("retention", "span", "retention")):
        number = number_in(contract.part(term_id, part))
        if number is not None:
            found.append(property_of(property=name, value=checks.tidy(number), unit=contract.part(term_id, "unit")))
    return found


def _roles(contract: Contract) -> list[model.Role]:
    uses, approver = contract.part("access", "uses"), contract.part("access", "approver")
    is_approved = is_settled(contract.request, approver, "approver")
    name = person_name(approver, contract.names) if approver and is_approved else None
    return [model.Role(role="reader", access="read", description=uses, firstLevelApprovers=name)] if uses else []


def _team(contract: Contract) -> model.Team:
    """Name everybody once, with all that they are in it."""
    request = contract.request
    people = {"owner": request.owner, "consumer": request.requester}
    expert = contract.part("expert", "person")
    people |= {"expert": expert} if is_settled(request, expert, "expert") else {}
    people["announcer of changes"] = contract.part("evolution", "announcer")
    roles: dict[str, list[str]] = {}
    for role, who in people.items():
        roles.setdefault(who, []).append(role)
    there = [(who, person_name(who, contract.names), ", ".join(told)) for who, told in roles.items() if who]
    members = [model.TeamMember(username=who, name=name, role=role) for who, name, role in there]
    return model.Team(name=request.number, members=members)


def _definitions(contract: Contract) -> list[model.AuthoritativeDefinition]:
    return [
        model.AuthoritativeDefinition(
            id=f"{sense.id}-{version}",
            url=_address(sense, version),
            type="businessDefinition",
            description=f"{sense.word}, as {sense.discipline} means it, version {version}: {sense.gloss}",
        )
        for sense, version in contract.senses
    ]


def _address(sense: Sense, version: int) -> str:
    link = sense.source_link if sense.source_link.startswith("https://") else ""
    return link or f"urn:common-ground:sense:{sense.id}:{version}"


def _iso(at: str) -> str:
    return at[:10]


def _custom(contract: Contract, told: Mapping[str, Any]) -> dict[str, object]:
    """Return what the standard has no place for: of each term the parts that nothing else in the file says."""
    request, names = contract.request, contract.names
    held = terms_in(told, special_values(contract.part("schema", "missing"))).parts
    found: dict[str, object] = {"serves": request.serves}
    said = ((term_id, contract.terms.get(term_id)) for term_id in TERMS)
    found |= {each: _said(request, offer, held.get(each, {})) for each, offer in said if offer is not None}
    if request.set_up:
        parts = {each.id: request.more.get(each.id, "") for each in SET_UP_PARTS[request.set_up]}
        more = {_named(request, name, text): text for name, text in parts.items() if text}
        found["setUp"] = {"kind": request.set_up, **more}
    agreed = [person_name(each.user_id, names) for each in request.agreements.values()]
    found |= {"gaps": gaps(request), "agreedBy": agreed, "named": standing(request, names, _iso)}
    return found | {"agreedOn": request.agreed_at[:10], "decision": request.agreed_in}


def _said(request: DataRequest, offer: Offer, held: Mapping[str, str]) -> dict[str, str]:
    match offer.stance:
        case "not needed":
            return {"notNeeded": offer.reason}
        case "unknown":
            return {"finder": offer.finder, "until": offer.until}
        case _:
            parts = {name: text for name, text in offer.parts.items() if text and name not in held}
            return {_named(request, name, text): text for name, text in parts.items()}


def _named(request: DataRequest, part: str, text: str) -> str:
    """Return under which name a part stands: nobody who has not said so is called an approver, expert or sponsor."""
    part = "expert" if part == "person" else part
    is_open = part in ("approver", "expert", "sponsor") and not is_settled(request, text, part)
    return f"{part}Named" if is_open else part
