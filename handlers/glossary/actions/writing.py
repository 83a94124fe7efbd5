"""Where people add, edit, approve, dispute and deprecate meanings, and read their history."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from handlers.access.permissions import Actor
from handlers.access.visibility import Viewpoint
from handlers.checks.dates import day_in
from handlers.framework.context import Context
from handlers.glossary import forms, service
from handlers.glossary.context import Finder, finder
from handlers.glossary.forms import Note, read_note
from handlers.glossary.messages import definitions, history, stewarding, usage
from handlers.glossary.rules import writing
from handlers.slack.blocks import Modal
from handlers.slack.directory import Directory
from handlers.slack.interactions import Ask, BlockAction, Interaction, Shortcut, ViewSubmission, Wrong
from handlers.slack.replies import Answer, Open, Redraw, Refuse, Reply, Say, Wrote, direct
from storage.engine.interface import WORKSPACE, Database, Reader, Transaction, to_text
from storage.glossary import changes as glossary_changes
from storage.glossary import glossary, search
from storage.glossary.changes import SENSES, Change
from storage.glossary.glossary import Meaning, NewSense, Sense
from storage.records.versioned import Overtaken
from storage.workspaces.workspaces import Workspace, note_place

_ON = re.compile(r"(?P<word>.+?)\s+(?P<date>\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Start:
    """What a new form starts with; ``link`` is the permalink of the message that the example comes from."""

    word: str = ""
    example: str = ""
    link: str = ""


async def add(context: Context[Ask]) -> Reply:
    ask, viewpoint = context.interaction, await context.viewpoint()
    form = await _new_form(
        ask, viewpoint, context.workspace, context.store.reader, Start(ask.text[: glossary.WORD_LENGTH])
    )
    return Reply(Open(form, usage.open_form(ask.text)))


async def add_by_button(context: Context[BlockAction]) -> Reply:
    press, viewpoint = context.interaction, await context.viewpoint()
    start = Start(press.value[: glossary.WORD_LENGTH])
    return Reply(Open(await _new_form(press, viewpoint, context.workspace, context.store.reader, start)))


async def add_from_message(context: Context[Shortcut]) -> Reply:
    shortcut, viewpoint = context.interaction, await context.viewpoint()
    quote, start = shortcut.quote, Start()
    if quote is not None:
        link = (
            f"{context.team_url}archives/{shortcut.place.channel_id}/p{quote.ts.replace('.', '')}"
            if context.team_url
            else ""
        )
        start = Start(example=quote.text[: glossary.PROSE_LENGTH], link=link)
    return Reply(Open(await _new_form(shortcut, viewpoint, context.workspace, context.store.reader, start)))


async def edit(context: Context[Ask]) -> Reply:
    ask, viewpoint = context.interaction, await context.viewpoint()
    if not ask.text:
        return Reply(Say(usage.which_to_edit_at_all()))
    found = finder(ask, viewpoint, context.workspace, context.store.reader).found(context.store.reader, ask.text)
    return Reply(Say(usage.which_to_edit(found) if found else definitions.nothing_left(ask.text)))


async def edit_by_button(context: Context[BlockAction]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    sense = service.seen(context.store.reader, context.interaction, viewpoint)
    if sense is None:
        return Reply(Say(forms.gone()))
    if not _may_edit(sense, context.user_id, actor):
        return Reply(Say(stewarding.only_stewards(sense.discipline)))
    note = Note(sense.id, sense.version, sense.example_link, is_shown=True, has_more=True)
    told = forms.fields_of(sense)
    above = forms.no_longer_used() if sense.status == "deprecated" else ()
    return Reply(Open(forms.meaning_form(told, context.workspace.disciplines, note, is_private=False, above=above)))


async def show_more(context: Context[BlockAction]) -> Reply:
    press, viewpoint = context.interaction, await context.viewpoint()
    entered = dict(press.view.fields) if press.view else {}
    note = read_note(press.view.note) if press.view else Note()
    wider = replace(note, has_more=True)
    is_private = forms.SEEN_BY in entered
    word = str(entered.get("word", "")) if note.is_shown and not note.sense_id else ""
    found = (
        finder(press, viewpoint, context.workspace, context.store.reader).found(context.store.reader, word)
        if word
        else None
    )
    above = forms.there_already(found.senses) if found else ()
    form = forms.meaning_form(entered, context.workspace.disciplines, wider, is_private=is_private, above=above)
    return Reply(Redraw(form))


@dataclass(frozen=True, slots=True)
class Written:
    """A meaning that somebody wrote, ready for the store; ``recipients`` are asked to approve a draft."""

    new: NewSense
    note: Note
    by: str
    visibilities: tuple[str, ...]
    recipients: tuple[str, ...]


async def save(context: Context[ViewSubmission]) -> Reply:
    """Add or change a meaning: everything that it depends on is read again inside the write."""
    submission, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    note = read_note(submission.note)
    old = service.seen(context.store.reader, submission, viewpoint, note.sense_id) if note.sense_id else None
    if note.sense_id and (refusal := _not_editable(old, note, actor)) is not None:
        return Reply(refusal)
    meaning = writing.written(submission.fields, old)
    if isinstance(meaning, Wrong):
        return Reply(Refuse(meaning.errors))
    may_act = _may_act(actor, old, meaning)
    if errors := await _unfit(actor, old, meaning, may_act=may_act):
        return Reply(Refuse(errors))
    if (
        old is None
        and not note.is_shown
        and (alike := await _alike(context.store, context.workspace, viewpoint, meaning))
    ):
        return Reply(Redraw(_shown_again(submission, context.workspace, note, alike)))
    home = old.visibility if old is not None else note.home or await _home(submission, viewpoint)
    if home not in (WORKSPACE, *viewpoint.visibilities, submission.place.channel_id):
        return Reply(Say(forms.gone()))
    recipients = () if may_act else await actor.stewards_of(meaning.discipline, home)
    link = {"example_link": note.link if meaning.example else ""}
    status = "approved" if may_act else "draft"
    new = NewSense.model_validate({**meaning.model_dump(), **link, "visibility": home, "status": status})
    written = Written(new, note, submission.user_id, viewpoint.visibilities, recipients)
    return Reply(write=partial(_change if note.sense_id else _add, written, context.workspace.team_id))


def _may_edit(sense: Sense, user_id: str, actor: Actor) -> bool:
    return writing.may_edit(sense, user_id, may_act=service.may_act(actor, sense))


def _not_editable(old: Sense | None, note: Note, actor: Actor) -> Answer | None:
    """Say why a form that was open for a while cannot be saved any more; None when it can."""
    if old is None:
        return Say(forms.gone())
    if old.version != note.version:
        return Refuse({"word": forms.CHANGED_MEANWHILE})
    return None if _may_edit(old, actor.user_id, actor) else Say(stewarding.only_stewards(old.discipline))


def _may_act(actor: Actor, old: Sense | None, meaning: Meaning) -> bool:
    """Tell whether what somebody writes needs nobody's approval."""
    is_same = old is not None and old.discipline == meaning.discipline
    return service.may_act(actor, old) if old is not None and is_same else actor.may_act(meaning.discipline)


