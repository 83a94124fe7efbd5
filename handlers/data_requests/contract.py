"""The contract that both sides agreed to, in the Open Data Contract Standard and as Markdown. Pure.

The standard: https://bitol-io.github.io/open-data-contract-standard/v3.1.0/
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from open_data_contract_standard.model import (
    AuthoritativeDefinition,
    CustomProperty,
    DataQuality,
    Description,
    OpenDataContractStandard,
    Role,
    SchemaObject,
    SchemaProperty,
    Server,
    ServiceLevelAgreementProperty,
    Support,
    Team,
    TeamMember,
)

from handlers.agreements.clauses import Names, offer_words, part_words, person_name
from handlers.checks.quantities import number_in
from handlers.data_requests.rules.clauses import SET_UP_PARTS, TERMS
from handlers.data_requests.rules.columns import Column
from handlers.data_requests.rules.status import ENDED, gaps
from handlers.data_requests.rules.wording import set_up_words
from handlers.data_requests.samples.expectations import Expectations, expectations
from storage.data_requests.data_requests import DataRequest
from storage.glossary.glossary import Sense
from storage.records.offers import Offer

API_VERSION = "v3.1.0"
_STATUS = {
    "agreed": "active",
    "delivered": "active",
    "accepted": "active",
    "draft": "draft",
    **dict.fromkeys(ENDED, "retired"),
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
        said = self.terms.get(term_id)
        return said.parts.get(part, "") if said is not None and said.stance == "value" else ""

    def words(self, term_id: str) -> str:
        """Return a term in one line."""
        said = self.terms.get(term_id)
        return offer_words(TERMS[term_id], said, self.names)


def file_name(request: DataRequest, suffix: str = "odcs.yaml") -> str:
    return f"{request.number}-v{request.terms_version}.{suffix}"


def odcs(contract: Contract) -> str:
    """Return the contract as ODCS YAML."""
    request = contract.request
    gap = contract.part("difference", "gaps")
    made = OpenDataContractStandard(
        apiVersion=API_VERSION, kind="DataContract", id=request.number, name=request.entity,
        version=f"{request.terms_version}.0.0", status=_STATUS.get(request.state, "proposed"),
        description=Description(
            purpose=request.purpose, usage=contract.part("access", "uses") or None, limitations=gap or None,
        ),
        schema=[_schema(contract)], slaProperties=_sla(contract) or None, roles=_roles(contract) or None,
        team=_team(contract), support=[Support(channel=request.channel, tool="slack", scope="interactive")],
        servers=_servers(contract) or None, authoritativeDefinitions=_definitions(contract) or None,
        customProperties=_custom(contract), contractCreatedTs=request.agreed_at or None,
    )  # fmt: skip
    return made.to_yaml()


def _schema(contract: Contract) -> SchemaObject:
    request, expected = contract.request, expectations(contract.terms)
    return SchemaObject(
        name=re.sub(r"\W+", "_", request.entity).strip("_").casefold() or "data", logicalType="object",
        description=f"{request.entity}; {request.population}", quality=_of_all(expected) or None,
        properties=[_property(each, expected) for each in expected.columns] or None,
    )  # fmt: skip


def _of_all(expected: Expectations) -> list[DataQuality]:
    """Return what is expected of the data as a whole."""
    found = []
    if expected.amount is not None and expected.counts_rows:
        least = int(expected.amount) if expected.amount.is_integer() else expected.amount
        found.append(DataQuality(metric="rowCount", mustBeGreaterOrEqualTo=least, unit=expected.unit))
    if expected.uniqueness is not None:
        by: dict[str, object] = {"properties": expected.keys}
        found.append(_at_most("duplicateValues", expected.uniqueness, by if expected.keys else None))
    return found


def _property(column: Column, expected: Expectations) -> SchemaProperty:
    checks = []
    if expected.completeness is not None:
        checks.append(_at_most("nullValues", expected.completeness))
        if expected.missing:
            checks.append(_at_most("missingValues", expected.completeness, {"missingValues": list(expected.missing)}))
    if expected.validity is not None:
        checks.append(_at_most("invalidValues", expected.validity))
    place = expected.keys.index(column.name) + 1 if column.is_key else None
    return SchemaProperty(
        name=column.name, logicalType=column.type, description=column.meaning or None,
        required=column.is_required or None, primaryKey=column.is_key or None, primaryKeyPosition=place,
        quality=checks or None,
    )  # fmt: skip


def _at_most(metric: str, share: float, arguments: dict[str, object] | None = None) -> DataQuality:
    """Return a check that so many per cent hold, put as how many at most may not."""
    return DataQuality(
        metric=metric, mustBeLessOrEqualTo=round(_ALL - share, 6), unit="percent", arguments=arguments
    )  # fmt: skip


def _sla(contract: Contract) -> list[ServiceLevelAgreementProperty]:
    found = [ServiceLevelAgreementProperty(property="generalAvailability", value=contract.request.needed_by)]
    if cadence := contract.part("freshness", "cadence"):
        found.append(ServiceLevelAgreementProperty(property="frequency", value=cadence))
    for term_id, part, name in (("freshness", "age", "latency"), ("retention", "span", "retention")):
        number = number_in(contract.part(term_id, part))
        if number is not None:
            unit = contract.part(term_id, "unit")
            found.append(ServiceLevelAgreementProperty(property=name, value=number, unit=unit))
    return [each for each in found if each.value != ""]


def _roles(contract: Contract) -> list[Role]:
    uses = contract.part("access", "uses")
    if not uses:
        return []
    approver = contract.part("access", "approver")
    return [
        Role(role="reader", access="read", description=uses,
             firstLevelApprovers=person_name(approver, contract.names) if approver else None)
    ]  # fmt: skip


def _team(contract: Contract) -> Team:
    request = contract.request
    people = {
        "owner": request.owner, "consumer": request.requester, "expert": contract.part("expert", "person"),
        "announcer of changes": contract.part("evolution", "announcer"),
    }  # fmt: skip
    return Team(
        name=request.number,
        members=[
            TeamMember(username=who, name=person_name(who, contract.names), role=role)
            for role, who in people.items()
            if who
        ],
    )


def _servers(contract: Contract) -> list[Server]:
    place, form = contract.part("delivery", "place"), contract.part("delivery", "format")
    if not place:
        return []
    if place.startswith("s3://"):
        return [Server(server="delivery", type="s3", location=place, format=form)]
    return [Server(server="delivery", type="custom", path=place, format=form)]


def _definitions(contract: Contract) -> list[AuthoritativeDefinition]:
    return [
        AuthoritativeDefinition(
            url=_address(sense, version), type="businessDefinition",
            description=f"{sense.word}, as {sense.discipline} means it, version {version}: {sense.gloss}",
        )
        for sense, version in contract.senses
    ]  # fmt: skip


def _address(sense: Sense, version: int) -> str:
    link = sense.source_link if sense.source_link.startswith("https://") else ""
    return link or f"urn:common-ground:sense:{sense.id}:{version}"


def _custom(contract: Contract) -> list[CustomProperty]:
    """Return what the standard has no place for."""
    request, names = contract.request, contract.names
    told: dict[str, object] = {
        "labels": contract.words("labels"), "labelAccuracyPercent": contract.part("quality", "label_accuracy"),
        "representativeness": contract.words("difference"), "acceptance": contract.words("acceptance"),
        "quantity": contract.words("quantity"), "evolution": contract.words("evolution"),
        "classification": contract.part("access", "classification"),
        "personalData": contract.part("access", "personal"), "expertContact": contract.words("expert"),
        "missingAndSpecialValues": contract.part("schema", "missing"), "gaps": gaps(request), "setUp": request.set_up,
        "agreedBy": [person_name(each.user_id, names) for each in request.agreements.values()],
        "agreedOn": request.agreed_at[:10], "decision": request.agreed_in,
    }  # fmt: skip
    for part in SET_UP_PARTS.get(request.set_up, ()):
        told[part.id] = part_words(part, request.more.get(part.id, ""), names) if request.more.get(part.id) else ""
    return [CustomProperty(property=name, value=value) for name, value in told.items() if value]


def markdown(contract: Contract) -> str:
    """Return the contract for people."""
    request, names = contract.request, contract.names
    agreed = ", ".join(f"{person_name(each.user_id, names)} on {each.at[:10]}" for each in request.agreements.values())
    facts = {
        "State": request.state, "Purpose": request.purpose, "Of": request.population, "Serves": request.serves,
        "Asked by": person_name(request.requester, names), "Owned by": person_name(request.owner, names),
        "Needed by": request.needed_by, "Agreed by": agreed, "Decision": request.agreed_in,
    }  # fmt: skip
    lines = [f"# {request.number}: {request.entity}", ""]
    lines += [f"- {label}: {_plain(value)}" for label, value in facts.items() if value]
    lines += [f"- {_plain(each)}" for each in set_up_words(request, names)]
    lines += ["", "| Term | What was agreed |", "| --- | --- |"]
    lines += [f"| {kind.label} | {_plain(contract.words(term_id))} |" for term_id, kind in TERMS.items()
              if contract.words(term_id)]  # fmt: skip
    columns = expectations(contract.terms).columns
    if columns:
        lines += ["", "| Column | Type | Meaning |", "| --- | --- | --- |"]
        lines += [f"| {_plain(each.name)} | {each.type} | {_plain(each.meaning)} |" for each in columns]
    if left := gaps(request):
        lines += ["", "Not settled:", "", *(f"- {each}" for each in left)]
    words = [f"- {sense.word} ({sense.discipline}), version {version}: {sense.gloss}"
             for sense, version in contract.senses]  # fmt: skip
    return "\n".join([*lines, *(["", "Words:", "", *words] if words else []), ""])


def _plain(text: str) -> str:
    """Return people's words as one line of Markdown that shows them as they are."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", " ".join(text.split()))
