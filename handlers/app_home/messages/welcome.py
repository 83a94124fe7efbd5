"""What people read first: admins how to set the bot up, and whoever invites it what it does."""

from handlers.slack import blocks
from handlers.slack.action_ids import SUMMARY_OF_CHANNEL, WORKSPACE_SETTINGS
from handlers.slack.blocks import Message

_HELLO = "Hi, I'm Common Ground."


def set_up() -> Message:
    """To who can do it, once a workspace."""
    told = f"{_HELLO} Three steps to set me up. Everything works meanwhile."
    steps = [
        blocks.button("1 Stewards", blocks.numbered(WORKSPACE_SETTINGS, 1)),
        blocks.button("2 Data channel", blocks.numbered(WORKSPACE_SETTINGS, 2)),
        blocks.button("3 Weekly summary", SUMMARY_OF_CHANNEL),
    ]
    return blocks.offer(told, *steps)


def welcome(command_prefix: str) -> Message:
    """To whoever brings the bot into a channel, once a person."""
    told = f"{_HELLO} Type /{command_prefix}define drift, mention me in a thread, or open my Home."
    return blocks.said(f"{told} I only speak up when something needs you.")
