"""An organisation lets the app in with one token, adds it to workspaces and takes it out, as Slack documents it."""

from collections.abc import AsyncIterator

import pytest

from bot.local_slack.oauth.organization import add, take_out
from bot.local_slack.wire.server import LocalSlack
from tests.local_slack.apps import Recorder, call, connected, organization
from tests.local_slack.test_oauth import CLIENT, code

GROUP = "xoxb-group"


@pytest.fixture
async def both(slack: LocalSlack) -> AsyncIterator[tuple[LocalSlack, LocalSlack]]:
    """The organisation, which has let the app in and added it to no workspace yet, and its second workspace."""
    async with organization(slack) as (group, quay):
        await call(slack, "oauth.v2.access", "", **CLIENT, code=await code(slack, team="E0LOCAL"))
        yield group, quay


async def test_its_token_is_of_no_team_and_good_for_those_to_which_the_app_was_added(
    slack: LocalSlack, both: tuple[LocalSlack, LocalSlack]
) -> None:
    group, quay = both
    told = await call(slack, "oauth.v2.access", "", **CLIENT, code=await code(slack, team="E0LOCAL"))
    named = ("access_token", "team", "enterprise", "is_enterprise_install")
    assert [told[each] for each in named] == [GROUP, None, {"id": "E0LOCAL", "name": "Harbour Group"}, True]
    assert (await call(slack, "auth.test", GROUP))["is_enterprise_install"]
    assert (await call(slack, "auth.teams.list", GROUP))["teams"] == []
    add(group.workspace, quay.workspace)
    add(group.workspace, slack.workspace)
    teams = [{"id": "T0LOCAL", "name": "Harbour"}, {"id": "T0QUAY", "name": "Quay"}]
    assert (await call(slack, "auth.teams.list", GROUP))["teams"] == teams
    first = await call(slack, "auth.teams.list", GROUP, limit=1)
    assert (first["teams"], bool(first["response_metadata"]["next_cursor"])) == (teams[:1], True)
    take_out(group.workspace, slack.workspace)
    assert (await call(slack, "auth.teams.list", GROUP))["teams"] == teams[1:]


async def test_a_token_of_one_workspace_lists_that_one(slack: LocalSlack) -> None:
    assert (await call(slack, "auth.teams.list"))["teams"] == [{"id": "T0LOCAL", "name": "Harbour"}]


async def test_what_lists_a_workspace_wants_to_be_told_which(
    slack: LocalSlack, both: tuple[LocalSlack, LocalSlack]
) -> None:
    group, quay = both
    add(group.workspace, quay.workspace)
    for method in ("users.list", "users.conversations", "conversations.list", "usergroups.list"):
        assert (await call(slack, method, GROUP))["error"] == "missing_argument"
        for team in ("T0LOCAL", "T0OTHER", "E0LOCAL"):
            assert (await call(slack, method, GROUP, team_id=team))["error"] == "team_access_not_granted"
        assert (await call(slack, method, GROUP, team_id="T0QUAY"))["ok"]
    assert (await call(slack, "dnd.info", GROUP, user="UQANA"))["error"] == "missing_argument"
    members = (await call(slack, "users.list", GROUP, team_id="T0QUAY"))["members"]
    ana = next(each for each in members if each["id"] == "UQANA")
    assert (ana["enterprise_user"]["teams"], ana["enterprise_user"]["enterprise_id"]) == (["T0QUAY"], "E0LOCAL")


async def test_other_calls_find_their_workspace_by_what_they_name(
    slack: LocalSlack, both: tuple[LocalSlack, LocalSlack]
) -> None:
    group, quay = both
    add(group.workspace, quay.workspace)
    assert (await call(slack, "chat.postMessage", GROUP, channel="CQGENERAL", text="Ahoy"))["ok"]
    assert [each.text for each in quay.workspace.channels["CQGENERAL"].messages.values()] == ["Ahoy"]
    for method, named in (
        ("chat.postMessage", {"channel": "CGENERAL", "text": "Ahoy"}),
        ("conversations.members", {"channel": "CGENERAL"}),
        ("users.info", {"user": "UANA"}),
    ):
        assert (await call(slack, method, GROUP, **named))["error"] == "team_access_not_granted"
    assert (await call(slack, "conversations.info", GROUP, channel="CNOWHERE"))["error"] == "channel_not_found"
    assert slack.workspace.channels["CGENERAL"].messages == {}


