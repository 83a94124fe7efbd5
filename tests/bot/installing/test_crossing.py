"""Whoever tries to reach from one workspace into another finds nothing there and changes nothing, on each engine."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.local_slack.workspace.state import Json
from handlers.framework.context import Context
from handlers.slack.blocks import Message
from handlers.slack.interactions import Ask, Place
from handlers.slack.replies import Reply, Say
from storage.engine.interface import Reader, Transaction
from storage.workspaces import deletion
from storage.workspaces.workspaces import uninstall
from tests.bot.installing.spaces import HARBOUR, QUAY, Spaces, spaces
from tests.bot.installing.test_installed import said_in
from tests.conftest import on_postgres
from tests.playing import play
from tests.writing import write

OWN = "harbourside"
HAVE = (
    f"ben in #general: @Common Ground decided: Drop the feed {OWN}",
    "ben in #general: /decision D-1",
    "ben in #general: /decision list",
    "ben in #general: /define bias",
    f"ben in #general: /common-ground find {OWN}",
    "ana in #general: @Common Ground what does berthing mean?",
    "chloe in #general: /common-ground audit",
    "ben opens the Home",
)
#: What a service remembers for itself, and what is counted.
_CHANGING = ("handled", "revisions", "homes", "finished_periods")


def buttons_in(shown: Any) -> Iterator[Json]:
    """Yield each button in blocks, however deep."""
    if isinstance(shown, dict):
        if shown.get("type") == "button" and "action_id" in shown and "url" not in shown:
            yield shown
        for each in shown.values():
            yield from buttons_in(each)
    elif isinstance(shown, list):
        for each in shown:
            yield from buttons_in(each)


def kept(reader: Reader, team_id: str) -> list[tuple[str, dict[str, object]]]:
    return [each for each in deletion.rows(reader, team_id) if each[0] not in _CHANGING]


async def press(both: Spaces, button: Json) -> None:
    """Have somebody in the other workspace press a button that was shown in the first."""
    workspace, general = both.quay.slack.workspace, both.quay.slack.workspace.channels["CGENERAL"]
    blocks = [{"type": "actions", "block_id": "b", "elements": [button]}]
    message = workspace.keep(general, workspace.bots_message("A button", blocks, None))
    await both.quay.slack.interactions.use(workspace.users["UBEN"], message, button["action_id"])
    await both.quay.quiet()


async def test_a_button_that_names_what_another_workspace_has_shows_and_changes_nothing_of_it(
    clock: Clock, store_url: str
) -> None:
    async with spaces(clock, store_url) as both:
        await both.install(HARBOUR, QUAY)
        await play(both.harbour, *HAVE)
        workspace = both.harbour.slack.workspace
        messages = [each for place in workspace.channels.values() for each in place.messages.values()]
        messages += [each for place in workspace.channels.values() for each in place.ephemerals.values()]
        shown = [each.blocks for each in messages] + [each.blocks for each in workspace.homes.values()]
        buttons = {(each["action_id"], each.get("value", "")): each for each in buttons_in(shown)}
        before = kept(both.bot.store.reader, HARBOUR)
        for each in buttons.values():
            await press(both, each)
        assert len(buttons) > 15
        assert OWN in said_in(both.harbour.slack)
        assert OWN not in said_in(both.quay.slack)
        assert kept(both.bot.store.reader, HARBOUR) == before


async def test_a_number_or_a_word_is_that_of_the_askers_own_workspace(clock: Clock, store_url: str) -> None:
    async with spaces(clock, store_url) as both:
        await both.install(HARBOUR, QUAY)
        await play(both.harbour, HAVE[0])
        asked = ("ben in #general: /decision D-1", f"ben in #general: /common-ground find {OWN}")
        told = [await play(both.quay, line) for line in asked]
        assert [("Drop the feed" in each, each != "") for each in told] == [(False, True)] * 2
        await play(both.quay, "ben in #general: @Common Ground decided: Keep the feed quayside")
        assert "Keep the feed quayside" in await play(both.quay, asked[0])
        assert f"Drop the feed {OWN}" in await play(both.harbour, asked[0])


@on_postgres
async def test_a_request_whose_statements_forget_their_workspace_finds_and_changes_nothing_of_another(
    clock: Clock, store_url: str
) -> None:
    found: list[object] = []

    def change(transaction: Transaction, _now: datetime) -> None:
        transaction.run("UPDATE decisions SET title = 'taken'")

    async def forget(context: Context[Ask]) -> Reply:
        rows = await context.read(lambda reader: reader.all("SELECT team_id, title FROM decisions"))
        found.extend((row["team_id"], row["title"]) for row in rows)
        return Reply(Say(Message("Done.")), change)

    async with spaces(clock, store_url) as both:
        await both.install(HARBOUR, QUAY)
        for each in (both.harbour, both.quay):
            await play(each, HAVE[0])
        asked = Ask(QUAY, "UBEN", Place("CGENERAL"), "", ("trigger:crossing",), response_url=both.quay.slack.url)
        assert "Done." in (await both.bot.boundary.handle(asked, forget)).body
        titles = await both.bot.store.read(lambda reader: reader.all("SELECT team_id, title FROM decisions"))
        assert found == [(QUAY, f"Drop the feed {OWN}")]
        assert {row["team_id"]: row["title"] for row in titles} == {HARBOUR: f"Drop the feed {OWN}", QUAY: "taken"}


async def test_what_ends_in_one_workspace_ends_in_no_other(clock: Clock, store_url: str) -> None:
    async with spaces(clock, store_url) as both:
        await both.install(HARBOUR, QUAY)
        for each in (both.harbour, both.quay):
            await play(each, HAVE[0])
        before = kept(both.bot.store.reader, HARBOUR)
        await write(both.bot.store, uninstall, QUAY, both.bot.clock.now())
        await write(both.bot.store, deletion.begin, QUAY, both.bot.clock.now())
        while await both.bot.store.write(lambda transaction: deletion.delete_some(transaction, QUAY)):
            continue
        assert deletion.counts(both.bot.store.reader, QUAY) == {}
        assert kept(both.bot.store.reader, HARBOUR) == before
