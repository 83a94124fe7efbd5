"""The user groups of a workspace: who is in each, and nothing known where Slack does not say."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.local_slack.faults import Fault
from bot.local_slack.wire.server import LocalSlack
from handlers.slack.usergroups import Group, groups_of

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
