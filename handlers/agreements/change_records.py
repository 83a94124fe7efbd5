"""How a change stands on the record of what changed: what those whom it concerns have said, and who has not."""

from collections.abc import Iterable, Mapping, Sequence

from handlers.agreements.clauses import Names, person_name
from handlers.checks.dates import day
from storage.change_notices import change_notices
from storage.change_notices.change_notices import Answer, Answered, ChangeNotice, Kind
from storage.engine.interface import WORKSPACE, Reader
from storage.responsibilities.responsibilities import Component

#: Of those who haven't answered so many are named.
_SHOWN = 3


def standing(notice: ChangeNotice, names: Names) -> str:
    """Say on the record how a change stands with those whom it concerns."""
    said = [_said(notice, each, names) for each in ("fine", "needs work", "blocked")]
    left = [person_name(each, names) for each in notice.unanswered]
    more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
    waits = f"no answer yet from {', '.join(left[:_SHOWN])}{more}" if left else ""
    return f"{_head(notice)}: {'; '.join(filter(None, (*said, waits))) or 'nobody was asked'}"


_HEADS: Mapping[Kind, str] = {
    "contract": "Changed",
    "interface": "Interface changed",
    "version": "New version",
    "missed": "Missed",
}


def _head(notice: ChangeNotice) -> str:
    if notice.kind == "retirement":
        what = f" of version {notice.of_version}" if notice.of_version else ""
        return f"Retirement{what}, {day(notice.to_version)}, said {day(notice.created_at)}"
    version = f" to {notice.to_version}" if notice.to_version and notice.kind != "missed" else ""
    return f"{_HEADS[notice.kind]}{version}, {day(notice.created_at)}"


def _said(notice: ChangeNotice, answer: Answer, names: Names) -> str:
    found = [(who, each) for who, each in notice.answers.items() if each.answer == answer]
    if not found:
        return ""
    if answer == "fine":
        return f"fine for {', '.join(person_name(who, names) for who, _ in found)}"
    told = [f"{person_name(who, names)}{_in_brackets(each)}" for who, each in found]
    return f"{'blocked' if answer == 'blocked' else 'needs work'}: {', '.join(told)}"


def _in_brackets(said: Answered) -> str:
    told = [each for each in (said.note, said.led_to) if each]
    return f" ({'; '.join(told)})" if told else ""


def latest_of(reader: Reader, component: Component, visible: Sequence[str]) -> list[ChangeNotice]:
    """Return the latest notice of each kind about a component itself, the newest first."""
    found: dict[Kind, ChangeNotice] = {}
    for each in change_notices.notices_of(reader, component.team_id, visible, component_id=component.id, request_id=""):
        if not each.over_at:
            found.setdefault(each.kind, each)
    return list(found.values())


def asked_about(reader: Reader, component: Component) -> list[str]:
    """Return who is named in what stands on the record of a component."""
    return people_in(latest_of(reader, component, (WORKSPACE, component.visibility)))


def people_in(notices: Iterable[ChangeNotice]) -> list[str]:
    return list(dict.fromkeys(who for each in notices for who in (each.by, *each.asked) if who))
