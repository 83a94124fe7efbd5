"""Writes decisions and what becomes of them, and tells whom they concern; each function inside one write."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.access.recipients import Destination, Facts, notify, post
from handlers.access.settling import Deed
from handlers.access.settling import settle as settle_messages
from handlers.agreements.pinned_definitions import pinned
from handlers.checks.outcomes import Refused
from handlers.decisions.messages import lists, notices
from handlers.decisions.rules import moves
from handlers.decisions.rules.importing import Plan
from handlers.decisions.rules.moves import Act, Changes, Move
from handlers.decisions.service import showing
from handlers.slack.blocks import Message
from storage.decisions import decisions, votes
from storage.decisions.decisions import Decision, NewDecision
from storage.decisions.votes import Opinion
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.records.versioned import HistoryEntry
from storage.workspaces.people import known_names, note_names
from storage.workspaces.workspaces import note_place

_ONLY_DECIDED = "A proposal can't replace a decision. Choose “Decided”, or supersede it later."
_CONFIRM_FIRST = "Only your own decision can replace it now. Log theirs first, then supersede this once they confirm."
_FILL_IN = "Please fill this in."


@dataclass(frozen=True, slots=True)
class Saved:
    """A decision as it is now, and what others are told."""

    decision: Decision
    messages: Sequence[Delivery] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision to be logged, and the words of the glossary that are pinned to it, with commas.

    ``supersedes`` is the id of the one that it replaces; ``is_posted``: its conversation reads it too, of what another
    decided once they confirm it.
    """

    team_id: str
    new: NewDecision
    words: str = ""
    supersedes: str = ""
    is_posted: bool = False


def log(transaction: Transaction, entry: Entry, facts: Facts) -> Saved | Refused:
    """Write a decision down, with the next number of its place; another's is theirs once they confirm it."""
    team_id, new = entry.team_id, moves.as_reported(entry.new, facts.by)
    if entry.supersedes and new is not entry.new:
        return Refused(_CONFIRM_FIRST, "decider")
    pins = pinned(transaction, team_id, entry.words, (WORKSPACE, new.visibility))
    if isinstance(pins, str):
        return Refused(pins, "words")
    old = decisions.by_id(transaction, team_id, entry.supersedes) if entry.supersedes else None
    if entry.supersedes and (wrong := _not_to_replace(transaction, old, new, facts)):
        return wrong
    new = new.model_copy(update={"senses": pins})
    decision = decisions.write_down(transaction, team_id, new, facts.by, to_text(facts.now))
    _note_people(transaction, team_id, facts)
    messages = _tell(transaction, [decision], facts)
    if old is not None:
        # Whom the new one concerns has just been told of it.
        replaced = _put_in_place_of(transaction, old, decision, facts)
        messages = [*(each for each in replaced.messages if each.act == "update"), *messages]
        decision = decisions.by_id(transaction, team_id, decision.id) or decision
    return Saved(decision, [*messages, *(_posted(transaction, decision, facts) if entry.is_posted else [])])


def _note_people(transaction: Transaction, team_id: str, facts: Facts) -> None:
    """Remember who is who: an export names them without asking Slack."""
    note_names(transaction, team_id, {who: name for who, name in facts.names.items() if name})


def _posted(reader: Reader, decision: Decision, facts: Facts) -> list[Delivery]:
    """Put a decision where it was made; what somebody else reports, only once it is confirmed."""
    if decision.is_reported:
        return []
    where = Destination(decision.team_id, decision.place, decision.thread_ts)
    return [post(where, showing.public(reader, decision, facts), facts.now)]


def _not_to_replace(reader: Reader, old: Decision | None, new: NewDecision, facts: Facts) -> Refused | None:
    """Say why a decision that is being written cannot take another's place."""
    if new.state != "accepted":
        return Refused(_ONLY_DECIDED, "state")
    if old is None:
        return Refused("The decision that this replaces is gone.", "title")
    if wrong := moves.refusal(old, _known(reader, old, _made("supersede", facts), facts)):
        return replace(wrong, field="title")
    return None if old.visibility == new.visibility else Refused(moves.NOT_SEEN_ALIKE, "title")


