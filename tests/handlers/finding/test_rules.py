"""What is looked for: the words that tell something, those that are as good, and what stands first."""

import pytest

from handlers.finding import rules
from handlers.hooks.finding import Word
from handlers.slack.blocks import Message
from storage.finding.finding import Filed


def word(asked: str, *others: str) -> Word:
    return Word(asked, others, Message(asked))


def filed(title: str, *, kind: str = "decision", is_current: bool = True) -> Filed:
    told = {"id": title, "visibility": "workspace", "component_id": "", "component": "", "at": ""}
    return Filed.model_validate({**told, "title": title, "kind": kind, "is_current": is_current})


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("did we decide anything on retraining?", ("retraining",)),
        ("What’s the decision on weather data", ("weather",)),
        ("how long may we store the arrivals", ("store", "arrivals")),
        ("berth of 150 m", ("berth", "150", "m")),
        ("A/B testing", ("b", "testing")),
        ("the data", ("data",)),
        ("what is that?", ()),
        ("read-only of a sunday, has that been written down anywhere?", ("sunday",)),
        ("we were to get the brake tests, where is this recorded", ("brake", "tests")),
        ("no cars on deck two, is that official", ("cars", "deck", "two")),
        ("loom retries, what did we land on", ("loom", "retries")),
        ("what happened with the state of the feed", ("feed",)),
        ("what is the state of that decision", ()),
        ("", ()),
    ],
)
def test_words_that_tell_something_are_looked_for(text: str, telling: tuple[str, ...]) -> None:
    assert rules.read(text).telling == telling


def test_the_kind_of_record_that_is_named_is_no_word_to_be_found() -> None:
    assert rules.read("is there a data request for tugs?").kinds == {"data request"}
    assert rules.read("has eli reported something?").kinds == {"feedback"}
    assert rules.read("whose call was it to drop the feed?").kinds == {"decision"}
    assert rules.read("what was the argument against the feed?").kinds == {"decision"}
    assert rules.read("anything filed by Eli lately").kinds == {"feedback"}
    assert rules.read("did someone ask for the sick days").kinds == {"data request"}
    assert rules.read("who was going to send us the fines").kinds == {"data request"}
    assert rules.read("tugs").kinds == frozenset()


def test_what_people_tell_us_is_feedback() -> None:
    assert rules.read("did users tell us about the berth model").kinds == {"feedback"}


def test_what_users_say_is_feedback() -> None:
    assert rules.read("the pilots say too short berths come up often, is it written down").kinds == {"feedback"}


def test_what_we_are_to_get_was_requested() -> None:
    assert rules.read("we were to get the brake test results, where is this written").kinds == {"data request"}


def test_a_question_for_an_owner_or_a_record_is_about_no_word() -> None:
    asked = ("who watches a feature store", "did we decide on a feature store", "any decision on a feature store")
    assert not any(rules.may_be_of_words(rules.read(each)) for each in asked)
    assert rules.may_be_of_words(rules.read("the intern keeps writing feature store in the tickets"))
    assert rules.may_be_of_words(rules.read("why two words, label and target"))


def test_other_words_of_the_glossary_are_as_good() -> None:
    groups = rules.groups(rules.read("anonymise ships"), [word("anonymise", "anonymise", "mask")], {})
    assert {"anonymise", "anonymize", "mask"} <= set(groups[0])
    assert {"ships", "ship"} <= set(groups[1])
    groups = rules.groups(rules.read("we roll back ships"), [word("roll back", "rollback", "undo")], {})
    assert groups[0] == ("roll back", "rollback", "undo")
    assert len(groups) == 2


def test_words_that_features_take_for_the_same_are_as_good() -> None:
    alike = {"drop": ("drop", "scrap"), "response time": ("latency",)}
    assert "scrap" in rules.groups(rules.read("was the feed dropped"), [], alike)[1]
    assert rules.groups(rules.read("response time of the berth"), [], alike)[0] == ("response time", "latency")


