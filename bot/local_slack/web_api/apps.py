"""Methods about the app itself and the workspace that it is in."""

from bot.local_slack.blocks import check_blocks
from bot.local_slack.events import tell
from bot.local_slack.state import Json
from bot.local_slack.web_api.call import Call, Method


def _auth_test(call: Call) -> Json:
    workspace = call.workspace
    return {
        "url": f"{workspace.url}/",
        "team": workspace.name,
        "team_id": workspace.team_id,
        "user": workspace.users[workspace.app.bot_user_id].name,
        "user_id": workspace.app.bot_user_id,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


def _auth_revoke(call: Call) -> Json:
    call.workspace.app.is_revoked = True
    tell(call.workspace, {"type": "tokens_revoked", "tokens": {"bot": [call.workspace.app.bot_user_id]}})
    return {"revoked": True}


def _team_info(call: Call) -> Json:
    workspace = call.workspace
    return {"team": {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain}}


def _bots_info(call: Call) -> Json:
    app = call.workspace.app
    return {"bot": {"id": app.bot_id, "name": app.name, "app_id": app.app_id, "user_id": app.bot_user_id}}


def _validate_blocks(call: Call) -> Json:
    check_blocks(call.structure("blocks"), "message")
    return {}


METHODS = {
    "api.test": Method(lambda call: {"args": dict(call.arguments)}, needs_token=False, tier=100),
    "auth.test": Method(_auth_test, tier=200),
    "auth.revoke": Method(_auth_revoke),
    "apps.connections.open": Method(
        lambda call: {"url": call.workspace.new_id("ticket-")}, by_app_token=True, tier=200
    ),
    "team.info": Method(_team_info, ("team:read",)),
    "bots.info": Method(_bots_info, ("users:read",)),
    "blocks.validate": Method(_validate_blocks, tier=100),
}