async def _unfit(actor: Actor, old: Sense | None, meaning: Meaning, *, may_act: bool) -> dict[str, str]:
    """Say who cannot look after the meaning: a person who is no member, a discipline that somebody else speaks for."""
    errors = {}
    if meaning.steward and (error := await actor.why_unfit(meaning.steward)):
        errors["steward"] = error
    if old is not None and old.status != "draft" and not may_act:
        errors["discipline"] = forms.not_theirs_to_give(meaning.discipline)
    return errors


async def _home(submission: ViewSubmission, viewpoint: Viewpoint) -> str:
    """Return who will see a new meaning: the place decides, unless its writer opens it to the workspace."""
    if viewpoint.is_limited:
        return await viewpoint.home()
    is_opened = submission.fields.get(forms.SEEN_BY) == WORKSPACE
    return WORKSPACE if is_opened or _is_alone(submission) else await viewpoint.home()


def _is_alone(interaction: Interaction) -> bool:
    """Tell whether somebody writes to the bot alone: a meaning that nobody else could see would help nobody."""
    return interaction.place.channel_id.startswith("D")


def _add(written: Written, team_id: str, transaction: Transaction, now: datetime) -> Answer | Wrote:
    new = written.new
    others = glossary.senses_named(transaction, team_id, glossary.look_up_key(new.word), written.visibilities)
    same = glossary_changes.same_place(transaction, team_id, new.word, new.discipline, new.visibility)
    if (wrong := writing.clash(new, others, same)) is not None:
        return Refuse(wrong.errors)
    (sense,) = glossary_changes.add_senses(transaction, team_id, [new], now, written.by)
    if new.visibility != WORKSPACE:
        note_place(transaction, team_id, new.visibility)
    return _saved(transaction, sense, written, now)


