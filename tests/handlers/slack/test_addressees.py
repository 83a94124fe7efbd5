"""Of a request it is read for which workspace and which bot it is, also where it names an organisation."""

from typing import Any

import pytest

from handlers.slack import addressees

GRID = {"is_enterprise_install": True, "enterprise": {"id": "E1", "name": "Harbour Group"}}


def authorized(**told: object) -> dict[str, Any]:
    return {"type": "event_callback", "authorizations": [told]}


@pytest.mark.parametrize(
    ("body", "team_id"),
    [
        ({"command": "/define", "team_id": "T1"}, "T1"),
        ({"team": {"id": "T1"}, "user": {"team_id": "T2"}}, "T1"),
        ({**authorized(team_id="T1"), "team_id": "T2", "context_team_id": "T3"}, "T1"),
        ({"type": "event_callback", "authorizations": [], "context_team_id": "T1", "team_id": "T2"}, "T1"),
        ({"view": {"app_installed_team_id": "T1", "team_id": "T2"}, "team": {"id": "T2"}}, "T1"),
        ({"team": None, "user": {"team_id": "T1"}}, ""),
        # Where an organisation has let the app in, it may stand where a workspace does.
        ({**GRID, "command": "/define", "team_id": "T1", "enterprise_id": "E1"}, "T1"),
        ({**GRID, "team": None, "user": {"id": "U1", "team_id": "T1"}}, "T1"),
        ({**GRID, "is_enterprise_install": "true", "team": None, "user": {"id": "U1", "team_id": "T1"}}, "T1"),
        ({**GRID, "team": None, "user": {"team_id": "E1"}, "view": {"team_id": "T1"}}, "T1"),
        ({**GRID, "team": None, "user": {"team_id": "T2"}, "view": {"app_installed_team_id": "E1"}}, "T2"),
        ({**GRID, "team": {"id": "E1"}, "user": {"team_id": "T1"}}, "T1"),
        ({**authorized(team_id="E1", is_enterprise_install=True), "team_id": "T1"}, "T1"),
        ({**authorized(team_id=None, enterprise_id="E1"), "context_team_id": "T1"}, "T1"),
        ({**authorized(team_id=None, enterprise_id="E1"), "team_id": None}, ""),
    ],
)
def test_a_request_is_for_the_workspace_that_has_the_app_and_never_for_an_organisation(
    body: dict[str, Any], team_id: str
) -> None:
    assert addressees.installed_in(body) == team_id


def test_an_event_is_for_the_bot_that_it_names() -> None:
    assert addressees.installed_as(authorized(user_id="U0BOT", is_bot=True)) == "U0BOT"
    assert addressees.installed_as(authorized(user_id="UANA", is_bot=False)) == ""
    assert addressees.installed_as({"authorizations": []}) == ""


@pytest.mark.parametrize(
    ("event", "team_id"),
    [
        ({"team": "T1"}, "T1"),
        ({"team": "T1", "user_team": "T2", "source_team": "T2"}, "T2"),
        ({"team": "T1", "user_team": "E1", "source_team": "E1"}, "T1"),
        ({"type": "reaction_added"}, ""),
    ],
)
def test_what_is_said_comes_from_the_workspace_of_who_says_it(event: dict[str, Any], team_id: str) -> None:
    assert addressees.said_from({"event": event}) == team_id
    assert addressees.said_from({"command": "/define"}) == ""


def test_an_event_names_its_organisation_in_one_of_several_places() -> None:
    named = {**authorized(enterprise_id="E1"), "enterprise_id": "E2", "event": {"enterprise_id": "E3"}}
    assert addressees.organizations_in(named) == ["E1", "E2", "E3"]
    assert addressees.organizations_in({"authorizations": [{"enterprise_id": None}], "event": {}}) == []
