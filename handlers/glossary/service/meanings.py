"""Every change of a meaning, and what follows from it: disputes settled, questions answered, people told.

Slack's buttons and forms and the import of files come through here; the facts are asked of Slack before the write.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from handlers.access.recipients import Facts, Members, notify
from handlers.access.settling import Deed, settle
from handlers.checks.outcomes import Refused
from handlers.glossary.context import seen
from handlers.glossary.messages import review, stewarding
from handlers.glossary.rules import writing
from handlers.glossary.rules.importing import Changed, Plan
from handlers.glossary.rules.rights import rights_of
from handlers.glossary.service.questions import answer, answer_all
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.glossary import changes, glossary, importing, opinions
from storage.glossary.changes import Change, What
from storage.glossary.glossary import Meaning, NewSense, Sense
from storage.glossary.opinions import Given
from storage.outbox.deliveries import Delivery
from storage.records.versioned import Overtaken
from storage.workspaces import audit
from storage.workspaces.workspaces import note_place, stewards_of

#: What those who disputed a meaning are told of the change that settles it.
_SETTLES: Mapping[What, str] = {"settled": "kept", "deprecated": "retired", "changed": "changed"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A meaning in the version that somebody was shown."""

    team_id: str
    sense_id: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote, in the place of the meaning that they were shown, if any.

    ``stewards`` are asked to approve a draft.
    """

    new: NewSense
    shown: Shown
    stewards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What is done to a meaning that is there; ``note`` is the reason given."""

    what: What
    changes: Mapping[str, object]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """The meaning as it is now, and what others are told."""

    sense: Sense
    messages: Sequence[Delivery] = ()


@dataclass(frozen=True, slots=True)
class Many:
    """Meanings that somebody wrote at once, and whom to ask about the drafts among them, by discipline."""

    team_id: str
    new: Sequence[NewSense]
    stewards: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class AddedMany:
    """The meanings that were added, why others were not, and what others are told."""

    senses: Sequence[Sense]
    refused: Sequence[str]
    messages: Sequence[Delivery]


Outcome = Saved | Overtaken[Sense] | Refused


def add(transaction: Transaction, written: Written, facts: Facts) -> Outcome:
    """Add a meaning: a draft where its writer does not speak for its discipline."""
    new, team_id = written.new, written.shown.team_id
    if (refused := _clash(transaction, written, new.visibility, facts)) is not None:
        return refused
    is_approved = rights_of(transaction, team_id, facts).needs_no_approval(new, None)
    new = new.model_copy(update={"status": "approved" if is_approved else "draft"})
    (sense,) = changes.add_senses(transaction, team_id, [new], facts.now, facts.by)
    if new.visibility != WORKSPACE:
        note_place(transaction, team_id, new.visibility)
    told = answer(transaction, sense, facts) if is_approved else _ask_stewards(transaction, written, sense, facts)
    return Saved(sense, [*told, *_tell_steward(transaction, None, sense, facts)])


def add_many(transaction: Transaction, many: Many, facts: Facts) -> AddedMany:
    """Add meanings, each as if it were written alone; a steward hears once of all the drafts of a discipline."""
    rights, added, refused, told = rights_of(transaction, many.team_id, facts), list[Sense](), list[str](), []
    for each in many.new:
        if (wrong := _clash(transaction, Written(each, Shown(many.team_id, "")), each.visibility, facts)) is not None:
            refused.append(f"“{each.word}” is left out: {wrong.told}")
            continue
        status = "approved" if rights.needs_no_approval(each, None) else "draft"
        new = [each.model_copy(update={"status": status})]
        added += changes.add_senses(transaction, many.team_id, new, facts.now, facts.by)
        if each.visibility != WORKSPACE:
            note_place(transaction, many.team_id, each.visibility)
    for sense in added:
        told += answer(transaction, sense, facts) if sense.status == "approved" else []
    drafts = Counter(each.discipline for each in added if each.status == "draft")
    for discipline, count in drafts.items():
        message = review.imported(discipline, count, facts.by)
        told += notify(transaction, many.team_id, dict.fromkeys(many.stewards.get(discipline, ()), message), facts)
    return AddedMany(added, refused, told)


