"""What may become of feedback and who may do it, what is refused in the form, and what looks like the same."""

import pytest

from handlers.checks.outcomes import Refused
from handlers.checks.sensitive_data import personal
from handlers.feedback.rules import moves, parsing
from handlers.feedback.rules.moves import ACTS, Act, Role, Step
from handlers.slack.interactions import Fields, Wrong
from storage.feedback.feedback import STATES, Feedback, State
from storage.outbox.redactions import REDACTED

STANDS: dict[State, str] = {
    "new": "is still open",
    "will fix": "is already going to be fixed",
    "needs data": "already needs data",
    "answered": "has already been answered",
    "works as meant": "has already been answered: it works as intended",
}
TEAM: frozenset[Role] = frozenset(("team",))
REPORTER: frozenset[Role] = frozenset(("reporter",))
ITEM = Feedback(
    id="f",
    team_id="T1",
    number="FB-1",
    component_id="c",
    reporter="UBEN",
    seen_where="the plan",
    input="a ship of 200 m from the north",
    expected="a berth of 220 m",
    got="a berth of 150 m",
    severity="high",
    how_often="once",
    created_at="",
    changed_at="",
)
ALLOWED: dict[Act, tuple[State, ...]] = {
    "answer": ("new", "will fix", "needs data"),
    "fix": ("new", "will fix", "needs data"),
    "meant": ("new", "will fix", "needs data"),
    "data": ("new", "will fix"),
    "reopen": ("answered", "works as meant"),
}
BECOMES: dict[Act, State] = {
    "answer": "answered",
    "fix": "will fix",
    "meant": "works as meant",
    "data": "needs data",
    "reopen": "new",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ACTS)
def test_each_step_is_allowed_from_these_states_alone(act: Act, state: State) -> None:
    roles = REPORTER if act == "reopen" else TEAM
    found = moves.step(ITEM.model_copy(update={"state": state}), Step(act, "UANA", roles, "because", ""))
    if state in ALLOWED[act]:
        assert not isinstance(found, Refused)
        assert (found["state"], found["note"], found["by"]) == (BECOMES[act], "because", "UANA")
    else:
        assert found == Refused(f"FB-1 {STANDS[state]}.")


@pytest.mark.parametrize("act", ACTS)
def test_each_step_belongs_to_one_side(act: Act) -> None:
    item = ITEM.model_copy(update={"state": ALLOWED[act][0]})
    others: frozenset[Role] = TEAM if act == "reopen" else REPORTER
    told = (
        "Only people who reported it can reopen it."
        if act == "reopen"
        else "Only its receiver, the model side and admins can"
    )
    for roles in (others, frozenset[Role]()):
        found = moves.step(item, Step(act, "UX", roles, "because"))
        assert isinstance(found, Refused)
        assert found.told.startswith(told)


@pytest.mark.parametrize("act", [each for each in ACTS if each != "fix"])
def test_a_step_says_why(act: Act) -> None:
    roles = REPORTER if act == "reopen" else TEAM
    found = moves.step(ITEM.model_copy(update={"state": ALLOWED[act][0]}), Step(act, "UX", roles))
    assert isinstance(found, Refused)
    assert found.field == "note"


@pytest.mark.parametrize("act", ACTS)
def test_what_was_redacted_goes_on_nowhere(act: Act) -> None:
    item = ITEM.model_copy(update={"state": ALLOWED[act][0], "got": REDACTED})
    roles = REPORTER if act == "reopen" else TEAM
    assert moves.step(item, Step(act, "UX", roles, "because")) == Refused("FB-1 was redacted. Please report it again.")


GOOD = {
    "component_id": "c",
    "seen_where": "the plan",
    "input": "a ship",
    "expected": "a berth",
    "got": "none",
    "severity": "low",
    "how_often": "once",
}


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"seen_where": " "}, "seen_where", "Say where you saw it."),
        ({"input": "-"}, "input", "Say what the input was"),
        ({"expected": ""}, "expected", "Say what you expected."),
        ({"got": ""}, "got", "Say what you got"),
        ({"severity": ""}, "severity", "Choose how bad it is."),
        ({"how_often": "daily"}, "how_often", "Choose how"),
        ({"component_id": ""}, "component_id", "Choose what it is about."),
        ({"input": "ana@harbour.example"}, "input", "This looks like a person's email address."),
        ({"got": "called +49 170 1234567"}, "got", "This looks like a person's phone number."),
        ({"expected": "password=hunter2000"}, "expected", "This looks like a password or a key."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(change: dict[str, str], field: str, told: str) -> None:
    found = parsing.report_in(Fields({**GOOD, **change}), ITEM)
    assert isinstance(found, Wrong)
    assert found.errors[field].startswith(told)
    assert isinstance(parsing.report_in(Fields(GOOD), ITEM), Feedback)


@pytest.mark.parametrize(
    "text",
    [
        "eva.berg+x@mail.harbour.example",
        "0170 1234567",
        "+1 (212) 555 0100",
        "030/1234567",
        "born 3 May 1980",
        "DOB: 1980-05-03",
        "<@U0123ABCD>",
        "123-45-6789",
        "born on 3.5.80",
    ],
)
def test_what_looks_like_data_of_a_person_is_refused(text: str) -> None:
    assert personal(f"It said: {text}") != ""


@pytest.mark.parametrize(
    "text",
    [
        "a ship of 200 m arrives at 2026-01-05 09:00",
        "MMSI 211234560",
        "0.123456789",
        "recall 0.91, 10 000 rows",
        "https://harbour.example/plan/2026/01",
        "a baby is born",
        "5 of 10 berths, 0 to 100 %",
        "v1.2.3-rc.4",
        "me @ work",
        "05-01-2026",
        "arrived on 2026-01-05 200 ships",
        "2026-01-05 0900",
        "@WARNING level",
        "a ship born in 2019",
        "file@2x.png",
    ],
)
def test_what_is_said_of_things_may_stand(text: str) -> None:
    assert personal(text) == ""


def test_reports_of_the_same_are_found_the_most_alike_first() -> None:
    same = ITEM.model_copy(update={"id": "a", "got": "a berth of 140 m, in the east"})
    other = ITEM.model_copy(update={"id": "b", "input": "fog", "expected": "a warning", "got": "silence"})
    assert [each.id for each in moves.alike(ITEM, [other, same, ITEM])] == ["f", "a"]
