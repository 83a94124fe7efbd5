"""Where Slack does not say who is where: nothing private is shown, and whoever asked is told why, at every door."""

import asyncio

import pytest

from bot.local_slack.faults import Fault, Rule
from bot.trial.run import Trial
from storage.glossary import questions
from tests.handlers.access.secrets import DOORS, SECRET, TEAM, home_of, seeded, shown
from tests.playing import play

WHERE = "Slack didn't tell me which channels you're in, so this leaves out what belongs to private ones."
WHO = "Slack didn't tell me who is in this conversation, so this leaves out what belongs to it alone."
WHAT = "Slack didn't tell me what this conversation is, so this leaves out what not everybody may see."
SHUT_OUT = "I'm not in this conversation, so this leaves out what belongs to it alone. /invite @Common Ground adds me."
#: What names a record of the private channel, by number or in words, and what follows where Slack says who is there.
NAMED = {
    "/data-request DR-1": "falcons",
    "/decision D-1": "Falcon starts",
    "@Common Ground what did we decide about the falcon?": "Falcon starts",
    "@Common Ground who owns the falcon model?": "19 duties",
    "/common-ground find falcon": "flies in May",
    "/define falcon vs osprey": "flies in May",
}


@pytest.fixture
async def secret(running: Trial) -> Trial:
    return await seeded(running)


async def unsay(trial: Trial, method: str = "conversations.members") -> None:
    """Let Slack answer a method no longer, and what it said before be too old."""
    trial.slack.faults.follow([Rule("server_error", method)])
    await trial.do("wait 3 minutes")


async def numbered(trial: Trial, line: str) -> str:
    """Put the numbers of the private channel's records in the place of D-1 and DR-1: they are drawn."""
    for table, name in (("decisions", "D-1"), ("data_requests", "DR-1")):
        (row,) = trial.bot.store.reader.all(f"SELECT number FROM {table}")
        line = line.replace(name, row["number"])
    return line


async def test_every_door_says_that_something_may_be_left_out(secret: Trial) -> None:
    await unsay(secret)
    assert await shown(secret, "ana") == []
    for door in DOORS:
        if "Home" not in door:
            assert WHERE in await play(secret, f"ana {door}"), door
    assert "What belongs to your private channels appears here in a moment" in home_of(secret, "UANA")
    secret.slack.faults.follow([])
    assert await shown(secret, "ana") == [*DOORS]


@pytest.mark.parametrize("asked", NAMED)
async def test_what_is_asked_for_by_name_in_its_channel_is_said_to_be_left_out(secret: Trial, asked: str) -> None:
    line = await numbered(secret, f"ana in #secret-launch: {asked}")
    await unsay(secret)
    told = await play(secret, line)
    assert WHO in told
    assert NAMED[asked] not in told
    secret.slack.faults.follow([])
    assert NAMED[asked] in await play(secret, line)


@pytest.mark.parametrize("asked", [each for each in NAMED if each.startswith("/")])
async def test_where_the_bot_is_no_longer_in_a_channel_it_says_so_beside_what_it_cannot_show(
    secret: Trial, asked: str
) -> None:
    line, workspace = await numbered(secret, f"ana in #secret-launch: {asked}"), secret.slack.workspace
    channel = workspace.channels[SECRET]
    secret.slack.people.leave(channel, workspace.bot)
    await secret.quiet()
    told = await play(secret, line)
    assert SHUT_OUT in told
    assert NAMED[asked] not in told
    assert SHUT_OUT not in await play(secret, line.replace("#secret-launch", "#general"))
    secret.slack.people.join(channel, workspace.bot, "UCHLOE")
    await secret.quiet()
    back = await play(secret, line)
    assert NAMED[asked] in back
    assert SHUT_OUT not in back


@pytest.mark.parametrize("how", ["/define falcon", "@Common Ground what is the falcon?", "/common-ground find falcon"])
async def test_a_word_that_is_out_of_sight_is_not_called_undefined_and_nobody_is_asked(secret: Trial, how: str) -> None:
    await unsay(secret)
    told = await play(secret, f"ana in #secret-launch: {how}")
    assert "I can't show what “falcon” means right now." in told
    assert "isn't defined" not in told
    assert "Ask the team" not in told
    secret.slack.faults.follow([])
    assert questions.unanswered(secret.bot.store.reader, TEAM, [SECRET, "workspace"]) == []
    await play(secret, "ana in #secret-launch: /define ospreys nest")
    assert questions.unanswered(secret.bot.store.reader, TEAM, [SECRET, "workspace"]) != []


async def test_what_is_everybodys_is_shown_all_the_same(secret: Trial) -> None:
    await unsay(secret)
    told = await play(secret, "ana to the bot: define bias")
    assert "Systematic error" in told
    assert WHERE in told


async def test_where_nothing_can_be_private_nothing_is_said_of_it(running: Trial) -> None:
    await unsay(running)
    for line in ("ana in #general: /define osprey", "ana to the bot: define osprey"):
        told = await play(running, line)
        assert "“osprey” isn't defined yet" in told
        assert "Slack didn't tell me" not in told


async def test_a_button_under_what_is_out_of_sight_now_says_so_and_is_no_denied_access(secret: Trial) -> None:
    await play(secret, "ana in #general: /decision find falcon")
    await unsay(secret)
    told = await play(secret, 'ana presses "Open"')
    assert f"I can't find that decision, or you can't see it here. {WHERE}" in told
    assert secret.bot.store.reader.all("SELECT * FROM audit WHERE action = 'access-denied'") == []


async def test_where_slack_does_not_describe_a_conversation_a_button_says_that_something_may_be_left_out(
    secret: Trial,
) -> None:
    await play(secret, "ana in #general: /define bais")
    await unsay(secret, "conversations.info")
    assert WHAT in await play(secret, 'ana presses "bias"')


async def test_whose_conversation_with_the_bot_it_is_may_be_unknown_too(secret: Trial) -> None:
    secret.slack.faults.follow([Rule("server_error", "conversations.open")])
    told = await play(secret, "ana to the bot: define falcon")
    assert "I can't show what “falcon” means right now." in told
    assert WHERE in told


async def test_nothing_is_saved_where_slack_does_not_say_who_is_there_and_that_is_said(secret: Trial) -> None:
    await unsay(secret)
    told = await play(secret, "ana in #secret-launch: @Common Ground decided: the osprey rests because it is old")
    assert "I can't see you in the channel that this belongs to. Join it, or try again in a minute." in told


async def test_nobody_is_given_half_of_what_is_kept_of_them(secret: Trial) -> None:
    await unsay(secret)
    told = await play(secret, "ana in #general: /common-ground my-data")
    assert "Slack didn't tell me which channels you're in, so I can't give you everything yet." in told


async def test_a_bot_that_is_invited_again_while_it_asks_who_is_there_does_not_call_a_word_undefined(
    secret: Trial,
) -> None:
    workspace, until = secret.slack.workspace, asyncio.Event()
    channel = workspace.channels[SECRET]
    secret.slack.people.leave(channel, workspace.bot)
    await secret.quiet()
    secret.bot.boundary.services.directory.clear()
    secret.slack.faults.arm("users.info", Fault("slow", until=until))
    await secret.script.act("ana in #secret-launch: /define falcon")
    await secret.slack.wire.idle()
    secret.slack.people.join(channel, workspace.bot, "UCHLOE")
    await secret.slack.wire.idle()
    assert "falcon" not in "\n".join(secret.screen.news())
    until.set()
    await secret.quiet()
    told = "\n".join(secret.screen.news())
    assert SHUT_OUT in told
    assert "isn't defined" not in told
