"""Writes decisions and what becomes of them, and finds who is to be told; inside a write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.access.visibility import may_hear
from handlers.agreements.pinned_definitions import lines_of
from handlers.checks.outcomes import Refused
from handlers.decisions import messages as views
from handlers.decisions.rules.moves import Changes, Move, move, wrong_successor
from handlers.slack import blocks
from handlers.slack.blocks import Message
from handlers.slack.replies import direct
from storage.decisions import decisions, votes
from storage.decisions.decisions import Decision, NewDecision
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.records.versioned import HistoryEntry
from storage.responsibilities import responsibilities
from storage.workspaces.people import gone_people

POSTS_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class By:
    """Who writes a decision down; ``members`` may be told of it, with None everybody."""

    members: frozenset[str] | None
    team_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class At:
    """When something becomes of a decision; ``members`` may be told of it, with None everybody."""

    members: frozenset[str] | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision as it is now, and what others are told."""

    decision: Decision
    messages: Sequence[Delivery] = ()


def add(transaction: Transaction, new: NewDecision, by: By, now: datetime) -> Kept:
    """Write a decision down, with the next number of its place."""
    team_id = by.team_id
    decision = decisions.write_down(transaction, team_id, new, by.user_id, to_text(now))
    told = {who: message for who, message in _told_of_new(decision, by.user_id).items() if may_hear(by.members, who)}
    messages = {who: direct(team_id, who, message, now) for who, message in told.items()}
    for each in decision.asked if decision.state == "proposed" else ():
        if each in messages:
            votes.note_asked(transaction, decision, each, messages[each].id)
    return Kept(decision, list(messages.values()))


def change(transaction: Transaction, old: Decision, made: Move, changes: Changes, at: At) -> Kept:
    """Write what becomes of a decision, and tell those who are concerned and may hear of it."""
    now = at.now
    event = HistoryEntry(at=to_text(now), by=made.by, what=made.act, note=made.note or made.day)
    new = decisions.change(transaction, old, changes, event)
    told = {who: _what_became(new, made) for who in _concerned(new, made.by) if may_hear(at.members, who)}
    return Kept(new, [direct(new.team_id, who, message, now) for who, message in told.items()])


def take(transaction: Transaction, old: Decision, made: Move, more: Changes, at: At) -> Kept | Refused:
    """Make a move with a decision that was just read; ``more`` is what else changes, such as pinned senses."""
    is_gone = old.decider in gone_people(transaction, old.team_id)
    changes = move(old, replace(made, is_decider_gone=is_gone), at.now)
    return changes if isinstance(changes, Refused) else change(transaction, old, made, {**changes, **more}, at)


def supersede(transaction: Transaction, old: Decision, new: Decision | None, made: Move, at: At) -> Kept | Refused:
    """Put one decision in the place of another, with links both ways; never without a successor."""
    changes = move(old, made, at.now)
    if isinstance(changes, Refused):
        return changes
    wrong = wrong_successor(old, new, lambda each: ancestors(transaction, each))
    if wrong or new is None:
        return Refused(wrong, "number")
    noted = Move("supersede", made.by, new.number)
    replaced = change(transaction, old, noted, {**changes, "superseded_by": new.id}, at)
    event = HistoryEntry(at=to_text(at.now), by=made.by, what="takes the place of", note=old.number)
    decisions.change(transaction, new, {"supersedes": old.id}, event)
    return replaced


def not_to_supersede(old: Decision | None, visibility: str, made: Move, now: datetime) -> str:
    """Say why a decision that is being written cannot take another's place; empty when it can."""
    if old is None:
        return "The decision that this was to replace is not there any more."
    changes = move(old, made, now)
    if isinstance(changes, Refused):
        return changes.told
    is_same = old.visibility == visibility
    return "" if is_same else "Both must be seen by the same people: one belongs to a channel of its own."


def ancestors(reader: Reader, decision: Decision) -> list[Decision]:
    """Return what a decision took the place of, and what that had, and so on."""
    found: list[Decision] = []
    step: Decision | None = decision
    while step is not None and step.supersedes and step.supersedes not in {each.id for each in found}:
        step = decisions.by_id(reader, decision.team_id, step.supersedes)
        found += [step] if step is not None else []
    return found


