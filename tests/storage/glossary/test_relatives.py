"""Which words are offered for one that is made from them."""

import pytest

from handlers.glossary.starter import starter_senses
from storage.glossary.forms import TOKEN, derived, exact
from storage.glossary.glossary import look_up_key
from storage.glossary.irregular import irregular
from storage.glossary.relatives import bases, longer, relatives, shared_start


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("unlabelled", "label"),
        ("unlabeled", "label"),
        ("inaccurate", "accuracy"),
        ("unbiased", "bias"),
        ("mislabeled", "label"),
        ("imbalance", "balance"),
        ("parameterised", "parameter"),
        ("parametrized", "parametry"),
        ("categorised", "category"),
        ("experimental", "experiment"),
        ("predictive", "prediction"),
        ("algorithmic", "algorithm"),
        ("observed", "observability"),
        ("reproduce", "reproducibility"),
        ("unfair", "fairness"),
        ("undersampling", "sample"),
        ("autoscaler", "autoscaling"),
        ("trainers", "train"),
        ("hyperparams", "hyperparameter"),
        ("thruput", "throughput"),
        ("eval", "evaluation"),
        ("RL", "reinforcementlearning"),
        ("o11y", "observability"),
        ("feat eng", "featureengineering"),
        ("leaking", "leakage"),
        ("weightage", "weight"),
    ],
)
def test_a_word_is_related_to_what_it_is_made_from_and_is_not_that(asked: str, word: str) -> None:
    assert word in relatives(asked)
    assert word not in (*exact(asked), *derived(asked))


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("universe", "university"),
        ("seedling", "seed"),
        ("lossless", "loss"),
        ("promptly", "prompt"),
        ("cloudy", "cloud"),
        ("dispatch", "patch"),
        ("instance", "stance"),
        ("reproduction", "production"),
        ("import", "port"),
        ("unit", "it"),
        ("union", "ion"),
        ("inferior", "inference"),
        ("url", "ureinforcementlearning"),
    ],
)
def test_what_only_looks_alike_is_not_related(asked: str, word: str) -> None:
    assert word not in relatives(asked)


def test_nothing_is_made_from_a_plural_but_where_that_was_asked_for() -> None:
    assert "scalability" in relatives("scale")
    assert "scalesability" not in relatives("scale")
    assert {"processability", "processibility"} <= {*relatives("process")}


@pytest.mark.parametrize("asked", ["", "A/B", "C++", "h2o", "…"])
def test_what_is_no_word_has_no_relatives(asked: str) -> None:
    assert relatives(asked) == ()


@pytest.mark.parametrize(
    ("asked", "word"),
    [("collinearity", "multicollinearity"), ("supervised", "unsupervised"), ("sampling", "undersampling")],
)
def test_a_long_word_is_related_to_what_puts_something_before_it(asked: str, word: str) -> None:
    assert word in longer(asked)
    assert asked in bases(word)


def test_a_short_word_is_not_related_to_what_ends_as_it_does() -> None:
    assert longer("port") == longer("a/b tests") == ()
    assert bases("import") == bases("sampling") == []


def _words() -> set[str]:
    """Return words of our work and of the language, and what may be made of them."""
    known = irregular()
    listed = {*known.plurals, *known.verbs, *known.families, *known.doers, *known.adjectives, *known.own, *known.either}
    said = {look_up_key(each) for sense in starter_senses() for each in TOKEN.findall(sense.definition)} | listed
    ends = (
        "",
        "e",
        "y",
        "le",
        "lle",
        "t",
        "re",
        "gue",
        "a",
        "o",
        "f",
        "ch",
        "x",
        "z",
        "um",
        "ance",
        "ism",
        "th",
        "ty",
        "ful",
    )
    return {
        f"{word[:size]}{end}" for word in said for size in range(max(4, len(word) - 2), len(word) + 1) for end in ends
    }


def test_all_forms_and_relatives_of_a_word_begin_as_is_said() -> None:
    starts = {word: start for word in _words() if (start := shared_start(word))}
    others = {
        word: [each for each in (*exact(word), *derived(word), *relatives(word)) if not each.startswith(start)]
        for word, start in starts.items()
    }
    assert len(starts) > 5_000
    assert [(word, each) for word, each in others.items() if each] == []


@pytest.mark.parametrize(
    "word", ["labels", "unfair", "retrain", "ran", "colour", "mlops", "c++", "naïve", "gazelle", "scalable"]
)
def test_where_it_is_not_plain_how_all_begin_nothing_is_said(word: str) -> None:
    assert shared_start(word) == ""
