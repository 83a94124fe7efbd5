"""The user groups of a workspace: who is in each, and nothing known where Slack does not say."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.local_slack.faults import Fault
from bot.local_slack.wire.server import LocalSlack
from handlers.slack.directory import Directory
from handlers.slack.usergroups import Group, groups_of, without_who_left

ENGINEERS = Group("SENGINEERS", "engineers", ("UBEN", "UDEV"))


async def test_each_group_is_known_with_its_people(client: AsyncWebClient) -> None:
    assert await groups_of(client) == {"SENGINEERS": ENGINEERS}


async def test_a_disabled_group_has_nobody(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.people.change_group(slack.workspace.usergroups["SENGINEERS"], deleted=1)
    assert await groups_of(client) == {"SENGINEERS": Group("SENGINEERS", "engineers")}


async def test_without_the_optional_scope_nothing_is_known(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.workspace.app.refused_scopes = {"usergroups:read"}
    assert await groups_of(client) is None


@pytest.mark.parametrize("fault", [Fault("server_error"), Fault("rate_limited", retry_after=1)])
async def test_where_slack_does_not_answer_nothing_is_known(
    slack: LocalSlack, client: AsyncWebClient, fault: Fault
) -> None:
    slack.faults.arm("usergroups.list", fault)
    assert await groups_of(client) is None


async def test_who_left_is_not_in_a_group_that_lists_them_still(
    slack: LocalSlack, client: AsyncWebClient, directory: Directory
) -> None:
    slack.people.change(slack.workspace.users["UDEV"], deleted=True)
    assert await groups_of(client) == {"SENGINEERS": ENGINEERS}
    assert await without_who_left(directory, "T0LOCAL", ENGINEERS, ["UDEV"]) == ENGINEERS
    assert (await without_who_left(directory, "T0LOCAL", ENGINEERS)).members == ("UBEN",)


async def test_where_slack_does_not_say_who_left_everybody_is_in_the_group(
    slack: LocalSlack, directory: Directory
) -> None:
    slack.people.change(slack.workspace.users["UDEV"], deleted=True)
    slack.faults.arm("users.info", *[Fault("server_error")] * 4)
    assert await without_who_left(directory, "T0LOCAL", ENGINEERS) == ENGINEERS
