"""Methods about people."""

from bot.local_slack.rendering import channel_payload, user_payload
from bot.local_slack.state import Json
from bot.local_slack.web_api.call import Call, Method


def _info(call: Call) -> Json:
    return {"user": user_payload(call.workspace, call.user())}


def _conversations(call: Call) -> Json:
    """Return the conversations that a person is in and that the bot may know of."""
    bot, user = call.workspace.app.bot_user_id, call.user().id
    kinds = {name.removesuffix("_channel") for name in call.text("types", "public_channel").split(",")}
    found = [
        channel_payload(channel)
        for channel in call.workspace.channels.values()
        if channel.kind in kinds and user in channel.members and (not channel.is_private or bot in channel.members)
    ]
    return {"channels": found, "response_metadata": {"next_cursor": ""}}


METHODS = {
    "users.info": Method(_info, ("users:read",)),
    "users.conversations": Method(_conversations, ("channels:read", "groups:read", "im:read", "mpim:read")),
}
