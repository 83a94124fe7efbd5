"""Which names a name holds, and which names stand in a text."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from storage.engine.interface import WORKSPACE, Database
from storage.glossary import changes
from storage.glossary.glossary import NewSense, first_named, look_up_key
from storage.glossary.names import Names
from storage.workspaces import workspaces
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


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
        ("DRIFT – the Labels’ Drift", {"drift": "", "label": ""}),
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


def test_they_are_counted_in_memory_with_what_texts_have_said() -> None:
    known = names(*(f"name {number}" for number in range(100)))
    before = known.kibibytes
    assert before >= 50
    for number in range(100):
        known.found_in(f"something{number} else{number}")
    assert known.kibibytes >= before + 100


def test_the_names_that_begin_with_a_letter_are_at_hand_also_those_beside_them() -> None:
    found = names("drift", "Data mesh", "recall", others=names("decision", "drift")).starting_with("d")
    assert found == {"drift": "drift", "datamesh": "Data mesh", "decision": "decision"}
    assert names("drift").starting_with("x") == {}


def test_the_names_of_a_channel_stand_beside_everybodys_and_the_longer_one_is_found() -> None:
    both = names("tide gauge drift", "berthing", others=names("drift", "tide gauge", "berth"))
    assert both.found_in("the tide gauge drifted, tide gauge drifts, berthed ships") == {
        "tide gauge drift": "",
        "berthing": "berthed",
    }
    assert (both.named("drift"), both.named("berthing"), both.named("quay")) == ("drift", "berthing", "")


def words_named(store: Database, *keys: str, visible: Sequence[str] = (WORKSPACE,)) -> set[str]:
    return {each.word for each in first_named(store.reader, "T1", keys, visible)[1]}


async def test_the_first_key_that_something_has_is_found_and_what_is_private_is_no_first(store: Database) -> None:
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)
    label = NewSense(word="label", discipline="product", gloss="A name")
    private = NewSense(word="labelling", discipline="product", gloss="Naming", visibility="CSECRET")
    await write(store, changes.add_senses, "T1", [label, private], NOW)
    assert words_named(store, "labelling", "label", visible=[WORKSPACE, "CSECRET"]) == {"labelling"}
    assert words_named(store, "labelling", "label") == {"label"}
    assert words_named(store, "labelling") == words_named(store) == set()
