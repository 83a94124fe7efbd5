"""Data requests with what stands beside them in the store, as they are shown."""

from handlers.agreements.change_records import people_in as people_of
from handlers.agreements.change_records import standing
from handlers.agreements.clauses import Names
from handlers.agreements.pinned_definitions import lines_of, senses_of
from handlers.data_requests.contract import Contract
from handlers.data_requests.messages import record
from handlers.data_requests.rules.status import settled_terms
from handlers.data_requests.rules.wording import people_in
from storage.change_notices.change_notices import notices_of
from storage.data_requests import checks
from storage.data_requests import notes as data_notes
from storage.data_requests.data_requests import DataRequest
from storage.decisions import decisions
from storage.engine.interface import WORKSPACE, Reader
from storage.responsibilities import responsibilities
from storage.workspaces.people import known_names


def shown(reader: Reader, request: DataRequest, names: Names) -> record.Shown:
    """Return a request with what stands beside it in the store."""
    team_id, visible = request.team_id, (WORKSPACE, request.visibility)
    part = responsibilities.component(reader, team_id, request.component_id) if request.component_id else None
    decision = decisions.by_id(reader, team_id, request.decision_id) if request.decision_id else None
    return record.Shown(
        request,
        names_in(reader, request, names),
        serves=f"{decision.number} {decision.title}" if decision is not None and decision.visibility in visible else "",
        component=part.name if part is not None and part.visibility in visible else "",
        senses=lines_of(reader, team_id, request.senses, request.visibility),
        notes=data_notes.of_data(reader, team_id, request.data_key, visible) if request.data_key else (),
        checks=checks.of_request(reader, team_id, request.id),
        changes=_changes(reader, request, names),
    )


def _changes(reader: Reader, request: DataRequest, names: Names) -> list[str]:
    found = notices_of(reader, request.team_id, (WORKSPACE, request.visibility), request_id=request.id)[:1]
    known = known_names(reader, request.team_id, people_of(found))
    return [standing(each, {**known, **names}) for each in found]


def names_in(reader: Reader, request: DataRequest, names: Names) -> dict[str, str]:
    """Return the names of everybody in a request, as far as they are known; ``names`` are what Slack says."""
    notes = data_notes.of_data(reader, request.team_id, request.data_key, (WORKSPACE, request.visibility))
    people = [*people_in(request), *(each.author for each in notes)]
    return {**known_names(reader, request.team_id, list(dict.fromkeys(people))), **names}


def contract_of(reader: Reader, request: DataRequest, names: Names) -> Contract:
    senses = senses_of(reader, request.team_id, request.senses, request.visibility)
    agreed = decisions.by_number(reader, request.team_id, request.agreed_in, [request.visibility])
    link = agreed.source_link if agreed is not None else ""
    return Contract(request, settled_terms(request), names_in(reader, request, names), senses, link)
