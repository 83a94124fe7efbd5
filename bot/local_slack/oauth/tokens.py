"""Whether a token is good: the bot's, the one before it until that ends, a workflow step's, or the app's own."""

from bot.local_slack.errors import SlackError
from bot.local_slack.workspace.state import Workspace


def check(workspace: Workspace, token: str, *, by_app_token: bool) -> None:
    """Raise SlackError where Slack would not take a token for a method, which wants the app's own or another."""
    if not token:
        raise SlackError("not_authed")
    app = workspace.app
    ends_at = app.token_ends_at if token == app.bot_token else app.earlier.get(token)
    is_bots = token in (app.bot_token, *app.earlier, *workspace.steps)
    if is_bots and app.refusal:
        raise SlackError(app.refusal)
    if ends_at is not None and ends_at <= workspace.now():
        raise SlackError("token_expired")
    if not is_bots and token != app.app_token:
        raise SlackError("invalid_auth")
    if (token == app.app_token) is not by_app_token:
        raise SlackError("not_allowed_token_type")
