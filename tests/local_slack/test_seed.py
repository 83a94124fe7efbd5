"""Workspaces made from a text."""

from dataclasses import replace

from bot.clock import Clock
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import read_manifest


def test_what_happens_in_one_workspace_is_in_no_other_of_the_same_text(clock: Clock) -> None:
    one = seeded(sample(), read_manifest(), clock.now)
    untouched = {name: set(each.members) for name, each in one.channels.items()}
    groups = {name: list(each.users) for name, each in one.usergroups.items()}
    for channel in one.channels.values():
        channel.members.clear()
    for group in one.usergroups.values():
        group.users.clear()
    one.users["UANA"] = replace(one.users["UANA"], real_name="Somebody else")
    other = seeded(sample(), read_manifest(), clock.now)
    assert {name: each.members for name, each in other.channels.items()} == untouched
    assert {name: each.users for name, each in other.usergroups.items()} == groups
    assert other.users["UANA"].real_name == "Ana Ruiz"