def _change(written: Written, team_id: str, transaction: Transaction, now: datetime) -> Answer | Wrote:
    new, old = written.new, SENSES.as_shown(transaction, team_id, written.note.version, id=written.note.sense_id)
    if isinstance(old, Overtaken):
        return Refuse({"word": forms.CHANGED_MEANWHILE})
    named = glossary.senses_named(transaction, team_id, glossary.look_up_key(new.word), written.visibilities)
    same = glossary_changes.same_place(transaction, team_id, new.word, new.discipline, old.visibility)
    others = [each for each in named if each.id != old.id]
    if (wrong := writing.clash(new, others, same if same and same.id != old.id else None)) is not None:
        return Refuse(wrong.errors)
    changes = {name: getattr(new, name) for name in (*Meaning.model_fields, "status", "replaced_by")}
    changes |= writing.unverified(old, changes)
    change = Change(what="changed", by=written.by, at=to_text(now))
    sense = glossary_changes.change_sense(transaction, old, changes, change)
    told_of_it = service.tell_disputers(transaction, sense, written.by, "changed", now)
    wrote = _saved(transaction, sense, written, now)
    return Wrote(wrote.answer, [*wrote.messages, *told_of_it])


def _saved(transaction: Transaction, sense: Sense, written: Written, now: datetime) -> Wrote:
    """Say that it is saved; a draft goes to its stewards, an approved meaning answers the questions about it."""
    said = Say(forms.saved(sense, is_draft=sense.status == "draft"))
    if sense.status != "draft":
        return Wrote(said, service.answer_questions(transaction, sense, now))
    message = stewarding.to_approve(sense, written.by)
    return Wrote(said, [direct(sense.team_id, each, message, now) for each in written.recipients])


async def read_history(context: Context[Ask]) -> Reply:
    ask, viewpoint = context.interaction, await context.viewpoint()
    match = _ON.fullmatch(ask.text)
    word, date = (match["word"], match["date"]) if match else (ask.text, "")
    if not word or (date and not day_in(date)):
        return Reply(Say(usage.which_history()))
    return await _history(
        finder(ask, viewpoint, context.workspace, context.store.reader), context.store, context.directory, word, date
    )


async def read_history_by_button(context: Context[BlockAction]) -> Reply:
    press, viewpoint = context.interaction, await context.viewpoint()
    return await _history(
        finder(press, viewpoint, context.workspace, context.store.reader),
        context.store,
        context.directory,
        press.value,
        "",
    )


async def _history(asked: Finder, store: Database, directory: Directory, word: str, date: str) -> Reply:
    found = asked.found(store.reader, word)
    if found is None:
        return Reply(Say(definitions.nothing_left(word)))
    team_id = asked.workspace.team_id
    by_sense = [glossary_changes.history(store.reader, team_id, sense.id) for sense in found.senses]
    if date:
        then = [next((each for each in versions if each.at[:10] <= date), None) for versions in by_sense]
        return Reply(Say(history.as_of(found.word, date, [each for each in then if each])))
    versions = [each for versions in by_sense for each in versions]
    people = {each.by: await directory.person(team_id, each.by) for each in versions if each.by}
    names = {user_id: person.name for user_id, person in people.items() if person}
    return Reply(Say(history.history(found.word, versions, names)))


async def _new_form(
    interaction: Interaction, viewpoint: Viewpoint, workspace: Workspace, reader: Reader, start: Start
) -> Modal:
    asked = finder(interaction, viewpoint, workspace, reader)
    found = asked.found(reader, start.word) if start.word else None
    told: dict[str, object] = {"word": start.word, "example": start.example, "discipline": "".join(asked.first[:1])}
    is_decided = viewpoint.is_limited or _is_alone(interaction)
    is_private = not is_decided and await viewpoint.home() != WORKSPACE
    above = forms.there_already(found.senses) if found else ()
    note = Note(link=start.link, is_shown=bool(found))
    return forms.meaning_form(told, workspace.disciplines, note, is_private=is_private, above=above)


async def _alike(store: Database, workspace: Workspace, viewpoint: Viewpoint, meaning: Meaning) -> tuple[Sense, ...]:
    words = tuple(word for word in meaning.gloss.split() if word.isalnum()) or (meaning.word,)

    def find(reader: Reader) -> list[Sense]:
        key = glossary.look_up_key(meaning.word)
        named = glossary.senses_named(reader, workspace.team_id, key, viewpoint.visibilities)
        return named + search.senses_about(reader, workspace.team_id, words, viewpoint.visibilities, 20)

    return writing.resembling(meaning, {each.id: each for each in await store.search(find)}.values())


def _shown_again(submission: ViewSubmission, workspace: Workspace, note: Note, alike: Sequence[Sense]) -> Modal:
    shown = replace(note, is_shown=True)
    is_private = forms.SEEN_BY in submission.fields
    above = forms.resembles(alike)
    return forms.meaning_form(dict(submission.fields), workspace.disciplines, shown, is_private=is_private, above=above)
