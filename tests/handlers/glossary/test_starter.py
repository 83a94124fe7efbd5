"""The starter glossary keeps its promises: enough words, short glosses, no word twice."""

from collections import Counter, defaultdict

from handlers.glossary.starter import starter_senses
from storage.glossary.glossary import STARTER, look_up_key
from storage.workspaces.workspaces import DEFAULT_DISCIPLINES

SENSES = starter_senses()

#: Words that people of different disciplines use for different things.
OVERLOADED = (
    "model feature bias performance validation regression production test pipeline inference parameter kernel label "
    "class sample precision accuracy recall drift experiment release monitoring service metric deploy batch "
    "normalisation robustness"
)


def disciplines_by_word() -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for sense in SENSES:
        found[sense.word].add(sense.discipline)
    return found


def test_there_are_at_least_150_words_and_40_with_several_meanings() -> None:
    words = disciplines_by_word()
    assert len(words) >= 150
    assert sum(len(disciplines) > 1 for disciplines in words.values()) >= 40


def test_every_overloaded_word_has_several_meanings() -> None:
    words = disciplines_by_word()
    assert [word for word in OVERLOADED.split() if len(words[word]) < 2] == []


def test_every_meaning_is_whole_and_marked_as_starter_content() -> None:
    for sense in SENSES:
        assert sense.gloss
        assert sense.definition
        assert sense.example
        assert sense.origin == STARTER
        assert sense.discipline in DEFAULT_DISCIPLINES
        assert not sense.gloss.endswith(".")


def test_no_gloss_stands_twice_and_no_name_belongs_to_two_words() -> None:
    twice = [gloss for gloss, times in Counter(sense.gloss for sense in SENSES).items() if times > 1]
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for sense in SENSES:
        for name in (sense.word, *sense.aliases):
            owners[look_up_key(name)].add(sense.word)
    assert (twice, [name for name, words in owners.items() if len(words) > 1]) == ([], [])
