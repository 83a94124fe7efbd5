"""Where one term is filled in: asked by one side, offered by the other, or the other's word accepted."""

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.agreements import parsing
from handlers.agreements.clauses import TermKind, offer_words, people_named
from handlers.agreements.parsing import FINDER, STANCE, UNTIL, chosen_parts, stance_in
from handlers.agreements.pinned_definitions import pinned
from handlers.checks.outcomes import Refused
from handlers.data_requests import service
from handlers.data_requests.actions.drafting import not_seen, unfit_people
from handlers.data_requests.context import Asker, asking
from handlers.data_requests.forms import draft as form_views
from handlers.data_requests.forms.draft import TermForm, fingerprint, read_note
from handlers.data_requests.messages import usage
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.moves import Act, Move, not_allowed
from handlers.data_requests.service import At
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import BlockAction, Fields, ViewSubmission, Wrong
from handlers.slack.replies import Open, Redraw, Refuse, Reply, Say, Wrote
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest, Term
from storage.engine.interface import WORKSPACE, Transaction, to_text
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry


@dataclass(frozen=True, slots=True)
class Saying:
    """A person who says something of one term of a request."""

    it: Asker
    request: DataRequest
    kind: TermKind
    at: At

    @property
    def act(self) -> Act:
        """Who asks changes what is asked; who owns the data what is offered."""
        return "edit" if "requester" in self.it.roles(self.request) else "offer"

    def form(self, request: DataRequest, entered: Offer, told: str = "") -> blocks.Modal:
        is_owner = self.act == "offer"
        return form_views.term_form(TermForm(request, self.kind, entered, is_owner, self.at.names, told))

    def own(self) -> Offer:
        """Return what the person's side has said, else what the other has."""
        term = self.request.terms.get(self.kind.id, Term())
        own, other = (term.offered, term.asked) if self.act == "offer" else (term.asked, term.offered)
        return own or other or Offer()


async def _saying(it: Asker, request_id: str, term_id: str) -> Saying | None:
    request = it.seen(it.reader, request_id)
    if request is None or term_id not in TERMS:
        return None
    return Saying(it, request, TERMS[term_id], await it.at(request))


async def fill_in(context: Context[BlockAction]) -> Reply:
    """Show one term in the place of all of them."""
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    request_id, _, term_id = press.value.partition(":")
    saying = await _saying(await asking(context), request_id, term_id)
    if saying is None:
        return Reply(Say(usage.gone()))
    made = Move(saying.act, press.user_id, saying.it.roles(saying.request))
    if told := not_allowed(saying.request, made):
        return Reply(Say(blocks.said(told)))
    return Reply(Redraw(saying.form(saying.request, saying.own())))


async def keep_choice(context: Context[BlockAction]) -> Reply:
    """Show what goes with a stance; keep what is chosen in a draft at once."""
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    if press.view is None:
        return Reply()
    it, note = await asking(context), read_note(press.view.note)
    saying = await _saying(it, note.request_id, note.term)
    if saying is None:
        return Reply(Say(usage.gone()))
    fields, kind = press.view.fields, saying.kind
    entered = parsing.entered(fields, kind, saying.own())

    def keep(transaction: Transaction, now: datetime) -> None:
        current = it.seen(transaction, note.request_id)
        if current is None or current.state != "draft" or current.requester != it.user_id:
            return
        old = current.terms.get(kind.id, Term())
        chosen = _chosen(fields, kind, old.asked or Offer())
        said = chosen.model_copy(update={"by": it.user_id, "at": (old.asked or Offer()).at})
        terms = {**current.terms, kind.id: old.model_copy(update={"asked": said})}
        event = HistoryEntry(at=to_text(now), by=it.user_id, what=f"chose something in the draft: {kind.label.lower()}")
        data_requests.change(transaction, current, {"terms": terms}, event)

    is_switched = parsing.is_switched(fields, kind)
    return Reply(Redraw(saying.form(saying.request, entered)), keep) if is_switched else Reply(write=keep)


def _chosen(fields: Fields, kind: TermKind, start: Offer) -> Offer:
    """Return what was chosen, and never what was typed: nobody has submitted that."""
    return Offer(
        stance=stance_in(fields), parts={**start.parts, **chosen_parts(fields, kind.parts)}, reason=start.reason,
        finder=fields.text(FINDER) or start.finder, until=fields.text(UNTIL) or start.until,
    )  # fmt: skip


