"""The buttons about what isn't defined yet: to ask for it, and for its steward to answer, to merge, to pass on."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import islice

from handlers.access.placement import is_alone
from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.glossary import forms
from handlers.glossary.context import Asker, asking, glossary_for
from handlers.glossary.forms import INTO, Note
from handlers.glossary.lookup import Glossary
from handlers.glossary.messages import answers, definitions
from handlers.glossary.messages import questions as messages
from handlers.glossary.rules import naming, near
from handlers.glossary.rules.knowing import Clues, Likely, likeliest
from handlers.glossary.rules.naming import Found
from handlers.glossary.service import questions
from handlers.glossary.service.questions import Ended, How
from handlers.slack.blocks import Message, said
from handlers.slack.interactions import BlockAction, ViewSubmission
from handlers.slack.replies import Answer, Open, Replace, Reply, Say, Wrote
from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.glossary import changes, search
from storage.glossary import questions as stored
from storage.glossary.glossary import look_up_key, senses_named
from storage.glossary.misses import likeness
from storage.glossary.questions import ALONE, Question, Thread
from storage.workspaces import preferences

_NEAR = 20


async def ask_for(context: Context[BlockAction]) -> Reply:
    """Ask for a definition, unless nearly the same is asked already: that is offered."""
    word, home = naming.asked_word(context.interaction.value), await _home(context)
    near = await context.store.search(lambda reader: _asked_already(reader, context.team_id, home, word))
    return Reply(Say(messages.is_it_that(word, near))) if near else await ask_anyway(context)


async def ask_anyway(context: Context[BlockAction]) -> Reply:
    """Ask for a definition: the word becomes a question with an owner, seen where it was asked."""
    press, word = context.interaction, naming.asked_word(context.interaction.value)
    if not naming.is_word(word):
        return Reply(Say(answers.TOO_LONG if look_up_key(word) else answers.how_to_ask(context.command_prefix)))
    it, viewpoint, glossary = await asking(context), await context.viewpoint(), await glossary_for(context)
    home, thread = await _home(context), _thread_of(press)
    where = {"team_id": context.team_id, "visibility": home, "channel": _channel_of(press)}
    question = Question(**where, look_up_key=look_up_key(word), word=word)
    first, said = await context.read(glossary.first), await _said_in(context, thread)
    owner = next(iter(await _who_may_know(it, question, said, "".join(first[:1]))), Likely(""))
    question = question.model_copy(update={"owner": owner.user_id})
    facts, how = await it.facts(home, told=[owner.user_id]), How(thread, owner.because)
    shown = Glossary(context.workspace, tuple(sorted({*viewpoint.shown_to_all, home})), glossary.choosers)

    def write(transaction: Transaction, _now: datetime) -> Answer | Wrote:
        outcome = questions.ask(transaction, question, shown, facts, how)
        if isinstance(outcome, Found):
            return Say(definitions.in_brief(outcome, {}, is_private=True))
        has_owner, is_open = bool(outcome.messages), bool(how.thread.ts)
        told = messages.asked(outcome.question, is_new=outcome.is_new, has_owner=has_owner, is_open=is_open)
        # What stands for everybody keeps its buttons: others may still want to be told.
        return Wrote(Replace(told) if press.is_private and press.response_url else Say(told), outcome.messages)

    return Reply(write=write)


async def _home(context: Context[BlockAction]) -> str:
    """Return whose a question is: what is asked of the bot alone nobody there could answer, so it is everybody's."""
    viewpoint = await context.viewpoint()
    is_everybodys = is_alone(context.interaction.place.channel_id) and not viewpoint.is_limited
    return WORKSPACE if is_everybodys else await viewpoint.home()


def _thread_of(press: BlockAction) -> Thread:
    """Return the thread of a question that everybody reads; an empty one where only the person sees the button."""
    channel = "" if press.is_private else _channel_of(press)
    return Thread(channel, press.thread_ts or press.message_ts) if channel else ALONE


def _channel_of(press: BlockAction) -> str:
    return "" if is_alone(press.place.channel_id) else press.place.channel_id


async def _said_in(context: Context[BlockAction], thread: Thread) -> str:
    """Return what people said in a thread before, as far as Slack lets the bot read it."""
    if not thread.ts:
        return ""
    before = context.interaction.message_ts
    said = await context.directory.said_before(thread.channel, before, thread.ts)
    return " ".join(each.text for each in said)


