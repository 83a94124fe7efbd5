"""Methods about people and groups of people."""

from bot.local_slack.errors import SlackError
from bot.local_slack.rendering import (
    channel_payload,
    dnd_payload,
    email_of,
    profile_payload,
    user_payload,
    usergroup_payload,
)
from bot.local_slack.state import Json
from bot.local_slack.web_api.call import Call, Method
from bot.local_slack.web_api.conversations import READING


def _list(call: Call) -> Json:
    return call.page("members", [user_payload(call.workspace, each) for each in call.workspace.users.values()])


def _look_up(call: Call) -> Json:
    for user in call.workspace.users.values():
        if email_of(user) == call.text("email"):
            return {"user": user_payload(call.workspace, user)}
    raise SlackError("users_not_found")


def _conversations(call: Call) -> Json:
    """Return the conversations that a person is in and that the bot may know of."""
    user = call.user(default=call.workspace.bot.id).id
    mine = [each for each in call.channels() if user in each.members]
    return call.page("channels", [channel_payload(call.workspace, each) for each in mine])


def _dnd_of_many(call: Call) -> Json:
    people = [call.workspace.users[each] for each in call.names("users") if each in call.workspace.users]
    return {"users": {each.id: dnd_payload(call.workspace, each) for each in people}}


def _groups(call: Call) -> Json:
    groups, with_users = call.workspace.usergroups.values(), call.is_true("include_users")
    return {"usergroups": [usergroup_payload(call.workspace, each, with_users=with_users) for each in groups]}


def _group_members(call: Call) -> Json:
    group = call.workspace.usergroups.get(call.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": group.users}


METHODS = {
    "users.info": Method(lambda call: {"user": user_payload(call.workspace, call.user())}, ("users:read",), tier=100),
    "users.list": Method(_list, ("users:read",), tier=20),
    "users.lookupByEmail": Method(_look_up, ("users:read.email",)),
    "users.profile.get": Method(
        lambda call: {"profile": profile_payload(call.workspace, call.user())}, ("users.profile:read",), tier=100
    ),
    "users.conversations": Method(_conversations, READING),
    "dnd.info": Method(lambda call: dnd_payload(call.workspace, call.user()), ("dnd:read",)),
    "dnd.teamInfo": Method(_dnd_of_many, ("dnd:read",), tier=20),
    "usergroups.list": Method(_groups, ("usergroups:read",), tier=20),
    "usergroups.users.list": Method(_group_members, ("usergroups:read",), tier=20),
}