async def save_term(context: Context[ViewSubmission]) -> Reply:
    """Keep what somebody says of a term, and show all of them."""
    submission, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it, note = await asking(context), read_note(submission.note)
    saying = await _saying(it, note.request_id, note.term)
    if saying is None:
        return Reply(Say(usage.gone()))
    if parsing.is_switched(submission.fields, saying.kind):
        # The fields of what was chosen are not there yet, so that nothing could be said at them.
        entered = parsing.entered(submission.fields, saying.kind, saying.own())
        return Reply(Redraw(saying.form(saying.request, entered)))
    offer = parsing.offer_in(submission.fields, saying.kind, context.now)
    if isinstance(offer, Wrong):
        return Reply(Refuse(offer.errors))
    saying = replace(
        saying, at=await it.at(saying.request, *people_named(saying.kind.parts, offer.parts), offer.finder)
    )
    if errors := await _unfit(saying, offer):
        return Reply(Refuse(errors))
    pins = pinned(it.reader, context.team_id, offer.parts.get("words", ""), (WORKSPACE, saying.request.visibility))
    if isinstance(pins, str):
        return Reply(Refuse({"words": pins}))
    said = Said(offer.model_copy(update={"senses": pins}), note.seen)
    return Reply(write=lambda transaction, now: _keep(saying, said, transaction, now))


async def _unfit(saying: Saying, offer: Offer) -> dict[str, str]:
    """Say at each field who cannot be named there."""
    errors = await unfit_people(saying.it, offer.parts, saying.kind.parts, saying.at)
    errors |= not_seen(saying.it, saying.at, STANCE)
    unfit = await saying.it.unfit(offer.finder, saying.at.members) if offer.finder else ""
    return {**errors, FINDER: unfit} if unfit else errors


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says, and how the term stood when they began to."""

    offer: Offer
    seen: str


def _keep(saying: Saying, said: Said, transaction: Transaction, now: datetime) -> Wrote:
    it, kind, offer = saying.it, saying.kind, said.offer
    current = it.seen(transaction, saying.request.id)
    if current is None:
        return Wrote(Say(usage.gone()))
    term = current.terms.get(kind.id, Term())
    own = term.offered if saying.act == "offer" else term.asked
    if fingerprint(current, kind.id) != said.seen:
        sides = zip((term.asked, term.offered), said.seen.split("|"), strict=True)
        last = next(each for each, at in sides if each is not None and each.at != at)
        by = saying.at.names.get(last.by, "Somebody")
        words = offer_words(kind, last, saying.at.names)
        told = f"{by} changed this meanwhile: {words}. Save again to put yours beside it."
        return Wrote(Redraw(saying.form(current, offer, blocks.cut(told, 1000))))
    signed = offer.model_copy(update={"by": it.user_id, "at": to_text(now)})
    kept = service.Kept(current)
    if own is None or not own.says_the_same(offer) or not own.at:
        made = Move(saying.act, it.user_id, it.roles(current), term=kind.id, offer=signed)
        taken = service.take(transaction, current, made, replace(saying.at, now=now))
        if isinstance(taken, Refused):
            return Wrote(Say(blocks.said(taken.told)))
        kept = taken
    names = service.names_in(transaction, kept.request, saying.at)
    return Wrote(Open(form_views.overview(kept.request, it.roles(kept.request), names)), kept.messages)


async def take_it(context: Context[BlockAction]) -> Reply:
    """Accept what the other side says of a term."""
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    request_id, _, term_id = press.value.partition(":")
    it = await asking(context)
    saying = await _saying(it, request_id, term_id)
    if saying is None:
        return Reply(Say(usage.gone()))
    term = saying.request.terms.get(term_id, Term())
    other = term.asked if saying.act == "offer" else term.offered
    if other is None or press.view is None:
        return Reply(Say(usage.gone()))
    if told := not_seen(it, saying.at, STANCE):
        return Reply(Say(blocks.said(told[STANCE])))
    seen = read_note(press.view.note).seen

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        wrote = _keep(saying, Said(other, seen), transaction, now)
        return replace(wrote, answer=Redraw(wrote.answer.modal)) if isinstance(wrote.answer, Open) else wrote

    return Reply(write=keep)