def _asked_already(reader: Reader, team_id: str, home: str, word: str) -> str:
    """Return the word of an open question that differs by a slip of the hand; empty where it is the same, or none."""
    same = stored.like(reader, team_id, home, word)
    if same is not None and same.state == "open":
        return ""
    asked = {each.look_up_key: each.word for each in stored.unanswered(reader, team_id, [home]) if each.state == "open"}
    return next(iter(near.nearest(word, asked)), "")


async def _who_may_know(it: Asker, question: Question, said: str = "", asker: str = "") -> list[Likely]:
    """Return whom to ask, the likeliest first: who is still here and may see the question.

    ``said`` is what was said before in its thread, ``asker`` the discipline that whoever asks has chosen.
    """
    clues = await it.context.store.search(lambda reader: _clues(reader, question, said))
    directory = it.context.directory
    admins = it.actor.admins | await directory.admins(it.team_id)
    members = await directory.who_may_hear(it.team_id, question.visibility)
    likely = likeliest(it.actor.stewards, admins, replace(clues, asker=asker))
    found = [each for each in likely if members is None or each.user_id in members]
    return [each for each in found if not await it.actor.has_left(each.user_id)]


def _clues(reader: Reader, question: Question, said: str) -> Clues:
    """Read what points to somebody, of what everybody may see who sees the question."""
    team_id, visible = question.team_id, sorted({WORKSPACE, question.visibility})
    parts = tuple(part for part in likeness(question.word).split() if len(part) > 1)
    about = search.senses_about(reader, team_id, parts, visible, _NEAR) if parts else []
    near = [each for each in about if not {*parts}.isdisjoint(likeness(each.word).split())]
    approvals = changes.approvals(reader, team_id, [each.id for each in near])
    wrote = {each.created_by: each.word for each in reversed(near) if each.created_by}
    wrote |= {approvals[each.id].by: each.word for each in reversed(near) if each.id in approvals}
    there = islice(search.names_for(reader, team_id, visible, said).found_in(said), _NEAR)
    around = [each for name in there for each in senses_named(reader, team_id, look_up_key(name), visible)]
    most = Counter(each.discipline for each in around or near or about).most_common(1)
    place = preferences.choice(reader, team_id, question.channel, preferences.DISCIPLINE) if question.channel else ""
    answered = stored.answered_in(reader, team_id, question.channel, visible)
    return Clues(wrote, answered, most[0][0] if most else "", place)


async def pass_on(context: Context[BlockAction]) -> Reply:
    """Ask somebody else, where the one who was asked doesn't know."""
    it, key = await asking(context), context.interaction.value
    question = await it.question(key)
    likely = await _who_may_know(it, question) if question is not None else []
    facts = await it.facts(messages.read_key(key)[0], told=[each.user_id for each in likely])
    team_id = context.team_id
    return Reply(
        write=lambda write, _now: _told(questions.pass_on(write, team_id, key, likely, facts), messages.passed)
    )


async def define(context: Context[BlockAction]) -> Reply:
    """Open the form for a question's word; what is written is seen where the question is."""
    question = await (await asking(context)).question(context.interaction.value)
    if question is None:
        return Reply(Say(said(messages.ended(context.interaction.value))))
    note, disciplines = Note(home=question.visibility, is_shown=True), context.workspace.disciplines
    return Reply(Open(forms.meaning_form({"word": question.word}, disciplines, note, is_private=False)))


async def open_merge(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    question = await it.question(context.interaction.value)
    if question is None or not it.rights.looks_after_words:
        ended = Say(said(messages.ended(context.interaction.value)))
        return Reply(messages.only_stewards(question) if question else ended)
    return Reply(Open(forms.merge_form(question)))


async def merge(context: Context[ViewSubmission]) -> Reply:
    it, key = await asking(context), context.interaction.note
    into, facts = naming.asked_word(context.interaction.fields.text(INTO)), await _facts(it, key)
    team_id = context.team_id
    return Reply(write=lambda write, _now: _told(questions.merge(write, team_id, key, into, facts), messages.merged))


async def turn_down(context: Context[BlockAction]) -> Reply:
    it, key = await asking(context), context.interaction.value
    facts, team_id = await _facts(it, key), context.team_id
    return Reply(write=lambda write, _now: _told(questions.turn_down(write, team_id, key, facts), messages.closed))


async def _facts(it: Asker, key: str) -> Facts:
    """Ask Slack who may hear how a question ends, in which threads, and who of those that asked it has left."""
    question = await it.question(key)
    return await it.facts_for(messages.read_key(key)[0], [question] if question else [], [])


def _told(outcome: Ended | Refused, how: Callable[[Question, str], Message]) -> Answer | Wrote:
    if isinstance(outcome, Refused):
        return outcome
    return Wrote(Say(how(outcome.question, outcome.word)), outcome.messages)
