"""The version of a contract: what changes since the last one mean for the consumer. Pure."""

from collections.abc import Callable, Mapping
from typing import Literal

from handlers.agreements.clauses import UNIT
from handlers.agreements.columns import Column, columns_in, special_values
from handlers.checks.quantities import amount_in, number_in
from handlers.data_requests.rules.clauses import CLASSES, TERMS
from handlers.data_requests.rules.status import settled_terms
from storage.data_requests.data_requests import DataRequest
from storage.records.offers import Offer

#: What a change means: the consumer gets less, or gets more, or it is only said in other words.
Change = Literal[-1, 0, 1]
FIRST = "1.0.0"
_CADENCES = ("once", "monthly", "weekly", "daily", "hourly")
_CLASSES = [value for _, value in CLASSES]
_DAYS = {"minutes": 1 / 1440, "hours": 1 / 24, "days": 1, "weeks": 7, "months": 30, "years": 365}


def version_of(request: DataRequest) -> str:
    """Return the version that was agreed last; while it is talked about, the one that this will be."""
    known = f"{max(request.contract_version, 1)}.0.0" if request.agreed_terms or request.agreed_at else ""
    stood = request.semantic_version or known
    if request.agreed_at or not stood:
        return stood or FIRST
    major, minor, patch = (int(each) for each in stood.split("."))
    match least_of(request.agreed_terms, settled_terms(request)):
        case -1:
            return f"{major + 1}.0.0"
        case 1:
            return f"{major}.{minor + 1}.0"
        case _:
            return f"{major}.{minor}.{patch + 1}"


def least_of(before: Mapping[str, Offer], after: Mapping[str, Offer]) -> Change:
    """Return what changes of terms mean: less wherever one takes something away, more where any gives something."""
    changes = [change for each in TERMS for change in _term(each, _values(before, each), _values(after, each))]
    return -1 if -1 in changes else 1 if 1 in changes else 0


def _values(terms: Mapping[str, Offer], term_id: str) -> Mapping[str, str]:
    return terms.get(term_id, Offer()).values


def _term(term_id: str, old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    return [_part(term_id, part, old, new) for part in dict.fromkeys((*old, *new)) if part != UNIT]


def _part(term_id: str, part: str, old: Mapping[str, str], new: Mapping[str, str]) -> Change:
    before, after = (f"{each.get(part, '')} {each.get(UNIT, '')}".strip() for each in (old, new))
    if before == after:
        return 0
    if (term_id, part) in _RESTRICT:
        return 1 if not after else -1
    if not before or not after:
        return 1 if after else -1
    return _COMPARE.get((term_id, part), _other_words)(before, after)


def _other_words(_old: str, _new: str) -> Change:
    return 1


def _same_words(_old: str, _new: str) -> Change:
    return 0


def _replaced(_old: str, _new: str) -> Change:
    return -1


def _by(measure: Callable[[str], float | None], *, more_is: Change) -> Callable[[str, str], Change]:
    """Return a comparison by a number; of what has none it cannot be told that the consumer gets no less."""

    def compare(old: str, new: str) -> Change:
        before, after = measure(old), measure(new)
        if before is None or after is None:
            return -1
        less: Change = 1 if more_is == -1 else -1
        return 0 if before == after else more_is if after > before else less

    return compare


def _span(text: str) -> float | None:
    number, _, unit = text.partition(" ")
    count = number_in(number)
    return count * _DAYS[unit] if count is not None and unit in _DAYS else None


def _amount(old: str, new: str) -> Change:
    before, after = amount_in(old), amount_in(new)
    if before is None or after is None or before[1] != after[1]:
        return -1
    return 0 if before[0] == after[0] else 1 if after[0] > before[0] else -1


def _place_in(scale: list[str] | tuple[str, ...]) -> Callable[[str], float | None]:
    return lambda text: float(scale.index(text)) if text in scale else None


def _missing(old: str, new: str) -> Change:
    return 0 if set(special_values(old)) == set(special_values(new)) else -1


def _columns(old: str, new: str) -> Change:
    before, after = _by_name(old), _by_name(new)
    found = [_column(each, after.get(name)) for name, each in before.items()]
    found += [1 for name in after if name not in before]
    return -1 if -1 in found else 1 if 1 in found else 0


def _by_name(text: str) -> dict[str, Column]:
    read = columns_in(text)
    return {} if isinstance(read, str) else {each.name: each for each in read}


def _column(old: Column, new: Column | None) -> Change:
    if new is None or (old.type, old.unit, old.is_key) != (new.type, new.unit, new.is_key):
        return -1
    marks = [(old.is_required, new.is_required), (old.is_unique, new.is_unique)]
    changes: list[Change] = [0 if before == after else 1 if after else -1 for before, after in marks]
    changes.append(_limits(old, new))
    return -1 if -1 in changes else 1 if 1 in changes else 0


def _limits(old: Column, new: Column) -> Change:
    """Compare which values are valid: fewer than before surprise nobody."""
    before, after = ((each.allowed, each.pattern, each.least, each.most) for each in (old, new))
    if before == after:
        return 0
    if not old.is_limited:
        return 1
    is_listed = old.allowed and new.allowed and set(new.allowed) <= set(old.allowed)
    return 1 if is_listed or _is_within(new, old) else -1


def _is_within(new: Column, old: Column) -> bool:
    if None in (old.least, new.least, old.most, new.most):
        return False
    return (old.least or 0) <= (new.least or 0) and (new.most or 0) <= (old.most or 0)


#: Parts that take something from the consumer by being there.
_RESTRICT = (("access", "uses"), ("difference", "gaps"))
_COMPARE: Mapping[tuple[str, str], Callable[[str, str], Change]] = {
    ("quantity", "amount"): _amount,
    ("freshness", "age"): _by(_span, more_is=-1),
    ("freshness", "cadence"): _by(_place_in(_CADENCES), more_is=1),
    ("delivery", "place"): _replaced,
    ("delivery", "format"): _replaced,
    ("retention", "span"): _by(_span, more_is=1),
    ("schema", "columns"): _columns,
    ("schema", "missing"): _missing,
    **{("quality", each): _by(number_in, more_is=1) for each in ("completeness", "validity", "uniqueness")},
    ("access", "classification"): _by(_place_in(_CLASSES), more_is=-1),
    ("access", "personal"): _by(_place_in(("no", "yes")), more_is=-1),
    ("access", "approver"): _same_words,
    ("expert", "person"): _same_words,
    ("evolution", "kind"): _by(_place_in(("one-off", "recurring")), more_is=1),
    ("evolution", "announcer"): _same_words,
    ("evolution", "notice"): _by(number_in, more_is=1),
    ("source", "sponsor"): _same_words,
}
