"""Where a decision is read, agreed with, accepted, amended, replaced, deprecated, and looked at again."""

from collections.abc import Callable
from datetime import datetime

from handlers import blocks
from handlers.answers import Open, Refuse, Reply, Say, Wrote, direct
from handlers.blocks import Modal
from handlers.decisions import form_views, keeping, rules, views
from handlers.decisions.form_views import DAY, NOTE, NUMBER, WORDS
from handlers.decisions.keeping import Kept
from handlers.decisions.listeners import may_change, pinned, read
from handlers.decisions.rules import Act, Changes, Move, Refused
from handlers.decisions.writing_rules import Wrong
from handlers.gestures import Press, Submission
from handlers.names import names_of
from handlers.roles import Acting
from handlers.visibility import Viewpoint
from storage import decisions
from storage.database import WORKSPACE, Reader, Transaction, to_text
from storage.decisions import Decision, Opinion


async def open_record(press: Press, viewpoint: Viewpoint, reader: Reader, acting: Acting) -> Reply:
    return await read(reader, acting, _seen(reader, press.team_id, press.value, viewpoint), is_private=True)


async def accept(press: Press, viewpoint: Viewpoint, acting: Acting) -> Reply:
    made = Move("accept", press.user_id, is_admin=acting.is_admin)

    def settle(transaction: Transaction, now: datetime) -> Wrote:
        decision = _seen(transaction, press.team_id, press.value, viewpoint)
        return _said(
            transaction, keeping.take(transaction, decision, made, {}, now) if decision else None, press.user_id
        )

    return Reply(write=settle)


async def agree(press: Press, viewpoint: Viewpoint, acting: Acting) -> Reply:
    if unfit := await acting.why_unfit(press.user_id):
        return Reply(Say(blocks.said(unfit)))

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        decision = _seen(transaction, press.team_id, press.value, viewpoint)
        return _voted(transaction, decision, Opinion(user_id=press.user_id, vote="agree", at=to_text(now)), now)

    return Reply(write=keep)


async def object_to(submission: Submission, viewpoint: Viewpoint) -> Reply:
    reason = _text(submission, NOTE)

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        decision = _seen(transaction, submission.team_id, submission.note, viewpoint)
        opinion = Opinion(user_id=submission.user_id, vote="object", reason=reason, at=to_text(now))
        return _voted(transaction, decision, opinion, now)

    return Reply(write=keep)


def _voted(transaction: Transaction, decision: Decision | None, opinion: Opinion, now: datetime) -> Wrote:
    """Keep an opinion, and tell who decides; what everybody who was asked agrees with is still theirs to accept."""
    if decision is None:
        return Wrote(Say(views.gone()))
    if told := rules.may_vote(decision, opinion.user_id):
        return Wrote(Say(blocks.said(told)))
    decisions.vote(transaction, decision, opinion)
    if rules.is_agreed(decision, decisions.opinions(transaction, decision)):
        made = Move("accept", "", "Everybody who was asked agrees, and it can be taken back.")
        changes = {"state": "accepted", "decided_at": to_text(now)}
        kept = keeping.change(transaction, decision, made, changes, now)
        return _said(transaction, kept, opinion.user_id)
    message = views.voted(decision, opinion)
    to = [each for each in {decision.decider, decision.created_by} if each != opinion.user_id]
    return Wrote(
        Say(views.noted(decision, opinion)), [direct(decision.team_id, each, message, now) for each in sorted(to)]
    )


