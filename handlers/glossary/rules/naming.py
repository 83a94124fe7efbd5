"""What the glossary knows: how a word is found, which words are near it, in which order its meanings stand."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.glossary.changes import Change
from storage.glossary.glossary import Meaning, Sense, look_up_key
from storage.glossary.search import forms

#: A look-up longer than this is no word; a name in the glossary has at most 80 characters.
WORD_LIMIT = 200
DESCRIPTION_LIMIT = 500
_SUGGESTIONS = 5
_SHORT = 4
_COMPARED = (2, 3)
#: A look-up of so many words describes what is meant.
_DESCRIPTION = 4
_VERSUS = re.compile(r" (?:vs\.?|versus|compared (?:to|with)) ", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w+#-]+")
_FILLER_WORDS = (
    "about again and any are because but call called can could did does each for from get gets had has have how if "
    "into is it its just like longer looks makes many may mean means meant more most much must no not of on one only "
    "or other our out over same say should so some such term than that the their them then there these they thing "
    "things this those to too use used very was way we were what when where which while who why will with word would "
    "you your an as at be by do in me my"
)
_FILLERS = frozenset(_FILLER_WORDS.split())


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The word has these meanings, in the order in which they are shown. Equal only to itself: it is compared often.

    ``approvals`` says by a meaning's id who took it into use, and when. ``asked`` is another form of the word, where
    that was asked for.
    """

    word: str
    senses: tuple[Sense, ...]
    approvals: Mapping[str, Change] = field(default_factory=dict)
    asked: str = ""

    @property
    def approvers(self) -> frozenset[str]:
        """Return the ids of those who took its meanings into use."""
        return frozenset(each.by for each in self.approvals.values())


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """Nothing has this name; these names are near it, nearest first."""

    word: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing has this name, and nothing is near it; ``similar`` are names that share a part with it."""

    word: str
    similar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Words that were asked for together, each as far as it was found."""

    words: tuple[str, ...]
    found: tuple["Found | None", ...]


@dataclass(frozen=True, slots=True)
class Perhaps:
    """What was asked describes a word; these meanings speak of the like, the nearest first."""

    text: str
    senses: tuple[Sense, ...]


@dataclass(frozen=True, slots=True)
class NoWord:
    """There was nothing to look up."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """What was asked is no word."""


LookUp = Found | DidYouMean | Unknown | SideBySide | Perhaps | NoWord | TooLong


def asked_word(text: str) -> str:
    """Return the word asked for, without the quotes and the question mark that people put round it."""
    return " ".join(text.split()).strip("\"'`“”‘’?!., ")


def compared_words(text: str) -> tuple[str, ...]:
    """Return the two or three words of "precision vs recall"; none where there are not so many."""
    words = tuple(asked_word(part) for part in _VERSUS.split(" ".join(text.split())))
    return words if len(words) in _COMPARED and all(map(look_up_key, words)) else ()


def described_by(text: str) -> tuple[str, ...]:
    """Return the words that say something, of a description of what is looked for; none where there are too few."""
    found = tuple(dict.fromkeys(word for word in _WORD.findall(text.casefold()) if word not in _FILLERS))
    return found if len(text.split()) >= _DESCRIPTION and len(found) > 1 else ()


def look_up_keys(word: str) -> tuple[str, ...]:
    """Return the keys under which a word may stand: as written, its singular, its other spelling; no key twice."""
    return tuple(filter(None, forms(look_up_key(word))))


#: What an inflected word ends in, and what its entry in a glossary may end in instead: drifted, regressed, deployed.
_INFLECTED, _ENTRIES = ("ed", "ing"), ("", "e", "ing", "ion", "ation", "ment")


def derived(key: str) -> tuple[str, ...]:
    """Return the keys of the words that a verb's form may come from, such as regression for regressed."""
    stems = [key.removesuffix(end) for end in _INFLECTED if key.endswith(end) and len(key) > len(end) + _SHORT - 1]
    stems += [each[:-1] for each in stems if each[-1] == each[-2]]
    return tuple(f"{stem}{end}" for stem in stems for end in _ENTRIES if f"{stem}{end}" != key)


def verbs_in(text: str, named: Callable[[str], str]) -> dict[str, str]:
    """Return the verbs' forms in a text that come from a name, each with that name; ``named`` gives it by its key."""
    words = [word for word in dict.fromkeys(_WORD.findall(text)) if not named(look_up_key(word))]
    found = {word: next(filter(None, map(named, derived(look_up_key(word)))), "") for word in words}
    return {word: name for word, name in found.items() if name}


def similar(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return a few of the names that share a word with a text, those with the least besides first."""
    said = {word for word in _WORD.findall(text.casefold()) if word not in _FILLERS}
    near = dict[str, int]()
    for name in names:
        words = set(_WORD.findall(name.casefold()))
        if not said.isdisjoint(words):
            near[name] = len(words - said)
    return tuple(sorted(near, key=lambda name: (near[name], len(name), name))[:_SUGGESTIONS])


def asked_as(key: str) -> frozenset[str]:
    """Return the keys under which people may have asked for a name: also its plurals and its other spelling."""
    plurals = {f"{each}s" for each in (key, f"{key}e")} | ({f"{key[:-1]}ies"} if key.endswith("y") else set())
    return frozenset({key, *forms(key), *plurals})


def asked_names(meaning: Meaning) -> list[str]:
    """Return the keys under which people may have asked for a meaning, by any of its names."""
    return sorted({form for key in names_of(meaning) for form in asked_as(key)})


def names_of(meaning: Meaning) -> set[str]:
    return {look_up_key(name) for name in (meaning.word, *meaning.aliases, *meaning.misspellings)}


def in_order(senses: Iterable[Sense], disciplines: Sequence[str], first: Sequence[str] = ()) -> tuple[Sense, ...]:
    """Put meanings into order: the disciplines of the person and the place, the workspace's, the rest by name.

    What is deprecated stands last; nothing is left out.
    """
    wanted = dict.fromkeys([*first, *disciplines])
    rank = {name: position for position, name in enumerate(wanted)}

    def place(sense: Sense) -> tuple[bool, int, str, str]:
        return sense.status == "deprecated", rank.get(sense.discipline, len(rank)), sense.discipline, sense.id

    return tuple(sorted(senses, key=place))


def most_meanings_first(words: Iterable[Found]) -> list[Found]:
    """Put the words with several meanings first; otherwise they stand as they were found."""
    return sorted(words, key=lambda found: -len({sense.discipline for sense in found.senses}))


def nearest(word: str, names_by_key: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """Return the names nearest to a mistyped word, nearest first, each once.

    ``names_by_key`` gives look-up key to name; the distance counts letters added, left out, changed or swapped.
    """
    key = look_up_key(word)
    allowed = 1 if len(key) <= _SHORT else 2
    letters = sorted(key) if len(key) < _SHORT else None
    found: dict[str, float] = {}
    for names in names_by_key:
        for near, distance, _ in process.extract(
            key, names.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=_SUGGESTIONS
        ):
            # So short a word is near to too many others: only its own letters in another order count.
            if letters is None or sorted(near) == letters:
                found.setdefault(names[near], distance)
    ranked = sorted(found, key=lambda name: (found[name], abs(len(look_up_key(name)) - len(key)), name))
    return tuple(ranked[:_SUGGESTIONS])
