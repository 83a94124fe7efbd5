"""For which workspace a request of Slack's is, and for which bot.

A person of another organisation comes with a team of their own, and what happens where an organisation has let the app
in may come with none: https://docs.slack.dev/apis/slack-connect, https://docs.slack.dev/enterprise/developing-for-enterprise-orgs.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Payload = Mapping[str, Any]

#: So the id of an organisation of Enterprise Grid begins.
_ORGANIZATION = "E"


def installed_in(body: Payload) -> str:
    """Return the workspace whose installation a request is for; empty where it names none.

    It is not the team of whoever did something, nor of the channel; only where an organisation has let the app in, and
    nothing else is told, it is the one where they did it.
    """
    return _first_workspace(_teams(body))


def _teams(body: Payload) -> Iterator[object]:
    """Give the teams that a request names, the one that it is for first."""
    view = body.get("view") or {}
    yield _authorized(body).get("team_id")
    yield view.get("app_installed_team_id")
    yield body.get("context_team_id")
    yield (body.get("team") or {}).get("id")
    yield body.get("team_id")
    if str(body.get("is_enterprise_install")).lower() == "true":
        yield (body.get("user") or {}).get("team_id")
        yield view.get("team_id")


def installed_as(body: Payload) -> str:
    """Return the bot user that an event is for; empty where it does not say."""
    authorized = _authorized(body)
    return str(authorized.get("user_id") or "") if authorized.get("is_bot") else ""


def said_from(body: Payload) -> str:
    """Return the workspace of who said something in a channel that several share; empty where an event does not say."""
    event = body.get("event") or {}
    return _first_workspace(event.get(name) for name in ("user_team", "source_team", "team"))


def organizations_in(body: Payload) -> list[str]:
    """Return the organisations that an event names."""
    places = (_authorized(body), body, body.get("event") or {})
    return [str(each["enterprise_id"]) for each in places if each.get("enterprise_id")]


def _first_workspace(told: Iterable[object]) -> str:
    for each in told:
        if each and not (team := str(each)).startswith(_ORGANIZATION):
            return team
    return ""


def _authorized(body: Payload) -> Payload:
    listed = body.get("authorizations")
    return next(iter(listed)) if listed else {}
