"""A declined request says whom else to ask, and keeps what was filled in."""

from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.data_requests.service.suggesting import others_to_ask
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Transaction
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, Duty
from tests.handlers.data_requests.playing import TEAM, every, one, put
from tests.handlers.data_requests.requests import AT
from tests.handlers.data_requests.test_privacy import a_secret
from tests.playing import play

DECLINE = "ana in #data: /data-request DR-{} decline no budget"


def suggested(trial: Trial, request: DataRequest) -> list[tuple[str, str]]:
    facts = Facts(by="UANA", now=trial.bot.clock.now())
    return [(each.user_id, each.why) for each in others_to_ask(trial.bot.store.reader, request, facts)]


async def calls_of_ben(trial: Trial) -> None:
    """Put an agreed request for data of Ben's that is called almost the same into the store."""
    await put(trial, owner="UBEN", state="agreed", entity="berth calls", data_key="berth calls", set_up="", more={})


async def test_who_requested_it_is_told_once_whom_else_to_ask(running: Trial) -> None:
    await calls_of_ben(running)
    await put(running, set_up="", more={})
    told = await play(running, DECLINE.format(2))
    assert "*Ana Ruiz* declined.\n    > no budget" in told
    ask = "@Dev Patel, you could ask Ben Okafor (has berth calls) instead. What you filled in is kept."
    assert told.count(ask) == 1
    assert told.count("[Ask somebody else]") == 1
    assert "[Ask somebody else]" in told.partition(ask)[2]


async def test_asking_somebody_else_opens_the_form_with_all_that_was_filled_in(running: Trial) -> None:
    await calls_of_ben(running)
    await put(running, set_up="", more={})
    await play(running, DECLINE.format(2))
    told = await play(running, 'dev presses "Ask somebody else"')
    assert "What is it for?: [To tell pilots when a berth is free]" in told
    assert "Who has it? (optional): [@Ben Okafor]" in told
    assert "Needed by: [2026-02-02]" in told
    copied = one(running, "DR-3")
    assert (copied.owner, copied.requester, copied.copied_from) == ("UBEN", "UDEV", "DR-2")
    assert {name: term.asked for name, term in copied.terms.items()} == {
        name: term.asked for name, term in one(running, "DR-2").terms.items()
    }
    # Once more goes on with the draft.
    await play(running, "dev closes", 'dev presses "Ask somebody else"', "dev closes")
    assert [each.number for each in every(running)] == ["DR-1", "DR-2", "DR-3"]


async def test_where_nobody_is_known_who_has_it_the_form_is_offered_all_the_same(running: Trial) -> None:
    await put(running)
    told = await play(running, DECLINE.format(1))
    assert "@Dev Patel, you can ask somebody else. What you filled in is kept." in told
    assert "Who has it? (optional): [Choose a person]" in await play(running, 'dev presses "Ask somebody else"')


async def test_nobody_is_suggested_for_what_not_all_may_see(running: Trial) -> None:
    await a_secret(running, owner="UCHLOE", requester="UANA", state="agreed", entity="berth calls")
    request = await put(running, set_up="", more={})
    assert suggested(running, request) == []
    assert "@Dev Patel, you can ask somebody else." in await play(running, DECLINE.format(1))


async def test_who_owns_a_dataset_and_who_leads_the_model_are_suggested(running: Trial) -> None:
    calls = Component(
        id="c1",
        team_id=TEAM,
        name="berth calls",
        kind="dataset",
        lead="UCHLOE",
        look_up_key="berth calls",
        created_by="UCHLOE",
        created_at=AT,
    )
    model = calls.model_copy(update={"id": "c2", "name": "tide model", "kind": "model", "look_up_key": "tide model"})
    owned = Duty(team_id=TEAM, component_id="c1", duty="data-ownership", state="accepted", owner="UBEN", changed_at=AT)

    def write(transaction: Transaction) -> None:
        responsibilities.add_component(transaction, calls, [owned])
        responsibilities.add_component(transaction, model, [])

    await running.bot.store.write(write)
    request = await put(running, component_id="c2")
    assert suggested(running, request) == [("UBEN", "owns berth calls"), ("UCHLOE", "leads tide model")]
    # Who declined, who asked and who cannot hear of it are none of them.
    assert suggested(running, request.model_copy(update={"owner": "UBEN"})) == [("UCHLOE", "leads tide model")]
