"""What the app hears of: the events that Slack documents, where it is in the conversation, and no others."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.clock import Clock
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Channel, User
from tests.local_slack.apps import MANIFEST, Recorder, call, connected, workspace


@pytest.fixture
async def app(slack: LocalSlack) -> AsyncIterator[Recorder]:
    async with connected(slack, recorder := Recorder()):
        yield recorder


async def test_an_envelope_has_what_slack_documents(
    slack: LocalSlack, app: Recorder, ana: User, general: Channel
) -> None:
    slack.people.say(ana, general, "hello @Tester")
    await slack.wire.idle()
    assert sorted(each["event"]["type"] for each in app.sent) == ["app_mention", "message"]
    assert set(app.sent[0]) == {
        "token", "team_id", "api_app_id", "event", "type", "event_id", "event_time", "event_context", "authorizations",
        "is_ext_shared_channel",
    }  # fmt: skip
    assert len({each["event_id"] for each in app.sent}) == 2
    (message,) = app.events("message")
    assert set(message) == {
        "type",
        "user",
        "text",
        "ts",
        "channel",
        "channel_type",
        "event_ts",
        "team",
        "client_msg_id",
    }
    assert (message["text"], message["channel_type"]) == ("hello <@U0BOT>", "channel")


async def test_edits_and_deletions_come_with_what_was_there(
    slack: LocalSlack, app: Recorder, ana: User, general: Channel
) -> None:
    said = slack.people.say(ana, general, "hello @Tester")
    slack.people.edit(general, said, "good-bye @Tester")
    slack.people.delete(general, said)
    await slack.wire.idle()
    told = {event.get("subtype", ""): event for event in app.events("message")}
    assert told["message_changed"]["message"]["text"] == "good-bye <@U0BOT>"
    assert told["message_changed"]["previous_message"]["text"] == "hello <@U0BOT>"
    assert told["message_deleted"]["deleted_ts"] == said.ts
    assert told["message_deleted"]["previous_message"]["text"] == "good-bye <@U0BOT>"
    assert sorted("edited" in event for event in app.events("app_mention")) == [False, True]
    assert said.ts not in general.messages


async def test_the_first_message_of_a_thread_leaves_a_stone(slack: LocalSlack, ana: User, general: Channel) -> None:
    first = slack.people.say(ana, general, "first")
    slack.people.say(ana, general, "second", first.ts)
    slack.people.delete(general, first)
    assert (first.text, first.subtype) == ("This message was deleted.", "tombstone")


async def test_reactions_come_and_go(slack: LocalSlack, app: Recorder, ana: User, general: Channel) -> None:
    said = slack.people.say(ana, general, "hello")
    slack.people.react(ana, general, said, ":eyes:")
    assert said.reactions == {"eyes": ["UANA"]}
    slack.people.react(ana, general, said, "eyes")
    assert said.reactions == {}
    await slack.wire.idle()
    (added,), (removed,) = app.events("reaction_added"), app.events("reaction_removed")
    assert (added["reaction"], added["item"]["ts"], added["item_user"]) == ("eyes", said.ts, "UANA")
    assert removed["user"] == "UANA"


async def test_slack_says_in_a_channel_who_comes_and_goes_and_mentions_nobody(
    slack: LocalSlack, app: Recorder, ana: User, general: Channel
) -> None:
    gus, bot = slack.workspace.users["UGUS"], slack.workspace.bot
    slack.people.join(general, gus)
    slack.people.leave(general, bot)
    slack.people.join(general, bot)
    slack.people.archive(general, ana)
    await slack.wire.idle()
    assert [(each.subtype, each.text) for each in general.messages.values()] == [
        ("channel_join", "<@UGUS> has joined the channel"),
        ("channel_leave", "<@U0BOT> has left the channel"),
        ("channel_join", "<@U0BOT> has joined the channel"),
        ("channel_archive", "<@UANA> archived this channel"),
    ]
    assert {event["subtype"] for event in app.events("message")} == {"channel_join", "channel_leave", "channel_archive"}
    assert not any("client_msg_id" in event for event in app.events("message"))
    assert app.events("app_mention") == []
    slack.people.say(ana, slack.workspace.channels["CDATA"], "hello @Tester")
    await slack.wire.idle()
    assert "client_msg_id" in app.events("message")[-1]
    assert len(app.events("app_mention")) == 1


async def test_channels_are_made_and_renamed(slack: LocalSlack, app: Recorder, ana: User, general: Channel) -> None:
    made = slack.people.create(ana, "pilot")
    hidden = slack.people.create(ana, "hush", "private")
    slack.people.rename(general, ana, "everybody")
    for name in ("everybody", "Two Words", ""):
        with pytest.raises(LookupError, match="no channel can be called"):
            slack.people.create(ana, name)
    await slack.wire.idle()
    (created,), (renamed,) = app.events("channel_created"), app.events("channel_rename")
    told = created["channel"]
    assert (told["id"], told["name"], told["created"], told["creator"]) == (made.id, "pilot", 1767603600, "UANA")
    assert renamed["channel"] == {
        "id": "CGENERAL",
        "name": "everybody",
        "name_normalized": "everybody",
        "created": 0,
        "is_channel": True,
        "is_mpim": False,
    }
    (said,) = app.events("message")
    assert (said["subtype"], said["old_name"], said["name"]) == ("channel_name", "general", "everybody")
    assert (made.members, hidden.is_private) == ({"UANA"}, True)
    assert list(general.messages.values())[-1].text == "<@UANA> has renamed the channel to “everybody”"


async def test_who_comes_to_a_user_group_and_goes_is_told_with_the_group_as_it_is(
    slack: LocalSlack, app: Recorder
) -> None:
    group = slack.people.form_group("data-team", "UANA", "UBEN")
    slack.people.change_group(group, ["UBEN", "UELI"])
    slack.people.change_group(group, handle="platform", deleted=1767603600)
    await slack.wire.idle()
    (made,), (moved,) = app.events("subteam_created"), app.events("subteam_members_changed")
    assert (made["subteam"]["handle"], made["subteam"]["users"]) == ("data-team", ["UANA", "UBEN"])
    assert (moved["subteam_id"], moved["added_users"], moved["removed_users"]) == (group.id, ["UELI"], ["UANA"])
    assert (moved["added_users_count"], moved["removed_users_count"]) == ("1", "1")
    first, last = (each["subteam"] for each in app.events("subteam_updated"))
    assert (first["users"], first["user_count"], first["date_delete"]) == (["UBEN", "UELI"], 2, 0)
    assert (last["name"], last["date_delete"]) == ("platform", 1767603600)


async def test_nothing_is_told_of_groups_to_who_may_not_read_them(slack: LocalSlack, app: Recorder) -> None:
    slack.workspace.app.refused_scopes = {"usergroups:read"}
    slack.people.form_group("data-team", "UANA")
    await slack.wire.idle()
    assert app.sent == []


async def test_somebody_new_joins_the_workspace_and_its_general_channel(
    slack: LocalSlack, app: Recorder, general: Channel
) -> None:
    zoe = slack.people.arrive("Zoe Adler")
    for name in ("Zoe Other", " ", "ana"):
        with pytest.raises(LookupError, match="nobody new can be called"):
            slack.people.arrive(name)
    await slack.wire.idle()
    (joined,) = app.events("team_join")
    assert (joined["user"]["id"], joined["user"]["real_name"]) == ("U0001", "Zoe Adler")
    assert zoe.id in general.members


async def test_what_is_said_after_me_is_a_message_of_its_own_kind(
    slack: LocalSlack, app: Recorder, ana: User, general: Channel
) -> None:
    slack.people.say(ana, general, "is away", subtype="me_message")
    await slack.wire.idle()
    (told,) = app.events("message")
    assert (told["subtype"], told["text"]) == ("me_message", "is away")


async def test_links_to_the_apps_domains_are_told_even_where_it_is_not(
    slack: LocalSlack, app: Recorder, ana: User
) -> None:
    random = slack.workspace.channels["CRANDOM"]
    first = slack.people.say(ana, random, "see https://example.org/a?b=1&c=2, and https://other.org")
    slack.people.say(ana, random, "(https://example.org/b)", first.ts)
    assert first.text == "see <https://example.org/a?b=1&amp;c=2>, and <https://other.org>"
    await slack.wire.idle()
    told, reply = sorted(app.events("link_shared"), key=lambda event: event["message_ts"])
    assert set(told) == {
        "type", "channel", "user", "message_ts", "links", "is_bot_user_member", "unfurl_id", "source", "event_ts",
    }  # fmt: skip
    assert told["links"] == [{"domain": "example.org", "url": "https://example.org/a?b=1&amp;c=2"}]
    assert (told["is_bot_user_member"], reply["thread_ts"]) == (False, first.ts)
    assert app.events("message") == []


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("`https://x.org/a_b`", "`<https://x.org/a_b>`"),
        ("*https://x.org*", "*<https://x.org>*"),
        ('"https://x.org/q"', '"<https://x.org/q>"'),
        ("(https://x.org/a_(b))", "(<https://x.org/a_(b>))"),
    ],
)
async def test_a_link_ends_before_the_signs_around_it(
    slack: LocalSlack, ana: User, general: Channel, typed: str, stored: str
) -> None:
    assert slack.people.say(ana, general, typed).text == stored


async def test_nobody_is_brought_into_a_conversation_of_two_nor_who_is_gone(slack: LocalSlack) -> None:
    direct = slack.workspace.conversation({"UANA", "UBEN"})
    with pytest.raises(LookupError, match="Tester cannot come to Ana Ruiz and Ben Okafor"):
        slack.people.join(direct, slack.workspace.bot)
    gus = slack.workspace.users["UGUS"]
    slack.people.change(gus, deleted=True)
    with pytest.raises(LookupError, match="Gus Lindt cannot come to #general"):
        slack.people.join(slack.workspace.channels["CGENERAL"], gus)
    assert direct.members == {"UANA", "UBEN"}


async def test_metadata_of_a_message_is_told(slack: LocalSlack, app: Recorder) -> None:
    metadata = {"event_type": "asked", "event_payload": {"number": 1}}
    said = await call(slack, "chat.postMessage", channel="CGENERAL", text="x", metadata=metadata)
    await slack.wire.idle()
    (told,) = app.events("message_metadata_posted")
    assert (told["metadata"], told["message_ts"], told["channel_id"]) == (metadata, said["ts"], "CGENERAL")


async def test_people_come_go_and_invite(slack: LocalSlack, app: Recorder, ana: User) -> None:
    random, bot = slack.workspace.channels["CRANDOM"], slack.workspace.users["U0BOT"]
    gus = slack.workspace.users["UGUS"]
    slack.people.join(random, gus)
    slack.people.join(random, bot, "UANA")
    slack.people.join(random, bot, "UANA")
    slack.people.leave(random, gus)
    slack.people.leave(random, bot)
    slack.people.leave(random, ana)
    await slack.wire.idle()
    (joined,) = app.events("member_joined_channel")
    assert (joined["user"], joined["inviter"], joined["channel_type"]) == ("U0BOT", "UANA", "C")
    assert sorted(event["user"] for event in app.events("member_left_channel")) == ["U0BOT", "UGUS"]
    assert [event["channel"] for event in app.events("channel_left")] == ["CRANDOM"]
    assert app.events("group_left") == []


async def test_a_bot_that_is_sent_out_of_a_private_channel_hears_that_it_has_left_a_group(
    slack: LocalSlack, app: Recorder
) -> None:
    secret, bot = slack.workspace.channels["CSECRETLAUNCH"], slack.workspace.users["U0BOT"]
    slack.people.join(secret, bot, "UANA")
    slack.people.leave(secret, bot)
    await slack.wire.idle()
    assert [event["channel"] for event in app.events("group_left")] == ["CSECRETLAUNCH"]
    assert app.events("channel_left") == []


async def test_profiles_deactivation_quiet_hours_and_archives(
    slack: LocalSlack, app: Recorder, clock: Clock, ana: User, general: Channel
) -> None:
    slack.people.change(ana, deleted=True, status_emoji=":palm_tree:")
    until = clock.now() + timedelta(hours=1)
    slack.people.do_not_disturb(ana, until)
    slack.people.archive(general, ana)
    await slack.wire.idle()
    (changed,), (quiet,) = app.events("user_change"), app.events("dnd_updated_user")
    assert (changed["user"]["deleted"], changed["user"]["profile"]["status_emoji"]) == (True, ":palm_tree:")
    assert (quiet["user"], quiet["dnd_status"]["next_dnd_end_ts"]) == ("UANA", int(until.timestamp()))
    assert [event["channel"] for event in app.events("channel_archive")] == ["CGENERAL"]
    with pytest.raises(LookupError, match="#general is archived"):
        slack.people.say(ana, general, "hello")


async def test_what_was_not_subscribed_to_is_not_told(clock: Clock) -> None:
    quiet = {**MANIFEST, "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}}}
    async with workspace(clock.now, quiet) as slack, connected(slack, app := Recorder()):
        said = slack.people.say(slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"], "hello")
        slack.people.react(slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"], said, "eyes")
        slack.people.say(slack.workspace.users["UANA"], slack.workspace.channels["CRANDOM"], "@Tester hello")
        await slack.wire.idle()
        assert app.sent == []
        slack.people.say(slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"], "@Tester hello")
        await slack.wire.idle()
        assert [each["event"]["type"] for each in app.sent] == ["app_mention"]


async def test_without_its_scope_an_event_is_not_told(
    slack: LocalSlack, app: Recorder, ana: User, general: Channel
) -> None:
    slack.workspace.app.refused_scopes = {"reactions:read"}
    slack.people.react(ana, general, slack.people.say(ana, general, "hello"), "eyes")
    await slack.wire.idle()
    assert (len(app.events("message")), app.events("reaction_added")) == (1, [])


async def test_only_members_write_and_addresses_mention_nobody(slack: LocalSlack, ana: User, general: Channel) -> None:
    with pytest.raises(LookupError, match="Gus Lindt is not in #general"):
        slack.people.say(slack.workspace.users["UGUS"], general, "hello")
    typed = "a@ben.org & <b> @Ben Okafor in #data for @engineers, @channel, https://x.org/#data?a&b."
    said = slack.people.say(ana, general, typed)
    assert said.text == (
        "a@ben.org &amp; &lt;b&gt; <@UBEN> in <#CDATA|> for <!subteam^SENGINEERS>, <!channel>, "
        "<https://x.org/#data?a&amp;b>."
    )
    assert said.typed == typed


async def test_the_apps_own_messages_come_back_to_it(slack: LocalSlack, app: Recorder) -> None:
    await call(slack, "chat.postMessage", channel="UANA", text="hello @Tester")
    await call(slack, "auth.revoke")
    await slack.wire.idle()
    (message,) = app.events("message")
    assert (message["bot_id"], message["channel_type"], app.events("app_mention")) == ("B0BOT", "im", [])
    assert len(app.events("tokens_revoked")) == 1
    assert (await call(slack, "auth.test"))["error"] == "token_revoked"


async def test_an_app_that_is_uninstalled_hears_of_it_and_may_call_no_more(slack: LocalSlack, app: Recorder) -> None:
    told = {"client_id": "1.local", "client_secret": "wrong"}
    assert (await call(slack, "apps.uninstall", **told))["error"] == "bad_client_secret"
    assert (await call(slack, "apps.uninstall", client_id="other"))["error"] == "invalid_client_id"
    assert (await call(slack, "apps.uninstall", **{**told, "client_secret": "local-client-secret"}))["ok"]
    await slack.wire.idle()
    assert len(app.events("app_uninstalled")) == len(app.events("tokens_revoked")) == 1
    assert (await call(slack, "auth.test"))["error"] == "account_inactive"


async def test_a_group_of_people_is_mentioned_by_its_handle(slack: LocalSlack, ana: User, general: Channel) -> None:
    assert slack.people.say(ana, general, "hello @engineers in #data").text == (
        "hello <!subteam^SENGINEERS> in <#CDATA|>"
    )
