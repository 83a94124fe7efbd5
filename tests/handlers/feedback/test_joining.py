"""Feedback that names the product in which something was seen links the model to it, for its reporter's side alone."""

from bot.trial.run import Trial
from storage.engine.interface import WORKSPACE
from storage.responsibilities.links import LINKS, Link
from tests.handlers.access.secrets import SECRET
from tests.handlers.change_notices.making import a_planner, joined
from tests.handlers.feedback.playing import reported
from tests.handlers.requirements.playing import TEAM, a_model
from tests.playing import play
from tests.sent import sent


def links(trial: Trial) -> list[Link]:
    return LINKS.every(trial.bot.store.reader, TEAM)


async def test_who_speaks_for_the_product_confirms_its_side_by_reporting(running: Trial) -> None:
    model, planner = await a_model(running), await a_planner(running, "berth plan")
    item = await reported(running, model, by="UELI")
    (link,) = links(running)
    assert (link.source_id, link.kind, link.target_id, link.state) == (model.id, "serves", planner.id, "proposed")
    assert (link.source_by, link.target_by, link.origin) == ("", "UELI", item.number)
    # A report is told of to who gets it, and to nobody for the sake of the link.
    assert [to for to, text in sent(running) if "serves" in text] == []


async def test_somebody_else_only_proposes_it_and_its_own_side_confirms_it(running: Trial) -> None:
    model = await a_model(running)
    await a_planner(running, "berth plan")
    await reported(running, model, by="UDEV", seen_where="In the Berth Plan, on Monday.")
    (link,) = links(running)
    assert (link.state, link.source_by, link.target_by, link.proposed_by) == ("proposed", "", "", "UDEV")
    seen = await play(running, "dev in #general: /owner link berth model serves berth plan", 'dev presses "Open"')
    assert "Nobody has confirmed it yet. It comes from FB-1." in seen
    await reported(running, model, by="UBEN", got="another")
    assert [(each.state, each.source_by) for each in links(running)] == [("proposed", "UBEN")]


async def test_what_is_there_stays_as_it_is_and_what_was_refused_stays_refused(running: Trial) -> None:
    model, planner = await a_model(running), await a_planner(running, "berth plan")
    await joined(running, model, planner)
    await reported(running, model, by="UELI")
    assert [each.state for each in links(running)] == ["confirmed"]
    (link,) = links(running)
    lines = ("eli in #general: /owner link berth model serves berth plan", 'eli presses "Open"', 'eli presses "Not so"')
    await play(running, *lines)
    await reported(running, model, by="UELI", got="another")
    assert [(each.id, each.state) for each in links(running)] == [(link.id, "refused")]


async def test_words_that_only_look_like_a_product_link_nothing(running: Trial) -> None:
    model = await a_model(running)
    await a_planner(running, "berth planner")
    await a_model(running, "harbour service", kind="service")
    for where in ("the berth plan", "berth planners", "harbour service", ""):
        await reported(running, model, seen_where=where, got=f"wrong in {where}")
    assert links(running) == []


async def test_a_report_of_a_private_channel_links_for_its_members_alone(running: Trial) -> None:
    model = await a_model(running)
    await a_planner(running, "berth plan")
    await a_planner(running, "falcon plan", lead="UCHLOE", visibility=SECRET)
    await reported(running, model, by="UCHLOE", visibility=SECRET, seen_where="falcon plan")
    await reported(running, model, by="UANA", seen_where="the falcon plan and the berth plan", got="another")
    assert sorted((each.visibility, each.target_by) for each in links(running)) == [
        (SECRET, "UCHLOE"),
        (WORKSPACE, "UANA"),
    ]
