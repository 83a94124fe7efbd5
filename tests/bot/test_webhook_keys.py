"""The secrets of web hooks are sealed by the newest key, opened by any that is listed, and by nobody without one."""

import pytest

from bot.sealing import Seal, new_key
from bot.webhook_keys import WebhookKeys, sealing
from storage.engine.interface import Database
from storage.workspaces import webhooks
from tests.conftest import START
from tests.storage.workspaces.test_webhooks import webhook
from tests.writing import write

SECRET = "whsec_quay"


@pytest.fixture
def keys() -> list[str]:
    return [new_key(), new_key()]


async def test_what_was_sealed_is_opened_and_tells_nothing(store: Database, keys: list[str]) -> None:
    found = WebhookKeys(Seal(keys), store)
    sealed, name = found.seals(SECRET)
    assert "quay" not in sealed + name
    assert found.secret_of(webhook(sealed=sealed)) == SECRET
    assert WebhookKeys(Seal([new_key()]), store).secret_of(webhook(sealed=sealed)) == ""


async def test_an_older_key_still_opens_and_all_are_sealed_by_the_newest(store: Database, keys: list[str]) -> None:
    old, new = Seal(keys[1:]), Seal(keys)
    sealed, name = sealing(old)(SECRET)
    await write(store, webhooks.add, webhook(sealed=sealed, sealed_by=name))
    await write(store, webhooks.add, webhook(id="lost", sealed="of a key that is gone", sealed_by="gone"))
    assert await WebhookKeys(new, store).keep_up(START) == "done"
    found = webhooks.with_id(store.reader, "w1")
    assert found is not None
    assert found.sealed_by == new.name
    assert WebhookKeys(Seal(keys[:1]), store).secret_of(found) == SECRET
    lost = webhooks.with_id(store.reader, "lost")
    assert lost is not None
    assert lost.sealed_by == "gone"
