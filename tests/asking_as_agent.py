"""Asks the bot's tools as an agent does."""

from bot.trial.run import Trial
from handlers.framework.agents import Agents, Caller
from handlers.framework.tools import Answer


async def asked(trial: Trial, tool: str, by: str = "UANA", **arguments: object) -> Answer:
    """Return what an agent of a person is answered."""
    caller = Caller(trial.bot.identity.team_id, by)
    told = await Agents(trial.bot.boundary, trial.bot.routes.tools).call(caller, tool, arguments)
    assert isinstance(told, Answer)
    return told
