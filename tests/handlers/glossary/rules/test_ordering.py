"""In which order meanings stand: the likely one first where something clear speaks for it, else the usual order."""

from dataclasses import replace

import pytest

from handlers.glossary.rules import ordering
from handlers.glossary.rules.naming import Found
from handlers.glossary.rules.ordering import Around
from handlers.glossary.starter import starter_senses
from storage.glossary.glossary import Sense, Status, look_up_key

DISCIPLINES = ("data science", "software engineering", "product", "operations", "domain")


def sense(discipline: str, gloss: str = "g", status: Status = "approved", word: str = "drift") -> Sense:
    return Sense(
        id=f"{word} {discipline}",
        team_id="T1",
        visibility="workspace",
        word=word,
        look_up_key=look_up_key(word),
        discipline=discipline,
        gloss=gloss,
        origin="people",
        version=1,
        updated_at="",
        status=status,
    )


def starter(word: str, first: tuple[str, ...] = ()) -> Found:
    """Return a word of the starter glossary in the usual order."""
    own = [each for each in starter_senses() if each.word == word]
    known = [sense(each.discipline, word=word).model_copy(update=each.model_dump()) for each in own]
    return Found(word, ordering.in_order(known, DISCIPLINES, first))


def first_of(found: Found) -> tuple[str, str]:
    return found.senses[0].discipline, found.likely


def usual(word: str) -> str:
    return starter(word).senses[0].discipline


def test_meanings_stand_in_the_workspaces_order_and_others_follow_by_name() -> None:
    senses = [sense(name) for name in ("legal", "product", "data science", "art")]
    ordered = ordering.in_order(senses, ("data science", "software engineering", "product"))
    assert [each.discipline for each in ordered] == ["data science", "product", "art", "legal"]


@pytest.mark.parametrize(
    ("word", "discipline", "message"),
    [
        ("recall", "data science", "Precision is fine but recall of the minority class is 0.4"),
        ("recall", "product", "Marketing wants to measure brand recall after the campaign"),
        ("feature", "software engineering", "The export feature is merged, I'll deploy it behind a flag"),
        ("feature", "product", "Our buyers keep requesting this feature in interviews"),
        ("token", "data science", "The embedding of each token goes into the neural network"),
        ("token", "software engineering", "Rotate the token, somebody committed it to git"),
        ("epoch", "software engineering", "Convert the epoch to a timezone aware timestamp"),
        ("pipeline", "operations", "The nightly pipeline was late and the pager went off"),
        ("calibration", "domain", "The thermometer needs calibration twice a year"),
    ],
)
def test_the_words_around_say_which_meaning_is_likely(word: str, discipline: str, message: str) -> None:
    found = ordering.likely_first(starter(word), Around(message=message))
    assert first_of(found) == (discipline, f"Most likely here: {discipline}, from the words around it.")
    assert {each.id for each in found.senses} == {each.id for each in starter(word).senses}


@pytest.mark.parametrize("message", ["", "drift?", "I saw drift yesterday", "Is that drift again, or what is it now?"])
def test_where_nothing_clear_is_said_the_usual_order_stays_without_a_reason(message: str) -> None:
    found = starter("drift")
    assert ordering.likely_first(found, Around(message=message)) is found


def test_words_that_speak_for_two_disciplines_decide_nothing() -> None:
    found = starter("drift")
    both = "The classifier trained on this dataset, and Terraform, the compiler and the endpoint too"
    assert ordering.likely_first(found, Around(message=both)) is found


def test_the_word_itself_speaks_for_none_of_its_meanings() -> None:
    found = starter("regression")
    assert ordering.likely_first(found, Around(question="regression", message="Regressions, regressed")) is found


def test_a_discipline_that_the_question_names_comes_first_and_needs_no_reason() -> None:
    around = Around("performance in product", "Performance on the validation set dropped")
    assert first_of(ordering.likely_first(starter("performance"), around)) == ("product", "")


def test_the_sense_that_is_asked_for_counts_before_a_discipline_that_is_named() -> None:
    question = "sample as data science says it, or rather in the domain sense?"
    assert first_of(ordering.likely_first(starter("sample"), Around(question))) == ("domain", "")


@pytest.mark.parametrize(
    ("word", "question", "discipline"),
    [
        ("agent", "what do the ops people mean by agent", "operations"),
        ("coverage", "what does coverage mean to PMs", "product"),
        ("parameter", "what's a parameter to a developer", "software engineering"),
        ("kernel", "kernel in the ML sense", "data science"),
        ("noise", "noise to the SREs", "operations"),
    ],
)
def test_people_name_a_discipline_by_who_works_in_it(word: str, question: str, discipline: str) -> None:
    assert first_of(ordering.likely_first(starter(word), Around(question))) == (discipline, "")


@pytest.mark.parametrize(
    ("word", "question", "discipline"),
    [
        ("token", "token - the secret kind for the api, not the llm kind", "software engineering"),
        ("loss", "loss, not the money one, the network one", "operations"),
        ("threshold", "threshold - the alerting one, not the score one", "operations"),
        ("batch", "batch, in the sense of a nightly job", "software engineering"),
        ("regression", "regression - the sort where something stopped working", "software engineering"),
        ("calibration", "calibration of an instrument", "domain"),
        ("precision", "precision in the world of floats", "software engineering"),
        ("recall", "recall, the unsafe toaster kind", "product"),
        ("churn", "churn, not the one of commits", "product"),
    ],
)
def test_a_kind_that_is_told_beside_a_word_says_which_meaning_comes_first_and_why(
    word: str, question: str, discipline: str
) -> None:
    told = f"Most likely here: {discipline}, from the words around it."
    assert first_of(ordering.likely_first(starter(word), Around(question))) == (discipline, told)


