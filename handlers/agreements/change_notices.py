"""Whom a change concerns is told of it once, in one message that takes their answer; and how that stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.access.recipients import Destination, Facts, notify, post
from handlers.access.settling import Deed, settle
from handlers.agreements.links import downstream
from handlers.slack import blocks
from handlers.slack.action_ids import CHANGE_BLOCKED, CHANGE_FINE, CHANGE_NEEDS_WORK
from handlers.slack.blocks import Block, Message
from storage.change_notices import change_notices
from storage.change_notices.change_notices import NOTICES, ChangeNotice, Kind
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.records.ids import new_id
from storage.records.versioned import HistoryEntry
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import gone_people

#: What one person changes within so long is one change.
_SITTING = timedelta(hours=1)
#: The owner of the first of these duties that has one is told for the sake of a component; else who leads it.
CONSUMING = ("integration", "retraining", "reproducibility", "system-testing")
#: Changes that somebody made, rather than measured or reported.
_MADE: tuple[Kind, ...] = ("contract", "interface", "retirement")
_ASKED = "Is what you own affected?"


@dataclass(frozen=True, slots=True)
class Change:
    """What changed, and in a sentence, ``told``; ``opens`` is the button that shows it.

    ``component`` is what changed, or what the data of a contract feeds. ``people`` are told besides those downstream,
    nobody who is ``told_otherwise``.
    """

    kind: Kind
    team_id: str
    visibility: str
    told: str
    opens: Block
    component: Component | None
    request_id: str = ""
    to_version: str = ""
    of_version: str = ""
    aspects: tuple[str, ...] = ()
    people: Sequence[str] = ()
    told_otherwise: frozenset[str] = frozenset()

    @property
    def subject(self) -> dict[str, str]:
        """Return by what the notices of the same are found."""
        component_id = self.component.id if self.component is not None else ""
        return {"component_id": component_id, "request_id": self.request_id}


@dataclass(frozen=True, slots=True)
class _Told:
    """A change as its notice has it, with what those components are called for whose sake somebody is told."""

    change: Change
    notice: ChangeNotice
    parts: Mapping[str, str]


def announce(transaction: Transaction, change: Change, facts: Facts) -> list[Delivery]:
    """Write that something changed, and tell those whom it concerns once; what one sitting changes is told as one.

    Of whom it concerns for the sake of something hidden there is a notice by itself, which only its own people see.
    What changes of a component that has retired concerns nobody.
    """
    if change.component is not None and change.component.is_retired and not change.request_id:
        return []
    groups: dict[str, dict[str, Component]] = {}
    for who, part in _concerned(transaction, change).items():
        home = _home_of(part, change)
        if home is not None and _hears(transaction, who, change, facts):
            groups.setdefault(home, {})[who] = part
    return [each for home, people in groups.items() for each in _announced(transaction, change, (home, people), facts)]


def _home_of(part: Component, change: Change) -> str | None:
    """Return who may see that a change concerns a component; None where nobody sees both."""
    if part.visibility in (WORKSPACE, change.visibility):
        return change.visibility
    return part.visibility if change.visibility == WORKSPACE else None


def _announced(
    transaction: Transaction, change: Change, group: tuple[str, Mapping[str, Component]], facts: Facts
) -> list[Delivery]:
    home, concerned = group
    open_ = _going_on(transaction, change, home, facts.now)
    entry = HistoryEntry(at=to_text(facts.now), by=facts.by, what="announced")
    parts = {each.id: each.name for each in responsibilities.all_components(transaction, change.team_id)}
    asked = {who: part.id for who, part in concerned.items()}
    if open_ is None:
        notice = _begun(change, home, asked, facts)
        NOTICES.add(transaction, notice, entry)
        return _say(transaction, _Told(change, notice, parts), asked, facts)
    changes = {
        "aspects": tuple(dict.fromkeys((*open_.aspects, *change.aspects))),
        "to_version": change.to_version or open_.to_version,
        "of_version": change.of_version,
        "asked": {**asked, **open_.asked},
    }
    told = _Told(change, NOTICES.change(transaction, open_, changes, entry), parts)
    return _said_anew(transaction, told, [each for each in asked if each not in open_.asked], facts)


def _begun(change: Change, home: str, asked: Mapping[str, str], facts: Facts) -> ChangeNotice:
    at, component = to_text(facts.now), change.component
    return ChangeNotice(
        id=new_id(),
        team_id=change.team_id,
        created_at=at,
        changed_at=at,
        visibility=home,
        kind=change.kind,
        component_id=component.id if component is not None else "",
        request_id=change.request_id,
        to_version=change.to_version,
        of_version=change.of_version,
        aspects=change.aspects,
        by=facts.by,
        asked=dict(asked),
    )


def _concerned(reader: Reader, change: Change) -> dict[str, Component]:
    """Return whom a change concerns, each with the component for whose sake: the nearest."""
    component = change.component
    if component is None:
        return {}
    found: dict[str, Component] = dict.fromkeys(change.people, component)
    nearest = [component] if change.request_id else []
    for part in (*nearest, *downstream(reader, component)):
        for who in owners_of(reader, part):
            found.setdefault(who, part)
    return {who: part for who, part in found.items() if who and who not in change.told_otherwise}


def owners_of(reader: Reader, component: Component) -> list[str]:
    """Return who answers for a component where something that it uses changes: a duty's owner, else its lead."""
    duties = {each.duty: each for each in responsibilities.duties_of(reader, component.team_id, [component.id])}
    owners = (duties[each].owner for each in CONSUMING if each in duties and duties[each].state == "accepted")
    return [each for each in (next(owners, component.lead),) if each]


