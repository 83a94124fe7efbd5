"""A bot is traced where the settings say where to, if what that takes is installed."""

import sys

import pytest

from bot.settings import Settings, SettingsError
from bot.traces import TracedStore
from bot.tracing import tracing
from storage.engine.interface import Database
from storage.workspaces.workspaces import all_workspaces, connect_workspace
from tests.bot.test_traces import traces_end
from tests.conftest import START

__all__ = ["traces_end"]


def settings(endpoint: str) -> Settings:
    return Settings.model_construct(otel_exporter_otlp_endpoint=endpoint)


async def test_without_an_endpoint_nothing_stands_between_a_bot_and_its_store(store: Database) -> None:
    async with tracing(settings(""), store) as traced:
        assert (traced.store, traced.watching, traced.traces.place()) == (store, (), "")


async def test_a_traced_store_is_the_store(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    async with tracing(settings("http://127.0.0.1:9"), store) as traced:
        assert isinstance(traced.store, TracedStore)
        await traced.store.write(lambda it: connect_workspace(it, "T1", "Harbour", "U0BOT", START))
        await traced.store.probe()
        assert [each.team_id for each in await traced.store.read(all_workspaces)] == ["T1"]
        assert len(await traced.store.search(all_workspaces)) == len(all_workspaces(traced.store.reader)) == 1
        assert traced.store.log_bytes == store.log_bytes
        assert traced.store.is_shared == store.is_shared
        assert await traced.store.scrub(is_quiet=True)


async def test_what_is_not_installed_is_named(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bot.traces", None)
    with pytest.raises(
        SettingsError, match=r"OTEL_EXPORTER_OTLP_ENDPOINT needs what an extra installs: .* as \"\.\[traces\]\""
    ):
        async with tracing(settings("http://127.0.0.1:9"), store):
            pass
