"""An organisation of Enterprise Grid: it lets an app in with one token for all its workspaces, and adds it to some.

https://docs.slack.dev/enterprise/developing-for-enterprise-orgs.
"""

from bot.local_slack.wire.events import tell
from bot.local_slack.workspace.installed import App
from bot.local_slack.workspace.state import Workspace


def found(app: App, name: str, *members: Workspace) -> Workspace:
    """Make workspaces those of one organisation, which may let this app in."""
    organization = Workspace(app, members[0].now, "E0LOCAL", name)
    for each in (organization, *members):
        each.organization, each.members, each.files = organization, members, organization.files
    return organization


def add(organization: Workspace, *workspaces: Workspace) -> None:
    """Add the app to workspaces, also where it was by itself."""
    for each in workspaces:
        each.app = organization.app
    tell(organization, {"type": "team_access_granted", "team_ids": [each.team_id for each in workspaces]})


def take_out(organization: Workspace, *workspaces: Workspace) -> None:
    for each in workspaces:
        each.app = App(each.app.manifest, bot_token=f"xoxb-{each.team_id}", refusal="account_inactive")
    tell(organization, {"type": "team_access_revoked", "team_ids": [each.team_id for each in workspaces]})