def edit(transaction: Transaction, written: Written, facts: Facts) -> Outcome:
    """Change a meaning; what a steward writes is in use at once, and takes back into use what was not."""
    new, rights = written.new, rights_of(transaction, written.shown.team_id, facts)
    old = seen(transaction, written.shown.team_id, written.shown.sense_id, facts.visible)
    if old is None or old.version != written.shown.version:
        return Overtaken(old)
    if not rights.may_edit(old):
        return stewarding.only_stewards(old)
    is_approved = rights.needs_no_approval(new, old)
    if old.status != "draft" and not is_approved:
        return stewarding.not_theirs_to_give(old, new.discipline)
    if (refused := _clash(transaction, written, old.visibility, facts)) is not None:
        return refused
    told = {name: getattr(new, name) for name in (*Meaning.model_fields, "replaced_by")}
    told |= {"status": "approved" if is_approved else "draft", **writing.unverified(old, told)}
    done = _take(transaction, old, Step("changed", told), facts)
    asked = [] if is_approved else _ask_stewards(transaction, written, done.sense, facts)
    return replace(done, messages=[*asked, *done.messages])


def approve(transaction: Transaction, shown: Shown, facts: Facts) -> Outcome:
    return _settle(transaction, shown, facts, lambda _: Step("approved", {"status": "approved", "replaced_by": ""}))


def keep(transaction: Transaction, shown: Shown, facts: Facts) -> Outcome:
    """Keep a meaning as it is, and with that settle the disputes about it."""

    def kept(sense: Sense) -> Step:
        return Step("settled", {"status": "approved" if sense.status == "disputed" else sense.status})

    return _settle(transaction, shown, facts, kept)


def verify(transaction: Transaction, shown: Shown, facts: Facts) -> Outcome:
    verified = {"verified_on": to_text(facts.now), "verified_by": facts.names.get(facts.by, "")}
    return _settle(transaction, shown, facts, lambda _: Step("verified", verified))


def deprecate(transaction: Transaction, shown: Shown, facts: Facts, reason: str, replacement: str) -> Outcome:
    """Show a meaning as no longer used, and name the word to say instead, if any; a draft is declined so."""

    def deprecated(sense: Sense) -> Step | Refused:
        # Everybody who sees the meaning must be able to look its replacement up.
        senses_of = partial(_senses_of, transaction, sense.team_id, (WORKSPACE, sense.visibility))
        if error := writing.wrong_replacement(sense, replacement, senses_of):
            return Refused(error, "replacement")
        return Step("deprecated", {"status": "deprecated", "replaced_by": replacement}, reason)

    return _settle(transaction, shown, facts, deprecated)


def dispute(transaction: Transaction, shown: Shown, facts: Facts, reason: str, stewards: Sequence[str]) -> Outcome:
    """Keep an objection; the meaning is shown as disputed until its steward settles it."""
    sense = seen(transaction, shown.team_id, shown.sense_id, facts.visible)
    if sense is None:
        return Overtaken(None)
    opinions.dispute(transaction, sense, facts.by, reason, facts.now)
    if sense.status == "approved":
        sense = _take(transaction, sense, Step("disputed", {"status": "disputed"}, reason), facts).sense
    message = stewarding.disputed(sense, facts.by, reason)
    return Saved(sense, notify(transaction, sense.team_id, dict.fromkeys(stewards, message), facts))


def give_opinion(transaction: Transaction, team_id: str, sense_ids: Sequence[str], given: Given, facts: Facts) -> bool:
    """Keep what somebody thinks of meanings; tell whether any of them was there."""
    found = [seen(transaction, team_id, each, facts.visible) for each in sense_ids]
    for sense in filter(None, found):
        opinions.give_opinion(transaction, sense, given, facts.now)
    return any(found)


def _follow(transaction: Transaction, step: Step, old: Sense, new: Sense, facts: Facts) -> list[Delivery]:
    """Settle what a step settles, answer what it answers, and return what people are told of it."""
    told = {}
    if step.what == "approved":
        told[old.created_by] = stewarding.tell_author(new, facts.by)
    if step.what == "deprecated" and old.status == "draft":
        told[old.created_by] = stewarding.tell_declined(new, facts.by, step.note)
    messages = [*_settled(transaction, step, old, facts), *notify(transaction, new.team_id, told, facts)]
    if step.what in ("approved", "changed") and new.status != "draft":
        messages += answer(transaction, new, facts)
    if how := _SETTLES.get(step.what):
        settled = {each.by for each in opinions.settle_disputes(transaction, new.team_id, new.id, facts.now)}
        message = stewarding.tell_disputer(new, facts.by, how)
        messages += notify(transaction, new.team_id, dict.fromkeys(sorted(settled), message), facts)
    return messages + _tell_steward(transaction, old, new, facts)


def _settled(transaction: Transaction, step: Step, old: Sense, facts: Facts) -> list[Delivery]:
    """Take the buttons out of the messages that ask somebody to settle what this step has moved."""
    did = "declined" if (step.what, old.status) == ("deprecated", "draft") else _SETTLES.get(step.what, step.what)
    told = f" {did} this." if facts.by else f"An import {did} this."
    return settle(transaction, old.team_id, [Deed((old.id,), told)], facts)


