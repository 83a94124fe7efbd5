"""Who gives way each time in duties, data requests and cards, counted together: seen by them and by who leads."""

from bot.trial.run import Trial
from handlers import FEATURES
from handlers.framework.routing import join
from handlers.hooks.quarrels import Quarrel
from storage.engine.interface import WORKSPACE
from storage.records.offers import Offer
from storage.responsibilities.responsibilities import Component
from tests.handlers.data_requests.playing import TEAM, put, responds
from tests.handlers.data_requests.requests import AT, PARTS, a_request
from tests.handlers.requirements.playing import LATENCY, a_model, agree, say
from tests.playing import play

OURS, THEIRS = Offer(parts=LATENCY), Offer(parts={**LATENCY, "amount": "500 ms"})
GAVE_WAY = "gave way each of the 3 times that"


def found(trial: Trial, *visible: str) -> list[Quarrel]:
    hooks = join(FEATURES).hooks.quarrels
    return [each for hook in hooks for each in hook(trial.bot.store.reader, TEAM, visible, "2025-12-01")]


async def gives_way_on_a_card(trial: Trial, model: Component) -> None:
    """Have Ben's side take the latency that Ana's side says in the place of what Ben said."""
    await say(trial, model, "latency", OURS, by="UBEN")
    await say(trial, model, "latency", THEIRS, by="UANA")
    await agree(trial, model)


async def gives_way_on_data(trial: Trial, model: Component, who: str = "ben", **changes: object) -> None:
    """Have somebody, Ben if nobody is named, take what Ana offers."""
    terms = dict(a_request().terms)
    asked = Offer(parts=PARTS["retention"], by=f"U{who.upper()}", at=AT)
    offered = Offer(parts={"span": "1", "unit": "months"}, by="UANA", at=AT)
    terms["retention"] = terms["retention"].model_copy(update={"asked": asked, "offered": offered})
    about = {"requester": f"U{who.upper()}", "component_id": model.id, "visibility": model.visibility}
    await put(trial, terms=terms, **{**about, **changes})
    theirs = "Accept theirs: retention (requested and offered differ)"
    await play(trial, *responds(who, "What's open (1)"), f'{who} presses "{theirs}"', f"{who} closes")


async def test_who_gives_way_in_each_card_and_request_sees_it_and_so_does_who_leads(running: Trial) -> None:
    for name in ("berth model", "tug model"):
        await gives_way_on_a_card(running, await a_model(running, name))
    await gives_way_on_data(running, await a_model(running, "tide model"))
    seen = await play(running, "ben in #general: /owner mine")
    assert f"*You* {GAVE_WAY} you and somebody else disagreed about a duty, a data request or a card." in seen
    assert f"*Ben Okafor* {GAVE_WAY} they and somebody else disagreed" in await play(
        running, "chloe in #general: /owner mine"
    )
    for each in ("ana", "dev", "eli"):
        assert "gave way" not in await play(running, f"{each} in #general: /owner mine")


async def test_who_holds_out_once_does_not_always_give_way(running: Trial) -> None:
    models = [await a_model(running, name) for name in ("berth model", "tug model", "tide model")]
    for each in models[:2]:
        await gives_way_on_a_card(running, each)
    await say(running, models[2], "latency", OURS, by="UBEN")
    await say(running, models[2], "latency", THEIRS, by="UANA")
    await say(running, models[2], "latency", OURS, by="UBEN")
    await agree(running, models[2], by="UANA")
    assert [set(each.gave_way) for each in found(running, WORKSPACE)] == [{"UBEN"}, {"UBEN"}, {"UANA"}]
    assert "gave way" not in await play(running, "ben in #general: /owner mine")


async def test_a_quarrel_in_a_private_channel_is_counted_for_nobody_outside(running: Trial) -> None:
    for name in ("berth model", "tug model"):
        await gives_way_on_a_card(running, await a_model(running, name, lead="UELI"))
    private = await a_model(running, "falcon model", lead="UELI", visibility="CSECRETLAUNCH")
    await gives_way_on_a_card(running, private)
    await gives_way_on_data(running, private, channel="CSECRETLAUNCH", who="chloe")
    assert len(found(running, WORKSPACE)) == 2
    assert [each.component_id for each in found(running, "CSECRETLAUNCH")] == [private.id, private.id]
    assert "gave way" not in await play(running, "eli in #general: /owner mine")


async def test_what_is_only_said_by_one_side_is_no_quarrel(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", OURS, by="UANA")
    await say(running, model, "latency", THEIRS, by="UANA")
    await agree(running, model)
    await put(running, component_id=model.id)
    assert found(running, WORKSPACE) == []
