"""What stands before a launch, as the features tell it: duties, requirements, documents and data, in one list."""

from datetime import timedelta

from bot.trial.run import Trial
from handlers.hooks.readiness import STANDINGS, Point
from handlers.launches.service import page
from storage.data_requests import checks
from storage.data_requests.checks import Check, Finding
from storage.engine.interface import WORKSPACE, to_text
from storage.records.offers import Offer
from storage.requirements.requirements import Plan
from storage.responsibilities.responsibilities import Component
from tests.handlers.data_requests.playing import put
from tests.handlers.requirements.playing import LATENCY, a_model, measure, plan, say


def points(trial: Trial, component: Component, visible: tuple[str, ...] = (WORKSPACE,)) -> set[Point]:
    hooks = trial.bot.boundary.services.hooks
    return set(page(trial.bot.store.reader, hooks, component, visible, trial.bot.clock.now()).points)


async def test_each_feature_tells_how_a_component_stands(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY), by="UANA")
    found = points(running, model)
    assert {each.standing for each in found} <= set(STANDINGS)
    assert Point("never measured", "latency") in found
    assert Point("not set", "adequacy bar") in found
    assert [each for each in found if each.standing == "unowned"] != []
    assert [each for each in found if each.standing == "undocumented"] != []
    await measure(running, model, {"latency": "210 ms"}, "2026-01-05")
    found = points(running, model)
    assert Point("never measured", "latency") not in found
    assert Point("met", "latency") in found


async def test_a_requirement_stands_as_it_was_planned_to_be_measured(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY), by="UANA")
    assert Point("not planned", "latency") in points(running, model)
    everywhere = Plan(stages=("before release", "in shadow", "in production"), every="daily")
    await plan(running, model, "latency", everywhere)
    await measure(running, model, {"latency": "210 ms"}, "2026-01-05")
    found = points(running, model)
    assert Point("not planned", "latency") not in found
    assert {Point("met", "latency"), Point("never measured", "latency in shadow")} <= found
    assert [each for each in found if each.standing == "overdue"] == []
    running.bot.clock.move(timedelta(days=2))
    assert Point("overdue", "latency in production") in points(running, model)
    later = running.bot.clock.now().date().isoformat()
    await measure(running, model, {"latency": "220 ms"}, later, "in production")
    assert Point("overdue", "latency in production") not in points(running, model)


async def test_data_that_breaks_its_contract_stands_in_the_way_where_it_may_be_seen(running: Trial) -> None:
    model = await a_model(running)
    request = await put(running, state="delivered", component_id=model.id)
    told = f"{request.number} berth arrivals"
    assert Point("met", told) in points(running, model)
    findings = (Finding(expected="no gaps", found="12 gaps", is_kept=False),)
    check = Check(
        id="c1", team_id=request.team_id, request_id=request.id, file_id="F1", file_name="sample.csv", by="UANA",
        at=to_text(running.bot.clock.now()), state="done", findings=findings,
    )  # fmt: skip
    await running.bot.store.write(lambda transaction: checks.add(transaction, check))
    assert Point("breached", f"{told}: 1 of 1 checks failed") in points(running, model)
    assert Point("met", told) not in points(running, model)
    assert not [each for each in points(running, model, ("C0OTHER",)) if told in each.told]


async def test_data_that_is_still_talked_about_is_not_agreed(running: Trial) -> None:
    model = await a_model(running)
    request = await put(running, state="negotiating", component_id=model.id)
    assert Point("not agreed", f"{request.number} berth arrivals") in points(running, model)
