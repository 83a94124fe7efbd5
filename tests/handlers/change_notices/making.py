"""A model that serves a product, both sides of which are known, in the store of a running bot."""

from bot.trial.run import Trial
from handlers.agreements.links import End, Joining, join
from storage.change_notices.change_notices import NOTICES, ChangeNotice
from storage.records.offers import Offer
from storage.responsibilities.responsibilities import Component
from tests.handlers.requirements.playing import TEAM, a_model, agree, say
from tests.playing import play
from tests.writing import write

FIELDS = Offer(parts={"columns": "length | number"})
OTHER = Offer(parts={"columns": "length | number required"})


async def joined(trial: Trial, source: Component, target: Component, by: str = "UELI") -> None:
    """Write that one component serves another, as both sides say."""
    sides: dict[End, str] = {"source": source.lead, "target": target.lead}
    await write(trial.bot.store, join, Joining(source, "serves", target), sides, by, trial.bot.clock.now())


async def a_planner(trial: Trial, name: str = "planner", **changes: object) -> Component:
    """Put a product into the register that Eli leads."""
    told: dict[str, object] = {"kind": "product", "lead": "UELI", "product_side": (), **changes}
    return await a_model(trial, name, **told)


async def served(trial: Trial) -> Component:
    """Return a model that serves a product; of its interface the inputs are agreed."""
    model = await a_model(trial)
    await joined(trial, model, await a_planner(trial))
    await say(trial, model, "inputs", FIELDS)
    await agree(trial, model)
    return model


async def changed(trial: Trial) -> str:
    """Have Ana change the inputs and Ben agree, as people do, and return what is seen."""
    lines = (
        "ana in #general: /owner card berth model interface",
        'ana presses "Open the card"',
        'ana presses "Change inputs"',
        'ana enters "Fields it takes": length | number required',
        "ana submits",
        "ana closes",
    )
    await play(trial, *lines)
    return await play(trial, 'ben presses "Agree"')


def notices(trial: Trial) -> list[ChangeNotice]:
    return NOTICES.every(trial.bot.store.reader, TEAM)
