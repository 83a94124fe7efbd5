"""Methods about the app itself and the workspace that it is in."""

from bot.local_slack.errors import SlackError, refuse
from bot.local_slack.web_api.call import Call
from bot.local_slack.wire.events import tell
from bot.local_slack.workspace.state import Json, Workspace


def test(call: Call) -> Json:
    if call.text("error"):
        raise SlackError(call.text("error"))
    return {"args": dict(call.arguments)}


def connect(call: Call) -> Json:
    ticket = call.workspace.new_id("ticket-")
    call.workspace.tickets.add(ticket)
    return {"url": f"{call.workspace.url.replace('http', 'ws', 1)}/socket/{ticket}"}


def auth_test(call: Call) -> Json:
    workspace, bot = call.workspace, call.workspace.bot
    told: Json = {"url": f"{workspace.url}/", "team": workspace.name, "team_id": workspace.team_id, "user": bot.name}
    told |= {"user_id": bot.id, "bot_id": workspace.app.bot_id, "is_enterprise_install": workspace.is_org_wide}
    return told | ({"enterprise_id": workspace.organization.team_id} if workspace.organization else {})


def teams(call: Call) -> Json:
    """Return the workspaces for which a token is good: of an organisation's, those to which the app was added."""
    added = [each for each in call.workspace.members or [call.workspace] if each.app is call.workspace.app]
    return call.page("teams", [{"id": each.team_id, "name": each.name} for each in added])


def revoke(call: Call) -> Json:
    if not call.is_true("test"):
        forget_token(call.workspace, "token_revoked")
    return {"revoked": not call.is_true("test")}


def uninstall(call: Call) -> Json:
    call.check_client()
    forget_token(call.workspace, "account_inactive")
    tell(call.workspace, {"type": "app_uninstalled"})
    return {}


def forget_token(workspace: Workspace, refusal: str) -> None:
    """Meet the app's token with this error from now on, and tell the app so."""
    workspace.app.refusal = refusal
    tell(workspace, {"type": "tokens_revoked", "tokens": {"bot": [workspace.app.bot_user_id]}})


def team(call: Call) -> Json:
    return {"team": {"id": call.workspace.team_id, "name": call.workspace.name, "domain": call.workspace.domain}}


def bot(call: Call) -> Json:
    app = call.workspace.app
    refuse("bot_not_found", when=call.text("bot", app.bot_id) != app.bot_id)
    return {"bot": {"id": app.bot_id, "name": app.name, "app_id": app.app_id, "user_id": app.bot_user_id}}
