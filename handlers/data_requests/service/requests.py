"""What becomes of data requests, written, and said where it belongs: in the thread, to the owner, to followers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.access.recipients import Facts, edit
from handlers.checks.outcomes import Refused
from handlers.data_requests.messages import record, thread
from handlers.data_requests.rules.besides import why_not_repost
from handlers.data_requests.rules.moves import Act, Changes, Move, mark_of_term, move, side_of
from handlers.data_requests.rules.sittings import sitting_with
from handlers.data_requests.rules.status import is_expired, is_followable
from handlers.data_requests.service import announcing, naming, showing, telling
from handlers.data_requests.service.drafts import GONE, Said, Saved, begun, event_of, read_again, roles_in
from handlers.data_requests.service.joining import join_by_contract
from handlers.slack.message_text import link_to
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest, Term
from storage.decisions import decisions
from storage.decisions.decisions import NewDecision
from storage.engine.interface import Reader, Transaction, to_text
from storage.outbox import threads
from storage.records.ids import new_id
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry
from storage.workspaces.people import note_names


@dataclass(frozen=True, slots=True)
class OvertakenTerm:
    """Somebody changed a term since its form was opened: the request as it is now, and what they say of the term."""

    request: DataRequest
    term_id: str
    last: Offer


def fill_in(transaction: Transaction, request: DataRequest, changes: Changes, facts: Facts) -> Saved | Refused:
    """Write what was entered in a form; of what was sent already it is a new version."""
    current = begun(transaction, request, facts)
    if all(getattr(current, name) == value for name, value in changes.items()):
        return Saved(current)
    return _moved(transaction, current, Move("edit", facts.by, roles_in(current, facts), facts=changes), facts)


def say(
    transaction: Transaction, request: DataRequest, said: Sequence[Said], facts: Facts
) -> Saved | OvertakenTerm | Refused:
    """Write what a side says of terms, unless one changed since it was read; the same once more is nothing new."""
    current = read_again(transaction, request, facts)
    if current is None:
        return GONE
    if overtaken := next((found for each in said if (found := _overtaken(current, each))), None):
        return overtaken
    roles = roles_in(current, facts)
    act = side_of(roles)
    signed = {each.term_id: each.offer.model_copy(update={"by": facts.by, "at": to_text(facts.now)}) for each in said}
    new = {term_id: offer for term_id, offer in signed.items() if not _is_said(current, term_id, act, offer)}
    if not new:
        return Saved(current)
    return _moved(transaction, current, Move(act, facts.by, roles, offers=new), facts)


def propose(transaction: Transaction, request: DataRequest, terms: Changes, note: str, facts: Facts) -> Saved | Refused:
    """Put other terms before both sides, for nobody in particular; neither has said them yet."""
    current = read_again(transaction, request, facts)
    if current is None:
        return GONE
    made = Move("edit", "", frozenset(("requester",)), note=note, facts={"terms": {**current.terms, **terms}})
    return _moved(transaction, current, made, facts)


def _overtaken(request: DataRequest, said: Said) -> OvertakenTerm | None:
    """Return what somebody said of a term since it was read; what was seen and is gone overtakes nothing."""
    term = request.terms.get(said.term_id, Term())
    if mark_of_term(request, said.term_id) == said.seen:
        return None
    sides = zip((term.asked, term.offered), (*said.seen.split("|"), ""), strict=False)
    newer = [each for each, at in sides if each is not None and each.at != at]
    return OvertakenTerm(request, said.term_id, newer[0]) if newer else None


def _is_said(request: DataRequest, term_id: str, act: Act, offer: Offer) -> bool:
    term = request.terms.get(term_id, Term())
    own = term.offered if act == "offer" else term.asked
    return own is not None and own.says_the_same(offer) and bool(own.at)


def take(transaction: Transaction, request: DataRequest, made: Move, facts: Facts) -> Saved | Refused:
    """Take a step with a request as it is now, and say it in its thread and to those whom it concerns."""
    current = read_again(transaction, request, facts)
    if current is None:
        return GONE
    return _moved(transaction, current, replace(made, roles=roles_in(current, facts)), facts)


def expire(transaction: Transaction, request: DataRequest, facts: Facts) -> Saved | Refused:
    """End what nobody agreed on a month after its day, if that is still so."""
    current = read_again(transaction, request, facts)
    if current is None or not is_expired(current, facts.now.date()):
        return GONE
    return _moved(transaction, current, Move("expire", facts.by, roles_in(current, facts)), facts)


def follow(transaction: Transaction, request: DataRequest, facts: Facts, *, is_on: bool) -> Saved | Refused:
    """Follow a request from now on, or no longer; once more changes nothing."""
    current = read_again(transaction, request, facts)
    if current is None or (is_on and not is_followable(current)):
        return GONE
    if (facts.by in current.followers) == is_on:
        return Saved(current)
    others = tuple(each for each in current.followers if each != facts.by)
    event = event_of(facts, "follows it" if is_on else "stopped following")
    return Saved(
        data_requests.change(transaction, current, {"followers": (*others, *([facts.by] if is_on else []))}, event)
    )


def repost(transaction: Transaction, request: DataRequest, channel: str, facts: Facts) -> Saved | Refused:
    """Open a new thread for a request whose thread is lost; what is left of the old one says so."""
    current = read_again(transaction, request, facts)
    if current is None:
        return GONE
    if refused := why_not_repost(current, roles_in(current, facts)):
        return refused
    old = threads.thread(transaction, current.thread)
    if old is not None and not old.problem:
        return Refused(f"{current.number} already has a thread.")
    changes = {"thread": new_id(), "channel": channel}
    new = data_requests.change(transaction, current, changes, event_of(facts, "opened a new thread"))
    moved = edit(thread.place_of(current), thread.moved(current), facts.now)
    return Saved(new, [moved, *telling.opened(transaction, new, facts)])


def _moved(transaction: Transaction, old: DataRequest, made: Move, facts: Facts) -> Saved | Refused:
    """Make a move with a request that was just read, and say it."""
    changes = move(old, made, facts.now)
    if isinstance(changes, Refused):
        return changes
    note_names(transaction, old.team_id, facts.names)
    is_sent = made.act == "send"
    kept = {"thread": new_id() if is_sent else old.thread, "sitting": sitting_with(old, made, facts.now)}
    event = event_of(facts, thread.did(made, old.terms), thread.note_of(made))
    new = data_requests.change(transaction, old, {**changes, **kept}, event)
    if new.state == "draft" or not new.thread:
        return Saved(new)
    is_agreed = made.act == "agree" and new.state == "agreed" != old.state
    new = _recorded(transaction, new, facts) if is_agreed else new
    asked = naming.asked(transaction, new, facts)
    new = asked.request
    said = telling.opened(transaction, new, facts) if is_sent else telling.in_thread(transaction, old, new, made, facts)
    concerned = telling.concerned(transaction, old, new, made, facts)
    contract = telling.contract_files(transaction, new, facts) if is_agreed else ()
    changed = announcing.contract_changed(transaction, old, new, facts) if is_agreed else ()
    return Saved(new, [*said, *concerned, *asked.messages, *contract, *changed])


def done(reader: Reader, request: DataRequest, made: Move, facts: Facts) -> str:
    """Say to who just took a step that it is taken, and who is next."""
    following = record.next_words(request, showing.names_in(reader, request, facts.names))
    return f"{request.number}: you {thread.did(made, request.terms)}.{f' {following}.' if following else ''}"


def _recorded(transaction: Transaction, request: DataRequest, facts: Facts) -> DataRequest:
    """Put the agreement into the decision log, in the place of the one before it, with links both ways."""
    opened = threads.thread(transaction, request.thread)
    new = NewDecision(
        visibility=request.visibility,
        title=f"Data for {request.entity}, as agreed in {request.number}"[:200],
        why=request.purpose[:3000],
        decider=request.owner,
        component_id=request.component_id,
        consulted=(request.requester,),
        senses=request.senses,
        place=request.channel,
        source_link=link_to(facts.team_url, opened.channel, opened.ts)[:300] if opened is not None else "",
    )
    decision = decisions.write_down(transaction, request.team_id, new, request.owner, to_text(facts.now))
    earlier = decisions.by_number(transaction, request.team_id, request.agreed_in, [request.visibility])
    if earlier is not None and earlier.state == "accepted":
        decisions.put_in_place_of(transaction, earlier, decision, request.owner, to_text(facts.now))
    join_by_contract(transaction, request, facts.now)
    event = HistoryEntry(at=to_text(facts.now), by="", what=f"recorded the agreement as {decision.number}")
    return data_requests.change(transaction, request, {"agreed_in": decision.number}, event)
