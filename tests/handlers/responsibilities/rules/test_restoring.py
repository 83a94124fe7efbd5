"""What an export puts back, and which of its lines it refuses."""

import pytest

from handlers.responsibilities.rules import restoring
from handlers.responsibilities.rules.importing import Row
from tests.handlers.responsibilities.making import a_component

ROW = {
    "component": "churn",
    "kind": "model",
    "lead": "UANA",
    "duty": "monitoring",
    "state": "accepted",
    "owner": "UDEV",
    "helpers": "UBEN UELI",
    "model_side": "UANA UBEN",
}
OF_CREW = {"owner_team": "Crew", "team_people": "UDEV UBEN", "team_accountable": "UBEN", "team_channel": "CDATA"}


def test_a_duty_comes_back_as_it_was() -> None:
    made = restoring.plan([Row("line 2", ROW), Row("line 3", ROW | {"duty": "latency", "state": "proposed"})])
    ((place, part),) = made.components.items()
    assert (place, part.lead, part.model_side) == (("workspace", "churn"), "UANA", ("UANA", "UBEN"))
    kept, asked = made.duties[place]
    assert (kept.state, kept.owner, kept.helpers) == ("accepted", "UDEV", ("UBEN", "UELI"))
    assert (asked.state, asked.owner, asked.proposed_to) == ("proposed", "", "UDEV")
    assert restoring.as_lines(made, []) == [
        "  + churn (model), 2 duties",
        "  - history: who changed what when isn't in the file",
    ]
    there = a_component("churn", look_up_key="churn")
    assert restoring.as_lines(made, [there])[0] == "  = churn: in the register already, left as it is"


def test_a_team_comes_back_with_its_duties_and_is_described_in_one_way() -> None:
    other = ROW | OF_CREW | {"duty": "latency", "team_accountable": "UDEV"}
    made = restoring.plan([Row("line 2", ROW | OF_CREW), Row("line 3", other)])
    (team,) = made.teams.values()
    assert (team.name, team.members, team.accountable, team.channel) == ("Crew", ("UDEV", "UBEN"), "UBEN", "CDATA")
    assert [each.owner_team for each in made.duties["workspace", "churn"]] == ["crew"]
    assert [each.error for each in made.refused] == ["owner_team: Crew is described otherwise above"]


def test_what_belongs_to_a_channel_is_said_to() -> None:
    made = restoring.plan([Row("line 2", ROW | {"visibility": "GSECRET"})])
    assert restoring.as_lines(made, [a_component("churn", look_up_key="churn")])[0] == (
        "  + churn (model), 1 duties, of GSECRET only"
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"owner": "Dev Patel"}, "Dev Patel isn't the id of a member; owner import takes names, and asks who they are"),
        ({"owner": ""}, "owner: nobody is named for a duty that is accepted"),
        ({"state": "gone"}, "state: input should be"),
        ({"kind": ""}, "kind: field required"),
        (
            {"duty": "x", "owner_team": "crew", "team_people": "UDEV"},
            "team_accountable: nobody of the team is accountable",
        ),
        (OF_CREW | {"duty": "x", "team_people": "Dev"}, "Dev isn't the id of a member"),
        ({"duty": "x", "launch_on": "2026-01-01"}, "component: churn is described otherwise above"),
        ({}, "the same duty is already listed above"),
    ],
)
def test_a_line_that_is_wrong_says_why(change: dict[str, str], why: str) -> None:
    made = restoring.plan([Row("line 2", ROW), Row("line 3", ROW | change)])
    (refused,) = made.refused
    assert (refused.place, refused.error.startswith(why)) == ("line 3", True)