def take_in(transaction: Transaction, team_id: str, made: Plan, facts: Facts) -> list[Delivery]:
    """Add decisions that came from files, link those that waited for them, and tell whom the new ones concern, once.

    Decisions of channels are told to nobody: who is in a channel is not known without Slack.
    """
    for each in made.added:
        decisions.add(transaction, each, HistoryEntry(at=to_text(facts.now), by="", what="imported"))
        if each.visibility != WORKSPACE:
            note_place(transaction, team_id, each.visibility)
        if each.number[2:].isdigit():
            decisions.note_number(transaction, team_id, int(each.number[2:]))
        for opinion in made.opinions[each.id]:
            votes.vote(transaction, each, opinion)
    for earlier, successor in made.linked:
        old, new = (decisions.by_id(transaction, team_id, each.id) for each in (earlier, successor))
        if old is not None and new is not None and old.state == "deprecated":
            decisions.put_in_place_of(transaction, old, new, "", to_text(facts.now))
    note_names(transaction, team_id, {user: name for user, name in made.names.items() if name})
    return _tell(transaction, [each for each in made.added if each.visibility == WORKSPACE], facts)


def _tell(transaction: Transaction, new: Sequence[Decision], facts: Facts) -> list[Delivery]:
    """Tell each whom new decisions concern in one message, and note who was asked with which one."""
    of_person: dict[str, list[Decision]] = {}
    told = {}
    names = known_names(transaction, new[0].team_id, lists.people(new)) if new else {}
    for decision in sorted(new, key=lambda each: each.state != "proposed"):
        for who, message in notices.of_new(decision).items():
            of_person.setdefault(who, []).append(decision)
            told[who] = message if len(of_person[who]) == 1 else lists.several(of_person[who], names)
    deliveries = notify(transaction, new[0].team_id, told, facts) if told else []
    for each in deliveries:
        for decision in of_person[each.lane][: lists.LISTED]:
            if decision.state == "proposed" and each.lane in decision.asked:
                votes.note_asked(transaction, decision, each.lane, each.id)
    return deliveries


def take(transaction: Transaction, old: Decision, made: Move, facts: Facts, today: date) -> Saved | Refused:
    """Make a move with a decision that was just read; ``today`` is the day of who makes it."""
    changes = moves.move(old, _known(transaction, old, made, facts), today)
    if isinstance(changes, Refused):
        return changes
    saved = _change(transaction, old, made, changes, facts)
    is_confirmed = old.is_reported and saved.decision.state == "accepted"
    is_posted = is_confirmed and bool(old.place) and not facts.is_limited
    return replace(
        saved, messages=[*saved.messages, *(_posted(transaction, saved.decision, facts) if is_posted else [])]
    )


def supersede(transaction: Transaction, old: Decision, new: Decision | None, facts: Facts) -> Saved | Refused:
    """Put one decision in the place of another; never without a successor."""
    if wrong := moves.refusal(old, _known(transaction, old, _made("supersede", facts), facts)):
        return wrong
    why_not = moves.wrong_successor(old, new, lambda each: showing.ancestors(transaction, each))
    if why_not or new is None:
        return Refused(why_not, "number")
    replaced = _put_in_place_of(transaction, old, new, facts)
    successor = decisions.by_id(transaction, new.team_id, new.id) or new
    return replace(replaced, messages=[*replaced.messages, *_settled(transaction, successor, "", facts)])


def _put_in_place_of(transaction: Transaction, old: Decision, new: Decision, facts: Facts) -> Saved:
    replaced = decisions.put_in_place_of(transaction, old, new, facts.by, to_text(facts.now))
    return _moved(transaction, replaced, replace(_made("supersede", facts), note=new.number), facts)


def add_to(transaction: Transaction, new: Decision, old: Decision, facts: Facts) -> Saved | Refused:
    """Note that a decision adds to another one, which stays in force."""
    if wrong := moves.refusal(new, _known(transaction, new, _made("amend", facts), facts)):
        return wrong
    if why_not := moves.wrong_base(new, old):
        return Refused(why_not)
    event = HistoryEntry(at=to_text(facts.now), by=facts.by, what="adds to", note=old.number)
    added = decisions.change(transaction, new, {"adds_to": old.id}, event)
    edits = [*_settled(transaction, old, "", facts), *_settled(transaction, added, "", facts)]
    return Saved(added, edits)


def pin(transaction: Transaction, old: Decision, words: str, facts: Facts) -> Saved | Refused:
    """Pin the definitions of words to a decision as they are now."""
    if wrong := moves.refusal(old, _known(transaction, old, _made("pin", facts), facts)):
        return wrong
    pins = pinned(transaction, old.team_id, words, (WORKSPACE, old.visibility))
    if isinstance(pins, str):
        return Refused(pins, "words")
    if not pins:
        return Refused(_FILL_IN, "words")
    event = HistoryEntry(at=to_text(facts.now), by=facts.by, what="pinned words", note=words)
    return Saved(decisions.change(transaction, old, {"senses": tuple(dict.fromkeys([*old.senses, *pins]))}, event))


