"""Records of the past go through the services of their features, which may refuse them and say who is told."""

import pytest

from bot.trial.records import RecordError, Told, Writing, put
from bot.trial.run import Trial
from handlers.access.recipients import Facts
from storage.engine.interface import WORKSPACE, Transaction
from storage.outbox import deliveries
from storage.responsibilities import responsibilities

TEAM = "T0LOCAL"
COMPONENT = {
    "component": {"name": "tide model", "kind": "model", "lead": "UCHLOE", "product_side": ["UBEN"]},
    "owned": {"monitoring": "UBEN"},
}
PROPOSALS = {"proposals": {"about": "tide model", "to": {"rollback": "UBEN", "latency": "UBEN"}}}


async def written(trial: Trial, record: Told, by: str = "UCHLOE") -> None:
    def write(transaction: Transaction) -> None:
        facts = Facts(by, trial.bot.clock.now(), visible=(WORKSPACE,))
        deliveries.add(transaction, put(Writing(transaction, TEAM, facts), record))

    await trial.bot.store.write(write)


async def test_a_component_has_its_owners_and_whoever_is_asked_gets_one_message(running: Trial) -> None:
    await written(running, COMPONENT)
    assert await running.do("") == []
    await written(running, PROPOSALS)
    told = await running.do("")
    assert [line for line in told if not line.startswith(" ")] == ["Common Ground and Ben Okafor"]
    reader = running.bot.store.reader
    (component,) = responsibilities.all_components(reader, TEAM)
    duties = {each.duty: each for each in responsibilities.duties_of(reader, TEAM, [component.id])}
    assert (duties["monitoring"].owner, duties["rollback"].owner) == ("UBEN", "")
    assert duties["rollback"].proposed_to == "UBEN"


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (COMPONENT, "name"),
        ({"proposals": {"about": "tide model", "to": {"dancing": "UBEN"}}}, "tide model has no duty dancing"),
    ],
)
async def test_what_a_service_refuses_is_told_and_nothing_of_it_is_kept(
    running: Trial, record: Told, told: str
) -> None:
    await written(running, COMPONENT)
    with pytest.raises(RecordError, match=told):
        await written(running, record)
    assert len(responsibilities.all_components(running.bot.store.reader, TEAM)) == 1
