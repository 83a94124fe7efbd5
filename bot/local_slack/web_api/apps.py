"""Methods about the app itself."""

from bot.local_slack.state import Json
from bot.local_slack.web_api.call import Call, Method


def _auth_test(call: Call) -> Json:
    workspace = call.workspace
    return {
        "url": "http://local.slack/",
        "team": workspace.name,
        "team_id": workspace.team_id,
        "user": workspace.users[workspace.app.bot_user_id].name,
        "user_id": workspace.app.bot_user_id,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


def _connections_open(call: Call) -> Json:
    return {"url": call.workspace.new_id("ticket-")}


METHODS = {
    "auth.test": Method(_auth_test),
    "apps.connections.open": Method(_connections_open, by_app_token=True),
}
