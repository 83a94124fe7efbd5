"""Where requester and owner of data said different things of a term, and who gave way."""

from collections.abc import Iterator, Sequence

from handlers.agreements.disputes import Stand, of_record, quarrels
from handlers.hooks.quarrels import Quarrel
from storage.data_requests.data_requests import REQUESTS, DataRequest
from storage.engine.interface import Reader
from storage.records.revisions import remembered
from storage.records.versioned import HistoryEntry

_Steps = Sequence[tuple[HistoryEntry, DataRequest]]


def found(reader: Reader, team_id: str, visible: Sequence[str], since: str) -> Sequence[Quarrel]:
    """Return the quarrels over requests that may be seen; those of all are worked out once, until one changes."""

    def read() -> list[tuple[str, Quarrel]]:
        such = [each for each in REQUESTS.every(reader, team_id) if each.changed_at >= since and _both_spoke(each)]
        steps = REQUESTS.courses(reader, team_id, [each.id for each in such])
        return [(each.visibility, told) for each in such for told in _over(each, steps.get((each.id,), ()), since)]

    every = remembered(reader, (team_id, "quarrels over requests"), ["data_requests"], read, since)
    return [each for visibility, each in every if visibility in visible]


def _both_spoke(request: DataRequest) -> bool:
    return any(term.asked is not None and term.offered is not None for term in request.terms.values())


def _over(request: DataRequest, steps: _Steps, since: str) -> list[Quarrel]:
    told = [each for name in request.terms for each in quarrels(_course(name, steps), since)]
    return of_record(told, request.component_id)


def _course(name: str, steps: _Steps) -> Iterator[Stand]:
    for entry, then in steps:
        if (term := then.terms.get(name)) is not None:
            said = {side: offer for side, offer in (("asked", term.asked), ("offered", term.offered)) if offer}
            yield Stand(entry.by, entry.at, said, term.agreed)
