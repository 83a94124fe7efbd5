"""Where stewards take the glossary out as a file, in a direct message."""

from datetime import datetime

from handlers.answers import Reply, Say, Wrote, file_to
from handlers.blocks import Message
from handlers.gestures import Ask
from handlers.glossary import command_views, formats, import_rules
from handlers.roles import Acting
from storage import glossary
from storage.database import WORKSPACE, Database, Reader, Transaction

#: More than these cannot be written within the three seconds that Slack waits.
_MOST, _MOST_YAML = 50_000, 10_000
_ENDINGS = {"openmetadata": "csv", "datahub": "yaml"}


async def export(ask: Ask, store: Database, acting: Acting) -> Reply:
    form = ask.text.casefold() or "csv"
    if form not in formats.FORMATS:
        return Reply(Say(command_views.which_format(formats.FORMATS)))
    if not acting.is_admin and not acting.disciplines:
        return Reply(Say(command_views.export_for_stewards()))

    def written(reader: Reader) -> tuple[int, str]:
        senses = glossary.all_senses(reader, ask.team_id, with_private=False)
        return len(senses), formats.write(import_rules.as_new(senses), form)

    count_of_all, _ = await store.search(lambda reader: glossary.count_senses(reader, ask.team_id, [WORKSPACE]))
    if count_of_all > (_MOST_YAML if _ENDINGS.get(form, form) == "yaml" else _MOST):
        return Reply(Say(command_views.too_many_to_export(form)))
    # Where the store searches, so that other answers need not wait for a large file.
    count, content = await store.search(written)
    name = f"glossary.{form}.{_ENDINGS[form]}" if form in _ENDINGS else f"glossary.{form}"

    def send(_transaction: Transaction, now: datetime) -> Wrote:
        told = Message(f"The glossary as {form}: {count} meanings that everybody may see.")
        file = file_to(ask.team_id, ask.user_id, (name, content), told, now)
        return Wrote(Say(command_views.export_on_its_way(count)), [file])

    return Reply(write=send)
