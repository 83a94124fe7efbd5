"""Where stewards approve, keep, deprecate, verify and review meanings, and where people dispute them."""

from collections.abc import Mapping
from datetime import datetime

from handlers.answers import Open, Refuse, Replace, Reply, Say, Wrote, direct
from handlers.gestures import Ask, Press, Submission
from handlers.glossary import review_rules, review_views, settling, views, writing_rules, writing_views
from handlers.glossary.finding import finder
from handlers.glossary.review_rules import Due
from handlers.glossary.writing_views import read_note
from handlers.roles import Acting
from handlers.visibility import Viewpoint
from storage import glossary, glossary_changes, glossary_opinions
from storage.database import Database, Reader, Transaction, to_text
from storage.glossary import Sense
from storage.glossary_changes import Change, What
from storage.workspaces import Workspace


async def approve(press: Press, viewpoint: Viewpoint, acting: Acting) -> Reply:
    def settle(transaction: Transaction, now: datetime) -> Say | Wrote:
        sense = settling.seen(transaction, press, viewpoint)
        if (refusal := _refusal(sense, press, acting)) is not None or sense is None:
            return refusal or Wrote(Replace(writing_views.gone()))
        new = _change(transaction, sense, {"status": "approved"}, _done("approved", press.user_id, now))
        author = [sense.created_by] if sense.created_by not in ("", press.user_id) else []
        told = [direct(new.team_id, each, writing_views.tell_author(new, press.user_id), now) for each in author]
        told += settling.answer_questions(transaction, new, now)
        return Wrote(Replace(writing_views.approved(new)), told)

    return Reply(write=settle)


async def keep(press: Press, viewpoint: Viewpoint, acting: Acting) -> Reply:
    def settle(transaction: Transaction, now: datetime) -> Say | Wrote:
        sense = settling.seen(transaction, press, viewpoint)
        if (refusal := _refusal(sense, press, acting)) is not None or sense is None:
            return refusal or Wrote(Replace(writing_views.gone()))
        new = _change(transaction, sense, {"status": "approved"}, _done("settled", press.user_id, now))
        told = settling.tell_disputers(transaction, new, press.user_id, "kept", now)
        return Wrote(Replace(writing_views.kept(new)), told)

    return Reply(write=settle)


async def verify(press: Press, viewpoint: Viewpoint, acting: Acting) -> Reply:
    person = await acting.directory.person(press.team_id, press.user_id)
    name = person.name if person else ""

    def settle(transaction: Transaction, now: datetime) -> Say | Wrote:
        sense = settling.seen(transaction, press, viewpoint)
        if (refusal := _refusal(sense, press, acting)) is not None or sense is None:
            return refusal or Wrote(Replace(writing_views.gone()))
        changes = {"verified_on": to_text(now), "verified_by": name}
        new = _change(transaction, sense, changes, _done("verified", press.user_id, now))
        return Say(review_views.verified(new))

    return Reply(write=settle)


async def open_deprecation(press: Press, viewpoint: Viewpoint, reader: Reader, acting: Acting) -> Reply:
    sense = settling.seen(reader, press, viewpoint)
    if sense is None:
        return Reply(Say(writing_views.gone()))
    if not acting.may_act(sense.discipline):
        return Reply(Say(writing_views.only_stewards(sense.discipline)))
    return Reply(Open(writing_views.deprecation_form(sense)))


async def deprecate(submission: Submission, viewpoint: Viewpoint, workspace: Workspace, acting: Acting) -> Reply:
    note = read_note(submission.note)
    replacement = " ".join(str(submission.fields.get(writing_views.REPLACEMENT, "")).split())
    reason = str(submission.fields.get(writing_views.REASON, ""))

    def settle(transaction: Transaction, now: datetime) -> Say | Refuse | Wrote:
        sense = settling.seen(transaction, submission, viewpoint, note.sense_id)
        if sense is None or not acting.may_act(sense.discipline):
            return Say(writing_views.gone() if sense is None else writing_views.only_stewards(sense.discipline))

        def senses_of(word: str) -> list[Sense]:
            key = glossary.look_up_key(word)
            return glossary.senses_named(transaction, workspace.team_id, key, viewpoint.visibilities)

        if error := writing_rules.wrong_replacement(sense, replacement, senses_of):
            return Refuse({writing_views.REPLACEMENT: error})
        changes = {"status": "deprecated", "replaced_by": replacement}
        new = _change(transaction, sense, changes, _done("deprecated", submission.user_id, now, reason))
        told = settling.tell_disputers(transaction, new, submission.user_id, "deprecated", now)
        if sense.status == "draft" and sense.created_by not in ("", submission.user_id):
            declined = writing_views.tell_declined(new, submission.user_id, reason)
            told.append(direct(new.team_id, sense.created_by, declined, now))
        return Wrote(Say(writing_views.deprecated(new)), told)

    return Reply(write=settle)


