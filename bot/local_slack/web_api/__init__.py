"""The Web API's methods, by name: what each does, which scopes it takes, and how often it may be called."""

from bot.local_slack.oauth.installing import access
from bot.local_slack.web_api import apps, chat, conversations, files, functions, users, views
from bot.local_slack.web_api.call import Call, Method, answer

#: Calls a minute: https://docs.slack.dev/apis/web-api/rate-limits. What is special has no number there.
_ONE, _TWO, _THREE, _FOUR, _SPECIAL = 1, 20, 50, 100, 300
_KINDS = conversations.KINDS.values()
_READ, _HISTORY = [tuple(f"{kind}:{what}" for kind in _KINDS) for what in ("read", "history")]

METHODS: dict[str, Method] = {
    "api.test": Method(apps.test, _FOUR, needs_token=False),
    "apps.connections.open": Method(apps.connect, _SPECIAL, by_app_token=True),
    "apps.uninstall": Method(apps.uninstall, _ONE),
    "auth.revoke": Method(apps.revoke, _THREE),
    "auth.teams.list": Method(apps.teams, _TWO),
    "auth.test": Method(apps.auth_test, _SPECIAL),
    "blocks.validate": Method(views.validate, _SPECIAL),
    "bots.info": Method(apps.bot, _THREE, ("users:read",), of_team=True),
    "chat.delete": Method(chat.delete, _THREE, ("chat:write",)),
    "chat.getPermalink": Method(chat.link, _SPECIAL),
    "chat.postEphemeral": Method(chat.whisper, _FOUR, ("chat:write",)),
    "chat.postMessage": Method(chat.post, _SPECIAL, ("chat:write",)),
    "chat.update": Method(chat.update, _THREE, ("chat:write",)),
    "conversations.history": Method(conversations.history, _THREE, _HISTORY),
    "conversations.info": Method(conversations.info, _THREE, _READ),
    "conversations.join": Method(conversations.join, _THREE, ("channels:join",)),
    "conversations.list": Method(conversations.every, _TWO, _READ, of_team=True),
    "conversations.members": Method(conversations.members, _FOUR, _READ),
    "conversations.open": Method(conversations.begin, _THREE, ("im:write", "mpim:write")),
    "conversations.replies": Method(conversations.replies, _THREE, _HISTORY),
    "dnd.info": Method(users.dnd, _THREE, ("dnd:read",), of_team=True),
    "dnd.teamInfo": Method(users.dnd_of_many, _TWO, ("dnd:read",), of_team=True),
    "files.completeUploadExternal": Method(files.complete, _FOUR, ("files:write",)),
    "files.delete": Method(files.delete, _THREE, ("files:write",)),
    "files.getUploadURLExternal": Method(files.begin, _FOUR, ("files:write",)),
    "files.info": Method(files.info, _FOUR, ("files:read",)),
    "functions.completeError": Method(functions.fail, _THREE),
    "functions.completeSuccess": Method(functions.complete, _THREE),
    "oauth.v2.access": Method(access, _SPECIAL, needs_token=False),
    "reactions.add": Method(chat.react, _THREE, ("reactions:write",)),
    "reactions.remove": Method(chat.unreact, _TWO, ("reactions:write",)),
    "team.info": Method(apps.team, _THREE, ("team:read",)),
    "usergroups.list": Method(users.groups, _TWO, ("usergroups:read",), of_team=True),
    "usergroups.users.list": Method(users.group_members, _TWO, ("usergroups:read",), of_team=True),
    "users.conversations": Method(users.conversations, _THREE, _READ, of_team=True),
    "users.info": Method(users.info, _FOUR, ("users:read",)),
    "users.list": Method(users.every, _TWO, ("users:read",), of_team=True),
    "users.lookupByEmail": Method(users.look_up, _THREE, ("users:read.email",)),
    "users.profile.get": Method(users.profile, _FOUR, ("users.profile:read",)),
    "views.open": Method(views.begin, _FOUR),
    "views.publish": Method(views.publish, _FOUR),
    "views.push": Method(views.push, _FOUR),
    "views.update": Method(views.update, _FOUR),
}

__all__ = ["METHODS", "Call", "answer"]
