"""The contract that both sides agreed to, and how people read it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.agreements.clauses import Names, offer_words, person_name
from handlers.agreements.columns import values_of
from handlers.checks.plain_markdown import plain
from handlers.data_requests.rules.clauses import TERMS, gaps
from handlers.data_requests.rules.versions import version_of
from handlers.data_requests.rules.wording import set_up_words
from handlers.data_requests.samples.expectations import expectations
from storage.data_requests.data_requests import DataRequest
from storage.glossary.glossary import Sense
from storage.records.offers import Offer


@dataclass(frozen=True, slots=True)
class Contract:
    """What a contract is made from; ``senses`` are the pinned meanings with their versions, ``link`` is its thread."""

    request: DataRequest
    terms: Mapping[str, Offer]
    names: Names
    senses: Sequence[tuple[Sense, int]] = ()
    link: str = ""

    @property
    def covered(self) -> str:
        return self.request.population or self.part("quantity", "population")

    def part(self, term_id: str, part: str) -> str:
        """Return one part of a term that both sides have; empty where there is none."""
        return self.terms.get(term_id, Offer()).values.get(part, "")

    def words(self, term_id: str) -> str:
        return offer_words(TERMS[term_id], self.terms.get(term_id), self.names, str)


def file_name(request: DataRequest, suffix: str = "odcs.yaml") -> str:
    return f"{request.number}-v{version_of(request)}.{suffix}"


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
    facts = {"State": request.state, "Purpose": request.purpose, "Of": contract.covered, "Serves": request.serves}
    facts |= {"Asked by": person_name(request.requester, names), "Owned by": person_name(request.owner, names)}
    facts |= {"Needed by": request.needed_by, "Agreed by": agreed, "Decision": request.agreed_in}
    lines = [f"{label}: {plain(value)}" for label, value in facts.items() if value]
    return [f"- {each}" for each in (*lines, *(plain(words) for words in set_up_words(request, names)))]
