"""Where stewards take the glossary out as a file, in a direct message."""

from datetime import datetime

from handlers.answers import Reply, Say, Wrote, file_to
from handlers.blocks import Message
from handlers.gestures import Ask
from handlers.glossary import command_views, formats, import_rules
from handlers.roles import Acting
from storage import glossary
from storage.database import Database, Transaction

_ENDINGS = {"openmetadata": "csv", "datahub": "yaml"}


async def export(ask: Ask, store: Database, acting: Acting) -> Reply:
    form = ask.text.casefold() or "csv"
    if form not in formats.FORMATS:
        return Reply(Say(command_views.which_format(formats.FORMATS)))
    if not acting.is_admin and not acting.disciplines:
        return Reply(Say(command_views.export_for_stewards()))
    senses = await store.search(lambda reader: glossary.all_senses(reader, ask.team_id, with_private=False))
    name = f"glossary.{form}.{_ENDINGS[form]}" if form in _ENDINGS else f"glossary.{form}"
    content = formats.write(import_rules.as_new(senses), form)

    def send(_transaction: Transaction, now: datetime) -> Wrote:
        told = Message(f"The glossary as {form}: {len(senses)} meanings that everybody may see.")
        file = file_to(ask.team_id, ask.user_id, (name, content), told, now)
        return Wrote(Say(command_views.export_on_its_way(len(senses))), [file])

    return Reply(write=send)
