"""How a change stands on its record: who said what, who hasn't answered, and nothing of what is over."""

from handlers.agreements.change_records import standing
from handlers.checks.dates import MARKS
from storage.change_notices.change_notices import Answered, ChangeNotice

AT = "2026-01-05T09:00:00.000000+00:00"
NAMES = {f"U{number}": f"Person {number}" for number in range(1, 7)}


def said(**more: object) -> str:
    told = {"id": "N1", "team_id": "T1", "created_at": AT, "changed_at": AT, "kind": "interface", **more}
    text = standing(ChangeNotice.model_validate(told), NAMES)
    return text.replace(AT, "then").replace(MARKS[0], "").replace(MARKS[1], "")


def test_who_said_what_comes_before_who_has_not_answered() -> None:
    answers = {
        "U2": Answered(answer="needs work", note="we map it", at=AT),
        "U1": Answered(answer="fine", at=AT),
        "U3": Answered(answer="blocked", at=AT),
    }
    assert said(to_version="2.0", asked=dict.fromkeys(NAMES, "C1"), answers=answers) == (
        "Interface changed to 2.0, then: fine for Person 1; needs work: Person 2 (we map it); blocked: Person 3; "
        "no answer yet from Person 4, Person 5, Person 6"
    )


def test_of_many_who_have_not_answered_the_first_are_named() -> None:
    assert said(asked=dict.fromkeys(NAMES, "C1")) == (
        "Interface changed, then: no answer yet from Person 1, Person 2, Person 3 and 3 more"
    )


def test_nobody_has_to_answer_what_is_over() -> None:
    assert said(asked={"U1": "C1"}, over_at=AT) == "Interface changed, then: nobody was asked"


def test_a_retirement_has_its_day_and_its_version() -> None:
    told = said(kind="retirement", to_version="2026-01-20", of_version="1.x", asked={"U1": "C1"})
    assert told == "Retirement of version 1.x, 2026-01-20, said then: no answer yet from Person 1"
