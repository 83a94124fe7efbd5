"""What other programs report of is found by the name that people give it, as far as it may be seen."""

from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.agreements.reported import named, owners, said_there, target_of
from handlers.slack import blocks
from storage.engine.interface import WORKSPACE
from tests.handlers.access.secrets import SECRET
from tests.handlers.data_requests.playing import put, put_draft
from tests.handlers.requirements.playing import TEAM, a_model
from tests.storage.workspaces.test_webhooks import webhook


async def test_a_component_is_found_by_its_name_or_its_id_and_a_request_by_its_number(running: Trial) -> None:
    reader, model, request = running.bot.store.reader, await a_model(running), await put(running)
    for text in ("berth model", "Berth Model", model.id):
        assert [each.id for each in named(reader, TEAM, text, (WORKSPACE,))] == [model.id]
    (found,) = named(reader, TEAM, " dr-1 ", (WORKSPACE,))
    assert (found.kind, found.id, found.thread) == ("data request", request.id, request.thread)
    assert found.name == "DR-1 berth arrivals"
    assert named(reader, TEAM, "tides", None) == named(reader, TEAM, "", None) == []


async def test_what_may_not_be_seen_and_what_is_a_draft_still_is_not_found(running: Trial) -> None:
    reader, hidden = running.bot.store.reader, await a_model(running, "falcon model", visibility=SECRET)
    draft = await put_draft(running)
    assert named(reader, TEAM, "falcon model", (WORKSPACE,)) == []
    assert [each.id for each in named(reader, TEAM, "falcon model", None)] == [hidden.id]
    assert named(reader, TEAM, draft.number, None) == []


async def test_a_web_hook_is_about_what_is_there_still(running: Trial) -> None:
    reader, model, request = running.bot.store.reader, await a_model(running), await put(running)
    told = {"team_id": TEAM}
    by_component = target_of(reader, webhook(**told, target_id=model.id))
    by_request = target_of(reader, webhook(**told, target_kind="data request", target_id=request.id))
    assert (by_component and by_component.name, by_request and by_request.id) == ("berth model", request.id)
    assert target_of(reader, webhook(**told, target_id="gone")) is None
    assert target_of(reader, webhook(**told, target_kind="data request", target_id="gone")) is None


async def test_the_lead_answers_for_a_component_where_nobody_owns_a_duty(running: Trial) -> None:
    await a_model(running)
    (target,) = named(running.bot.store.reader, TEAM, "berth model", None)
    assert (
        owners(running.bot.store.reader, target) == owners(running.bot.store.reader, target, "evaluation") == ["UCHLOE"]
    )


async def test_where_guests_would_read_it_both_sides_are_told_instead_of_the_thread(running: Trial) -> None:
    request = await put(running)
    (target,), now = named(running.bot.store.reader, TEAM, "DR-1", None), running.bot.clock.now()
    message = blocks.said("told")
    (said,) = said_there(running.bot.store.reader, target, message, Facts("", now))
    assert (said.lane, said.thread) == (request.channel, request.thread)
    limited = said_there(running.bot.store.reader, target, message, Facts("", now, is_limited=True))
    assert sorted(each.lane for each in limited) == ["UANA", "UDEV"]
