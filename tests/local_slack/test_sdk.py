"""Slack's own clients work against the local Slack unchanged: the Web API, uploads, Socket Mode and its reconnects."""

from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, FormData
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.local_slack.wire.server import LocalSlack
from tests.local_slack.apps import button, call, error_of, sdk


async def test_the_sdk_uploads_a_file_in_its_two_steps(slack: LocalSlack) -> None:
    async with sdk(slack) as client:
        said = (await client.chat_postMessage(channel="CGENERAL", text="x"))["ts"]
        await client.files_upload_v2(
            channel="CGENERAL",
            thread_ts=said,
            filename="a.csv",
            content="id,age\n1,30\n",
            title="A",
            initial_comment="See",
        )
    message = list(slack.workspace.channels["CGENERAL"].messages.values())[-1]
    (file,) = (slack.workspace.files[each] for each in message.files)
    assert (message.text, message.thread_ts, file.title, file.content) == ("See", said, "A", b"id,age\n1,30\n")
    told = (await call(slack, "files.info", file=file.id))["file"]
    async with ClientSession() as session:
        async with session.get(told["url_private"], headers={"Authorization": "Bearer xoxb-local"}) as response:
            assert await response.read() == b"id,age\n1,30\n"
        async with session.get(told["url_private"]) as response:
            assert response.content_type == "text/html"
        async with session.get(f"{slack.url}/files/F9/x") as response:
            assert response.status == 404
        async with session.post(f"{slack.url}/upload/F9") as response:
            assert response.status == 404
        form = FormData()
        form.add_field("file", b"other", filename="a.csv")
        async with session.post(f"{slack.url}/upload/{file.id}", data=form) as response:
            assert (response.status, slack.workspace.files[file.id].content) == (200, b"other")
    assert told["shares"] == {"public": {"CGENERAL": [{"ts": message.ts, "thread_ts": said}]}}


async def test_a_file_that_is_deleted_leaves_a_stone_where_it_was_shown(slack: LocalSlack) -> None:
    place = await call(slack, "files.getUploadURLExternal", filename="a.csv", length=3)
    about: dict[str, Any] = {"files": [{"id": place["file_id"]}], "channel_id": "CGENERAL", "initial_comment": "See"}
    await call(slack, "files.completeUploadExternal", **about)
    await call(slack, "files.delete", file=place["file_id"])
    (message,) = (await call(slack, "conversations.history", channel="CGENERAL"))["messages"]
    assert (message["text"], message["files"]) == ("See", [{"id": place["file_id"], "mode": "tombstone"}])
    assert await error_of(slack, "files.info", file=place["file_id"]) == "file_deleted"
    assert await error_of(slack, "files.completeUploadExternal", **about) == "file_not_found"
    async with ClientSession() as session, session.get(f"{slack.url}/files/{place['file_id']}/a.csv?me=1") as response:
        assert response.status == 404


async def test_the_app_deletes_no_file_of_somebody_else(slack: LocalSlack) -> None:
    file = slack.people.upload(slack.workspace.users["UANA"], "a.csv", b"id")
    assert await error_of(slack, "files.delete", file=file.id) == "cant_delete_file"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("files.getUploadURLExternal", {"filename": "", "length": 3}, "invalid_arguments"),
        ("files.info", {"file": "F9"}, "file_not_found"),
        ("files.completeUploadExternal", {"files": [{"id": "F9"}]}, "file_not_found"),
        ("files.completeUploadExternal", {"files": [], "channel_id": "CRANDOM"}, "not_in_channel"),
        ("chat.postEphemeral", {"channel": "CGENERAL", "user": "UGUS", "text": "x"}, "user_not_in_channel"),
        ("chat.postMessage", {"channel": "#nowhere", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "U0BOT", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "#general", "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ("chat.update", {"channel": "CGENERAL", "ts": "1.1", "text": "x"}, "message_not_found"),
        ("chat.getPermalink", {"channel": "CGENERAL", "message_ts": "1.1"}, "message_not_found"),
        ("reactions.add", {"channel": "CGENERAL", "timestamp": "1.1", "name": "eyes"}, "message_not_found"),
        ("conversations.open", {"users": ""}, "users_list_not_supplied"),
        ("conversations.open", {"users": "UNOBODY"}, "user_not_found"),
        ("conversations.join", {"channel": "CSECRETLAUNCH"}, "method_not_supported_for_channel_type"),
        ("users.lookupByEmail", {"email": "no@where"}, "users_not_found"),
        ("usergroups.users.list", {"usergroup": "S9"}, "no_such_subteam"),
        ("users.list", {"cursor": "nonsense"}, "invalid_cursor"),
    ],
)
async def test_what_slack_refuses(slack: LocalSlack, method: str, arguments: dict[str, object], error: str) -> None:
    assert await error_of(slack, method, **arguments) == error