@pytest.mark.parametrize(
    ("word", "question", "discipline"),
    [
        ("drift", "drift, as the infra folks mean it", "software engineering"),
        ("release", "release, not the operations one but the marketing one", "product"),
        ("churn", "churn, the support desk sense", "product"),
    ],
)
def test_a_discipline_is_named_by_who_is_near_it_and_not_by_who_is_other_than_meant(
    word: str, question: str, discipline: str
) -> None:
    assert first_of(ordering.likely_first(starter(word), Around(question))) == (discipline, "")


def test_a_kind_that_fits_several_meanings_decides_nothing() -> None:
    found = starter("kernel")
    assert ordering.likely_first(found, Around("kernel, as in popcorn?")) is found


def test_a_question_whether_it_is_this_or_that_leaves_it_to_the_message() -> None:
    around = Around("did something break or is it the statistics?", "The release has a regression: exports are empty")
    assert first_of(ordering.likely_first(starter("regression"), around))[0] == "software engineering"
    alone = replace(around, message="")
    assert first_of(ordering.likely_first(starter("regression"), alone))[0] == "data science"


def test_a_word_of_a_meanings_own_speaks_for_that_and_for_no_discipline_that_uses_it_too() -> None:
    said = "Every bollard from batch 44 has cracks, the strength test failed for those goods"
    assert first_of(ordering.likely_first(starter("batch"), Around(message=said)))[0] == "domain"


def test_who_wrote_it_decides_where_the_words_do_not() -> None:
    around = Around(message="I saw drift yesterday", author="software engineering", chosen=("domain",))
    told = "Most likely here: software engineering, from who wrote it."
    assert first_of(ordering.likely_first(starter("drift"), around)) == ("software engineering", told)


def test_what_somebody_chose_stays_first_unless_the_message_speaks_clearly() -> None:
    found = starter("drift", ("domain",))
    people = ("data science",) * 3
    assert first_of(ordering.likely_first(found, Around(chosen=("domain",), people=people))) == ("domain", "")
    clear = Around(message="Terraform shows drift in the config", chosen=("domain",))
    assert ordering.likely_first(found, clear).senses[0].discipline == "software engineering"


@pytest.mark.parametrize(
    ("people", "discipline"),
    [
        (("domain", "domain", "product"), "domain"),
        (("domain",), "data science"),
        (("domain", "domain", "product", "product"), "data science"),
        (("product", "product"), "data science"),
        ((), "data science"),
    ],
)
def test_most_people_of_a_channel_decide_where_they_are_known(people: tuple[str, ...], discipline: str) -> None:
    found = ordering.likely_first(starter("drift"), Around(people=people))
    told = "Most likely here: domain, from who is in this channel." if discipline == "domain" else ""
    assert first_of(found) == (discipline, told)


def test_a_retired_meaning_is_never_the_likely_one() -> None:
    senses = [sense("data science"), sense("domain", "a vessel", "deprecated"), sense("product")]
    found = Found("drift", ordering.in_order(senses, DISCIPLINES))
    around = Around(message="the vessel is in drift", author="domain", people=("domain", "domain"))
    assert ordering.likely_first(found, around) is found


def test_the_same_order_is_the_same_object_so_that_what_is_said_of_it_is_kept() -> None:
    found, around = starter("drift"), Around(author="domain")
    assert ordering.likely_first(found, around) is ordering.likely_first(found, around)


def test_words_that_differ_among_the_people_there_stand_first() -> None:
    words = [starter("model"), starter("recall"), starter("ablation")]
    people = ("data science", "product", "product")
    assert [ordering.differs_among(each, people) for each in words] == [True, True, False]
    assert [ordering.differs_among(each, ("product", "product")) for each in words] == [False, False, False]
    ordered = ordering.differing_first([words[2], words[1], words[0]], ("data science", "domain"))
    assert [each.word for each in ordered] == ["model", "recall", "ablation"]


@pytest.mark.parametrize("text", ["the training-serving skew is back", "Training serving skews!"])
def test_a_word_is_there_in_whatever_form(text: str) -> None:
    assert ordering.holds(text, "training-serving skew", "")


@pytest.mark.parametrize("text", ["training and serving", "skew", ""])
def test_a_part_of_a_word_is_not_the_word(text: str) -> None:
    assert not ordering.holds(text, "training-serving skew", "")


def test_the_word_alone_is_told_from_a_question() -> None:
    found = starter("drift")
    assert (ordering.is_alone(found, "Drift"), ordering.is_alone(found, "drift of the gyro")) == (True, False)


def test_words_of_operations_speak_for_engineers_where_operations_has_no_meaning_of_its_own() -> None:
    message = "the host panicked after the kernel came, twice"
    assert first_of(ordering.likely_first(starter("kernel"), Around("", message, "data science"))) == (
        "software engineering",
        "Most likely here: software engineering, from the words around it.",
    )
