"""Who asks, what they are shown there, and what is known before a write."""

from collections.abc import Callable

import pytest

from bot.local_slack.faults import Fault
from bot.local_slack.wire.server import LocalSlack
from handlers.access.recipients import Audience, Everybody, Members
from handlers.framework.asker import Asker, asking, is_private
from handlers.framework.context import Context, GoneError, UnknownPersonError
from handlers.slack.interactions import (
    Ask,
    BlockAction,
    Fields,
    Interaction,
    Place,
    Shortcut,
    SlackEvent,
    ViewSubmission,
)
from storage.engine.interface import Database, Reader
from storage.workspaces.people import note_names
from tests.conftest import START
from tests.writing import write

TEAM, SECRET = "T0LOCAL", "CSECRETLAUNCH"
IN_GENERAL, IN_SECRET = Place("CGENERAL"), Place(SECRET)
Made = Callable[[Interaction], Context[Interaction]]


def a_command(who: str = "UANA", place: Place = IN_GENERAL) -> Ask:
    return Ask(TEAM, who, place, "", (), trigger_id="1")


def a_mention(who: str = "UANA", place: Place = IN_GENERAL) -> Ask:
    return Ask(TEAM, who, place, "", (), thread_ts="1.1")


def a_press(who: str = "UANA", place: Place = IN_GENERAL) -> BlockAction:
    return BlockAction(TEAM, who, place, "", (), "1", "http://localhost/respond/1", is_private=False)


@pytest.mark.parametrize(
    ("interaction", "visible"),
    [
        (a_command(), ("CSECRETLAUNCH", "workspace")),
        (a_command(place=IN_SECRET), ("CSECRETLAUNCH", "workspace")),
        (a_command("UBEN"), ("workspace",)),
        (a_command("UGUS"), ()),
        (a_mention(), ("workspace",)),
        (a_mention(place=IN_SECRET), ("CSECRETLAUNCH", "workspace")),
        (a_press(), ("workspace",)),
        (a_press(place=IN_SECRET), ("CSECRETLAUNCH", "workspace")),
    ],
)
async def test_who_asks_is_shown_what_may_be_seen_there(
    context_of: Made, interaction: Interaction, visible: tuple[str, ...]
) -> None:
    it = await asking(Asker, context_of(interaction))
    assert (it.user_id, it.team_id, it.visible) == (interaction.user_id, TEAM, visible)
    assert it.actor.user_id == interaction.user_id


@pytest.mark.parametrize(
    ("interaction", "expected"),
    [
        (a_command(), True),
        (a_mention(), False),
        (a_press(), True),
        (ViewSubmission(TEAM, "UANA", IN_GENERAL, Fields(), ()), True),
        (Shortcut(TEAM, "UANA", IN_GENERAL, (), "1"), True),
        (SlackEvent(TEAM, "UANA", IN_GENERAL, (), {}), True),
    ],
)
async def test_only_the_answer_to_a_mention_is_read_by_others(
    context_of: Made, interaction: Interaction, *, expected: bool
) -> None:
    assert is_private(interaction) is expected
    assert (await asking(Asker, context_of(interaction))).is_private is expected


async def test_whom_slack_does_not_tell_of_asks_nothing(slack: LocalSlack, context_of: Made) -> None:
    slack.faults.arm("users.info", Fault("server_error"))
    with pytest.raises(UnknownPersonError):
        await asking(Asker, context_of(a_command()))
    assert (await asking(Asker, context_of(a_command()))).user_id == "UANA"


async def test_facts_say_who_does_it_when_and_what_they_are_shown(context_of: Made) -> None:
    it = await asking(Asker, context_of(a_command("UCHLOE")))
    facts = await it.facts("workspace")
    assert (facts.by, facts.now, facts.visible, facts.is_admin) == ("UCHLOE", START, (SECRET, "workspace"), True)
    assert (facts.audience, facts.left, facts.team_url) == (Everybody(), frozenset(), "https://harbour.slack.com/")
    assert facts.admins == ("UBEN", "UCHLOE")
    bens = await (await asking(Asker, context_of(a_command("UBEN")))).facts(SECRET)
    assert (bens.audience, bens.is_admin) == (Members(frozenset({"UANA", "UCHLOE", "U0BOT"}), SECRET), True)
    anas = await (await asking(Asker, context_of(a_command()))).facts("workspace")
    assert (anas.by, anas.is_admin) == ("UANA", False)


async def test_facts_have_the_names_of_all_who_are_named_or_told_and_of_who_asks(
    store: Database, context_of: Made
) -> None:
    await write(store, note_names, TEAM, {"UELI": "Eli as we know him"})
    it = await asking(Asker, context_of(a_command()))
    facts = await it.facts("workspace", named=["UDEV", "", "UELI"], told=["UBEN", ""])
    assert facts.names == {
        "UANA": "Ana Ruiz",
        "UBEN": "Ben Okafor",
        "UDEV": "Dev Patel",
        "UELI": "Eli as we know him",
    }


async def test_facts_say_who_of_those_told_has_left(slack: LocalSlack, context_of: Made) -> None:
    slack.workspace.users["UELI"].deleted = True
    it = await asking(Asker, context_of(a_command()))
    facts = await it.facts("workspace", named=["UGUS"], told=["UBEN", "UELI", "", "UELI"])
    assert facts.left == {"UELI"}
    assert (await it.facts("workspace", told=["UBEN"])).left == frozenset()


async def test_slack_is_asked_of_the_first_twenty_who_are_told_whether_they_have_left(context_of: Made) -> None:
    it = await asking(Asker, context_of(a_command()))
    strangers = [f"UX{number:02}" for number in range(22)]
    assert (await it.facts("workspace", told=["", *strangers, *strangers])).left == set(strangers[:20])


@pytest.mark.parametrize(
    ("who", "audience", "told"),
    [
        ("UBEN", Everybody(), ""),
        ("UBEN", Members(frozenset({"UBEN"})), ""),
        (
            "UBEN",
            Members(frozenset({"UANA"})),
            "I can't see them in the channel that this belongs to. Invite them, or try again in a minute.",
        ),
        ("UGUS", Everybody(), "Gus Lindt is a guest or a bot here, or has left."),
        ("UGUS", Members(frozenset({"UANA"})), "Gus Lindt is a guest or a bot here, or has left."),
    ],
)
async def test_who_can_be_named_in_a_record_is_a_member_who_is_in_its_channel(
    context_of: Made, who: str, audience: Audience, told: str
) -> None:
    it = await asking(Asker, context_of(a_command()))
    assert await it.unfit(who, audience) == told


async def test_what_somebody_names_is_found_among_what_they_may_see_or_is_gone(context_of: Made) -> None:
    def find(_reader: Reader, team_id: str, name: str, visible: tuple[str, ...]) -> str | None:
        return f"{team_id} {name}" if SECRET in visible else None

    anas, bens = await asking(Asker, context_of(a_command())), await asking(Asker, context_of(a_command("UBEN")))
    assert await anas.wanted(find, "D-1", "It is gone.") == "T0LOCAL D-1"
    with pytest.raises(GoneError, match=r"It is gone\."):
        await bens.wanted(find, "D-1", "It is gone.")
