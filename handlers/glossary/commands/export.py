"""Where stewards take the glossary out as a file, in a direct message."""

from datetime import datetime

from handlers.framework.context import Context
from handlers.glossary.formats import own
from handlers.glossary.messages import usage
from handlers.glossary.rules import importing
from handlers.slack.blocks import Message
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply, Say, Wrote, file_to
from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.glossary import glossary

#: More than these cannot be written within the three seconds that Slack waits.
_MOST, _MOST_YAML = 50_000, 10_000
_ENDINGS = {"openmetadata": "csv", "datahub": "yaml"}


async def export(context: Context[Ask]) -> Reply:
    actor = await context.actor()
    form = context.interaction.text.casefold() or "csv"
    if form not in own.FORMATS:
        return Reply(Say(usage.which_format(own.FORMATS)))
    if not actor.is_admin and not actor.disciplines:
        return Reply(Say(usage.export_for_stewards()))

    def written(reader: Reader) -> tuple[int, str]:
        senses = glossary.all_senses(reader, context.team_id, with_private=False)
        return len(senses), own.write(importing.as_new(senses), form)

    count_of_all, _ = await context.store.search(
        lambda reader: glossary.count_senses(reader, context.team_id, [WORKSPACE])
    )
    if count_of_all > (_MOST_YAML if _ENDINGS.get(form, form) == "yaml" else _MOST):
        return Reply(Say(usage.too_many_to_export(form)))
    # Where the store searches, so that other answers need not wait for a large file.
    count, content = await context.store.search(written)
    name = f"glossary.{form}.{_ENDINGS[form]}" if form in _ENDINGS else f"glossary.{form}"

    def send(_transaction: Transaction, now: datetime) -> Wrote:
        told = Message(f"The glossary as {form}: {count} meanings that everybody may see.")
        file = file_to(context.team_id, context.user_id, (name, content), told, now)
        return Wrote(Say(usage.export_on_its_way(count)), [file])

    return Reply(write=send)
