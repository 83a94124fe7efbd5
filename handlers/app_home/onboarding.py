"""Greets whoever first brings the bot into a channel or opens its Home: three steps, once a workspace."""

from datetime import datetime

from handlers.access.recipients import Destination, post
from handlers.slack import blocks
from handlers.slack.action_ids import WORKSPACE_SETTINGS
from handlers.slack.blocks import Message
from storage.engine.interface import Transaction
from storage.outbox.deliveries import Delivery
from storage.workspaces import preferences
from storage.workspaces.workspaces import known_workspace

HOW_TO_INVITE = "home_how_to_invite"
INVITE = blocks.said("Go to the channel and type: /invite @Common Ground. Then ask me there, or type /summary here.")


def greeting(transaction: Transaction, team_id: str, user_id: str, now: datetime) -> list[Delivery]:
    """Return the greeting for the first person of a workspace; nothing for any other."""
    revision = known_workspace(transaction, team_id).preferences_revision
    if not user_id or preferences.chosen(transaction, team_id, revision, preferences.GREETED):
        return []
    preferences.choose(transaction, team_id, team_id, preferences.GREETED, user_id)
    return [post(Destination(team_id, user_id), three_steps(), now)]


def three_steps() -> Message:
    told = (
        "I am new here. Three steps, and I am of use to everybody:\n"
        "1. Set the stewards: who looks after the words of each discipline.\n"
        "2. Choose the channel in which data requests open their threads.\n"
        "3. Invite me to the channels in which you talk about models."
    )
    steps = [
        blocks.button("Set the stewards", blocks.numbered(WORKSPACE_SETTINGS, 1)),
        blocks.button("Choose the data channel", blocks.numbered(WORKSPACE_SETTINGS, 2)),
        blocks.button("How to invite me", HOW_TO_INVITE),
    ]
    small = blocks.small_print("Admins of the workspace take the first two; this message comes once.")
    return Message(told, (blocks.markdown(told), blocks.buttons(steps), small))
