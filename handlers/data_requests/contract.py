"""The contract that both sides agreed to, in the Open Data Contract Standard and as Markdown. Pure.

The standard: https://bitol-io.github.io/open-data-contract-standard/v3.1.0/
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from open_data_contract_standard import model

from handlers.agreements.clauses import Names, offer_words, part_words, person_name
from handlers.agreements.columns import Column, values_of
from handlers.checks.plain_markdown import plain
from handlers.checks.quantities import number_in
from handlers.data_requests.rules.clauses import SET_UP_PARTS, TERMS, gaps
from handlers.data_requests.rules.named import is_settled, standing
from handlers.data_requests.rules.status import ENDED, contract_version
from handlers.data_requests.rules.wording import set_up_words
from handlers.data_requests.samples.expectations import Expectations, expectations
from storage.data_requests.data_requests import DataRequest
from storage.glossary.glossary import Sense
from storage.records.offers import Offer

API_VERSION = "v3.1.0"
_STATUS: dict[str, str] = {
    **dict.fromkeys(("agreed", "delivered", "accepted"), "active"),
    **dict.fromkeys(ENDED, "retired"),
    "draft": "draft",
}
_ALL = 100.0


@dataclass(frozen=True, slots=True)
class Contract:
    """What a contract is made from; ``senses`` are the pinned meanings with their versions."""

    request: DataRequest
    terms: Mapping[str, Offer]
    names: Names
    senses: Sequence[tuple[Sense, int]] = ()

    def part(self, term_id: str, part: str) -> str:
        """Return one part of a term that both sides have; empty where there is none."""
        return self.terms.get(term_id, Offer()).values.get(part, "")

    def words(self, term_id: str) -> str:
        return offer_words(TERMS[term_id], self.terms.get(term_id), self.names, str)


def file_name(request: DataRequest, suffix: str = "odcs.yaml") -> str:
    return f"{request.number}-v{contract_version(request)}.{suffix}"


def odcs(contract: Contract) -> str:
    """Return the contract as ODCS YAML."""
    request, usage, gap = contract.request, contract.part("access", "uses"), contract.part("difference", "gaps")
    made = model.OpenDataContractStandard(
        apiVersion=API_VERSION,
        kind="DataContract",
        id=request.number,
        name=request.entity,
        version=f"{contract_version(request)}.0.0",
        status=_STATUS.get(request.state, "proposed"),
        description=model.Description(purpose=request.purpose, usage=usage or None, limitations=gap or None),
        schema=[_schema(contract)],
        slaProperties=_sla(contract) or None,
        roles=_roles(contract) or None,
        team=_team(contract),
        support=[model.Support(channel=request.channel, tool="slack", scope="interactive")],
        servers=_servers(contract) or None,
        authoritativeDefinitions=_definitions(contract) or None,
        customProperties=_custom(contract),
        contractCreatedTs=request.agreed_at or None,
    )
    return made.to_yaml()


def _schema(contract: Contract) -> model.SchemaObject:
    request, expected = contract.request, expectations(contract.terms)
    return model.SchemaObject(
        name=re.sub(r"\W+", "_", request.entity).strip("_").casefold() or "data",
        logicalType="object",
        description="; ".join(each for each in (request.entity, _covered(contract)) if each),
        quality=_of_all(expected) or None,
        properties=[_property(each, expected) for each in expected.columns] or None,
    )


def _covered(contract: Contract) -> str:
    return contract.request.population or contract.part("quantity", "population")


def _of_all(expected: Expectations) -> list[model.DataQuality]:
    """Return what is expected of the data as a whole."""
    found = []
    if expected.amount is not None and expected.counts_rows:
        least = int(expected.amount) if expected.amount.is_integer() else expected.amount
        found.append(model.DataQuality(metric="rowCount", mustBeGreaterOrEqualTo=least, unit=expected.unit))
    if expected.uniqueness is not None:
        by: dict[str, object] = {"properties": expected.keys}
        found.append(_at_most("duplicateValues", expected.uniqueness, by if expected.keys else None))
    return found


def _property(column: Column, expected: Expectations) -> model.SchemaProperty:
    checks = []
    if expected.completeness is not None:
        checks.append(_at_most("nullValues", expected.completeness))
        if expected.missing:
            checks.append(_at_most("missingValues", expected.completeness, {"missingValues": list(expected.missing)}))
    if expected.validity is not None:
        checks.append(_at_most("invalidValues", expected.validity))
    if column.allowed:
        checks.append(_at_most("invalidValues", _ALL, {"validValues": list(column.allowed)}))
    bounds = {"minimum": column.least, "maximum": column.most}
    place = expected.keys.index(column.name) + 1 if column.is_key else None
    return model.SchemaProperty(
        name=column.name,
        logicalType=column.type,
        description=column.meaning or None,
        required=column.is_required or None,
        primaryKey=column.is_key or None,
        primaryKeyPosition=place,
        quality=checks or None,
        logicalTypeOptions={name: bound for name, bound in bounds.items() if bound is not None} or None,
        customProperties=[model.CustomProperty(property="unit", value=column.unit)] if column.unit else None,
    )


def _at_most(metric: str, share: float, arguments: dict[str, object] | None = None) -> model.DataQuality:
    """Return a check that so many per cent hold, put as how many at most may not."""
    most = round(_ALL - share, 6)
    return model.DataQuality(metric=metric, mustBeLessOrEqualTo=most, unit="percent", arguments=arguments)


def _sla(contract: Contract) -> list[model.ServiceLevelAgreementProperty]:
    property_of = model.ServiceLevelAgreementProperty
    needed_by, cadence = contract.request.needed_by, contract.part("freshness", "cadence")
    found = [property_of(property="generalAvailability", value=needed_by)] if needed_by else []
    found += [property_of(property="frequency", value=cadence)] if cadence else []
    for term_id, part, name in (("freshness", "age", "latency"), ("retention", "span", "retention")):
        number = number_in(contract.part(term_id, part))
        if number is not None:
            found.append(property_of(property=name, value=number, unit=contract.part(term_id, "unit")))
    return found


def _roles(contract: Contract) -> list[model.Role]:
    uses, approver = contract.part("access", "uses"), contract.part("access", "approver")
    is_approved = is_settled(contract.request, approver, "approver")
    name = person_name(approver, contract.names) if approver and is_approved else None
    return [model.Role(role="reader", access="read", description=uses, firstLevelApprovers=name)] if uses else []


def _team(contract: Contract) -> model.Team:
    request = contract.request
    people = {"owner": request.owner, "consumer": request.requester}
    expert = contract.part("expert", "person")
    people |= {"expert": expert} if is_settled(request, expert, "expert") else {}
    people["announcer of changes"] = contract.part("evolution", "announcer")
    there = [(role, who, person_name(who, contract.names)) for role, who in people.items() if who]
    members = [model.TeamMember(username=who, name=name, role=role) for role, who, name in there]
    return model.Team(name=request.number, members=members)


def _servers(contract: Contract) -> list[model.Server]:
    place, form = contract.part("delivery", "place"), contract.part("delivery", "format")
    where = {"type": "s3", "location": place} if place.startswith("s3://") else {"type": "custom", "path": place}
    return [model.Server(server="delivery", format=form, **where)] if place else []


def _definitions(contract: Contract) -> list[model.AuthoritativeDefinition]:
    return [
        model.AuthoritativeDefinition(
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


def _custom(contract: Contract) -> list[model.CustomProperty]:
    """Return what the standard has no place for."""
    request, names, words, part = contract.request, contract.names, contract.words, contract.part
    told: dict[str, object] = {"labels": words("labels"), "labelAccuracyPercent": part("quality", "label_accuracy")}
    told |= {"representativeness": words("difference"), "acceptance": words("acceptance")}
    told |= {"quantity": words("quantity"), "evolution": words("evolution")}
    told |= {"classification": part("access", "classification"), "personalData": part("access", "personal")}
    told |= {"expertContact": words("expert"), "missingAndSpecialValues": part("schema", "missing")}
    told |= {"gaps": gaps(request), "setUp": request.set_up or part("source", "kind"), "source": words("source")}
    told["agreedBy"] = [person_name(each.user_id, names) for each in request.agreements.values()]
    told["named"] = standing(request, names, _iso)
    told |= {"agreedOn": request.agreed_at[:10], "decision": request.agreed_in}
    more = [each for each in SET_UP_PARTS.get(request.set_up, ()) if request.more.get(each.id)]
    more = [each for each in more if each.kind != "person" or is_settled(request, request.more[each.id], each.id)]
    told |= {each.id: part_words(each, request.more[each.id], names) for each in more}
    return [model.CustomProperty(property=name, value=value) for name, value in told.items() if value]


def markdown(contract: Contract) -> str:
    request = contract.request
    lines = [f"# {request.number}: {plain(request.entity)}", "", *_facts(contract)]
    agreed = [(kind.label, contract.words(term_id)) for term_id, kind in TERMS.items() if contract.words(term_id)]
    lines += ["", "| Term | What was agreed |", "| --- | --- |"]
    lines += [f"| {label} | {plain(words)} |" for label, words in agreed]
    columns = expectations(contract.terms).columns
    if columns:
        lines += ["", "| Column | Type | Meaning | Values |", "| --- | --- | --- | --- |"]
        cells = [(each.name, each.type, each.meaning, values_of(each)) for each in columns]
        lines += [f"| {' | '.join(plain(cell) for cell in row)} |" for row in cells]
    if left := gaps(request):
        lines += ["", "Still open:", "", *(f"- {each}" for each in left)]
    if contract.senses:
        words = [f"{sense.word} ({sense.discipline}), version {at}: {sense.gloss}" for sense, at in contract.senses]
        lines += ["", "Words:", "", *(f"- {plain(each)}" for each in words)]
    return "\n".join([*lines, ""])


def _facts(contract: Contract) -> list[str]:
    request, names = contract.request, contract.names
    agreed = ", ".join(f"{person_name(each.user_id, names)} on {each.at[:10]}" for each in request.agreements.values())
    facts = {"State": request.state, "Purpose": request.purpose, "Of": _covered(contract), "Serves": request.serves}
    facts |= {"Asked by": person_name(request.requester, names), "Owned by": person_name(request.owner, names)}
    facts |= {"Needed by": request.needed_by, "Agreed by": agreed, "Decision": request.agreed_in}
    lines = [f"{label}: {plain(value)}" for label, value in facts.items() if value]
    return [f"- {each}" for each in (*lines, *(plain(words) for words in set_up_words(request, names)))]