async def open_dispute(press: Press, viewpoint: Viewpoint, workspace: Workspace, reader: Reader) -> Reply:
    found = finder(press, viewpoint, workspace, reader).found(reader, press.value)
    if found is None:
        return Reply(Say(views.nothing_left(press.value)))
    return Reply(Open(writing_views.which_form(writing_views.OBJECTION, found.senses, found.word)))


async def dispute(submission: Submission, viewpoint: Viewpoint, reader: Reader, acting: Acting) -> Reply:
    """Keep an objection; the meaning is shown as disputed until its steward settles it."""
    which, reason = (str(submission.fields.get(name, "")) for name in (writing_views.WHICH, writing_views.REASON))
    asked = settling.seen(reader, submission, viewpoint, which)
    if asked is None:
        return Reply(Say(writing_views.gone()))
    stewards = await acting.stewards_of(asked.discipline, asked.visibility, asked.steward)

    def settle(transaction: Transaction, now: datetime) -> Say | Wrote:
        sense = settling.seen(transaction, submission, viewpoint, which)
        if sense is None:
            return Say(writing_views.gone())
        glossary_opinions.dispute(transaction, sense, submission.user_id, reason, now)
        if sense.status == "approved":
            sense = _change(
                transaction, sense, {"status": "disputed"}, _done("disputed", submission.user_id, now, reason)
            )
        message = writing_views.disputed(sense, submission.user_id, reason)
        told = [direct(sense.team_id, each, message, now) for each in stewards]
        return Wrote(Say(review_views.dispute_sent(sense)), told)

    return Reply(write=settle)


async def review(ask: Ask, viewpoint: Viewpoint, store: Database, acting: Acting) -> Reply:
    """Show a steward what to look at; an admin everything."""
    if not acting.is_admin and not acting.disciplines:
        return Reply(Say(review_views.no_steward()))
    listed = await store.search(lambda reader: _to_review(reader, ask.team_id, viewpoint))
    mine = [each for each in listed if acting.may_act(each.sense.discipline)]
    left = [each for each in mine if each.sense.steward and await _has_left(acting, each.sense.steward)]
    gone = {each.sense.id for each in left}
    shown = [Due(each.sense, "steward left") if each.sense.id in gone else each for each in mine]
    shown = [each for each in shown if each.reason != "steward left" or each.sense.id in gone]
    return Reply(Say(review_views.review(shown)))


async def _has_left(acting: Acting, user_id: str) -> bool:
    person = await acting.directory.person(acting.team_id, user_id)
    return person is not None and person.is_guest


def _to_review(reader: Reader, team_id: str, viewpoint: Viewpoint) -> list[Due]:
    visibilities = viewpoint.visibilities
    waiting = glossary.senses_with_status(reader, team_id, ("draft", "disputed"), visibilities)
    unclear = _known(reader, team_id, glossary_opinions.not_clear_to(reader, team_id, review_rules.NOT_CLEAR))
    often = _known(
        reader, team_id, dict(glossary_opinions.often_asked(reader, team_id, review_rules.OFTEN, visibilities))
    )
    not_clear = {key: each for key, each in unclear.items() if each[0].visibility in visibilities}
    asked = [Due(sense, "often asked, never verified", times) for sense, times in often.values()]
    return review_rules.due(waiting, not_clear, glossary.senses_with_steward(reader, team_id, visibilities), asked)


def _known(reader: Reader, team_id: str, counts: Mapping[str, int]) -> dict[str, tuple[Sense, int]]:
    senses = {key: glossary.sense(reader, team_id, key) for key in counts}
    return {key: (sense, counts[key]) for key, sense in senses.items() if sense is not None}


def _refusal(sense: Sense | None, press: Press, acting: Acting) -> Say | Wrote | None:
    """Say why a steward's button does nothing: the meaning is gone, was changed, or is not theirs; None when it may."""
    if sense is None:
        return Wrote(Replace(writing_views.gone()))
    if not acting.may_act(sense.discipline):
        return Say(writing_views.only_stewards(sense.discipline))
    _, _, version = press.value.partition(":")
    return Wrote(Replace(writing_views.changed_since(sense))) if version != str(sense.version) else None


def _change(transaction: Transaction, sense: Sense, changes: Mapping[str, object], change: Change) -> Sense:
    """Change a meaning that was just read in this same transaction."""
    new = glossary_changes.change_sense(transaction, sense, changes, change)
    if new is None:
        raise LookupError(f"the meaning {sense.id} changed inside one transaction")
    return new


def _done(what: What, by: str, now: datetime, note: str = "") -> Change:
    return Change(what=what, by=by, at=to_text(now), note=note)
