"""The Web API's methods, by name: which token and which scopes each takes, and what it does."""

from bot.local_slack.web_api import apps, chat, conversations, files, users, views
from bot.local_slack.web_api.call import Call, Method, answer

METHODS: dict[str, Method] = {
    **apps.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **users.METHODS,
    **views.METHODS,
}

__all__ = ["METHODS", "Call", "answer"]