async def open_objection(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return _opened(press, viewpoint, reader, _FORMS["object"])


async def open_rejection(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return _opened(press, viewpoint, reader, _FORMS["reject"])


async def open_deprecation(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return _opened(press, viewpoint, reader, _FORMS["deprecate"])


async def open_amendment(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return _opened(press, viewpoint, reader, _FORMS["amend"])


async def open_holds(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return _opened(press, viewpoint, reader, form_views.holds_form)


async def open_extension(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return _opened(press, viewpoint, reader, form_views.day_form)


async def open_succession(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return _opened(press, viewpoint, reader, form_views.supersede_form)


async def open_pins(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return _opened(press, viewpoint, reader, form_views.pin_form)


def _note_form(callback_id: str, label: str, title: str) -> Callable[[Decision], Modal]:
    return lambda decision: form_views.note_form(decision, callback_id, label, title)


_FORMS: dict[str, Callable[[Decision], Modal]] = {
    "object": _note_form(views.OBJECT, "What speaks against it?", "Object"),
    "reject": _note_form(views.REJECT, "Why not?", "Reject"),
    "deprecate": _note_form(views.DEPRECATE, "Why does it hold no more?", "Deprecate"),
    "amend": _note_form(views.AMEND, "What is different now?", "Amend"),
}


def _opened(press: Press, viewpoint: Viewpoint, reader: Reader, form: Callable[[Decision], Modal]) -> Reply:
    decision = _seen(reader, press.team_id, press.value, viewpoint)
    return Reply(Say(views.gone()) if decision is None else Open(form(decision)))


async def reject(submission: Submission, viewpoint: Viewpoint, acting: Acting) -> Reply:
    return _moved(submission, viewpoint, acting, "reject")


async def deprecate(submission: Submission, viewpoint: Viewpoint, acting: Acting) -> Reply:
    return _moved(submission, viewpoint, acting, "deprecate")


async def amend(submission: Submission, viewpoint: Viewpoint, acting: Acting) -> Reply:
    """Write a dated amendment; what was decided stays as it was, and both are read."""
    return _moved(submission, viewpoint, acting, "amend")


async def hold(submission: Submission, viewpoint: Viewpoint, acting: Acting) -> Reply:
    return _moved(submission, viewpoint, acting, "still holds")


async def extend(submission: Submission, viewpoint: Viewpoint, acting: Acting) -> Reply:
    return _moved(submission, viewpoint, acting, "extend")


def _moved(submission: Submission, viewpoint: Viewpoint, acting: Acting, act: Act) -> Reply:
    made = Move(act, submission.user_id, _text(submission, NOTE), _text(submission, DAY), is_admin=acting.is_admin)

    def settle(transaction: Transaction, now: datetime) -> Wrote | Refuse:
        decision = _seen(transaction, submission.team_id, submission.note, viewpoint)
        taken = keeping.take(transaction, decision, made, {}, now) if decision else None
        if isinstance(taken, Refused) and taken.field:
            return Refuse({taken.field: taken.told})
        return _said(transaction, taken, submission.user_id)

    return Reply(write=settle)


async def supersede(submission: Submission, viewpoint: Viewpoint, acting: Acting) -> Reply:
    made = Move("supersede", submission.user_id, is_admin=acting.is_admin)
    number = _text(submission, NUMBER)

    def settle(transaction: Transaction, now: datetime) -> Wrote | Refuse:
        team_id = submission.team_id
        old = _seen(transaction, team_id, submission.note, viewpoint)
        if old is None:
            return Wrote(Say(views.gone()))
        new = decisions.by_number(transaction, team_id, number, viewpoint.visibilities)
        taken = keeping.supersede(transaction, old, new, made, now)
        if isinstance(taken, Refused):
            return Refuse({NUMBER: taken.told})
        return _said(transaction, taken, submission.user_id)

    return Reply(write=settle)


async def pin_words(submission: Submission, viewpoint: Viewpoint, acting: Acting, reader: Reader) -> Reply:
    """Pin the meanings of words as they are today."""
    decision = _seen(reader, submission.team_id, submission.note, viewpoint)
    if decision is None or not may_change(decision, acting):
        return Reply(Say(views.gone()))
    visible = (WORKSPACE, decision.visibility)
    pins = pinned(reader, submission.team_id, {WORDS: _text(submission, WORDS)}, visible)
    if isinstance(pins, Wrong):
        return Reply(Refuse(pins.errors))
    words = _text(submission, WORDS)
    made = Move("amend", submission.user_id, f"pinned {words}", is_admin=acting.is_admin)

    def settle(transaction: Transaction, now: datetime) -> Wrote:
        current = _seen(transaction, submission.team_id, submission.note, viewpoint)
        more: Changes = {"senses": tuple(dict.fromkeys([*current.senses, *pins]))} if current else {}
        taken = keeping.take(transaction, current, made, more, now) if current else None
        return _said(transaction, taken, submission.user_id)

    return Reply(write=settle)


async def read_history(press: Press, viewpoint: Viewpoint, reader: Reader, acting: Acting) -> Reply:
    decision = _seen(reader, press.team_id, press.value, viewpoint)
    if decision is None:
        return Reply(Say(views.gone()))
    events = decisions.history(reader, press.team_id, decision.id)
    names = await names_of(reader, acting.directory, press.team_id, [each.by for each in events])
    return Reply(Say(views.history(decision, events, names)))


def _said(transaction: Transaction, taken: Kept | Refused | None, user_id: str) -> Wrote:
    """Show the decision as it is now, or say why nothing changed."""
    if taken is None:
        return Wrote(Say(views.gone()))
    if isinstance(taken, Refused):
        return Wrote(Say(blocks.said(taken.told)))
    seen = keeping.shown(transaction, taken.decision, None)
    is_theirs = user_id in (taken.decision.decider, taken.decision.created_by)
    return Wrote(Say(views.record(seen, user_id, may_change=is_theirs)), taken.messages)


def _seen(reader: Reader, team_id: str, decision_id: str, viewpoint: Viewpoint) -> Decision | None:
    decision = decisions.by_id(reader, team_id, decision_id)
    return decision if decision is not None and decision.visibility in viewpoint.visibilities else None


def _text(submission: Submission, name: str) -> str:
    return str(submission.fields.get(name) or "").strip()