def test_a_question_that_has_most_of_what_a_record_is_called_is_near_it() -> None:
    def covered(text: str) -> float:
        return rules.covered(filed("Drop the weather feed"), rules.stems(rules.groups(rules.read(text), [], {})))

    assert covered("shall I renew our subscription to the weather feed") == pytest.approx(2 / 3)
    assert covered("how is the weather") == 0


def test_a_definition_is_shown_only_of_what_is_all_that_was_asked() -> None:
    latency = [word("latency", "latency")]

    def named(text: str, words: list[Word], *, is_on_record: bool = False) -> list[Word]:
        return rules.named(rules.read(text), words, is_on_record=is_on_record)

    assert named("what is latency?", latency) == latency
    assert named("berth model latency", latency) == []
    assert named("what did we decide on latency?", latency) == []
    assert named("what did we decide on latency, and what does latency mean", latency) == latency
    assert named("A/B testing", [word("testing", "test")]) == []
    assert named("why latency?", latency) == latency
    assert named("why latency?", latency, is_on_record=True) == []


def test_what_is_in_force_and_bears_the_words_in_its_name_stands_first() -> None:
    listed = [
        filed("Retrain weekly", is_current=False),
        filed("Because of drift"),
        filed("Retrain monthly"),
        filed("retraining data", kind="data request"),
    ]
    groups = rules.groups(rules.read("retraining"), [], {})
    found = [each.title for each in rules.ranked(listed, groups, frozenset({"decision"}))]
    assert found == ["Retrain monthly", "Because of drift", "Retrain weekly", "retraining data"]


@pytest.mark.parametrize(
    ("met", "of", "is_of_kind", "is_near"),
    [
        (2, 3, False, True),
        (1, 2, False, False),
        (1, 2, True, True),
        (0, 1, True, False),
        (1, 3, True, False),
        (2, 4, False, True),
    ],
)
def test_most_of_the_words_are_enough_for_an_offer(met: int, of: int, *, is_of_kind: bool, is_near: bool) -> None:
    assert rules.is_near(met, of, is_of_kind=is_of_kind) is is_near


def test_only_words_in_a_row_may_be_one_that_is_not_defined() -> None:
    assert rules.read("berth window").is_word
    assert not rules.read("what did the pilots say to the dredging").is_word
    assert not rules.read("did we decide on dredging").is_word
    assert not rules.read("is the gym class cancelled").is_word
    assert rules.read("is berth window defined").is_word


def test_what_has_two_names_on_both_sides_of_the_sea_or_in_short_is_the_same() -> None:
    assert "lorry" in rules.groups(rules.read("truck arrivals"), [], {})[0]
    assert "database" in rules.groups(rules.read("db choice"), [], {})[0]
    assert rules.read("db choice").kinds == {"decision"}


def test_words_are_widened_by_what_stands_for_them_and_two_may_be_one() -> None:
    question = rules.read("customs duty on the reefers")
    wide = rules.widened(question, [("customs",), ("duty",), ("reefers", "reefer")])

    assert [each[0] for each in wide] == ["customs duty", "reefers"]
    assert "radiograph" in rules.widened(rules.read("the x-rays"), [("x",), ("rays",)])[0]
    assert "tariff" in wide[0]
    assert {"reefer", "refrigerated"} <= set(wide[1])


def test_an_other_word_of_several_is_in_a_name_that_has_all_of_them() -> None:
    record = filed("Fishing boats stay out")

    assert rules.has_in_name(record, [("trawler", "fishing boat")])
    assert not rules.has_in_name(record, [("tug", "tug boat")])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("smaples", "samples"),
        ("postions", "positions"),
        ("gaerboxxes", "gearboxes"),
        # English words, short ones, and what begins otherwise are no slips.
        ("sample", ""),
        ("gaer", ""),
        ("amples", ""),
        ("samples", ""),
    ],
)
def test_a_word_that_no_record_has_may_be_one_in_a_name_with_a_slip(said: str, meant: str) -> None:
    assert rules.respelt(said, [filed("Oil samples from gearboxes"), filed("Barge positions")]) == meant
