"""Where people ask for definitions, and where stewards answer, merge or turn down what was asked."""

from datetime import datetime

from handlers.access.permissions import Actor
from handlers.access.visibility import Viewpoint
from handlers.framework.context import Context
from handlers.glossary import forms
from handlers.glossary.context import Finder, first_disciplines
from handlers.glossary.forms import Note
from handlers.glossary.messages import definitions
from handlers.glossary.messages import questions as questions_views
from handlers.glossary.rules import naming, writing
from handlers.slack.interactions import Ask, BlockAction, ViewSubmission
from handlers.slack.replies import Answer, Open, Refuse, Reply, Say, Wrote, direct
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.glossary import changes as glossary_changes
from storage.glossary import questions as glossary_questions
from storage.glossary.changes import Change
from storage.glossary.glossary import WORD_LENGTH, look_up_key
from storage.glossary.questions import Question
from storage.workspaces.workspaces import note_place


async def ask_for(context: Context[BlockAction]) -> Reply:
    """Ask for a definition: the word becomes a question with an owner, seen where it was asked."""
    press, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    word = naming.asked_word(press.value)[:WORD_LENGTH]
    home = await _asked_in(press, viewpoint)
    chosen = first_disciplines(press, context.workspace, context.store.reader)
    stewards = await actor.stewards_of(chosen[0] if chosen else "", home)
    place = press.place.channel_id if not press.place.channel_id.startswith("D") else ""
    owner = stewards[0] if stewards else ""
    asked = Question(
        team_id=press.team_id, visibility=home, look_up_key=look_up_key(word), word=word, times=1, state="open",
        owner=owner, first_at="", last_at="",
    )  # fmt: skip

    def keep(transaction: Transaction, now: datetime) -> Answer | Wrote:
        found = Finder(context.workspace, tuple(sorted({*viewpoint.shown_to_all, home})), chosen).find_now(
            transaction, word
        )
        if found is not None:
            return Say(definitions.in_full(found))
        is_new = glossary_questions.ask(transaction, asked, press.user_id, now)
        if home != WORKSPACE:
            note_place(transaction, press.team_id, home)
        known = glossary_questions.find(transaction, press.team_id, home, asked.look_up_key) or asked
        message = questions_views.to_answer(known, place)
        told = [direct(press.team_id, owner, message, now)] if is_new and owner else []
        return Wrote(Say(questions_views.asked(word, is_new=is_new, has_owner=bool(owner))), told)

    return Reply(write=keep)


async def _asked_in(press: BlockAction, viewpoint: Viewpoint) -> str:
    """Return who sees a question: the workspace, or the channel where it was asked.

    In a conversation with the bot alone nobody could answer it, so what is asked there is asked of the workspace.
    """
    is_alone = press.place.channel_id.startswith("D") and not viewpoint.is_limited
    return WORKSPACE if is_alone else await viewpoint.home()


async def define(context: Context[BlockAction]) -> Reply:
    """Open the form for a question's word; what is written is seen where the question is."""
    press, viewpoint = context.interaction, await context.viewpoint()
    question = _question(context.store.reader, press.team_id, press.value, viewpoint)
    if question is None:
        return Reply(Say(questions_views.ended(press.value.partition(" ")[2])))
    note = Note(home=question.visibility, is_shown=True)
    told: dict[str, object] = {"word": question.word}
    return Reply(Open(forms.meaning_form(told, context.workspace.disciplines, note, is_private=False)))


async def list_unanswered(context: Context[Ask]) -> Reply:
    viewpoint = await context.viewpoint()
    visible = viewpoint.visibilities if context.interaction.is_private else viewpoint.shown_to_all
    found = await context.store.search(lambda reader: glossary_questions.unanswered(reader, context.team_id, visible))
    return Reply(Say(questions_views.unanswered(found)))


async def open_merge(context: Context[BlockAction]) -> Reply:
    press, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    question = _question(context.store.reader, press.team_id, press.value, viewpoint)
    if question is None:
        return Reply(Say(questions_views.ended(press.value.partition(" ")[2])))
    if not _may_settle(actor):
        return Reply(Say(questions_views.only_stewards()))
    return Reply(Open(questions_views.merge_form(question)))


async def merge(context: Context[ViewSubmission]) -> Reply:
    """Make a word another name of one that is in the glossary; every meaning of that word gets it."""
    submission, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    into = naming.asked_word(str(submission.fields.get(questions_views.INTO, "")))

    def settle(transaction: Transaction, now: datetime) -> Answer | Wrote:
        question = _question(transaction, context.workspace.team_id, submission.note, viewpoint)
        if question is None or not _may_settle(actor):
            return Say(questions_views.ended(submission.note.partition(" ")[2]))
        found = Finder(context.workspace, (question.visibility,), ()).find_now(transaction, into)
        if found is None:
            return Refuse({questions_views.INTO: questions_views.nothing_to_merge(into, question)})
        told = []
        for sense in found.senses:
            change = Change(what="changed", by=submission.user_id, at=to_text(now), note=f"also: {question.word}")
            changes = {"aliases": writing.with_alias(sense, question.word)}
            glossary_changes.change_sense(transaction, sense, changes, change)
        for asker in glossary_questions.end(transaction, question, "answered"):
            message = questions_views.answered(question, found.senses[0])
            told.append(direct(context.workspace.team_id, asker, message, now))
        return Wrote(Say(questions_views.merged(question, found.word)), told)

    return Reply(write=settle)


async def turn_down(context: Context[BlockAction]) -> Reply:
    press, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()

    def settle(transaction: Transaction, now: datetime) -> Answer | Wrote:
        question = _question(transaction, press.team_id, press.value, viewpoint)
        if question is None:
            return Say(questions_views.ended(press.value.partition(" ")[2]))
        if not _may_settle(actor):
            return Say(questions_views.only_stewards())
        askers = glossary_questions.end(transaction, question, "closed")
        message = questions_views.not_defined(question)
        told = [direct(press.team_id, asker, message, now) for asker in askers]
        return Wrote(Say(questions_views.closed(question)), told)

    return Reply(write=settle)


def _question(reader: Reader, team_id: str, key: str, viewpoint: Viewpoint) -> Question | None:
    """Return the open question that a button or a form names, where the person may see it."""
    visibility, _, look_up = key.partition(" ")
    found = glossary_questions.find(reader, team_id, visibility, look_up)
    is_open = found is not None and found.state in ("open", "miss") and visibility in viewpoint.visibilities
    return found if is_open else None


def _may_settle(actor: Actor) -> bool:
    return actor.is_admin or bool(actor.disciplines)
