"""Where people paste a table of words: first they read what comes of it, then they save it."""

from dataclasses import replace
from datetime import datetime
from hashlib import blake2s

from handlers.checks.csv_files import FormatError
from handlers.framework.context import Context
from handlers.glossary import forms
from handlers.glossary.context import Asker, asked_for, asking
from handlers.glossary.formats import own
from handlers.glossary.formats.own import Row
from handlers.glossary.messages import tables
from handlers.glossary.rules import importing
from handlers.glossary.rules.importing import Key, Plan
from handlers.glossary.service import meanings
from handlers.glossary.service.meanings import Many
from handlers.slack.interactions import ViewSubmission
from handlers.slack.replies import Redraw, Refuse, Reply, Say, Wrote
from storage.engine.interface import Reader, Transaction
from storage.glossary import changes
from storage.glossary.glossary import Meaning, NewSense, Sense
from storage.glossary.questions import Question


async def save(context: Context[ViewSubmission]) -> Reply:
    """Show what would be added, and add it once that was shown: of the same table, for the same people."""
    it, fields = await asking(context), context.interaction.fields
    home = await forms.home_of(context)
    try:
        rows = own.read(fields.text(forms.TABLE).encode(), "csv", fields.text("discipline"))
    except FormatError as error:
        return Reply(Refuse({forms.TABLE: tables.unreadable(str(error))}))
    rows = [_here(row, home, fields.text("discipline"), context.workspace.disciplines) for row in rows]
    made = importing.plan(rows, await context.read(_known, context.team_id, rows))
    shown = blake2s(repr((fields.text(forms.TABLE), fields.text("discipline"), home)).encode()).hexdigest()
    if context.interaction.note == shown and made.added:
        return await _added(it, made, home)
    is_private, top = forms.SEEN_BY in fields, tables.preview(made)
    return Reply(Redraw(forms.table_form(fields, context.workspace.disciplines, shown, is_private=is_private, top=top)))


def _here(row: Row, home: str, discipline: str, disciplines: tuple[str, ...]) -> Row:
    """Take of a row what people may write in a form: a meaning, for those who see it here, of a discipline here."""
    if row.sense is None:
        return row
    told = row.sense.model_dump(include=set(Meaning.model_fields) - {"steward"})
    lost = row.lost
    if row.sense.discipline not in disciplines:
        told["discipline"], lost = discipline, (*lost, f"the group {row.sense.discipline}")
    return replace(row, sense=NewSense.model_validate({**told, "visibility": home}), lost=lost)


def _known(reader: Reader, team_id: str, rows: list[Row]) -> dict[Key, Sense]:
    """Return the meanings that are there already, in the same places."""
    new = [row.sense for row in rows if row.sense is not None]
    found = (changes.same_place(reader, team_id, each.word, each.discipline, each.visibility) for each in new)
    return {importing.key_of(each): each for each in found if each is not None}


async def _added(it: Asker, made: Plan, home: str) -> Reply:
    disciplines = sorted({each.discipline for each in made.added if not it.rights.needs_no_approval(each, None)})
    stewards = {each: await it.actor.stewards_of(each, home) for each in disciplines}
    answered = await it.context.read(_answered, it.team_id, made.added)
    facts = await it.facts_for(home, answered, [each for people in stewards.values() for each in people])
    many = Many(it.team_id, made.added, stewards)

    def write(transaction: Transaction, _now: datetime) -> Wrote:
        done = meanings.add_many(transaction, many, facts)
        return Wrote(Say(tables.added(done.senses, done.refused)), done.messages)

    return Reply(write=write)


def _answered(reader: Reader, team_id: str, senses: list[NewSense]) -> list[Question]:
    return [question for each in senses for question in asked_for(reader, team_id, each)]
