"""Plays lines of a script and reads what people see."""

from bot.trial.run import Trial


async def play(trial: Trial, *lines: str) -> str:
    """Carry out lines one after another; return all that people see of them."""
    return "\n".join([line for each in lines for line in await trial.do(each)])
