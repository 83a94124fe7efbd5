"""Who of a side is asked to take which duties: those who have the fewest first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from handlers.responsibilities.rules.review import ALL, PERSON
from handlers.responsibilities.rules.standing import ComponentDuty, side_of
from handlers.slack.interactions import Fields, Wrong
from storage.responsibilities.responsibilities import Duty

SOMEBODY = PERSON


def has_already(duties: Iterable[Duty]) -> Counter[str]:
    """Return how many duties each person has, or is asked to take."""
    return Counter(each.owner or each.proposed_to for each in duties if each.owner or each.proposed_to)


def shared(gaps: Sequence[ComponentDuty], has: Mapping[str, int]) -> dict[str, str]:
    """Return whom to ask for each duty, by its value, so that nobody of a side has many more than another.

    A duty whose side has nobody, or only people who declined it, is asked of nobody.
    """
    counted, planned = Counter(has), dict[str, str]()
    for about in gaps:
        fit = [each for each in side_of(about) if each not in about.duty.declined_by]
        if fit:
            planned[about.value] = person = min(fit, key=lambda each: (counted[each], fit.index(each)))
            counted[person] += 1
    return planned


def chosen(gaps: Sequence[ComponentDuty], fields: Fields) -> list[tuple[str, str]] | Wrong:
    """Return which duties are to be proposed to whom, as the form of the plan says: a field a person, by their id."""
    by_kind = {each.kind.id: each.value for each in gaps}
    somebody = fields.text(SOMEBODY)
    rows = [(somebody if name == ALL else name, name, fields.ids(name)) for name in fields if name != SOMEBODY]
    if fields.ids(ALL) and not somebody:
        return Wrong({SOMEBODY: "Choose who it is."})
    planned: dict[str, str] = {}
    for person, name, kinds in rows:
        for kind in kinds:
            if planned.setdefault(by_kind.get(kind, ""), person) != person:
                return Wrong({name: "Each duty can be suggested to one person."})
    return [(value, person) for value, person in planned.items() if value]
