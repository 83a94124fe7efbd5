"""Installing the app: who allows it brings a code back to it, and the app changes the code for a token.

https://docs.slack.dev/authentication/installing-with-oauth and /using-token-rotation.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bot.local_slack.errors import SlackError
from bot.local_slack.workspace.state import Json, Workspace

if TYPE_CHECKING:
    from bot.local_slack.web_api.call import Call

_CODE_LIFE, _TOKEN_LIFE = timedelta(minutes=10), timedelta(hours=12)
#: Slack says of a token that was changed for new ones that it is good for a short time yet, and not how long.
_GRACE = timedelta(minutes=1)


def allow(workspace: Workspace, query: Mapping[str, str]) -> str:
    """Return where Slack leads a person who has allowed the app. Raises SlackError."""
    app = workspace.app
    known = app.manifest["oauth_config"].get("redirect_urls", ())
    redirect = query.get("redirect_uri") or next(iter(known), "")
    if query.get("client_id") != app.client_id:
        raise SlackError("invalid_client_id")
    if not any(redirect == each or redirect.startswith(f"{each}/") for each in known):
        raise SlackError("bad_redirect_uri")
    code = workspace.new_id(f"code-{workspace.team_id}-")
    app.codes[code] = (redirect, workspace.now() + _CODE_LIFE, frozenset(query.get("scope", "").split(",")))
    return f"{redirect}?{urlencode({'code': code, 'state': query.get('state', '')})}"


def access(call: "Call") -> Json:
    workspace, app = call.workspace, call.workspace.app
    call.check_client()
    if call.text("grant_type") == "refresh_token":
        if not _may_renew(workspace, call.text("refresh_token")):
            raise SlackError("invalid_refresh_token")
    else:
        _use_code(call)
    app.refusal = ""
    who = {"bot_user_id": app.bot_user_id, "app_id": app.app_id, "authed_user": {"id": [*workspace.users][-1]}}
    team = None if workspace.is_org_wide else {"id": workspace.team_id, "name": workspace.name}
    told = {"access_token": app.bot_token, "token_type": "bot", "scope": ",".join(app.scopes), **_rotated(workspace)}
    return {**told, **who, "team": team, "enterprise": workspace.enterprise, "is_enterprise_install": team is None}


def _use_code(call: "Call") -> None:
    nothing = ("", call.workspace.now(), frozenset[str]())
    redirect, ends_at, asked = call.workspace.app.codes.pop(call.text("code"), nothing)
    if ends_at <= call.workspace.now():
        raise SlackError("invalid_code")
    if call.text("redirect_uri") and call.text("redirect_uri") != redirect:
        raise SlackError("bad_redirect_uri")
    call.workspace.app.asked_scopes = asked - {""}


def holds(workspace: Workspace, token: str, arguments: Mapping[str, object]) -> bool:
    """Tell whether a call is about this workspace: by its token, or by the code or the token that is to be changed."""
    app = workspace.app
    is_renewed = arguments.get("refresh_token", "") in {app.refresh_token, *app.used} - {""}
    is_ours = token in (app.bot_token, *app.earlier, *workspace.steps)
    return is_ours or arguments.get("code") in app.codes or is_renewed


def _may_renew(workspace: Workspace, token: str) -> bool:
    app, now = workspace.app, workspace.now()
    return bool(token) and (token == app.refresh_token or app.used.get(token, now) > now)


def _rotated(workspace: Workspace) -> Json:
    """Give the app another token where its manifest has tokens rotated; its refresh token works once."""
    app = workspace.app
    if not app.manifest["settings"].get("token_rotation_enabled"):
        return {}
    if app.token_ends_at is not None:
        # Two of the bot's tokens are good at one time, no more.
        app.earlier, app.used = {app.bot_token: app.token_ends_at}, {app.refresh_token: workspace.now() + _GRACE}
    app.bot_token, app.refresh_token = (
        workspace.new_id(f"{kind}-{workspace.team_id}-") for kind in ("xoxe.xoxb", "xoxe")
    )
    app.token_ends_at = workspace.now() + _TOKEN_LIFE
    tokens = {"access_token": app.bot_token, "refresh_token": app.refresh_token}
    return {**tokens, "expires_in": int(_TOKEN_LIFE.total_seconds())}
