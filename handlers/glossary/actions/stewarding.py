"""Where stewards approve, keep, deprecate, verify and review meanings, and where people dispute them."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.access.permissions import Actor
from handlers.access.visibility import Viewpoint
from handlers.framework.context import Context
from handlers.glossary import forms, service
from handlers.glossary.context import finder
from handlers.glossary.forms import read_note
from handlers.glossary.hooks.review import GONE, to_review
from handlers.glossary.messages import definitions, stewarding
from handlers.glossary.messages import review as review_views
from handlers.glossary.rules import writing
from handlers.glossary.rules.review import Due
from handlers.slack.blocks import Message
from handlers.slack.interactions import Ask, BlockAction, ViewSubmission
from handlers.slack.replies import Open, Refuse, Replace, Reply, Say, Wrote, direct
from storage.engine.interface import WORKSPACE, Database, Reader, Transaction, to_text
from storage.glossary import glossary, opinions
from storage.glossary.changes import Change, What, change_sense
from storage.glossary.glossary import Sense


async def approve(context: Context[BlockAction]) -> Reply:
    press, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()

    def settle(transaction: Transaction, now: datetime) -> Say | Wrote:
        sense = service.seen(transaction, press, viewpoint)
        if (refusal := _refusal(sense, press, actor)) is not None or sense is None:
            return refusal or Wrote(Replace(forms.gone()))
        new = change_sense(
            transaction, sense, {"status": "approved", "replaced_by": ""}, _done("approved", press.user_id, now)
        )
        author = [sense.created_by] if sense.created_by not in ("", press.user_id) else []
        told = [direct(new.team_id, each, stewarding.tell_author(new, press.user_id), now) for each in author]
        told += service.answer_questions(transaction, new, now)
        return Wrote(_instead(press, stewarding.approved(new)), told)

    return Reply(write=settle)


async def keep(context: Context[BlockAction]) -> Reply:
    press, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()

    def settle(transaction: Transaction, now: datetime) -> Say | Wrote:
        sense = service.seen(transaction, press, viewpoint)
        if (refusal := _refusal(sense, press, actor)) is not None or sense is None:
            return refusal or Wrote(Replace(forms.gone()))
        status = "approved" if sense.status == "disputed" else sense.status
        new = change_sense(transaction, sense, {"status": status}, _done("settled", press.user_id, now))
        told = service.tell_disputers(transaction, new, press.user_id, "kept", now)
        return Wrote(_instead(press, stewarding.kept(new)), told)

    return Reply(write=settle)


async def verify(context: Context[BlockAction]) -> Reply:
    press, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    person = await actor.directory.person(press.team_id, press.user_id)
    name = person.name if person else ""

    def settle(transaction: Transaction, now: datetime) -> Say | Wrote:
        sense = service.seen(transaction, press, viewpoint)
        if (refusal := _refusal(sense, press, actor)) is not None or sense is None:
            return refusal or Wrote(Replace(forms.gone()))
        changes = {"verified_on": to_text(now), "verified_by": name}
        new = change_sense(transaction, sense, changes, _done("verified", press.user_id, now))
        return Say(review_views.verified(new))

    return Reply(write=settle)


async def open_deprecation(context: Context[BlockAction]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    sense = service.seen(context.store.reader, context.interaction, viewpoint)
    if sense is None:
        return Reply(Say(forms.gone()))
    if not service.may_act(actor, sense):
        return Reply(Say(stewarding.only_stewards(sense.discipline)))
    return Reply(Open(stewarding.deprecation_form(sense)))


async def deprecate(context: Context[ViewSubmission]) -> Reply:
    submission, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    note = read_note(submission.note)
    replacement = " ".join(str(submission.fields.get(stewarding.REPLACEMENT, "")).split())
    reason = str(submission.fields.get(stewarding.REASON, ""))

    def settle(transaction: Transaction, now: datetime) -> Say | Refuse | Wrote:
        sense = service.seen(transaction, submission, viewpoint, note.sense_id)
        if sense is None or not service.may_act(actor, sense):
            return Say(forms.gone() if sense is None else stewarding.only_stewards(sense.discipline))
        if sense.version != note.version:
            return Refuse({stewarding.REASON: forms.CHANGED_MEANWHILE})

        def senses_of(word: str) -> list[Sense]:
            key = glossary.look_up_key(word)
            # Everybody who sees the meaning must be able to look its replacement up.
            return glossary.senses_named(transaction, context.workspace.team_id, key, (WORKSPACE, sense.visibility))

        if error := writing.wrong_replacement(sense, replacement, senses_of):
            return Refuse({stewarding.REPLACEMENT: error})
        changes = {"status": "deprecated", "replaced_by": replacement}
        new = change_sense(transaction, sense, changes, _done("deprecated", submission.user_id, now, reason))
        told = service.tell_disputers(transaction, new, submission.user_id, "deprecated", now)
        if sense.status == "draft" and sense.created_by not in ("", submission.user_id):
            declined = stewarding.tell_declined(new, submission.user_id, reason)
            told.append(direct(new.team_id, sense.created_by, declined, now))
        return Wrote(Say(stewarding.deprecated(new)), told)

    return Reply(write=settle)


async def open_dispute(context: Context[BlockAction]) -> Reply:
    press, viewpoint = context.interaction, await context.viewpoint()
    found = finder(press, viewpoint, context.workspace, context.store.reader).found(context.store.reader, press.value)
    if found is None:
        return Reply(Say(definitions.nothing_left(press.value)))
    return Reply(Open(stewarding.which_form(stewarding.OBJECTION, found.senses, found.word)))


async def dispute(context: Context[ViewSubmission]) -> Reply:
    """Keep an objection; the meaning is shown as disputed until its steward settles it."""
    submission, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    which, reason = (str(submission.fields.get(name, "")) for name in (stewarding.WHICH, stewarding.REASON))
    asked = service.seen(context.store.reader, submission, viewpoint, which)
    if asked is None:
        return Reply(Say(forms.gone()))
    stewards = await actor.stewards_of(asked.discipline, asked.visibility, asked.steward)

    def settle(transaction: Transaction, now: datetime) -> Say | Wrote:
        sense = service.seen(transaction, submission, viewpoint, which)
        if sense is None:
            return Say(forms.gone())
        opinions.dispute(transaction, sense, submission.user_id, reason, now)
        if sense.status == "approved":
            sense = change_sense(
                transaction, sense, {"status": "disputed"}, _done("disputed", submission.user_id, now, reason)
            )
        message = stewarding.disputed(sense, submission.user_id, reason)
        told = [direct(sense.team_id, each, message, now) for each in stewards]
        return Wrote(Say(review_views.dispute_sent(sense)), told)

    return Reply(write=settle)


async def review(context: Context[Ask]) -> Reply:
    """Show a steward what to look at; an admin everything."""
    viewpoint, actor = await context.viewpoint(), await context.actor()
    return await _review(context.interaction, viewpoint, context.store, actor)


async def review_by_button(context: Context[BlockAction]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    return await _review(context.interaction, viewpoint, context.store, actor)


async def _review(interaction: Ask | BlockAction, viewpoint: Viewpoint, store: Database, actor: Actor) -> Reply:
    listed = await store.search(lambda reader: to_review(reader, interaction.team_id, viewpoint.visibilities))
    mine = [each for each in listed if service.may_act(actor, each.sense)]
    if not mine and not actor.is_admin and not actor.disciplines:
        return Reply(Say(review_views.no_steward()))
    stewards = sorted({each.sense.steward for each in mine if each.sense.steward})
    has_left = dict(zip(stewards, await asyncio.gather(*map(actor.has_left, stewards)), strict=True))
    shown = [Due(each.sense, "steward left") if has_left.get(each.sense.steward) else each for each in mine]
    shown = [each for each in shown if each.reason != "steward left" or has_left.get(each.sense.steward)]
    gone = await _without_source([each.sense for each in shown if each.reason == GONE], actor)
    shown = [each for each in shown if each.reason != GONE or each.sense in gone]
    return Reply(Say(review_views.review([_with_words(each, store.reader) for each in shown])))


async def _without_source(senses: Sequence[Sense], actor: Actor) -> list[Sense]:
    """Return the meanings whose example or source is a message that was deleted."""
    links = [link for sense in senses for link in (sense.example_link, sense.source_link)]
    answers = await asyncio.gather(*(actor.directory.is_gone(actor.team_id, link) for link in links))
    gone = {link for link, is_gone in zip(links, answers, strict=True) if is_gone}
    return [sense for sense in senses if not gone.isdisjoint((sense.example_link, sense.source_link))]


def _with_words(due: Due, reader: Reader) -> Due:
    said = opinions.reasons_not_clear(reader, due.sense) if due.reason == "not clear" else ()
    return replace(due, said=said)


def _refusal(sense: Sense | None, press: BlockAction, actor: Actor) -> Say | Wrote | None:
    """Say why a steward's button does nothing: the meaning is gone, was changed, or is not theirs; None when it may."""
    if sense is None:
        return Wrote(_instead(press, forms.gone()))
    if not service.may_act(actor, sense):
        return Say(stewarding.only_stewards(sense.discipline))
    _, version = stewarding.read_pin(press.value)
    return Wrote(_instead(press, stewarding.changed_since(sense))) if version != sense.version else None


def _instead(press: BlockAction, message: Message) -> Replace | Say:
    """Put an answer in the place of what was pressed; below a list, which has more to press, it is said."""
    return Say(message) if stewarding.is_listed(press.value) else Replace(message)


def _done(what: What, by: str, now: datetime, note: str = "") -> Change:
    return Change(what=what, by=by, at=to_text(now), note=note)
