"""Methods about people and groups of people."""

from bot.local_slack.errors import SlackError
from bot.local_slack.web_api.call import Call
from bot.local_slack.workspace import rendering
from bot.local_slack.workspace.state import Json


def info(call: Call) -> Json:
    return {"user": rendering.user_payload(call.workspace, call.user())}


def profile(call: Call) -> Json:
    return {"profile": rendering.profile_payload(call.workspace, call.user())}


def dnd(call: Call) -> Json:
    return rendering.dnd_payload(call.workspace, call.user())


def every(call: Call) -> Json:
    everybody = call.workspace.users.values()
    return call.page("members", [rendering.user_payload(call.workspace, each) for each in everybody])


def look_up(call: Call) -> Json:
    for user in call.workspace.users.values():
        if rendering.profile_payload(call.workspace, user).get("email") == call.text("email"):
            return {"user": rendering.user_payload(call.workspace, user)}
    raise SlackError("users_not_found")


def conversations(call: Call) -> Json:
    """Return the conversations that a person is in and that the bot may know of."""
    user = call.user(default=call.workspace.bot.id).id
    mine = [each for each in call.channels() if user in each.members]
    return call.page("channels", [rendering.channel_payload(call.workspace, each) for each in mine])


def dnd_of_many(call: Call) -> Json:
    people = [call.workspace.users[each] for each in call.names("users") if each in call.workspace.users]
    return {"users": {each.id: rendering.dnd_payload(call.workspace, each) for each in people}}


def groups(call: Call) -> Json:
    every, with_users = call.workspace.usergroups.values(), call.is_true("include_users")
    groups = [each for each in every if not each.deleted or call.is_true("include_disabled")]
    return {"usergroups": [rendering.usergroup_payload(call.workspace, each, with_users=with_users) for each in groups]}


def group_members(call: Call) -> Json:
    return {"users": call.one_of(call.workspace.usergroups, "usergroup", "no_such_subteam").users}
