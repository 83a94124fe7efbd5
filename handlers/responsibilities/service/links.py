"""How components are joined: proposed by one side, confirmed or refused by the other, inside a write."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.access.recipients import Destination, Facts, notify, post
from handlers.access.settling import Deed, settle
from handlers.agreements import components
from handlers.agreements.links import End, Joining, home_of, join, speakers, who_knows
from handlers.checks.outcomes import Refused
from handlers.responsibilities.messages import links as link_messages
from handlers.responsibilities.messages.register import GONE
from handlers.responsibilities.rules import links as rules
from handlers.responsibilities.rules.links import Linked
from storage.engine.interface import Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.records.versioned import HistoryEntry
from storage.responsibilities import links
from storage.responsibilities.links import LINKS, Link
from storage.workspaces.people import gone_people


@dataclass(frozen=True, slots=True)
class Proposed:
    """A link that somebody proposed, who or which channel is asked to confirm it, and the messages to them."""

    about: Linked
    asked: Sequence[str] = ()
    messages: Sequence[Delivery] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A link that somebody confirmed or refused, and the messages that follow."""

    about: Linked
    messages: Sequence[Delivery] = ()


def seen(reader: Reader, team_id: str, link_id: str, visible: Sequence[str]) -> Linked | None:
    """Return the link that a button names; None where it, or an end of it, is gone or may not be seen."""
    found = links.link(reader, team_id, link_id, visible)
    return _with_ends(reader, found, visible) if found is not None else None


def _with_ends(reader: Reader, link: Link, visible: Sequence[str]) -> Linked | None:
    source, target = (components.seen(reader, link.team_id, each, visible) for each in (link.source_id, link.target_id))
    if source is None or target is None:
        return None
    return Linked(link, source, target, gone_people(reader, link.team_id))


def speaking(reader: Reader, joining: Joining) -> dict[End, frozenset[str]]:
    """Return who speaks for each end of a link."""
    return {"source": speakers(reader, joining.source), "target": speakers(reader, joining.target)}


def propose(
    transaction: Transaction, joining: Joining, facts: Facts, channels: frozenset[str] = frozenset()
) -> Proposed | Refused:
    """Link two components, and ask the side that has not said so; ``channels`` may be asked where nobody is left."""
    there = [
        components.seen(transaction, each.team_id, each.id, facts.visible) for each in (joining.source, joining.target)
    ]
    if None in there:
        return Refused(GONE)
    if refused := rules.why_not(joining, home_of(joining)):
        return refused
    proposed = _proposed(transaction, joining, facts)
    if proposed is None:
        return Refused(GONE)
    asked = _asked(transaction, proposed, facts)
    team_id, told = joining.source.team_id, link_messages.asked([proposed], facts.by)
    messages = notify(transaction, team_id, dict.fromkeys(asked, told), facts)
    if not asked and (channel := _channel(proposed, channels)):
        asked, messages = [channel], [post(Destination(team_id, channel), told, facts.now)]
    done = settle(transaction, team_id, [_deed(proposed, " confirmed this.")], facts) if _is_done(proposed) else []
    return Proposed(proposed, asked, [*done, *messages])


def import_all(transaction: Transaction, team_id: str, joinings: Iterable[Joining], facts: Facts) -> list[Delivery]:
    """Propose what a file says; each person hears of all that they are asked about in one message."""
    by_person: defaultdict[str, list[Linked]] = defaultdict(list)
    known = {each.id for each in LINKS.every(transaction, team_id)}
    for joining in joinings:
        proposed = _proposed(transaction, joining, facts)
        if proposed is not None and proposed.link.id not in known:
            for person in _asked(transaction, proposed, facts):
                by_person[person].append(proposed)
    told = {person: link_messages.asked(listed, "") for person, listed in by_person.items()}
    return notify(transaction, team_id, told, facts)


def _proposed(transaction: Transaction, joining: Joining, facts: Facts) -> Linked | None:
    sides = rules.sides_of(speaking(transaction, joining), facts.by)
    made = join(transaction, joining, dict.fromkeys(sides, facts.by), facts.by, facts.now)
    gone = gone_people(transaction, joining.source.team_id)
    return Linked(made, joining.source, joining.target, gone) if made is not None else None


def _is_done(about: Linked) -> bool:
    return about.link.state != "proposed"


def _asked(reader: Reader, about: Linked, facts: Facts) -> list[str]:
    """Return who is asked to confirm a link: for each side that has not, the first who knows and may hear of it."""
    waiting = rules.waits_for(about.link) if about.link.state == "proposed" else []
    out_of_reach = about.gone | facts.left | {facts.by}
    known = ([each for each in who_knows(reader, about.joining, end) if each not in out_of_reach] for end in waiting)
    found = (next((each for each in people if facts.may_hear(each)), "") for people in known)
    return list(dict.fromkeys(each for each in found if each))


def _channel(about: Linked, channels: frozenset[str]) -> str:
    ends = [about.joining.end(each) for each in rules.waits_for(about.link)] if not _is_done(about) else []
    return next((each.channel for each in ends if each.channel in channels), "")


def answer(
    transaction: Transaction, team_id: str, answers: Mapping[str, bool], facts: Facts
) -> Sequence[Answered | Refused]:
    """Confirm links (their ids) or refuse them, as somebody who speaks for an end of each; admins speak for both.

    Those that they can't answer any more are left as they are.
    """
    return [_answer(transaction, team_id, link_id, facts, is_so=is_so) for link_id, is_so in answers.items()]


def _answer(transaction: Transaction, team_id: str, link_id: str, facts: Facts, *, is_so: bool) -> Answered | Refused:
    about = seen(transaction, team_id, link_id, facts.visible)
    if about is None:
        return Refused(GONE)
    sides = rules.sides_of(speaking(transaction, about.joining), facts.by)
    if facts.is_admin:
        sides = sides or ["source", "target"]
    if not sides:
        return rules.not_theirs(about)
    return _answered(transaction, about, dict.fromkeys(sides, facts.by) if is_so else {}, facts)


def _answered(transaction: Transaction, about: Linked, confirmed: Mapping[End, str], facts: Facts) -> Answered:
    if confirmed:
        changed = join(transaction, about.joining, confirmed, facts.by, facts.now)
    elif about.link.state == "refused":
        changed = about.link
    else:
        entry = HistoryEntry(at=to_text(facts.now), by=facts.by, what="refused")
        changed = LINKS.change(transaction, about.link, {"state": "refused", "source_by": "", "target_by": ""}, entry)
    after = Linked(changed or about.link, about.source, about.target, about.gone)
    if after.link.state == "proposed":
        return Answered(after)
    did = " confirmed this." if confirmed else " said that this isn't so."
    edits = settle(transaction, about.link.team_id, [_deed(after, did)], facts)
    people = {about.link.proposed_by, about.link.source_by, about.link.target_by} - {""}
    told = {} if confirmed else dict.fromkeys(sorted(people), link_messages.refused(after, facts.by))
    return Answered(after, [*edits, *notify(transaction, about.link.team_id, told, facts)])


def _deed(about: Linked, did: str) -> Deed:
    return Deed((about.link.id,), did)
