"""The buttons below a word: to read on, and to say whether it is clear."""

from collections.abc import Sequence
from datetime import datetime

from handlers.access.recipients import Facts
from handlers.framework.context import Context
from handlers.glossary import forms
from handlers.glossary.around import around, with_what_helped
from handlers.glossary.context import approver_names, asking, glossary_for, past_of, shown_word
from handlers.glossary.forms import REASON, WHICH
from handlers.glossary.lookup import Glossary
from handlers.glossary.messages import answers, definitions, usage
from handlers.glossary.messages.stewarding import GONE
from handlers.glossary.rules import ordering
from handlers.glossary.service import meanings
from handlers.slack.blocks import said
from handlers.slack.interactions import BlockAction, Interaction, Shortcut, ViewSubmission
from handlers.slack.replies import Open, Replace, Reply, Say, Share
from storage.engine.interface import Transaction
from storage.glossary.opinions import Given


async def look_up(context: Context[BlockAction]) -> Reply:
    press, viewpoint = context.interaction, await context.viewpoint()
    outcome = await (await glossary_for(context)).look_up(context, press.value)
    names, prefix = await approver_names(context, outcome), context.command_prefix
    shown = answers.Shown(
        is_private=press.is_private, is_limited=viewpoint.is_limited, is_in_doubt=bool(viewpoint.doubt)
    )
    message = answers.answer(outcome, prefix, names, shown)
    # A public reply stands for everybody, so whoever sees less of the glossary gets an answer of their own.
    is_member = context.directory.knows_bot_in(context.team_id, press.place.channel_id)
    return Reply(
        Say(message)
        if (viewpoint.is_limited or viewpoint.doubt) and not press.is_private
        else Replace(message, is_member)
    )


async def show_all(context: Context[BlockAction]) -> Reply:
    found, word = await shown_word(context, context.interaction.value), context.interaction.value
    if found is None:
        return Reply(Say(definitions.nothing_left(word)))
    return Reply(Say(definitions.in_full(found, await approver_names(context, found))))


async def share(context: Context[BlockAction]) -> Reply:
    viewpoint, word = await context.viewpoint_now(), context.interaction.value
    everyones = Glossary(context.workspace, viewpoint.shown_to_all)
    found = await context.read(everyones.found, word)
    if found is None:
        return Reply(Say(definitions.nothing_to_share(word)))
    is_member = context.directory.knows_bot_in(context.team_id, context.interaction.place.channel_id)
    names = await approver_names(context, found)
    return Reply(Share(definitions.shared(found, names, context.user_id), is_member))


async def read_history(context: Context[BlockAction]) -> Reply:
    word = context.interaction.value
    return Reply(Say(usage.history(await past_of(context, word), word)))


async def explain(context: Context[Shortcut]) -> Reply:
    """Explain the words of a message: first those that mean different things to who is there."""
    quote, glossary = context.interaction.quote, await glossary_for(context)
    words = await context.store.search(lambda reader: glossary.found_in(reader, quote.text if quote else ""))
    there = await with_what_helped(context, await around(context, glossary, quote), words)
    likely = [ordering.likely_first(each, there) for each in ordering.differing_first(words, there.people)]
    return Reply(Say(definitions.explained(likely, there.people)))


async def find_helpful(context: Context[BlockAction]) -> Reply:
    """Keep which meaning helped: the one that stood first; of a message that named none, all of the word."""
    value, given = context.interaction.value, Given(opinion="helpful", by=context.user_id)
    sense = await (await asking(context)).sense(value)
    found = None if sense is not None else await shown_word(context, value)
    return await _thinks(context, [each.id for each in found.senses] if found else [value], given)


async def find_unclear(context: Context[BlockAction]) -> Reply:
    return await _which(context, forms.UNCLEAR)


async def find_wrong(context: Context[BlockAction]) -> Reply:
    return await _which(context, forms.OBJECTION)


async def _which(context: Context[BlockAction], callback_id: str) -> Reply:
    """Ask which meaning of a word is meant, and why."""
    found = await shown_word(context, context.interaction.value)
    if found is None:
        return Reply(Say(definitions.nothing_left(context.interaction.value)))
    return Reply(Open(forms.which_form(callback_id, found.senses, found.word)))


async def keep_unclear(context: Context[ViewSubmission]) -> Reply:
    which, reason = (context.interaction.fields.text(name) for name in (WHICH, REASON))
    refused = forms.unfilled({WHICH: which})
    given = Given(opinion="not clear", by=context.user_id, reason=reason)
    return Reply(refused) if refused else await _thinks(context, [which], given)


async def _thinks(context: Context[Interaction], sense_ids: Sequence[str], given: Given) -> Reply:
    facts = Facts(context.user_id, context.now, visible=(await context.viewpoint()).visibilities)

    def keep(transaction: Transaction, _now: datetime) -> Say:
        is_kept = meanings.give_opinion(transaction, context.team_id, sense_ids, given, facts)
        return Say(definitions.THANKS if is_kept or not sense_ids else said(GONE))

    return Reply(write=keep)