async def test_a_file_is_uploaded_for_any_of_them_and_shown_in_one(
    slack: LocalSlack, both: tuple[LocalSlack, LocalSlack]
) -> None:
    group, quay = both
    add(group.workspace, slack.workspace, quay.workspace)
    begun = await call(slack, "files.getUploadURLExternal", GROUP, filename="a.csv", length=3)
    shown = {"files": [{"id": begun["file_id"]}], "channel_id": "CQGENERAL"}
    assert (await call(slack, "files.completeUploadExternal", GROUP, **shown))["ok"]
    (message,) = quay.workspace.channels["CQGENERAL"].messages.values()
    told = (await call(slack, "files.info", GROUP, file=begun["file_id"]))["file"]
    assert (message.files, told["user_team"]) == ([begun["file_id"]], "T0QUAY")


async def test_what_the_app_hears_says_whose_it_is(both: tuple[LocalSlack, LocalSlack]) -> None:
    group, quay = both
    async with connected(group, app := Recorder()):
        quay.wire.request_url = group.wire.request_url
        add(group.workspace, quay.workspace)
        await group.wire.idle()
        ana, general = quay.workspace.users["UQANA"], quay.workspace.channels["CQGENERAL"]
        quay.people.say(ana, general, "hello @Tester")
        await quay.wire.idle()
        await quay.interactions.run_command(ana, general, "/test hello")
        await quay.interactions.shortcut(ana, "ask")
        take_out(group.workspace, quay.workspace)
        await group.wire.idle()
    granted, said, _, command, shortcut, revoked = app.sent
    assert (granted["team_id"], granted["enterprise_id"]) == (None, "E0LOCAL")
    assert (granted["event"]["type"], granted["event"]["team_ids"]) == ("team_access_granted", ["T0QUAY"])
    bot = {"enterprise_id": "E0LOCAL", "user_id": "U0BOT", "is_bot": True, "is_enterprise_install": True}
    assert said["authorizations"] == [{**bot, "team_id": "T0QUAY"}]
    told = [command[each] for each in ("team_id", "enterprise_id", "is_enterprise_install")]
    assert told == ["T0QUAY", "E0LOCAL", "true"]
    assert (shortcut["team"], shortcut["user"]["team_id"], shortcut["is_enterprise_install"]) == (None, "T0QUAY", True)
    assert shortcut["enterprise"] == {"id": "E0LOCAL", "name": "Harbour Group"}
    assert (revoked["event"]["type"], revoked["event"]["team_ids"]) == ("team_access_revoked", ["T0QUAY"])


async def test_a_channel_of_several_workspaces_is_described_so_and_tells_an_event_once(
    slack: LocalSlack, both: tuple[LocalSlack, LocalSlack]
) -> None:
    group, quay = both
    add(group.workspace, slack.workspace, quay.workspace)
    shared = slack.workspace.channels["CGENERAL"]
    assert not (await call(slack, "conversations.info", GROUP, channel="CGENERAL"))["channel"]["is_org_shared"]
    quay.workspace.channels[shared.id] = shared
    shared.members.add("UQANA")
    async with connected(slack, app := Recorder()):
        quay.wire.request_url = slack.wire.request_url
        quay.people.say(quay.workspace.users["UQANA"], shared, "hello @Tester")
        await quay.wire.idle()
    assert (await call(slack, "conversations.info", GROUP, channel="CGENERAL"))["channel"]["is_org_shared"]
    assert [each["team"] for each in app.events("app_mention")] == ["T0QUAY"]