async def test_a_message_is_changed_reacted_to_and_deleted_by_its_app(slack: LocalSlack) -> None:
    said = {"channel": "CGENERAL", "ts": (await call(slack, "chat.postMessage", channel="#general", text="x"))["ts"]}
    assert (await call(slack, "chat.update", **said, text="y", blocks=[{"type": "divider"}]))["message"]["text"] == "y"
    assert await error_of(slack, "chat.update", **said, text="y" * 4001) == "msg_too_long"
    reaction = {"channel": "CGENERAL", "timestamp": said["ts"], "name": "eyes"}
    assert await error_of(slack, "reactions.remove", **reaction) == "no_reaction"
    await call(slack, "reactions.add", **reaction)
    assert await error_of(slack, "reactions.add", **reaction) == "already_reacted"
    assert await error_of(slack, "reactions.add", **{**reaction, "name": ""}) == "invalid_name"
    assert slack.workspace.channels["CGENERAL"].messages[said["ts"]].reactions == {"eyes": ["U0BOT"]}
    await call(slack, "reactions.remove", **reaction)
    link = (await call(slack, "chat.getPermalink", channel="CGENERAL", message_ts=said["ts"]))["permalink"]
    assert link == f"{slack.url}/archives/CGENERAL/p{said['ts'].replace('.', '')}"
    await call(slack, "chat.delete", **said)
    assert slack.workspace.channels["CGENERAL"].messages == {}
    hers = slack.people.say(slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"], "hers")
    for method, refusal in (("chat.update", "cant_update_message"), ("chat.delete", "cant_delete_message")):
        assert await error_of(slack, method, channel="CGENERAL", ts=hers.ts, text="x") == refusal


async def test_people_channels_and_groups_are_listed(slack: LocalSlack) -> None:
    async with sdk(slack) as client:
        names = [user["name"] async for page in await client.users_list(limit=3) for user in page["members"]]
        assert names == ["tester", "ana", "ben", "chloe", "dev", "eli", "gus"]
        listed = await client.conversations_list(types="public_channel,private_channel", exclude_archived=True)
        assert [each["name"] for each in listed["channels"]][-1] == "secret-launch"
        members = await client.conversations_members(channel="CSECRETLAUNCH")
        assert members["members"] == ["U0BOT", "UANA", "UCHLOE"]
        one, several = await client.conversations_open(users="UANA"), await client.conversations_open(users="UANA,UBEN")
        assert (one["channel"]["id"], several["channel"]["id"]) == ("DANA", "G0001")
        assert (await client.conversations_open(users=["UBEN", "UANA"]))["channel"]["id"] == "G0001"
        assert (await client.conversations_join(channel="CRANDOM"))["channel"]["name"] == "random"
        found = await client.users_lookupByEmail(email="ana@example.org")
        assert found["user"]["id"] == "UANA"
        assert (await client.users_profile_get(user="UANA"))["profile"]["title"] == "Data scientist"
        assert (await client.usergroups_list())["usergroups"][0]["handle"] == "engineers"
        assert (await client.usergroups_users_list(usergroup="SENGINEERS"))["users"] == ["UBEN", "UDEV"]
        slack.people.change_group(slack.workspace.usergroups["SENGINEERS"], deleted=1)
        assert (await client.usergroups_list())["usergroups"] == []
        (disabled,) = (await client.usergroups_list(include_disabled=True, include_users=True))["usergroups"]
        assert (disabled["date_delete"], disabled["users"]) == (1, ["UBEN", "UDEV"])
        assert (await client.team_info())["team"]["name"] == "Harbour"
        assert (await client.bots_info(bot="B0BOT"))["bot"]["name"] == "Tester"
        assert (await client.api_test(foo="bar"))["args"] == {"foo": "bar"}
        slack.workspace.channels["CRANDOM"].is_archived = True
        assert await error_of(slack, "conversations.join", channel="CRANDOM") == "is_archived"


async def test_threads_know_their_replies_and_take_no_threads_of_their_own(slack: LocalSlack) -> None:
    first = (await call(slack, "chat.postMessage", channel="CGENERAL", text="first"))["ts"]
    reply = {"channel": "CGENERAL", "text": "reply", "thread_ts": first, "reply_broadcast": True}
    second = await call(slack, "chat.postMessage", **reply)
    assert (second["message"]["subtype"], second["message"]["root"]["ts"]) == ("thread_broadcast", first)
    (parent, *_) = (await call(slack, "conversations.replies", channel="CGENERAL", ts=first))["messages"]
    assert (parent["thread_ts"], parent["reply_count"], parent["latest_reply"]) == (first, 1, second["ts"])
    nested = {**reply, "thread_ts": second["ts"]}
    assert await error_of(slack, "chat.postMessage", **nested) == "cannot_reply_to_message"


async def test_what_is_private_is_left_out(slack: LocalSlack) -> None:
    slack.workspace.app.refused_scopes = {"users:read.email"}
    assert "email" not in (await call(slack, "users.info", user="UANA"))["user"]["profile"]
    ana, random = slack.workspace.users["UANA"], slack.workspace.channels["CRANDOM"]
    slack.people.say(ana, random, "", files=[slack.people.upload(ana, "a.csv", b"x").id])
    assert await error_of(slack, "files.info", file="F0001") == "file_not_found"


async def test_do_not_disturb_ends(slack: LocalSlack, clock: Clock) -> None:
    slack.people.do_not_disturb(slack.workspace.users["UANA"], clock.now() + timedelta(hours=1))
    assert (await call(slack, "dnd.info", user="UANA"))["dnd_enabled"] is True
    clock.move(timedelta(hours=2))
    told = await call(slack, "dnd.teamInfo", users="UANA,UBEN,UNOBODY")
    assert {name: each["dnd_enabled"] for name, each in told["users"].items()} == {"UANA": False, "UBEN": False}


async def test_an_ephemeral_message_is_one_persons(slack: LocalSlack) -> None:
    told = await call(slack, "chat.postEphemeral", channel="CGENERAL", user="UANA", text="only you")
    (whisper,) = slack.workspace.channels["CGENERAL"].ephemerals.values()
    assert (whisper.to, whisper.text, told["message_ts"]) == ("UANA", "only you", whisper.ts)
    assert await error_of(slack, "chat.update", channel="CGENERAL", ts=whisper.ts, text="x") == "message_not_found"
    tabs = slack.workspace.app.manifest["features"]
    slack.workspace.app.manifest = {
        **slack.workspace.app.manifest, "features": {**tabs, "app_home": {"messages_tab_enabled": False}}
    }  # fmt: skip
    assert await error_of(slack, "chat.postMessage", channel="UANA", text="x") == "messages_tab_disabled"


async def test_json_that_is_none_is_refused(slack: LocalSlack) -> None:
    headers = {"Authorization": "Bearer xoxb-local", "Content-Type": "application/json"}
    async with ClientSession() as session:
        for body, error in (("{", "invalid_json"), ("[]", "json_not_object"), ('{"text": null}', "channel_not_found")):
            async with session.post(f"{slack.api_url}chat.postMessage", data=body, headers=headers) as response:
                assert (await response.json())["error"] == error


async def test_rate_limits_are_by_channel_and_by_method_when_switched_on(slack: LocalSlack, clock: Clock) -> None:
    slack.rates.is_on = True
    for _ in range(5):
        assert (await call(slack, "chat.postMessage", channel="CGENERAL", text="x"))["ok"]
    assert await error_of(slack, "chat.postMessage", channel="CGENERAL", text="x") == "ratelimited"
    assert (await call(slack, "chat.postMessage", channel="CDATA", text="x"))["ok"]
    clock.move(timedelta(seconds=4))
    for _ in range(5):
        assert await error_of(slack, "chat.postMessage", channel="CGENERAL", text="x") == "ratelimited"
    clock.move(timedelta(seconds=2))
    assert (await call(slack, "chat.postMessage", channel="CGENERAL", text="x"))["ok"]
    for _ in range(20):
        await call(slack, "users.list")
    async with sdk(slack) as client:
        with pytest.raises(SlackApiError) as caught:
            await client.users_list()
        assert caught.value.response.headers["Retry-After"] == "61"


async def bolt_app(slack: LocalSlack, heard: list[str]) -> AsyncSocketModeHandler:
    client = AsyncWebClient("xoxb-local", base_url=slack.api_url)
    app = AsyncApp(token="xoxb-local", client=client, raise_error_for_unhandled_request=False)

    @app.command("/test")
    async def test(ack: AsyncAck, body: dict[str, str]) -> None:
        heard.append(body["text"])
        await ack({"text": f"heard {body['text']}", "blocks": [{"type": "actions", "elements": [button("Go", "go")]}]})

    handler = AsyncSocketModeHandler(app, "xapp-local", web_client=client)
    await handler.connect_async()
    return handler


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("silent", [False, True], ids=["announced", "silent"])
async def test_bolt_reconnects_when_slack_renews_the_connection(slack: LocalSlack, silent: bool) -> None:  # noqa: FBT001
    heard: list[str] = []
    handler = await bolt_app(slack, heard)
    ana, general = slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"]
    await slack.until(lambda: len(slack.wire.sockets) == 1)
    await slack.interactions.run_command(ana, general, "/test one")
    (first,) = slack.wire.sockets
    if not silent:
        await slack.wire.refresh("warning")
    await slack.wire.refresh(silent=silent)
    await slack.until(lambda: any(each.is_open and each is not first for each in slack.wire.sockets))
    await slack.interactions.run_command(ana, general, "/test two")
    await handler.close_async()
    assert heard == ["one", "two"]
    assert [each.text for each in general.ephemerals.values()] == ["heard one", "heard two"]
