"""A person as Slack describes them: member or guest, admin, away."""

from typing import Any

import pytest

from handlers.slack.users import Person, other_names, person_of

USER: dict[str, Any] = {"id": "UANA", "team_id": "T1", "name": "ana", "real_name": "Ana Ruiz", "tz": "Europe/Madrid"}


def test_a_member_has_a_name_and_a_time_zone() -> None:
    assert person_of(USER, "T1") == Person("UANA", "Ana Ruiz", is_guest=False, is_admin=False, tz="Europe/Madrid")


@pytest.mark.parametrize(
    ("user", "name", "tz"),
    [
        ({**USER, "real_name": "", "tz": None}, "ana", "UTC"),
        ({"id": "UANA", "team_id": "T1"}, "UANA", "UTC"),
    ],
)
def test_where_slack_leaves_something_out_there_is_something_to_call_them(
    user: dict[str, Any], name: str, tz: str
) -> None:
    assert (person_of(user, "T1").name, person_of(user, "T1").tz) == (name, tz)


@pytest.mark.parametrize(
    ("facts", "is_guest"),
    [
        ({}, False),
        ({"is_restricted": True}, True),
        ({"is_ultra_restricted": True}, True),
        ({"is_stranger": True}, True),
        ({"deleted": True}, True),
        ({"team_id": "T2"}, True),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T1", "T3"]}}, False),
        ({"team_id": "T2", "enterprise_user": {}}, True),
    ],
)
def test_who_is_no_full_member_of_this_workspace_is_a_guest(facts: dict[str, Any], *, is_guest: bool) -> None:
    assert person_of({**USER, **facts}, "T1").is_guest is is_guest


@pytest.mark.parametrize("flag", ["is_admin", "is_owner", "is_primary_owner"])
def test_admins_and_owners_are_admins_unless_they_are_of_another_workspace_or_have_left(flag: str) -> None:
    assert person_of({**USER, flag: True}, "T1").is_admin is True
    assert person_of({**USER, flag: True, "team_id": "T2"}, "T1").is_admin is False
    assert person_of({**USER, flag: True, "deleted": True}, "T1").is_admin is False


@pytest.mark.parametrize("flag", ["is_admin", "is_owner", "is_primary_owner"])
def test_in_an_organisation_admins_are_those_whom_slack_describes_as_of_the_workspace(flag: str) -> None:
    everywhere = {"enterprise_user": {"teams": ["T1", "T2"], "is_admin": True, "is_owner": True}}
    assert person_of({**USER, **everywhere}, "T1").is_admin is False
    described = [person_of({**USER, **everywhere, flag: True, "team_id": "T1"}, team_id) for team_id in ("T1", "T2")]
    assert [(each.is_guest, each.is_admin) for each in described] == [(False, True), (False, False)]
    assert person_of({**USER, **everywhere, flag: True, "team_id": "E1"}, "T1").is_admin is False


def test_a_bot_is_one() -> None:
    assert person_of({**USER, "is_bot": True}, "T1").is_bot is True
    assert person_of(USER, "T1").is_bot is False


@pytest.mark.parametrize(
    ("emoji", "text", "is_away"),
    [
        (":palm_tree:", "", True),
        (":face_with_thermometer:", "", True),
        ("", "On Vacation until Monday", True),
        ("", "Out of office", True),
        ("", "OOO", True),
        ("", "sick", True),
        (":coffee:", "skill sharing", False),
        ("", "in a meeting", False),
        ("", "", False),
    ],
)
def test_a_status_says_who_is_away(emoji: str, text: str, *, is_away: bool) -> None:
    profile = {"status_emoji": emoji, "status_text": text}
    assert person_of({**USER, "profile": profile}, "T1").is_away is is_away


def test_without_a_status_nobody_is_away() -> None:
    away = {**USER, "profile": {"status_text": "away"}}
    assert [person_of(each, "T1").is_away for each in (away, USER, {**USER, "profile": None})] == [True, False, False]


def test_somebody_has_other_names_and_an_address_where_the_app_may_see_it() -> None:
    profile = {"display_name": "Ana R.", "email": "ana@example.org"}
    assert other_names({**USER, "profile": profile}) == ("ana", "Ana R.", "ana@example.org")
    assert other_names({**USER, "profile": {"display_name": "ana", "email": ""}}) == ("ana",)
    assert other_names({"id": "UANA"}) == ()
