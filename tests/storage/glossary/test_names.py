"""Which names a name holds, and which names stand in a text."""

import pytest

from storage.glossary.glossary import look_up_key
from storage.glossary.names import Names, names_in


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("KYC (Know Your Customer)", "KYC | Know Your Customer"),
        ("Know Your Customer (KYC)", "Know Your Customer | KYC"),
        ("TEU (Twenty-foot Equivalent Unit)", "TEU | Twenty-foot Equivalent Unit"),
        ("large language models (LLMs)", "large language models | LLMs"),
        ("PoC [proof of concept]", "PoC | proof of concept"),
        ("ETL (extract, transform, load)", "ETL | extract, transform, load"),
        ("CV (cross-validation)", "CV | cross-validation"),
        ("MLOps (machine learning operations)", "MLOps | machine learning operations"),
        ("SLO - service level objective", "SLO | service level objective"),
        ("SLO – service level objective", "SLO | service level objective"),
        ("ML / machine learning", "ML | machine learning"),
        ("minimum viable product, MVP", "minimum viable product | MVP"),
        ("API: application programming interface", "API | application programming interface"),
        ("recall aka sensitivity", "recall | sensitivity"),
        ("recall, also known as sensitivity", "recall | sensitivity"),
        ("hold-out (holdout) set", "hold-out set | holdout set"),
        ("drift", ""),
        ("A/B test", ""),
        ("CI/CD", ""),
        ("training-serving skew", ""),
        ("class (Python)", ""),
        ("drift (sensor)", ""),
        ("precision (P)", ""),
        ("seed (of a plant)", ""),
        ("test (end to end) data", ""),
        ("precision, recall", ""),
        ("KYC (Know Your", ""),
        ("(KYC)", ""),
    ],
)
def test_one_name_may_hold_two(name: str, held: str) -> None:
    assert " | ".join(names_in(name)) == held


def names(*named: str, others: Names | None = None) -> Names:
    return Names({look_up_key(name): name for name in named}, others)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Feature-stores keep features; indices too.", {"feature store": "", "feature": "", "index": ""}),
        ("The model regressed last night", {"regression": "regressed"}),
        ("We rolled back, then rolled it out", {"rollback": "rolled back"}),
        ("roll back!", {"rollback": ""}),
        ("labelled data drifted", {"label": "labelled", "data drift": "data drifted"}),
        ("drifted, and the drift", {"drift": ""}),
        ("confusion matrices of A/B testing", {"confusion matrix": "", "A/B test": "A/B testing"}),
        ("A/B tests on A, B and tests", {"A/B test": ""}),
        ("driftwood at the university", {}),
        ("Which means that logistics matter", {}),
        ("", {}),
        ("…!", {}),
    ],
)
def test_the_longest_name_is_found_and_a_form_says_what_stands_there(text: str, found: dict[str, str]) -> None:
    known = names(
        "feature store", "feature", "index", "regression", "rollback", "label", "data drift", "drift", "mean",
        "confusion matrix", "A/B test", "universe", "logistic",
    )  # fmt: skip
    assert known.found_in(text) == found


def test_the_names_of_a_channel_stand_beside_everybodys_and_the_longer_one_is_found() -> None:
    both = names("tide gauge drift", "berthing", others=names("drift", "tide gauge", "berth"))
    assert both.found_in("the tide gauge drifted, tide gauge drifts, berthed ships") == {
        "tide gauge drift": "",
        "berthing": "berthed",
    }
    assert (both.named("drift"), both.named("berthing"), both.named("quay")) == ("drift", "berthing", "")
