"""Whoever asks for their data gets their own, in their own conversation, and nothing that they may not see."""

import asyncio
import json
from datetime import timedelta
from typing import Any

from bot.local_slack.faults import Fault
from bot.local_slack.workspace.state import File
from bot.trial.run import Trial
from storage.outbox.naming import drop_unsent
from tests.handlers.decisions.playing import TEAM, log
from tests.playing import play
from tests.sent import sent
from tests.writing import write

FROM_CHLOE, FROM_ANA = "Falcon in May", "Falcon in June"


def files(trial: Trial) -> list[File]:
    return list(trial.slack.workspace.files.values())


async def my_data(trial: Trial, who: str, more: str = "") -> Any:
    """Ask for one's own data; return what the file says."""
    told = await play(trial, f"{who} in #general: /common-ground my-data{more}")
    assert "I'm sending you a file with everything I keep about you, in our direct messages." in told
    return json.loads(files(trial)[-1].content)


async def with_secrets(trial: Trial) -> None:
    """Let Ana and Chloe decide something in a private channel, Chloe for Ana to hear of."""
    await play(trial, f"ana in #secret-launch: /decision {FROM_ANA}", "ana submits", "ana closes")
    await log(trial, FROM_CHLOE, "chloe", "#secret-launch", '"Who should know?": ana')
    await play(trial, "ben in #general: @Common Ground decided: The feed goes")


async def test_it_comes_as_a_file_in_their_own_conversation_alone(running: Trial) -> None:
    await with_secrets(running)
    found = await my_data(running, "ana")
    assert {FROM_ANA, FROM_CHLOE} == {each["title"] for each in found["decisions"]}
    (file,) = files(running)
    (place,) = [running.slack.workspace.channels[each] for each in file.channels]
    assert (file.name, place.kind, "UANA" in place.members) == ("my-data.json", "im", True)
    # The channel to which the decision belongs has read it before.
    assert [to for to, text in sent(running) if "Falcon in June" in text] == ["CSECRETLAUNCH", "UANA"]
    assert "Everything I keep about you" in json.dumps([each.text for each in place.messages.values()])


async def test_who_left_a_private_channel_keeps_their_own_words_and_no_others(running: Trial) -> None:
    await with_secrets(running)
    assert FROM_CHLOE in json.dumps(await my_data(running, "ana"))
    await play(running, "ana leaves #secret-launch")
    found = await my_data(running, "ana")
    assert FROM_CHLOE not in json.dumps(found)
    assert [each["changed"]["title"] for each in found["history of decisions"]] == [FROM_ANA]


async def test_who_leaves_while_slack_takes_no_file_gets_none_of_what_is_said_there(running: Trial) -> None:
    await with_secrets(running)
    running.slack.faults.arm("files.getUploadURLExternal", Fault("rate_limited", retry_after=30))
    await play(running, "ana in #general: /common-ground my-data", "ana leaves #secret-launch")
    await running.pass_time(timedelta(minutes=3))
    assert files(running) == []
    assert FROM_CHLOE not in json.dumps(await my_data(running, "ana"))


async def test_what_is_redacted_while_it_is_put_together_is_not_in_it(running: Trial) -> None:
    await play(running, f"ben in #general: @Common Ground decided: {FROM_CHLOE} because it is warm", "wait 3 minutes")
    let_go = asyncio.Event()
    running.slack.faults.arm("conversations.info", Fault("slow", until=let_go))
    asking = asyncio.create_task(running.script.act("ben in #general: /common-ground my-data"))
    await running.slack.until(lambda: bool(running.slack.faults.struck))
    for line in ("in #random: /common-ground redact D-1", 'presses "Redact D-1"', "submits"):
        await running.script.act(f"ben {line}")
    let_go.set()
    await asking
    await running.quiet()
    (file,) = files(running)
    found = json.loads(file.content)
    assert [each["title"] for each in found["decisions"]] == ["(redacted)"]
    assert FROM_CHLOE not in json.dumps(found)


async def test_nobody_gets_what_is_kept_about_somebody_else(running: Trial) -> None:
    await with_secrets(running)
    for more in ("", " UANA", " @ana"):
        found = await my_data(running, "ben", more)
        assert [each["title"] for each in found["decisions"]] == ["The feed goes"]
        assert "alcon" not in json.dumps(found)
    assert {"UANA" in running.slack.workspace.channels[each.channels[0]].members for each in files(running)} == {False}


async def test_who_is_not_known_is_told_so(running: Trial) -> None:
    told = await play(running, "eli in #general: /common-ground my-data")
    assert "I don't keep anything about you." in told
    assert files(running) == []


async def test_in_a_mention_nobody_else_reads_it(running: Trial) -> None:
    await with_secrets(running)
    told = await play(running, "ana in #general: @Common Ground common-ground my-data")
    assert ("in our direct messages" in told, FROM_ANA in told) == (True, False)
    (file,) = files(running)
    assert running.slack.workspace.channels[file.channels[0]].kind == "im"


async def test_the_file_is_not_kept_once_they_are_forgotten(running: Trial) -> None:
    await with_secrets(running)
    await my_data(running, "ana")
    assert await write(running.bot.store, drop_unsent, TEAM, "UANA") > 0
    assert [to for to, text in sent(running) if FROM_ANA in text] == ["CSECRETLAUNCH"]
