"""Who a request names besides its two sides, as approver, expert or sponsor, and what they say to that. Pure."""

from collections.abc import Callable, Sequence
from typing import Literal

from handlers.agreements.clauses import Names, person_name
from handlers.checks.dates import day
from handlers.checks.quantities import counted
from handlers.data_requests.rules.status import ENDED, said_part
from storage.data_requests.data_requests import DataRequest, Named

Part = Literal["approver", "expert", "sponsor"]
_TERMS: tuple[tuple[Part, str, str], ...] = (
    ("approver", "access", "approver"),
    ("expert", "expert", "person"),
    ("sponsor", "source", "sponsor"),
)
#: What somebody is asked for, before and after they said yes, and where they said no.
_ASKED = {"approver": "approve the access", "expert": "explain the data", "sponsor": "sponsor it"}
_OPEN = {
    "approver": "approval requested from {}",
    "expert": "{} is asked to explain it",
    "sponsor": "sponsor asked: {}",
}
_YES = {"approver": "approved by {}", "expert": "{} explains it", "sponsor": "sponsored by {}"}
_NO = {"approver": "not approved by {}", "expert": "{} can't explain it", "sponsor": "not sponsored by {}"}


def parts_named(request: DataRequest) -> dict[str, tuple[Part, ...]]:
    """Return what others are named for in a request, by their ids; its two sides speak for themselves."""
    if request.state in (*ENDED, "draft"):
        return {}
    named: list[tuple[str, Part]] = [(said_part(request, term, part), role) for role, term, part in _TERMS]
    named += [(request.more.get("approver", ""), "approver"), (request.more.get("sponsor", ""), "sponsor")]
    found: dict[str, tuple[Part, ...]] = {}
    for who, role in named:
        if who not in ("", request.requester, request.owner) and role not in found.get(who, ()):
            found[who] = (*found.get(who, ()), role)
    return found


def is_settled(request: DataRequest, who: str, part: str) -> bool:
    """Tell whether somebody may be called approver, expert or sponsor: they said yes, or are one of the two sides."""
    named = request.named.get(who)
    return who in (request.requester, request.owner) or (named is not None and named.says_yes and part in named.parts)


def asked_words(request: DataRequest, parts: Sequence[str]) -> str:
    """Say what somebody is asked for, as in "approve the access and explain the data (2 hours a week)"."""
    hours = said_part(request, "expert", "hours")
    told = [
        _ASKED[each] + (f" ({counted(hours, 'hours')} a week)" if each == "expert" and hours else "") for each in parts
    ]
    return " and ".join(told)


def standing(request: DataRequest, names: Names, shown: Callable[[str], str] = day) -> list[str]:
    """Say of everybody who is named what they were asked for, and what they said, a line each; days as they are shown.

    Nobody who has not said so is called an approver, an expert or a sponsor.
    """
    return [
        _standing(request.named.get(who), part, person_name(who, names), shown)
        for who, parts in parts_named(request).items()
        for part in parts
    ]


def _standing(named: Named | None, part: Part, name: str, shown: Callable[[str], str]) -> str:
    if named is None or part not in named.parts:
        return f"{name} is named as {part}, and hasn't been asked yet"
    if not named.answer:
        told = _OPEN[part].format(name)
    elif named.says_yes:
        told = f"{_YES[part].format(name)} since {shown(named.at)}"
    else:
        told = f"{_NO[part].format(name)}: {named.reason}"
    return f"{told[:1].upper()}{told[1:]}"
