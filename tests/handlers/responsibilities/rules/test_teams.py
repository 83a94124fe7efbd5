"""What a team must say, and to which team a duty belongs after a step."""

import pytest

from handlers.responsibilities.rules.duties import Act, Step
from handlers.responsibilities.rules.standing import standing, to_ask
from handlers.responsibilities.rules.teams import MOST, owner_team_of, written
from handlers.slack.interactions import Fields, Wrong
from handlers.slack.usergroups import Group
from storage.responsibilities.responsibilities import Duty
from tests.handlers.responsibilities.making import ACCEPTED, BY_ID, a_component, a_duty
from tests.storage.responsibilities.test_teams import a_team

PLATFORM = a_team("platform", members=("UANA", "UBEN"))
HARBOUR = a_team("harbour", members=("UCHLOE",), accountable="UCHLOE")
TEAMS = {each.id: each for each in (PLATFORM, HARBOUR)}


def test_a_user_group_lends_a_team_its_people_and_its_name() -> None:
    groups = {"S1": Group("S1", "data platform", ("UANA", "UBEN"))}
    made = written(Fields(group="S1", accountable="UBEN"), groups)
    assert not isinstance(made, Wrong)
    assert (made.name, made.group_id, made.members) == ("data platform", "S1", ("UANA", "UBEN"))


@pytest.mark.parametrize("listed", [["UCHLOE"], ["UANA"], ["UANA", "UBEN", "UCHLOE"]])
def test_people_listed_beside_a_user_group_are_refused_where_they_are_not_just_its_own(listed: list[str]) -> None:
    groups = {"S1": Group("S1", "data platform", ("UANA", "UBEN"))}
    made = written(Fields(group="S1", members=listed, accountable="UANA"), groups)
    assert isinstance(made, Wrong)
    assert made.errors == {
        "members": "A user group brings its own people. Empty this list, or choose “No user group” above."
    }


def test_people_listed_beside_a_user_group_are_taken_where_they_are_its_own() -> None:
    groups = {"S1": Group("S1", "data platform", ("UANA", "UBEN"))}
    made = written(Fields(group="S1", members=["UBEN", "UANA"], accountable="UBEN"), groups)
    assert not isinstance(made, Wrong)
    assert (made.group_id, made.members) == ("S1", ("UANA", "UBEN"))


def test_a_group_that_slack_no_longer_has_is_no_team() -> None:
    made = written(Fields(group="S1", accountable="UBEN", name="platform"), {})
    assert isinstance(made, Wrong)
    assert set(made.errors) == {"members", "accountable"}


def test_a_team_has_at_most_a_hundred_people() -> None:
    many = tuple(f"U{number}" for number in range(MOST + 1))
    made = written(Fields(group="S1", accountable="U1"), {"S1": Group("S1", "everybody", many)})
    assert isinstance(made, Wrong)
    assert made.errors == {"group": "A team has at most 100 people."}


@pytest.mark.parametrize(
    ("duty", "act", "team", "belongs_to"),
    [
        (a_duty(state="proposed", proposed_to="UANA"), "suggest", "platform", "platform"),
        (a_duty(state="proposed", proposed_to="UCHLOE"), "suggest", "platform", ""),
        (a_duty(state="proposed", proposed_to="UANA", owner_team="platform"), "suggest", "", ""),
        (a_duty(state="unowned", owner_team="platform"), "decline", None, "platform"),
        (ACCEPTED.model_copy(update={"owner_team": "harbour"}), "claim", None, ""),
        (ACCEPTED, "claim", None, ""),
        (ACCEPTED, "help", "gone", ""),
    ],
)
def test_a_duty_is_a_team_s_only_while_its_person_is_of_it(
    duty: Duty, act: Act, team: str | None, belongs_to: str
) -> None:
    assert owner_team_of(duty, Step(act, "UDEV", team=team), a_component(), TEAMS) == belongs_to


def test_what_somebody_of_a_component_s_team_takes_on_is_that_team_s() -> None:
    component, taken = a_component(team="Platform"), Step("claim", "UANA")
    assert owner_team_of(ACCEPTED, taken, component, TEAMS) == "platform"
    by_chloe = ACCEPTED.model_copy(update={"owner": "UCHLOE"})
    assert owner_team_of(by_chloe, taken, component, TEAMS) == ""
    assert owner_team_of(ACCEPTED, Step("help", "UANA", team=""), component, TEAMS) == ""


def test_who_left_the_team_no_longer_has_its_duty() -> None:
    owned = ACCEPTED.model_copy(update={"owner_team": "platform", "owner": "UDEV"})
    about = standing(a_component(), BY_ID["monitoring"], owned, frozenset(), TEAMS)
    assert (about.present.state, about.has_left_team) == ("unowned", True)
    assert to_ask(about)[:2] == ["UANA", "UBEN"]
    still = standing(a_component(), BY_ID["monitoring"], ACCEPTED, frozenset(), TEAMS)
    assert (still.present.state, still.has_left_team) == ("accepted", False)
