"""What counts as right: the same word by another name, and nothing that is shown as surer than it is."""

from dataclasses import replace

import pytest

from tests.questions.asking import Question, Seen
from tests.questions.judging import Verdict, is_only_offered, judge

GLOSS = "*data drift*\n*Data science*  The inputs change"
OFFERED = Seen("“covariate” isn't defined yet.", offered=("covariate shift",))
MANY = ("covariate shift", "concept drift", "drift", "model drift")
DECIDED = "*D-KKVDP · Drop the weather feed* · decided by Ana Ruiz"


@pytest.mark.parametrize(
    ("question", "seen", "verdict"),
    [
        ({"want": {"offer": "data drift"}}, OFFERED, "found"),
        ({"want": {"offer": "concept drift"}}, OFFERED, "missed"),
        ({"want": {"word": "data drift"}}, OFFERED, "missed"),
        ({"want": {"word": "data drift"}, "kind": "part of a name"}, OFFERED, "found"),
        ({"want": {"word": "data drift"}, "kind": "part of a name"}, replace(OFFERED, offered=MANY), "missed"),
        ({"want": {"word": "data drift"}, "kind": "sentence"}, OFFERED, "missed"),
        ({"want": {"word": "data drift"}}, Seen(GLOSS, bold=("data drift",)), "found"),
        ({"want": {"word": "data drift"}}, Seen(GLOSS, bold=("covariate shift",)), "found"),
        ({"want": {"word": "OBU (on-board unit)"}}, Seen(GLOSS, bold=("OBU",)), "found"),
        ({"want": {"word": "OBU (on-board unit)"}}, Seen(GLOSS, bold=("on-board unit",)), "found"),
        ({"want": {"word": "OBU (on-board unit)"}}, Seen(GLOSS, bold=("data drift",)), "wrong"),
        ({"want": {"word": "data science"}}, Seen(GLOSS, bold=("data drift", "Data science")), "wrong"),
        ({"want": {"word": "recall"}}, Seen(GLOSS, bold=("data drift",)), "wrong"),
        ({"want": {"offer": "data drift"}}, Seen(GLOSS, bold=("data drift",)), "wrong"),
        ({"want": {"offer": "data drift"}, "either": True}, Seen(GLOSS, bold=("data drift",)), "found"),
        ({"want": {"nothing": True}}, Seen(GLOSS, bold=("data drift",)), "wrong"),
        ({"want": {"nothing": True}}, Seen(DECIDED), "wrong"),
        ({"want": {"nothing": True}}, Seen(f"“feed” isn't defined yet.\n{DECIDED}"), "wrong"),
        (
            {"want": {"nothing": True}, "offer_ok": True},
            Seen(f"Nothing has all of “feeds”. Nearest:\n{DECIDED}"),
            "found",
        ),
        ({"want": {"nothing": True}}, OFFERED, "missed"),
        ({"want": {"nothing": True}, "offer_ok": True}, OFFERED, "found"),
        ({"want": {"decision": "Drop the weather feed"}}, Seen(DECIDED), "found"),
        ({"want": {"decision": "Retrain monthly"}}, Seen(DECIDED), "wrong"),
        ({"want": {"request": "berth arrivals"}}, Seen(DECIDED), "missed"),
    ],
)
def test_an_answer_is_as_right_as_it_is_sure(question: Question, seen: Seen, verdict: Verdict) -> None:
    assert judge(question, seen, None) == verdict


@pytest.mark.parametrize(
    ("want", "seen", "is_offered"),
    [
        ({"word": "data drift"}, Seen(GLOSS, bold=("data drift",)), False),
        ({"offer": "data drift"}, OFFERED, True),
        ({"words": ["data drift", "recall"]}, Seen(GLOSS, bold=("data drift",), offered=("recall",)), True),
        ({"decision": "Drop the weather feed"}, Seen(DECIDED), False),
        ({"decision": "Drop the weather feed"}, Seen(f"Nearest:\n{DECIDED}"), True),
        ({"nothing": True}, OFFERED, False),
    ],
)
def test_what_is_only_offered_is_told_from_what_is_shown(
    want: dict[str, object], seen: Seen, *, is_offered: bool
) -> None:
    assert is_only_offered({"want": want}, seen) is is_offered
