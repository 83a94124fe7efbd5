"""What is offered where nothing has all that is asked for: records and words together, the rarest and nearest first."""

from handlers.finding import offers, rules
from handlers.hooks.finding import Groups, Hit, NearWord
from handlers.slack.blocks import button
from storage.finding.finding import Filed
from tests.handlers.finding.test_rules import filed

_RECORDS = {
    "retrain monthly": "retrain berth",
    "drop the weather feed": "weather feed berth",
    "keep the berth feed": "feed berth",
    "serve in batch": "berth batch",
    "buy a weather station": "weather berth",
}


def search(groups: Groups) -> list[Filed]:
    has_all = ((title, all(set(each) & set(said.split()) for each in groups)) for title, said in _RECORDS.items())
    return [filed(title) for title, has in has_all if has]


def word(name: str, weight: float) -> NearWord:
    return NearWord(Hit("Definition", name, lambda _names: "", button("Open", "open")), weight)


def _offered(text: str, *words: NearWord) -> list[str]:
    question = rules.read(text)
    groups = [(each,) for each in question.telling]
    near = offers.near(search, question, groups) or offers.with_few(search, question, groups)
    ranked = offers.ranked(search, question, groups, (near, words))
    return [each.hit.name if isinstance(each, NearWord) else each.title for each in ranked]


def test_what_has_the_rarest_words_of_a_question_in_its_name_stands_first() -> None:
    assert _offered("weather feed licence") == ["drop the weather feed"]
    assert _offered("weather station price")[0] == "buy a weather station"


def test_words_stand_among_records_by_the_same_rule_and_three_are_offered_at_most() -> None:
    near, far, more = word("weather feed", 4), word("feedback", 0.1), word("feed rate", 0.2)
    assert _offered("weather feed licence", far, near, more) == ["weather feed", "drop the weather feed", "feed rate"]


def test_a_kind_of_record_that_is_asked_for_stands_before_words() -> None:
    assert _offered("decision on the weather feed licence", word("weather feed", 9))[0] == "drop the weather feed"


def test_a_record_of_a_kind_that_is_asked_for_is_offered_by_words_as_good_as_its_own() -> None:
    question = rules.read("what was decided on the climate")
    groups = [("climate", "weather")]
    assert len(offers.with_few(search, question, groups)) == len(["drop the weather feed", "buy a weather station"])
    assert offers.with_few(search, rules.read("the climate"), groups) == []


def _by_other_words(text: str) -> list[str]:
    question = rules.read(text)
    groups = [(each,) for each in question.telling]
    return [each.title for each in offers.by_other_words(search, question, groups)]


def test_a_record_is_offered_by_other_words_where_they_are_half_of_a_question() -> None:
    assert _by_other_words("scrap the storm feed") == ["drop the weather feed"]
    assert _by_other_words("scrap the opera tickets for tourists in the gale") == []
    # Other words in what is said of a record alone are too little.
    assert _by_other_words("the quay licence") == []


def test_one_other_word_is_enough_in_the_name_of_a_record_of_the_kind_that_is_asked_for() -> None:
    assert _by_other_words("did we decide anything on storms in the opera") == [
        "drop the weather feed",
        "buy a weather station",
    ]
    assert _by_other_words("storms in the opera") == []


def _closest(text: str) -> list[str]:
    question = rules.read(text)
    groups = [(each,) for each in question.telling]
    latest = [filed(title) for title in _RECORDS]
    return [each.title for each in offers.closest(search, question, groups, lambda: latest)[0]]


def test_a_slip_of_the_hand_is_read_as_the_word_in_a_record_that_is_meant() -> None:
    assert _closest("weahter statoin") == ["buy a weather station"]
    # It is looked for beside the words that are known, and no English word is a slip.
    assert _closest("berth retarin") == ["retrain monthly"]
    assert _closest("whether nation") == []


def test_another_word_weighs_less_than_a_word_itself_beside_it() -> None:
    question = rules.read("any decision on the storm feed")
    groups = [(each,) for each in question.telling]
    found = offers.joined(search((("weather",),)), search((("feed",),)))
    ranked = offers.ranked(search, question, groups, (found, ()))

    assert [each.title for each in ranked if isinstance(each, Filed)][:2] == [
        "drop the weather feed",
        "keep the berth feed",
    ]
