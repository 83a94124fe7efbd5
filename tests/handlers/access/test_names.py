"""How people are called: as the store knows them, and as Slack says of a few others."""

from bot.local_slack.faults import Fault
from bot.local_slack.wire.server import LocalSlack
from handlers.access.names import names_of
from handlers.slack.directory import Directory
from storage.engine.interface import Database
from storage.workspaces.people import note_names
from tests.writing import write

TEAM = "T0LOCAL"


async def test_whom_the_store_knows_slack_is_not_asked_about(store: Database, directory: Directory) -> None:
    await write(store, note_names, TEAM, {"UANA": "Ana as we know her"})
    await write(store, note_names, "T2", {"UBEN": "Ben of another workspace"})
    assert await names_of(store, directory, TEAM, ["UBEN", "", "UANA", "UBEN"]) == {
        "UANA": "Ana as we know her",
        "UBEN": "Ben Okafor",
    }


async def test_slack_is_asked_about_twenty_others_at_most(store: Database, directory: Directory) -> None:
    strangers = [f"UX{number:02}" for number in range(22)]
    await write(store, note_names, TEAM, {"UANA": "Ana Ruiz"})
    found = await names_of(store, directory, TEAM, ["", *strangers, "UANA"])
    assert found == {"UANA": "Ana Ruiz"} | {each: each for each in strangers[:20]}


async def test_whom_slack_does_not_tell_of_now_has_no_name_until_it_does(
    slack: LocalSlack, store: Database, directory: Directory
) -> None:
    await write(store, note_names, TEAM, {"UANA": "Ana Ruiz"})
    slack.faults.arm("users.info", Fault("server_error"))
    assert await names_of(store, directory, TEAM, ["UANA", "UBEN"]) == {"UANA": "Ana Ruiz"}
    assert await names_of(store, directory, TEAM, ["UBEN"]) == {"UBEN": "Ben Okafor"}
