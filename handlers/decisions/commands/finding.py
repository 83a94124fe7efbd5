"""Where decisions are found again: by words and filters, by a question, as the latest, and by what is left open."""

from handlers.access.names import names_of
from handlers.decisions import messages
from handlers.decisions.commands.logging import people_of
from handlers.decisions.rules import filters, health
from handlers.framework.context import Context, WorkspaceContext
from handlers.slack import blocks
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply, Say
from storage.data_requests import data_requests
from storage.decisions import decisions
from storage.decisions import search as decision_search
from storage.decisions.decisions import Decision
from storage.engine.interface import Reader
from storage.responsibilities import responsibilities
from storage.workspaces.people import known_people


async def find(context: Context[Ask]) -> Reply:
    ask, viewpoint = context.interaction, await context.viewpoint()
    visible = viewpoint.visibilities if ask.is_private else viewpoint.shown_to_all
    reader = context.store.reader
    parts = responsibilities.components(reader, ask.team_id, visible)
    people = {each.name.casefold(): each.user_id for each in known_people(reader, ask.team_id).values()}
    wanted = filters.wanted(ask.text, ask.user_id, parts, people)
    if isinstance(wanted, str):
        return Reply(Say(blocks.said(wanted)))
    if not ask.text.strip():
        return Reply(Say(messages.how_to(context.command_prefix)))

    def search(searched: Reader) -> list[Decision]:
        return decision_search.find(searched, ask.team_id, wanted.words, wanted.filters, visible)

    found = await context.store.search(search)
    nothing = "I found no decision with that which you may see here. Log one, so that the next who asks finds it."
    return await _listed(ask, context, found, nothing, "Decisions found")


async def list_latest(context: Context[Ask]) -> Reply:
    ask, viewpoint = context.interaction, await context.viewpoint()
    visible = viewpoint.visibilities if ask.is_private else viewpoint.shown_to_all
    found = decisions.latest(context.store.reader, ask.team_id, visible)
    return await _listed(
        ask, context, found, "No decision is logged yet that you may see here.", "The latest decisions"
    )


async def _listed(ask: Ask, context: WorkspaceContext, found: list[Decision], nothing: str, title: str) -> Reply:
    """List decisions; nobody is pinged where everybody reads."""
    people = [person for each in found[: messages.LISTED] for person in people_of(each)[:1]]
    names = None if ask.is_private else await names_of(context.store.reader, context.directory, ask.team_id, people)
    return Reply(Say(messages.listed(found, nothing, title, names)))


async def tell_health(context: Context[Ask]) -> Reply:
    """Say what is left open in the log."""
    viewpoint = await context.viewpoint()
    visible = viewpoint.visibilities if context.interaction.is_private else viewpoint.shown_to_all

    def look(reader: Reader) -> list[health.Finding]:
        every = decisions.all_decisions(reader, context.team_id, visible)
        models = [
            each for each in responsibilities.components(reader, context.team_id, visible) if each.kind == "model"
        ]
        served = data_requests.decisions_served(reader, context.team_id, visible)
        return health.findings(every, {each.id: each for each in models}, served, context.now)

    return Reply(Say(messages.health(await context.store.search(look))))
