"""Who asks, from where, and what each of them may see at most."""

from dataclasses import dataclass

from bot.local_slack.workspace.state import Json
from tests.privacy.seed import GENERAL, GROUP, OPEN, SECRET, SHARED, TEAM


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks; ``sees`` are the letters of the places whose records they may see (see ``seed.BELONGS``).

    ``team`` is the organisation that Slack says they are of, ``team_id`` the workspace that the request names.
    """

    name: str
    user_id: str
    sees: str
    team: str = TEAM
    team_id: str = TEAM

    @property
    def hidden(self) -> str:
        return "".join(each for each in "pgsw" if each not in self.sees)


MEMBER = Asker("a member", "UANA", "pgsw")
OUTSIDERS = (
    Asker("a member of the workspace outside", "UBEN", "sw"),
    Asker("an admin outside", "UADA", "sw"),
    Asker("a guest", "UGUS", ""),
    Asker("a person of another organisation", "USAM", "s", team="T0PARTNER"),
    Asker("a member who was removed just now", "UREX", "sw"),
    Asker("somebody deactivated", "UDEE", ""),
    Asker("a person of another workspace", "UWIM", "", team="T0OTHER", team_id="T0OTHER"),
)
#: The other member, and who is asked about what only an admin is asked.
PEER, ADMIN = Asker("the other member", "UMIA", "pgsw"), OUTSIDERS[1]
ASKERS = {each.user_id: each for each in (MEMBER, *OUTSIDERS)}


@dataclass(frozen=True, slots=True)
class Where:
    """Where somebody asks, as the request says: the name is what Slack calls the channel in commands and buttons."""

    name: str
    channel_id: str
    channel_name: str


def places(asker: Asker) -> tuple[Where, ...]:
    """Return the places that are tried; private ones that the asker is not in are forged."""
    own = asker.user_id.removeprefix("U")
    return (
        Where("own direct messages", f"D{own}", "directmessage"),
        Where("public channel", GENERAL, "general"),
        Where("public channel with a guest", OPEN, "open"),
        Where("shared channel", SHARED, "shared"),
        Where("private channel, forged", SECRET, "privategroup"),
        Where("private channel, forged as a public one", SECRET, "secret"),
        Where("group direct message, forged", GROUP, "mpdm-ana--dee--mia--rex-1"),
        Where("direct message of two people", f"DANA{own}", "directmessage"),
    )


def body(asker: Asker) -> Json:
    """Return what every interaction says of who does it."""
    user = {"id": asker.user_id, "username": asker.user_id, "name": asker.user_id, "team_id": asker.team}
    team = {"id": asker.team_id, "domain": "harbour"}
    return {"user": user, "team": team, "enterprise": None, "is_enterprise_install": False, "api_app_id": "A0LOCAL"}
