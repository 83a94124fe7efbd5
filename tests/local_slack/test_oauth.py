"""The app is installed by a code, and its tokens are renewed, as Slack does it."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.local_slack.wire.server import LocalSlack
from tests.local_slack.apps import MANIFEST, beside, call, sdk, workspace

CLIENT = {"client_id": "1.local", "client_secret": "local-client-secret"}
HERE = "https://app.example/oauth/redirect"


async def allow(slack: LocalSlack, **query: str) -> tuple[int, str]:
    asked = {"client_id": "1.local", "redirect_uri": HERE, "state": "7", **query}
    url = f"{slack.url}/oauth/v2/authorize"
    async with ClientSession() as session, session.get(url, params=asked, allow_redirects=False) as response:
        return response.status, response.headers.get("Location", await response.text())


async def code(slack: LocalSlack, **query: str) -> str:
    status, location = await allow(slack, **query)
    led = parse_qs(urlsplit(location).query)
    assert (status, location.split("?")[0], led["state"]) == (302, HERE, ["7"])
    return led["code"][0]


# The SDK says who it is with aiohttp's BasicAuth, which aiohttp will drop.
@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_a_code_is_changed_for_the_apps_token_once_and_through_slacks_own_client(slack: LocalSlack) -> None:
    slack.workspace.app.refusal = "account_inactive"
    given = await code(slack)
    async with sdk(slack, "") as client:
        told = await client.oauth_v2_access(**CLIENT, code=given, redirect_uri=HERE)
        assert told["access_token"] == "xoxb-local"
        assert set(told.data) == {
            "ok", "access_token", "token_type", "scope", "bot_user_id", "app_id", "team", "enterprise",
            "is_enterprise_install", "authed_user",
        }  # fmt: skip
        with pytest.raises(SlackApiError, match="invalid_code"):
            await client.oauth_v2_access(**CLIENT, code=given)
    assert (await call(slack, "auth.test"))["ok"]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"client_id": "2.other"}, "invalid_client_id"),
        ({"redirect_uri": "https://evil.example"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://app.example/oauth-evil"}, "bad_redirect_uri"),
    ],
)
async def test_nobody_is_led_where_the_manifest_does_not_say(
    slack: LocalSlack, query: dict[str, str], error: str
) -> None:
    assert await allow(slack, **query) == (400, error)


async def test_without_an_address_the_manifests_first_is_taken(slack: LocalSlack) -> None:
    status, location = await allow(slack, redirect_uri="")
    assert (status, location.split("?")[0]) == (302, "https://app.example/oauth")


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"client_id": "2.other"}, "invalid_client_id"),
        ({"client_secret": "wrong"}, "bad_client_secret"),
        ({"code": "other"}, "invalid_code"),
        ({"redirect_uri": "https://app.example/oauth/other"}, "bad_redirect_uri"),
        ({"grant_type": "refresh_token", "refresh_token": ""}, "invalid_refresh_token"),
    ],
)
async def test_a_code_is_good_for_who_it_was_given_to(slack: LocalSlack, told: dict[str, str], error: str) -> None:
    asked = {**CLIENT, "code": await code(slack), "redirect_uri": HERE, **told}
    assert (await call(slack, "oauth.v2.access", "", **asked))["error"] == error


async def test_a_code_is_good_for_ten_minutes(slack: LocalSlack, clock: Clock) -> None:
    given = await code(slack)
    clock.move(timedelta(minutes=10))
    assert (await call(slack, "oauth.v2.access", "", **CLIENT, code=given))["error"] == "invalid_code"


async def test_tokens_that_rotate_end_after_twelve_hours_and_are_renewed_once_or_again_soon(clock: Clock) -> None:
    rotating = {**MANIFEST, "settings": {**MANIFEST["settings"], "token_rotation_enabled": True}}
    async with workspace(clock.now, rotating) as slack:
        first = await call(slack, "oauth.v2.access", "", **CLIENT, code=await code(slack))
        assert first["expires_in"] == 43_200
        clock.move(timedelta(hours=12))
        assert (await call(slack, "auth.test", first["access_token"]))["error"] == "token_expired"
        again = {**CLIENT, "grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
        second = await call(slack, "oauth.v2.access", "", **again)
        assert (await call(slack, "auth.test", second["access_token"]))["ok"]
        third = await call(slack, "oauth.v2.access", "", **again)
        assert [(await call(slack, "auth.test", each["access_token"]))["ok"] for each in (second, third)] == [True] * 2
        clock.move(timedelta(minutes=1))
        again["refresh_token"] = second["refresh_token"]
        assert (await call(slack, "oauth.v2.access", "", **again))["error"] == "invalid_refresh_token"


async def test_two_tokens_of_an_app_are_good_at_one_time_and_no_refresh_token_calls(clock: Clock) -> None:
    rotating = {**MANIFEST, "settings": {**MANIFEST["settings"], "token_rotation_enabled": True}}
    async with workspace(clock.now, rotating) as slack:
        told = [await call(slack, "oauth.v2.access", "", **CLIENT, code=await code(slack))]
        for _ in range(2):
            again = {**CLIENT, "grant_type": "refresh_token", "refresh_token": told[-1]["refresh_token"]}
            told.append(await call(slack, "oauth.v2.access", "", **again))
        tokens = [*(each["access_token"] for each in told), *(each["refresh_token"] for each in told)]
        assert [(await call(slack, "auth.test", each))["ok"] for each in tokens] == [False, True, True, *[False] * 3]


async def test_an_app_is_let_into_each_of_two_workspaces_and_calls_each_by_its_own_token(slack: LocalSlack) -> None:
    async with beside(slack) as quay:
        quay.workspace.app.refusal = "account_inactive"
        assert (await call(slack, "auth.test", "xoxb-quay"))["error"] == "account_inactive"
        told = await call(slack, "oauth.v2.access", "", **CLIENT, code=await code(slack, team="T0QUAY"))
        assert (told["access_token"], told["team"]) == ("xoxb-quay", {"id": "T0QUAY", "name": "Quay"})
        teams = [(await call(slack, "auth.test", token))["team_id"] for token in ("xoxb-local", "xoxb-quay")]
        await call(slack, "chat.postMessage", "xoxb-quay", channel="CGENERAL", text="Ahoy")
    said = [[each.text for each in it.workspace.channels["CGENERAL"].messages.values()] for it in (slack, quay)]
    assert (teams, said) == (["T0LOCAL", "T0QUAY"], [[], ["Ahoy"]])


async def test_an_app_may_only_what_it_asked_for_at_its_installation(slack: LocalSlack) -> None:
    given = await code(slack, scope="chat:write,users:read,admin")
    assert (await call(slack, "oauth.v2.access", "", **CLIENT, code=given))["scope"] == "chat:write,users:read"
    assert (await call(slack, "users.info", user="UANA"))["ok"]
    assert (await call(slack, "dnd.info", user="UANA"))["error"] == "missing_scope"


async def test_tokens_of_two_workspaces_rotate_by_themselves(clock: Clock) -> None:
    rotating = {**MANIFEST, "settings": {**MANIFEST["settings"], "token_rotation_enabled": True}}
    async with workspace(clock.now, rotating) as slack, beside(slack, rotating):
        given = [await code(slack, team=team) for team in ("T0LOCAL", "T0QUAY")]
        told = [await call(slack, "oauth.v2.access", "", **CLIENT, code=each) for each in given]
        again = {**CLIENT, "grant_type": "refresh_token", "refresh_token": told[1]["refresh_token"]}
        renewed = await call(slack, "oauth.v2.access", "", **again)
        tokens = [each["access_token"] for each in (*told, renewed)]
        answers = [await call(slack, "auth.test", each) for each in tokens]
    assert [each.get("team_id", each.get("error")) for each in answers] == ["T0LOCAL", "T0QUAY", "T0QUAY"]
