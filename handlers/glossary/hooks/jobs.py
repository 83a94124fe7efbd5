"""What time asks of the glossary: names that came with a file are filed by what is near them, some at a time."""

from functools import partial

from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, Run
from storage.glossary import near


async def file_names(context: WorkspaceContext) -> Run | None:
    """File what is not filed yet; other writes go in between."""
    while (some := await context.store.search(lambda reader: near.unfiled(reader, context.team_id))) is not None:
        await context.store.write(partial(near.file_some, some=some))
    return None


JOBS = (Job("near names", lambda now: now.isoformat(), file_names),)
