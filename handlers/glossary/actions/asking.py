"""The buttons below a word: to read on, to say whether it is clear, and to ask for what has no meaning yet."""

from collections.abc import Callable, Sequence
from datetime import datetime

from handlers.access.placement import is_alone
from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.glossary import forms
from handlers.glossary.around import around
from handlers.glossary.context import Asker, Glossary, approver_names, asking, glossary_for, past_of, shown_word
from handlers.glossary.forms import INTO, REASON, WHICH, Note
from handlers.glossary.messages import answers, definitions, usage
from handlers.glossary.messages.questions import asked, closed, ended, merged, only_stewards, read_key
from handlers.glossary.messages.stewarding import GONE
from handlers.glossary.rules import naming, ordering
from handlers.glossary.rules.naming import Found
from handlers.glossary.service import meanings, questions
from handlers.glossary.service.questions import Ended
from handlers.slack.blocks import Message, said
from handlers.slack.interactions import BlockAction, Interaction, Shortcut, ViewSubmission
from handlers.slack.replies import Answer, Open, Replace, Reply, Say, Share, Wrote
from storage.engine.interface import WORKSPACE, Transaction
from storage.glossary.glossary import WORD_LENGTH, look_up_key
from storage.glossary.opinions import Given
from storage.glossary.questions import Question, askers


async def look_up(context: Context[BlockAction]) -> Reply:
    press, is_limited = context.interaction, (await context.viewpoint()).is_limited
    outcome = await (await glossary_for(context)).look_up(context, press.value)
    names, prefix = await approver_names(context, outcome), context.command_prefix
    message = answers.answer(outcome, prefix, names, is_private=press.is_private, is_limited=is_limited)
    # A public reply stands for everybody, so whoever sees less of the glossary gets an answer of their own.
    is_member = context.directory.knows_bot_in(context.team_id, press.place.channel_id)
    return Reply(Say(message) if is_limited and not press.is_private else Replace(message, is_member))


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
    there = await around(context, glossary, quote)
    likely = [ordering.likely_first(each, there) for each in ordering.differing_first(words, there.people)]
    return Reply(Say(definitions.explained(likely, there.people)))


async def find_helpful(context: Context[BlockAction]) -> Reply:
    found, given = await shown_word(context, context.interaction.value), Given(opinion="helpful", by=context.user_id)
    return await _thinks(context, [each.id for each in found.senses] if found else [], given)


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


async def ask_for(context: Context[BlockAction]) -> Reply:
    """Ask for a definition: the word becomes a question with an owner, seen where it was asked."""
    it, viewpoint, glossary = await asking(context), await context.viewpoint(), await glossary_for(context)
    press, place = context.interaction, context.interaction.place.channel_id
    # In a conversation with the bot alone nobody could answer it, so what is asked there is asked of the workspace.
    home = WORKSPACE if is_alone(place) and not viewpoint.is_limited else await viewpoint.home()
    first = await context.read(glossary.first)
    owner = next(iter(await it.actor.stewards_of("".join(first[:1]), home)), "")
    word = naming.asked_word(context.interaction.value)[:WORD_LENGTH]
    key = look_up_key(word)
    question = Question(team_id=context.team_id, visibility=home, look_up_key=key, word=word, owner=owner)
    facts, place = await it.facts(home, told=[owner]), "" if is_alone(place) else place
    shown = Glossary(context.workspace, tuple(sorted({*viewpoint.shown_to_all, home})), glossary.choosers)

    def write(transaction: Transaction, _now: datetime) -> Answer | Wrote:
        outcome = questions.ask(transaction, question, shown, facts, place)
        if isinstance(outcome, Found):
            return Say(definitions.in_brief(outcome, {}, is_private=True))
        told = asked(outcome.question, is_new=outcome.is_new, has_owner=bool(outcome.messages))
        # What stands for everybody keeps its buttons: others may still want to be told.
        return Wrote(Replace(told) if press.is_private and press.response_url else Say(told), outcome.messages)

    return Reply(write=write)


async def define(context: Context[BlockAction]) -> Reply:
    """Open the form for a question's word; what is written is seen where the question is."""
    question = await (await asking(context)).question(context.interaction.value)
    if question is None:
        return Reply(Say(said(ended(context.interaction.value))))
    note, disciplines = Note(home=question.visibility, is_shown=True), context.workspace.disciplines
    return Reply(Open(forms.meaning_form({"word": question.word}, disciplines, note, is_private=False)))


async def open_merge(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    question = await it.question(context.interaction.value)
    if question is None or not it.rights.looks_after_words:
        return Reply(only_stewards(question) if question else Say(said(ended(context.interaction.value))))
    return Reply(Open(forms.merge_form(question)))


async def merge(context: Context[ViewSubmission]) -> Reply:
    it, key = await asking(context), context.interaction.note
    into, facts = naming.asked_word(context.interaction.fields.text(INTO)), await _facts(it, key)
    return Reply(write=lambda write, _now: _told(questions.merge(write, context.team_id, key, into, facts), merged))


async def turn_down(context: Context[BlockAction]) -> Reply:
    it, key = await asking(context), context.interaction.value
    facts = await _facts(it, key)
    return Reply(write=lambda write, _now: _told(questions.turn_down(write, context.team_id, key, facts), closed))


async def _facts(it: Asker, key: str) -> Facts:
    """Ask Slack who may hear how a question ends, and who of those that asked it has left."""
    visibility, look_up = read_key(key)
    return await it.facts(visibility, told=await it.context.read(askers, it.team_id, [look_up]))


def _told(outcome: Ended | Refused, how: Callable[[Question, str], Message]) -> Answer | Wrote:
    if isinstance(outcome, Refused):
        return outcome
    return Wrote(Say(how(outcome.question, outcome.word)), outcome.messages)