def vote(transaction: Transaction, old: Decision, opinion: Opinion, facts: Facts) -> Saved | Refused:
    """Keep an opinion, and tell who decides; what can be taken back needs no deadline once all agree."""
    if wrong := moves.refusal(old, _known(transaction, old, _made(opinion.vote, facts), facts)):
        return wrong
    if opinion.vote == "object" and not opinion.reason:
        return Refused(_FILL_IN, "note")
    if moves.is_said_already(opinion, votes.opinions(transaction, old)):
        did = "agreement with" if opinion.vote == "agree" else "objection to"
        return Refused(f"Your {did} {old.number} is already recorded.")
    votes.vote(transaction, old, opinion)
    _note_people(transaction, old.team_id, facts)
    did = "agreed" if opinion.vote == "agree" else "objected"
    said = HistoryEntry(at=to_text(facts.now), by=facts.by, what=did, note=opinion.reason)
    decision = decisions.change(transaction, old, {}, said)
    if old.state == "proposed" and moves.is_agreed(decision, votes.opinions(transaction, decision)):
        return _agree(transaction, decision, "Everybody who was asked agrees, and it can be reversed.", facts)
    people = {decision.decider, decision.created_by} if moves.is_told(decision, opinion) else set()
    told = dict.fromkeys(sorted(people), notices.voted(decision, opinion))
    edits = _settled(transaction, decision, f" {did}.", facts)
    return Saved(decision, [*edits, *notify(transaction, decision.team_id, told, facts)])


def settle(transaction: Transaction, late: Decision, facts: Facts) -> Saved | None:
    """Accept a proposal at its deadline where all agree, or are silent and that was chosen; else it waits."""
    ended = moves.at_deadline(late, votes.opinions(transaction, late), votes.unreached(transaction, late))
    return _agree(transaction, late, ended.told, facts) if ended.state == "accepted" else None


def _agree(transaction: Transaction, old: Decision, why: str, facts: Facts) -> Saved:
    return _change(transaction, old, Move("accept", "", why), {"state": "accepted"}, facts)


def _change(transaction: Transaction, old: Decision, made: Move, changes: Changes, facts: Facts) -> Saved:
    """Write what becomes of a decision, and tell those who are concerned and may hear of it."""
    at = to_text(facts.now)
    decided = {"decided_at": at} if changes.get("state") in ("accepted", "rejected") else {}
    event = HistoryEntry(at=at, by=made.by, what=made.act, note=made.note or made.day)
    return _moved(transaction, decisions.change(transaction, old, {**changes, **decided}, event), made, facts)


def _moved(transaction: Transaction, new: Decision, made: Move, facts: Facts) -> Saved:
    told = dict.fromkeys(concerned(new), notices.moved(new, made))
    edits = _settled(transaction, new, notices.deed(made), facts)
    return Saved(new, [*edits, *notify(transaction, new.team_id, told, facts)])


def _settled(transaction: Transaction, decision: Decision, did: str, facts: Facts) -> list[Delivery]:
    """Bring every message that asks something about a decision up to date: no button of it asks in vain.

    Without a deed nobody has answered yet, and all stay asked.
    """
    asked = notices.of_new(decision) if decision.state == "proposed" else {}

    def instead(reader: str) -> Message | None:
        if reader.startswith(("U", "W")):
            return asked.get(reader) if reader != facts.by or not did else None
        return showing.public(transaction, decision, facts)

    return settle_messages(transaction, decision.team_id, [Deed((decision.id,), did, instead=instead)], facts)


def _known(reader: Reader, decision: Decision, made: Move, facts: Facts) -> Move:
    """Return a move with what a refusal of it names."""
    people = (decision.decider, decision.created_by)
    names = {**known_names(reader, decision.team_id, people), **facts.names}
    return replace(made, is_decider_gone=showing.is_decider_gone(reader, decision), names=names)


def _made(act: Act, facts: Facts) -> Move:
    return Move(act, facts.by, is_admin=facts.is_admin)


def concerned(decision: Decision) -> list[str]:
    """Return who hears what becomes of a decision."""
    informed = decision.informed if decision.state != "proposed" else ()
    return list(dict.fromkeys((decision.decider, decision.created_by, *decision.asked, *informed)))