def shown(reader: Reader, decision: Decision, names: Mapping[str, str] | None) -> views.Shown:
    """Return a decision with what stands beside it, for reading."""
    team_id = decision.team_id
    part = responsibilities.component(reader, team_id, decision.component_id) if decision.component_id else None
    is_seen = part is not None and part.visibility in (WORKSPACE, decision.visibility)
    sides = None
    if part is not None and is_seen and part.kind == "model":
        consulted = decision.consulted
        sides = (
            tuple(each for each in consulted if each in part.model_side),
            tuple(each for each in consulted if each in part.product_side),
        )
    is_gone = decision.decider in gone_people(reader, team_id)
    linked = [
        decisions.by_id(reader, team_id, each) if each else None
        for each in (decision.superseded_by, decision.supersedes)
    ]
    after, before = (each.number if each is not None else "" for each in linked)
    return views.Shown(
        decision, part.name if part is not None and is_seen else decision.component_name,
        lines_of(reader, team_id, decision.senses, decision.visibility),
        votes.opinions(reader, decision), sides, after, before, is_gone, names,
    )  # fmt: skip


def _told_of_new(decision: Decision, by: str) -> dict[str, Message]:
    """Tell who is asked to agree, who decides what another wrote down, and who must know what is decided."""
    told: dict[str, Message] = {}
    if decision.state == "accepted":
        told |= dict.fromkeys(decision.informed, _line(decision, by, " logged a decision that you should know of: "))
    told[decision.decider] = _line(decision, by, " wrote down that you decided: ")
    if decision.state == "proposed":
        told[decision.decider] = _line(decision, by, " proposes something for you to decide: ")
        told |= {each: _asked(decision, by) for each in decision.asked if each != decision.decider}
    return {who: message for who, message in told.items() if who != by}


def proposal(decision: Decision) -> Message:
    """Put a proposal to everybody in its conversation."""
    return _asked(decision, decision.created_by)


def _asked(decision: Decision, by: str) -> Message:
    silence = " Silence is taken as consent." if decision.silence_is_consent else ""
    until = f" Please say so until {decision.deadline}.{silence}" if decision.deadline else ""
    head = blocks.line(
        blocks.person(by), blocks.words(" asks whether you agree: "), blocks.words(decision.title, "bold"),
        blocks.words(f" ({decision.number}).{until}"),
    )  # fmt: skip
    why = [blocks.line(blocks.words(f"Because: {decision.why}"))] if decision.why else []
    below = blocks.buttons(views.buttons(decision, "", may_change=False))
    return Message(blocks.escape(f"Do you agree: {decision.title}?"), (blocks.paragraphs(head, *why), below))


def _line(decision: Decision, by: str, told: str) -> Message:
    head = blocks.line(
        blocks.person(by), blocks.words(told), blocks.words(decision.title, "bold"),
        blocks.words(f" ({decision.number})."),
    )  # fmt: skip
    below = blocks.buttons([blocks.button("Open", views.OPEN, decision.id)])
    return Message(blocks.escape(f"{decision.number} {decision.title}"), (blocks.paragraphs(head), below))


def _concerned(decision: Decision, by: str) -> list[str]:
    people = [decision.decider, decision.created_by, *decision.asked]
    if decision.state != "proposed":
        people += decision.informed
    return [each for each in dict.fromkeys(people) if each and each != by]


def _what_became(decision: Decision, made: Move) -> Message:
    did = {
        "accept": "accepted", "reject": "rejected", "deprecate": "deprecated", "supersede": "replaced",
        "amend": "amended", "still holds": "confirmed", "extend": "gave more time to",
    }[made.act]  # fmt: skip
    by = blocks.person(made.by) if made.by else blocks.words("Agreement")
    why = f": {made.note or made.day}" if made.note or made.day else ""
    head = blocks.line(by, blocks.words(f" {did} {decision.number}, {decision.title}{why}"))
    below = blocks.buttons([blocks.button("Open", views.OPEN, decision.id)])
    return Message(blocks.escape(f"{decision.number} {decision.title}"), (blocks.paragraphs(head), below))
