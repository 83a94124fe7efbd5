"""Whom to ask, where somebody lacks the right to something."""

from dataclasses import replace

from handlers.checks.outcomes import NotAllowed
from handlers.framework.context import Context
from handlers.slack.interactions import Interaction

#: So many admins are named.
_NAMED = 3


async def whom_to_ask(context: Context[Interaction], refused: NotAllowed) -> NotAllowed:
    """Return a refusal that ends with the names of those who can do it, as far as Slack tells them."""
    admins = sorted(await context.directory.admins(context.team_id) | context.admins)[:_NAMED]
    names = [*(await context.names_of(admins)).values()]
    if not names:
        return refused
    listed = " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return replace(refused, told=f"{refused.told} Ask {listed}.")
