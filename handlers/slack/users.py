"""A person as Slack describes them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: What Slack's own suggestions for a status and people's habits say of being away.
_AWAY_EMOJI = (":palm_tree:", ":face_with_thermometer:", ":beach_with_umbrella:", ":airplane:", ":baby:")
_AWAY_WORDS = re.compile(
    r"\b(vacation|vacationing|holiday|out of office|ooo|away|sick|ill|on leave|parental)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as Slack knows them. A guest is anybody who is not a full member; ``tz`` is an IANA name.

    ``has_left``: they were deactivated, which makes them a guest as well. ``is_away``: their status says that they are
    ill, on holiday or out of office. ``updated`` is since when Slack describes them so, in Unix time, 0 where it does
    not say.
    """

    user_id: str
    name: str
    is_guest: bool
    is_admin: bool
    is_bot: bool = False
    tz: str = "UTC"
    is_away: bool = False
    has_left: bool = False
    updated: float = 0


def person_of(user: Mapping[str, Any], team_id: str) -> Person:
    """Read a person as Slack describes them: https://docs.slack.dev/reference/objects/user-object.

    Of somebody in several workspaces of an organisation Slack doesn't say where they are an admin; it counts where
    it describes them as of this workspace.
    """
    teams = {user.get("team_id", team_id), *((user.get("enterprise_user") or {}).get("teams") or ())}
    flags = ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted")
    is_member = team_id in teams and not any(user.get(flag) for flag in flags)
    is_of_here = user.get("team_id", team_id) == team_id
    return Person(
        user_id=str(user["id"]),
        name=str(user.get("real_name") or user.get("name") or user["id"]),
        is_guest=not is_member,
        is_bot=bool(user.get("is_bot")),
        tz=str(user.get("tz") or "UTC"),
        is_away=_is_away(user.get("profile") or {}),
        has_left=bool(user.get("deleted")),
        updated=float(user.get("updated") or 0),
        is_admin=is_member
        and is_of_here
        and any(user.get(flag) for flag in ("is_admin", "is_owner", "is_primary_owner")),
    )


def other_names(user: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what people call somebody by in files: their @names, and their e-mail address where the app may see it."""
    profile = user.get("profile") or {}
    told = (user.get("name"), profile.get("display_name"), profile.get("email"))
    return tuple(dict.fromkeys(str(each) for each in told if each))


def _is_away(profile: Mapping[str, Any]) -> bool:
    status = str(profile.get("status_text") or "")
    return str(profile.get("status_emoji") or "") in _AWAY_EMOJI or bool(_AWAY_WORDS.search(status))
