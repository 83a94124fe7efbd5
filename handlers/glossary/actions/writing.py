"""Where people write meanings, anew or in the place of what is there."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.checks.outcomes import NotAllowed
from handlers.framework.context import Context
from handlers.glossary import forms
from handlers.glossary.context import Asker, asking, shown_word
from handlers.glossary.forms import Note, read_note
from handlers.glossary.messages import stewarding
from handlers.glossary.rules import writing
from handlers.glossary.rules.writing import Alike
from handlers.glossary.service import meanings
from handlers.glossary.service.meanings import Shown, Written
from handlers.slack.blocks import Block, said
from handlers.slack.interactions import BlockAction, Fields, Shortcut, ViewSubmission, Wrong
from handlers.slack.replies import Open, Redraw, Refuse, Reply, Say
from storage.glossary.glossary import Meaning, NewSense, Sense


async def add(context: Context[BlockAction]) -> Reply:
    return Reply(Open(await forms.new_form(context, context.interaction.value)))


async def add_from_message(context: Context[Shortcut]) -> Reply:
    quote, place = context.interaction.quote, context.interaction.place
    if quote is None:
        return Reply(Open(await forms.new_form(context)))
    link = f"{context.team_url}archives/{place.channel_id}/p{quote.ts.replace('.', '')}" if context.team_url else ""
    return Reply(Open(await forms.new_form(context, example=quote.text, link=link)))


async def edit(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    sense = await it.sense(context.interaction.value)
    if sense is None or not it.rights.may_edit(sense):
        return Reply(await it.not_allowed(sense) if sense else NotAllowed(stewarding.GONE))
    note = Note(sense.id, sense.version, sense.example_link, is_shown=True, has_more=True)
    top = forms.above(forms.USED_AGAIN) if sense.status == "deprecated" else ()
    told, disciplines = forms.fields_of(sense), context.workspace.disciplines
    return Reply(Open(forms.meaning_form(told, disciplines, note, is_private=False, top=top)))


async def show_more(context: Context[BlockAction]) -> Reply:
    view = context.interaction.view
    entered, note = (view.fields, read_note(view.note)) if view else (Fields(), Note())
    word = entered.text("word") if note.is_shown and not note.sense_id else ""
    found = await shown_word(context, word) if word else None
    return Reply(_again(context, entered, replace(note, has_more=True), forms.so_far(found)))


def _again(
    context: Context[BlockAction] | Context[ViewSubmission], entered: Fields, note: Note, top: Sequence[Block]
) -> Redraw:
    """Show a form again with what was entered in it."""
    is_private, disciplines = forms.SEEN_BY in entered, context.workspace.disciplines
    return Redraw(forms.meaning_form(entered, disciplines, note, is_private=is_private, top=top))


async def save(context: Context[ViewSubmission]) -> Reply:
    """Add or change a meaning: everything that it depends on is read again inside the write."""
    it, submission = await asking(context), context.interaction
    note = read_note(submission.note)
    old = await it.sense(note.sense_id) if note.sense_id else None
    if note.sense_id and old is None:
        return Reply(Say(said(stewarding.GONE)))
    meaning = writing.written(submission.fields, old)
    if isinstance(meaning, Wrong):
        return Reply(Refuse(meaning.errors))
    if meaning.steward and (unfit := await it.actor.why_unfit(meaning.steward)):
        return Reply(Refuse({"steward": unfit}))
    if note.home and note.home not in it.visible:
        return Reply(Say(said(stewarding.GONE)))
    home = old.visibility if old is not None else note.home or await forms.home_of(context)
    if old is None and (instead := await _instead_of_another(context, it, meaning, home, note)) is not None:
        return instead
    return await _saved(it, meaning, home, note, old)


async def _instead_of_another(
    context: Context[ViewSubmission], it: Asker, meaning: Meaning, home: str, note: Note
) -> Reply | None:
    """Return what takes the place of one more meaning: a name of one that is there, or the question whether it is."""
    fields = context.interaction.fields
    if (same := await it.sense(fields.text(forms.SAME_AS))) is not None:
        return await _named_too(it, same, meaning.word, home)
    alike = () if note.is_shown else await it.alike(meaning)
    if not alike:
        return None
    other = next((each for each in alike if _may_be_named(it, each, home)), None)
    return Reply(_again(context, fields, replace(note, is_shown=True), forms.alike_above(alike, other)))


def _may_be_named(it: Asker, alike: Alike, home: str) -> bool:
    """Tell whether somebody may give a meaning a name that those will see who would see the new meaning."""
    is_another = not alike.is_of_the_word and alike.sense.status != "deprecated"
    return is_another and alike.sense.visibility == home and it.rights.may_edit(alike.sense)


async def _named_too(it: Asker, same: Sense, word: str, home: str) -> Reply:
    """Add a word to the names of a meaning, in the place of a meaning of its own."""
    if same.visibility != home:
        return Reply(Say(said(stewarding.GONE)))
    note = Note(same.id, same.version, same.example_link)
    named = same.model_copy(update={"aliases": writing.with_alias(same, word)})
    return await _saved(
        it, Meaning.model_validate(named.model_dump(include=set(Meaning.model_fields))), home, note, same
    )


async def _saved(it: Asker, meaning: Meaning, home: str, note: Note, old: Sense | None) -> Reply:
    is_approved = it.rights.needs_no_approval(meaning, old)
    stewards = () if is_approved else await it.actor.stewards_of(meaning.discipline, home)
    facts = await it.facts_about(home, meaning, stewards, note.sense_id)
    told = {**meaning.model_dump(), "example_link": note.link if meaning.example else "", "visibility": home}
    written = Written(NewSense.model_validate(told), Shown(it.team_id, note.sense_id, note.version), stewards)
    change = meanings.add if old is None else meanings.edit
    return Reply(write=lambda write, _now: forms.ended(change(write, written, facts), stewarding.saved, "word"))
