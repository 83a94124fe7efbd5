"""Where a record may be written down, and who sees it there: the bot has to be there, and no outsider."""

import pytest

from bot.local_slack.faults import Fault
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Channel
from handlers.access.placement import Placed, may_hold, placed, visibility_at
from handlers.access.visibility import Viewpoint
from handlers.slack.directory import Directory

TEAM, SECRET = "T0LOCAL", "CSECRETLAUNCH"


@pytest.fixture(autouse=True)
def conversations(slack: LocalSlack) -> None:
    """Besides the sample: a channel and a private channel that outsiders read, and a private one without the bot."""
    members = {"UANA", "UBEN"}
    for channel in (
        Channel("CPARTNERS", "partners", "public", {*members, "U0BOT"}, is_shared=True),
        Channel("CABROAD", "abroad", "public", members, is_shared=True),
        Channel("CHIDDEN", "hidden", "private", members),
    ):
        slack.workspace.add_channel(channel)
    for person in members:
        slack.workspace.direct_channel(person)


@pytest.mark.parametrize(
    ("channel", "found"),
    [
        ("", Placed.ALONE),
        ("DANA", Placed.ALONE),
        ("DBEN", Placed.OUTSIDE),
        ("CGENERAL", Placed.HERE),
        ("CRANDOM", Placed.HERE),
        (SECRET, Placed.HERE),
        ("CHIDDEN", Placed.OUTSIDE),
        ("CPARTNERS", Placed.HERE),
        ("CABROAD", Placed.OUTSIDE),
    ],
)
async def test_the_bot_is_in_a_conversation_alone_with_somebody_or_outside(
    directory: Directory, channel: str, found: Placed
) -> None:
    assert await placed(directory, TEAM, channel, "UANA") == found


async def test_what_slack_does_not_describe_the_bot_is_outside_of(slack: LocalSlack, directory: Directory) -> None:
    slack.faults.arm("conversations.info", Fault("server_error"))
    assert await placed(directory, TEAM, "CGENERAL", "UANA") == Placed.OUTSIDE
    assert await placed(directory, TEAM, "CGENERAL", "UANA") == Placed.HERE


async def nobody_asks() -> str:
    raise AssertionError("the place alone says it")


@pytest.mark.parametrize(
    ("channel", "seen_by"),
    [
        ("", "workspace"),
        ("DANA", "workspace"),
        ("CGENERAL", "workspace"),
        ("CRANDOM", "workspace"),
        (SECRET, SECRET),
        ("CPARTNERS", "CPARTNERS"),
        ("CNOWHERE", "CNOWHERE"),
    ],
)
async def test_what_is_decided_in_the_open_is_everybodys_and_else_the_channels_alone(
    directory: Directory, channel: str, seen_by: str
) -> None:
    everywhere = Viewpoint(("workspace",), ("workspace",), nobody_asks)
    assert await visibility_at(directory, TEAM, channel, everywhere) == seen_by


async def test_what_a_guest_decides_stays_in_the_channel(directory: Directory) -> None:
    guests = Viewpoint(("CGENERAL",), ("CGENERAL",), nobody_asks)
    assert await visibility_at(directory, TEAM, "CGENERAL", guests) == "CGENERAL"


@pytest.mark.parametrize(
    ("channel", "visibility", "expected"),
    [
        ("CGENERAL", "workspace", True),
        ("CRANDOM", "workspace", False),
        ("CPARTNERS", "workspace", False),
        (SECRET, "workspace", False),
        (SECRET, SECRET, True),
        ("CGENERAL", SECRET, False),
        ("CHIDDEN", "CHIDDEN", False),
        ("CPARTNERS", "CPARTNERS", True),
        ("", "workspace", False),
    ],
)
async def test_a_record_stands_in_its_own_channel_or_in_an_open_one_that_the_bot_is_in(
    directory: Directory, channel: str, visibility: str, *, expected: bool
) -> None:
    assert await may_hold(directory, TEAM, channel, visibility) is expected
