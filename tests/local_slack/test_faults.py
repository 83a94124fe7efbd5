"""What goes wrong with calls: what each kind of fault looks like to an app, and which calls a rule strikes."""

import re

import pytest
from aiohttp import ClientSession, ServerDisconnectedError

from bot.clock import Clock
from bot.local_slack.faults import KINDS, Fault, Faults, Rule, rules_in
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.installed import ResponseUrl, Trigger
from bot.local_slack.workspace.state import Channel, Json, Message, OpenView, User
from tests.local_slack.apps import Recorder, call, connected, error_of

NOTHING = (0, "", "", "")


async def posted(slack: LocalSlack, channel: str = "CGENERAL", text: str = "hello") -> tuple[int, str, str, str]:
    """Post a message as any HTTP client would, and return status, content type, Retry-After and body."""
    body, headers = {"channel": channel, "text": text}, {"Authorization": "Bearer xoxb-local"}
    async with ClientSession() as session:
        try:
            async with session.post(f"{slack.api_url}chat.postMessage", json=body, headers=headers) as response:
                text = await response.text()
                return response.status, response.content_type, response.headers.get("Retry-After", ""), text
        except ServerDisconnectedError:
            return NOTHING


def said(channel: Channel) -> list[str]:
    return [each.text for each in channel.messages.values()]


JSON, PAGE, TEXT = "application/json", "text/html", "text/plain"


@pytest.mark.parametrize(
    ("kind", "seen", "is_done"),
    [
        ("rate_limited", (429, JSON, "1", '{"ok": false, "error": "ratelimited"}'), False),
        ("rate_limited_long", (429, JSON, "300", '{"ok": false, "error": "ratelimited"}'), False),
        ("rate_limited_bare", (429, JSON, "", '{"ok": false, "error": "ratelimited"}'), False),
        ("rate_limited_html", (429, PAGE, "1", "<!DOCTYPE html>"), False),
        ("server_error", (503, TEXT, "", "upstream connect error"), False),
        ("server_error_json", (500, JSON, "", '{"ok": false, "error": "internal_error"}'), False),
        ("server_error_html", (502, PAGE, "", "<!DOCTYPE html>"), False),
        ("server_error_empty", (500, TEXT, "", ""), False),
        ("timeout_before", (504, PAGE, "", "<!DOCTYPE html>"), False),
        ("timeout_after", (504, PAGE, "", "<!DOCTYPE html>"), True),
        ("lost_before", NOTHING, False),
        ("lost_after", NOTHING, True),
        ("garbled", (200, JSON, "", '{"ok": tr'), False),
        ("garbled_html", (200, PAGE, "", "<!DOCTYPE html>"), False),
        ("empty", (200, JSON, "", ""), False),
        ("refused", (200, JSON, "", '{"ok": false, "error": "fatal_error"}'), False),
        ("slow", (200, JSON, "", '{"ok": true, "channel": "CGENERAL"'), True),
    ],
)
async def test_each_kind_looks_as_it_does_in_slack(
    slack: LocalSlack, general: Channel, kind: str, seen: tuple[int, str, str, str], *, is_done: bool
) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    slack.faults.wait = wait
    slack.faults.follow([Rule(kind, "chat.*", most=1)])
    answer = await posted(slack)
    assert answer[:3] == seen[:3]
    assert answer[3].startswith(seen[3])
    assert (said(general) == ["hello"]) is is_done
    assert waited == ([KINDS[kind].seconds] if kind in ("slow", "timeout_before", "timeout_after") else [])
    assert [(each.kind, each.name, each.place) for each in slack.faults.struck] == [
        (kind, "chat.postMessage", "CGENERAL")
    ]
    assert (await posted(slack))[0] == 200
    assert len(slack.faults.struck) == 1


def struck(clock: Clock, called: list[str], *rules: Rule, seed: int = 7) -> set[tuple[str, int]]:
    """Return which calls are struck, by place and number, when places call in this order."""
    faults = Faults(clock.now)
    faults.follow(rules, seed)
    for place in called:
        faults.strike("call", "chat.postMessage", place)
    return {(each.place, each.number) for each in faults.struck}


def test_the_same_seed_strikes_the_same_calls_however_those_of_channels_come(clock: Clock) -> None:
    rule, one_by_one = Rule("server_error", "chat.*", 0.3), ["C1"] * 40 + ["C2"] * 40 + ["C3"] * 40
    found = struck(clock, one_by_one, rule)
    assert found == struck(clock, ["C3", "C1", "C2"] * 40, rule)
    assert 20 <= len(found) <= 52
    assert found != struck(clock, one_by_one, rule, seed=8)
    assert found < struck(clock, one_by_one, Rule("server_error", "chat.*", 0.6))
    assert len({frozenset(number for where, number in found if where == each) for each in ("C1", "C2", "C3")}) == 3