def _hears(reader: Reader, who: str, change: Change, facts: Facts) -> bool:
    gone = gone_people(reader, change.team_id) | facts.left
    return who != facts.by and who not in gone and facts.may_hear(who)


def _going_on(reader: Reader, change: Change, home: str, now: datetime) -> ChangeNotice | None:
    """Return the notice of the same sitting, to which nobody has answered yet."""
    since = to_text(now - _SITTING)
    found = change_notices.notices_of(reader, change.team_id, [home], **change.subject)
    last = next((each for each in found if each.kind == change.kind), None)
    return last if last is not None and last.created_at >= since and not last.answers and not last.over_at else None


def retirements_asked(reader: Reader, component: Component) -> list[ChangeNotice]:
    """Return the open notices of the retirement of a component, those for the sake of something hidden, too."""
    found = change_notices.notices_of(reader, component.team_id, None, component_id=component.id, request_id="")
    return [each for each in found if each.kind == "retirement" and not each.over_at]


def take_back(
    transaction: Transaction, component: Component, did: str, facts: Facts, *, is_anew: bool = False
) -> list[Delivery]:
    """End what was asked about the retirement of a component: nobody has to answer it any more, and ``did`` says why.

    Where it is said anew, those who were asked in the same sitting are left: they read the new day in the same message.
    """
    since = to_text(facts.now - _SITTING)
    asked = retirements_asked(transaction, component)
    ended = [each for each in asked if each.answers or each.created_at < since or not is_anew]
    for each in ended:
        entry = HistoryEntry(at=to_text(facts.now), by=facts.by, what="taken back")
        NOTICES.change(transaction, each, {"over_at": entry.at}, entry)
    deeds = [Deed((asked_id(each, who),), did) for each in ended for who in each.asked]
    return settle(transaction, component.team_id, deeds, facts)


def _say(transaction: Transaction, told: _Told, people: Iterable[str], facts: Facts) -> list[Delivery]:
    change, home = told.change, told.notice.visibility
    messages = {who: _message(told, who) for who in people}
    if home == change.visibility:
        return notify(transaction, change.team_id, messages, facts)
    # Whether they are in its conversation still is asked when it is sent.
    return [post(Destination(change.team_id, who, about=(home,)), each, facts.now) for who, each in messages.items()]


def _said_anew(transaction: Transaction, told: _Told, new: Sequence[str], facts: Facts) -> list[Delivery]:
    """Put what changed by now in the place of what was said, and say it to who is new."""
    deeds = [
        Deed((asked_id(told.notice, who),), "", instead=lambda reader: _message(told, reader))
        for who in told.notice.asked
        if who not in new
    ]
    return [*settle(transaction, told.change.team_id, deeds, facts), *_say(transaction, told, new, facts)]


def asked_id(notice: ChangeNotice, who: str) -> str:
    """Return by what a message that asks somebody is found again, which its buttons carry."""
    return f"{notice.id}:{who}"


def _message(told: _Told, who: str) -> Message:
    change, notice = told.change, told.notice
    value = asked_id(notice, who)
    by = (
        [blocks.words(" By "), blocks.person(notice.by), blocks.words(".")]
        if notice.by and change.kind in _MADE
        else []
    )
    part = told.parts.get(notice.asked.get(who, ""), "")
    is_other = change.component is not None and notice.asked.get(who) != change.component.id
    why = f" You answer for {part}, which builds on it." if is_other and part else ""
    buttons = [
        blocks.button("Fine", CHANGE_FINE, value, "primary"),
        blocks.button("Needs work", CHANGE_NEEDS_WORK, value),
        blocks.button("Blocked", CHANGE_BLOCKED, value),
    ]
    words = [blocks.line(blocks.words(change.told), *by), blocks.line(blocks.words(f"{_ASKED}{why}"))]
    return Message(blocks.escape(change.told), _shown(words, buttons, change.opens), asks=(value,))


def _shown(words: Sequence[Block], buttons: Sequence[Block], opens: Block) -> tuple[Block, ...]:
    """What shows the change has a row of its own: it stays once the others are gone."""
    return blocks.paragraphs(*words), blocks.in_row(list(buttons)), blocks.in_row([opens])
