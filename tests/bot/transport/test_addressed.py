"""A request for another app, or from another workspace, does nothing, however well it is signed."""

import json
from urllib.parse import urlencode

import pytest

from bot.trial.run import Trial
from storage.glossary import questions
from tests.bot.transport.test_http import COMMAND, FORM, send
from tests.conftest import StartTrial
from tests.playing import play

COMES_FROM = {"team_id": "T0LOCAL", "api_app_id": "A0LOCAL"}
BOT = {"team_id": "T0LOCAL", "user_id": "U0BOT", "is_bot": True}
EVENT = {
    "type": "event_callback",
    "event_id": "Ev1",
    **COMES_FROM,
    "authorizations": [BOT],
    "event": {
        "type": "app_mention",
        "user": "UANA",
        "text": "<@U0BOT> define zugzwang",
        "channel": "CGENERAL",
        "ts": "1767603600.5",
        "team": "TOTHER",
    },
}
INTERACTION = {
    "type": "message_action",
    "callback_id": "glossary_explain",
    "user": {"id": "UANA", "team_id": "TOTHER"},
    "channel": {"id": "CGENERAL", "name": "general"},
    "trigger_id": "t2",
    "message": {"user": "UBEN", "text": "bias", "ts": "1767603600.5"},
    "team": {"id": "T0LOCAL"},
    "api_app_id": "A0LOCAL",
}


async def words_asked_for(trial: Trial) -> list[str]:
    await trial.bot.idle()
    return [each.word for each in questions.unanswered(trial.bot.store.reader, "T0LOCAL", ["workspace", "CGENERAL"])]


async def tell(trial: Trial, event: dict[str, object]) -> int:
    status, _ = await send(trial, json.dumps(event), "application/json")
    return status


@pytest.mark.parametrize("other", [{"team_id": "TOTHER"}, {"api_app_id": "AOTHER"}])
async def test_a_command_for_another_app_or_workspace_is_refused(start: StartTrial, other: dict[str, str]) -> None:
    async with start(use_http=True) as trial:
        asked = {**COMMAND, **COMES_FROM, "text": "zugzwang"}
        status, told = await send(trial, urlencode({**asked, **other}))
        assert (status, told, await words_asked_for(trial)) == (403, "", [])
        assert (await send(trial, urlencode(asked)))[0] == 200
        assert await words_asked_for(trial) == ["zugzwang"]


@pytest.mark.parametrize(
    "other",
    [
        {"api_app_id": "AOTHER"},
        {"authorizations": [{**BOT, "team_id": "TOTHER"}]},
        {"authorizations": [{**BOT, "user_id": "UOTHERBOT"}]},
        {"authorizations": [], "team_id": "TOTHER"},
    ],
)
async def test_an_event_for_another_app_or_workspace_is_refused_and_one_of_a_shared_channel_is_not(
    start: StartTrial, other: dict[str, object]
) -> None:
    async with start(use_http=True) as trial:
        assert await tell(trial, {**EVENT, **other}) == 403
        assert await words_asked_for(trial) == []
        # In a channel that is shared, what others say comes from their workspace to ours.
        assert await tell(trial, {**EVENT, "team_id": "TOTHER"}) == 200
        assert await words_asked_for(trial) == ["zugzwang"]


@pytest.mark.parametrize("other", [{"team": {"id": "TOTHER"}}, {"api_app_id": "AOTHER"}])
async def test_a_gesture_for_another_app_or_workspace_is_refused_and_one_by_a_person_of_another_is_not(
    start: StartTrial, other: dict[str, object]
) -> None:
    async with start(use_http=True) as trial:
        for told, expected in (({**INTERACTION, **other}, 403), (INTERACTION, 200)):
            assert (await send(trial, urlencode({"payload": json.dumps(told)}), FORM))[0] == expected
        installed = {"view": {"app_installed_team_id": "TOTHER"}, "type": "view_submission"}
        assert (await send(trial, urlencode({"payload": json.dumps({**INTERACTION, **installed})}), FORM))[0] == 403


@pytest.mark.parametrize("name", ["app_id", "team_id"])
async def test_over_a_socket_it_is_acknowledged_and_does_nothing(running: Trial, name: str) -> None:
    whose = running.slack.workspace.app if name == "app_id" else running.slack.workspace
    own = getattr(whose, name)
    setattr(whose, name, "OTHER")
    assert "zugzwang" not in await play(running, "ana in #general: /define zugzwang")
    setattr(whose, name, own)
    assert await words_asked_for(running) == []
    assert "zugzwang" in await play(running, "ana in #general: /define zugzwang")