def test_a_rule_strikes_what_it_names_and_so_often_in_a_place(clock: Clock) -> None:
    faults, called = Faults(clock.now), ("chat.postMessage", "chat.update", "users.info")
    faults.follow([Rule("empty", "users.*"), Rule("slow", "chat.*", most=2), Rule("server_error", "chat.update")])
    found = [(name, place, faults.strike("call", name, place)) for _ in range(3) for name in called for place in "ab"]
    kinds = [(name, place, fault and fault.kind) for name, place, fault in found]
    assert kinds[-6:] == [
        ("chat.postMessage", "a", None),
        ("chat.postMessage", "b", None),
        ("chat.update", "a", "server_error"),
        ("chat.update", "b", "server_error"),
        ("users.info", "a", "empty"),
        ("users.info", "b", "empty"),
    ]
    assert [kind for *_, kind in kinds[:12]] == ["slow", "slow", "slow", "slow", "empty", "empty"] * 2
    assert faults.strike("event", "chat.update") is None
    faults.follow([])
    assert faults.strike("call", "users.info") is None


def test_what_is_armed_strikes_before_any_rule(clock: Clock) -> None:
    faults = Faults(clock.now)
    faults.follow([Rule("slow", seconds=7), Rule("empty")])
    faults.arm("auth.test", Fault("server_error"), Fault("duplicate"))
    found = [faults.strike("call", "auth.test") for _ in range(3)]
    assert [each and (each.kind, each.takes) for each in found] == [("server_error", 0), ("slow", 7), ("slow", 7)]
    assert [(each.kind, each.at) for each in faults.struck][:2] == [
        ("server_error", clock.now()),
        ("slow", clock.now()),
    ]


def test_rules_are_written_as_they_are_read() -> None:
    told = "chat.*=rate_limited:0.1 seconds=30 most=2, *=refused error=internal_error\n# no\nmessage=late:0.05 # why"
    rules = rules_in(told)
    assert rules == [
        Rule("rate_limited", "chat.*", 0.1, 2, seconds=30),
        Rule("refused", "*", error="internal_error"),
        Rule("late", "message", 0.05),
    ]
    assert rules_in("\n".join(map(str, rules))) == rules


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("chat.*", "'chat.*' is no rule; write one like chat.*=rate_limited:0.1, with most=3 or seconds=30"),
        ("chat.*=sleepy", "nothing goes wrong as 'sleepy'; these do: rate_limited, "),
        ("chat.*=slow:1.5", "a share is from 0 to 1, and not 1.5"),
        ("chat.*=slow:1.5.2", "'chat.*=slow:1.5.2' is no rule"),
        ("chat.*=slow often=2", "'chat.*=slow often=2' is no rule"),
        ("chat.*=slow most=few", "'chat.*=slow most=few' is no rule"),
    ],
)
def test_a_wrong_rule_says_what_is_wrong(told: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=re.escape(wrong)):
        rules_in(told)


@pytest.mark.parametrize(
    ("method", "arguments", "place"),
    [
        ("chat.postMessage", {"channel": "CGENERAL", "text": "hello"}, "CGENERAL"),
        ("users.info", {"user": "UANA"}, "UANA"),
        ("conversations.open", {"users": "UANA,UBEN"}, "UANA,UBEN"),
        ("views.open", {"trigger_id": "t", "view": {}}, "UANA"),
        ("views.update", {"view_id": "V1", "view": {}}, "UBEN"),
        ("auth.test", {}, ""),
    ],
)
async def test_a_place_is_what_a_call_is_about_and_not_an_id_that_was_counted(
    slack: LocalSlack, method: str, arguments: Json, place: str
) -> None:
    slack.workspace.triggers["t"] = Trigger("UANA", slack.workspace.now())
    slack.workspace.views["UBEN"] = [OpenView("V1", "UBEN", "h1", {"blocks": []})]
    slack.faults.follow([Rule("refused")])
    assert await error_of(slack, method, **arguments) == "fatal_error"
    assert [each.place for each in slack.faults.struck] == [place]


