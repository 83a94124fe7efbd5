"""Web hooks are kept with how their reports stand, and with who is still to be told."""

from datetime import timedelta

from storage.engine.interface import Database, to_text
from storage.workspaces import webhooks
from storage.workspaces.webhooks import Notice, Webhook
from tests.conftest import START
from tests.writing import write

HOUR = timedelta(hours=1)


def webhook(**more: object) -> Webhook:
    told = {"id": "w1", "team_id": "T1", "target_kind": "component", "target_id": "c1", "sealed": "sealed"}
    made = {"sealed_by": "first", "made_by": "UANA", "created_at": to_text(START)}
    return Webhook.model_validate({**told, **made, **more})


async def test_one_is_found_by_its_id_in_any_workspace_and_listed_in_its_own(store: Database) -> None:
    await write(store, webhooks.add, webhook())
    await write(store, webhooks.add, webhook(id="w2", team_id="T2"))
    assert webhooks.with_id(store.reader, "w2") == webhook(id="w2", team_id="T2")
    assert webhooks.by_id(store.reader, "T1", "w2") is None
    assert webhooks.every(store.reader, "T1") == [webhook()]
    assert not await write(store, webhooks.end, "T1", "w2")
    assert await write(store, webhooks.end, "T2", "w2")
    assert webhooks.with_id(store.reader, "w2") is None


async def test_each_kind_of_report_stands_as_it_was_told_last(store: Database) -> None:
    await write(store, webhooks.add, webhook())
    await write(store, webhooks.note_report, webhook(), START, "", {"version": "1", "evaluation": "latency"})
    first = webhooks.by_id(store.reader, "T1", "w1")
    assert first is not None
    await write(store, webhooks.note_report, first, START + HOUR, "", {"version": "2"})
    found = webhooks.by_id(store.reader, "T1", "w1")
    assert found is not None
    assert (found.stands("version").state, found.stands("version").at) == ("2", to_text(START + HOUR))
    assert (found.stands("evaluation").state, found.stands("evaluation").at) == ("latency", to_text(START))
    assert found.stands("contract").state == ""
    assert found.last_at == to_text(START + HOUR)


async def test_one_is_late_once_its_time_has_passed_until_that_is_told(store: Database) -> None:
    await write(store, webhooks.add, webhook(due_at=to_text(START)))
    await write(store, webhooks.add, webhook(id="w2", team_id="T2"))
    assert webhooks.where_late(store.reader, START) == set()
    assert webhooks.where_late(store.reader, START + HOUR) == {"T1"}
    (late,) = webhooks.late(store.reader, "T1", START + HOUR)
    await write(store, webhooks.note_late, late)
    assert webhooks.late(store.reader, "T1", START + HOUR) == []
    await write(store, webhooks.note_report, late, START + HOUR, to_text(START + 2 * HOUR), {})
    assert [each.id for each in webhooks.late(store.reader, "T1", START + 3 * HOUR)] == ["w1"]


async def test_somebody_is_to_be_told_once_and_not_of_what_is_gone(store: Database) -> None:
    await write(store, webhooks.add, webhook())
    notice = Notice(team_id="T1", webhook_id="w1", kind="version", person="UANA", was="1", at=to_text(START))
    await write(store, webhooks.tell_later, notice)
    await write(store, webhooks.tell_later, notice.model_copy(update={"was": "2"}))
    assert webhooks.notices(store.reader, "T1") == [notice]
    assert webhooks.notice_to(store.reader, webhook(), "version", "UANA") == notice
    assert webhooks.where_notices(store.reader) == {"T1"}
    await write(store, webhooks.end_notice, notice)
    assert webhooks.notices(store.reader, "T1") == []
    await write(store, webhooks.tell_later, notice)
    await write(store, webhooks.end, "T1", "w1")
    assert webhooks.notices(store.reader, "T1") == []


async def test_what_another_key_has_sealed_is_found_and_sealed_anew(store: Database) -> None:
    await write(store, webhooks.add, webhook())
    (found,) = webhooks.sealed_otherwise(store.reader, "second")
    await write(store, webhooks.seal_anew, found, "sealed anew", "second")
    assert webhooks.sealed_otherwise(store.reader, "second") == []
    assert webhooks.every(store.reader, "T1") == [webhook(sealed="sealed anew", sealed_by="second")]