def _tell_steward(transaction: Transaction, old: Sense | None, new: Sense, facts: Facts) -> list[Delivery]:
    """Tell and note who looks after a meaning from now on, and who no longer; a draft's steward does not yet."""
    before, after = (each.steward if each is not None and each.status != "draft" else "" for each in (old, new))
    if before == after:
        return []
    did = {"team_id": new.team_id, "at": to_text(facts.now), "actor": facts.by, "visibility": new.visibility}
    if before:
        gone = audit.Entry(action="steward-removed", target_kind="person", target_id=before, **did)
        audit.note(transaction, gone)
    if after:
        audit.note(transaction, audit.Entry(action="steward-added", target_kind="person", target_id=after, **did))
    told = {before: stewarding.looks_after(new, facts.by, is_new=False)}
    return notify(transaction, new.team_id, {**told, after: stewarding.looks_after(new, facts.by, is_new=True)}, facts)


def _take(transaction: Transaction, old: Sense, step: Step, facts: Facts) -> Saved:
    """Take a step on a meaning that was just read in this same transaction."""
    done = Change(what=step.what, by=facts.by, at=to_text(facts.now), note=step.note)
    new = changes.change_sense(transaction, old, step.changes, done)
    return Saved(new, _follow(transaction, step, old, new, facts))


def _settle(transaction: Transaction, shown: Shown, facts: Facts, step: Callable[[Sense], Step | Refused]) -> Outcome:
    """Take a step on a meaning that is as it was shown to somebody who may settle it."""
    sense = seen(transaction, shown.team_id, shown.sense_id, facts.visible)
    if sense is None:
        return Overtaken(None)
    if not rights_of(transaction, shown.team_id, facts).may_settle(sense):
        return stewarding.only_stewards(sense)
    if sense.version != shown.version:
        return Overtaken(sense)
    taken = step(sense)
    return taken if isinstance(taken, Refused) else _take(transaction, sense, taken, facts)


def _senses_of(reader: Reader, team_id: str, visible: Sequence[str], word: str) -> list[Sense]:
    return glossary.senses_named(reader, team_id, glossary.look_up_key(word), visible)


def _clash(transaction: Transaction, written: Written, visibility: str, facts: Facts) -> Refused | None:
    """Say which other meaning stands in the way of what was written."""
    new, shown = written.new, written.shown
    same = changes.same_place(transaction, shown.team_id, new.word, new.discipline, visibility)
    named = _senses_of(transaction, shown.team_id, facts.visible, new.word)
    others = [each for each in named if each.id != shown.sense_id]
    wrong = writing.clash(new, others, None if same is None or same.id == shown.sense_id else same)
    return None if wrong is None else next(Refused(told, field) for field, told in wrong.errors.items())


def _ask_stewards(transaction: Transaction, written: Written, sense: Sense, facts: Facts) -> list[Delivery]:
    message = stewarding.to_approve(sense, facts.by)
    return notify(transaction, sense.team_id, dict.fromkeys(written.stewards, message), facts)


def finish_import(
    transaction: Transaction, team_id: str, batch: str, plan: Plan, facts: Facts
) -> tuple[int, list[Delivery]]:
    """Show what was staged, and return how many meanings it changed, and what people are told, as by steps in Slack."""
    changed = importing.switch_over(transaction, team_id, batch, facts.now)
    told = answer_all(transaction, team_id, facts)
    told += [delivery for each in plan.changed for delivery in _follow_import(transaction, each, facts)]
    new = [each for each in plan.added if each.status == "draft" and each.visibility == WORKSPACE]
    drafts = Counter(each.discipline for each in new)
    for each in stewards_of(transaction, team_id):
        if count := drafts[each.discipline]:
            told += notify(transaction, team_id, {each.user_id: review.imported(each.discipline, count)}, facts)
    return changed, told


def _follow_import(transaction: Transaction, planned: Changed, facts: Facts) -> list[Delivery]:
    """Return what follows from the state that a file has given a meaning, where it has come to be so."""
    old, status = planned.sense, planned.changes.get("status")
    new = changes.SENSES.as_shown(transaction, old.team_id, old.version + 1, id=old.id)
    if isinstance(new, Overtaken) or new.status != status or status not in ("approved", "deprecated"):
        return []
    # Nobody is asked here who is in a channel, so that nobody hears of a decision in one.
    known = facts if old.visibility == WORKSPACE else replace(facts, audience=Members(frozenset()))
    return _follow(transaction, Step(status, planned.changes), old, new, known)