async def test_answers_by_a_response_url_and_files_go_wrong_too(slack: LocalSlack, ana: User) -> None:
    slack.workspace.response_urls["k"] = ResponseUrl("CGENERAL", "UANA", slack.workspace.now())
    file = slack.people.upload(ana, "a.txt", b"hello")
    slack.faults.follow([Rule("server_error", "[rud][ep]*"), Rule("empty", "download")])
    async with ClientSession() as session:
        answers = [
            await session.post(f"{slack.url}/respond/k", json={"text": "hello"}),
            await session.post(f"{slack.url}/upload/{file.id}", data=b"bye"),
            await session.get(f"{slack.url}/files/{file.id}/a.txt"),
            await session.get(f"{slack.url}/files/{file.id}/a.txt?me=UANA"),
        ]
        assert [await each.text() for each in answers][2:] == ["", "hello"]
    assert [each.status for each in answers] == [503, 503, 200, 200]
    assert [(each.name, each.place) for each in slack.faults.struck] == [
        ("respond", "CGENERAL UANA"),
        ("upload", ""),
        ("download", ""),
    ]
    assert file.content == b"hello"


async def test_a_token_that_is_revoked_stays_so_and_the_app_hears_of_it(slack: LocalSlack) -> None:
    async with connected(slack, app := Recorder()):
        slack.faults.follow([Rule("token_revoked", "chat.*")])
        assert await error_of(slack, "auth.test") == "None"
        assert await error_of(slack, "chat.postMessage", channel="CGENERAL", text="hello") == "token_revoked"
        slack.faults.follow([])
        assert await error_of(slack, "auth.test") == "token_revoked"
        await slack.wire.idle()
        assert [each["tokens"] for each in app.events("tokens_revoked")] == [{"bot": ["U0BOT"]}]


async def test_an_app_that_is_uninstalled_hears_of_it(slack: LocalSlack) -> None:
    async with connected(slack, app := Recorder()):
        slack.faults.follow([Rule("account_inactive", "auth.test")])
        assert await error_of(slack, "auth.test") == "account_inactive"
        await slack.wire.idle()
        assert [each["event"]["type"] for each in app.sent] == ["tokens_revoked", "app_uninstalled"]


POST = {"channel": "CGENERAL", "text": "hello"}
HEARD = {
    "channel_archived": ["message", "channel_archive"],
    "channel_made_private": ["message"],
    "bot_removed": ["message", "member_left_channel", "channel_left"],
    "person_deactivated": ["user_change"],
    "message_deleted": ["message"],
}


@pytest.mark.parametrize(
    ("kind", "method", "arguments", "answer"),
    [
        ("channel_archived", "chat.postMessage", POST, "is_archived"),
        ("channel_made_private", "chat.update", {**POST, "ts": "1.000001"}, "None"),
        ("bot_removed", "chat.postMessage", POST, "not_in_channel"),
        ("person_deactivated", "users.info", {"user": "UANA"}, "None"),
        ("message_deleted", "chat.update", {**POST, "ts": "1.000001"}, "message_not_found"),
    ],
)
async def test_something_happens_between_what_an_app_decides_and_its_call(
    slack: LocalSlack, kind: str, method: str, arguments: Json, answer: str
) -> None:
    general = slack.workspace.channels["CGENERAL"]
    slack.workspace.keep(general, Message("1.000001", "U0BOT", "before", bot_id="B0BOT"))
    async with connected(slack, app := Recorder()):
        slack.faults.follow([Rule(kind)])
        assert await error_of(slack, method, **arguments) == answer
        await slack.wire.idle()
        heard = [each["event"] for each in app.sent if each["event"].get("subtype") != "message_changed"]
        assert [each["type"] for each in heard] == HEARD[kind]
        assert await error_of(slack, "auth.test") == "None"
        assert [each.kind for each in slack.faults.struck] == [kind]


async def test_a_channel_that_is_made_private_is_seen_by_its_members_alone_from_then_on(
    slack: LocalSlack, general: Channel
) -> None:
    async with connected(slack, app := Recorder()):
        slack.faults.follow([Rule("channel_made_private", "chat.*")])
        await call(slack, "chat.postMessage", **POST)
        await slack.wire.idle()
    assert (await call(slack, "conversations.info", channel="CGENERAL"))["channel"]["is_private"]
    (told,) = [each for each in app.events("message") if each.get("subtype") == "channel_convert_to_private"]
    assert (told["channel"], told["channel_type"]) == ("CGENERAL", "group")
    slack.people.leave(general, slack.workspace.bot)
    assert await error_of(slack, "conversations.info", channel="CGENERAL") == "channel_not_found"


async def test_who_is_written_to_directly_may_be_deactivated_meanwhile(slack: LocalSlack, ana: User) -> None:
    direct = slack.workspace.direct_channel("UANA")
    slack.faults.follow([Rule("person_deactivated", "chat.*")])
    await call(slack, "chat.postMessage", channel=direct.id, text="hello")
    assert ana.deleted
    await call(slack, "chat.postMessage", channel=direct.id, text="hello")
    assert len(slack.faults.struck) == 1
