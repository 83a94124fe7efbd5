"""How near a text that somebody writes is to one that is there: what both are about, and which words they share. Pure.

Nothing is guessed: words are the same where they have one stem, or are names of one thing in the glossary.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from storage.glossary.forms import stem
from storage.glossary.synonyms import tokens

#: What else the words of a text are called, by one to three of its words.
Names = Mapping[str, Sequence[str]]

#: So much of their words two texts share that are about one thing, and two of which not both say what they are about.
_ALIKE_ABOUT_ONE_THING, _ALIKE = 0.5, 0.75
_SAID_WORDS = 3
#: Words that say nothing of what a text is about.
_EMPTY_WORDS = (
    "a an the we i did do does is are was were be been to of on in for from at by with as than then so not about what "
    "why when who which how our us and or but if it its that this these those will shall should must can may has have "
    "had decide decided decision decisions because since s t ll re ve d"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True)
class Text:
    """What a record says, in short and at length; ``about`` is the id of what it is about, ``affects`` what of that."""

    short: str
    long: str = ""
    about: str = ""
    affects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shared:
    """What two texts have in common, and how much that is, from 0 to 2.

    ``words`` are those of the new text, each with what stands for it in the other where that is no form of it.
    """

    score: float
    is_about_the_same: bool
    affects: tuple[str, ...]
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Term:
    """One to three words of a text that mean one thing, and what may stand for it elsewhere: stems by name."""

    written: str
    size: int
    stands_for: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A new text, and its words in short and as a whole, as they are looked for in others."""

    text: Text
    short: tuple[_Term, ...]
    whole: tuple[_Term, ...]


def said(new: Text, names: Names) -> Said:
    return Said(new, tuple(_terms(new.short, names)), tuple(_terms(_both(new), names)))


def shared(new: Said, other: Text) -> Shared | None:
    """Return what a new text and another have in common; None where that is too little to be worth a question."""
    text = new.text
    is_about_the_same = bool(text.about) and text.about == other.about
    if text.about and other.about and not is_about_the_same:
        return None
    affects = tuple(sorted(text.affects & other.affects)) if is_about_the_same else ()
    compared = (_alike(new.short, other.short), _alike(new.whole, _both(other)))
    alike, words = max(compared, key=lambda pair: pair[0])
    if not affects and alike < (_ALIKE_ABOUT_ONE_THING if is_about_the_same else _ALIKE):
        return None
    return Shared(alike + bool(affects), is_about_the_same, affects, words)


def reason(found: Shared) -> str:
    """Say in a few words why two texts are near: what both are about, and what both say."""
    same = [f"“{mine}”" for mine, theirs in found.words if not theirs][:_SAID_WORDS]
    named = [f"“{mine}” means “{theirs}”" for mine, theirs in found.words if theirs][:_SAID_WORDS]
    about = [f"both affect {_listed(found.affects)}"] if found.affects else []
    said = [f"both say {_listed(same)}"] if same else []
    told = ", ".join([*about, *said, *named])
    return f"{told[:1].upper()}{told[1:]}."


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def telling(text: str) -> tuple[str, ...]:
    """Return the words by which a text is looked for, in small letters, each once."""
    return tuple(dict.fromkeys(each for each in tokens(text) if each not in _EMPTY))


def _both(text: Text) -> str:
    return f"{text.short}. {text.long}"


def _alike(terms: Sequence[_Term], other: str) -> tuple[float, tuple[tuple[str, str], ...]]:
    """Return how much of their words two texts share, from 0 to 1, and which those are."""
    there = [_stem(each) for each in telling(other)]
    places = {"".join(there[at : at + size]): (at, size) for size in (3, 2, 1) for at in range(len(there) - size + 1)}
    found = [(term, next((each for each in term.stands_for if each in places), "")) for term in terms]
    said = [(term, each) for term, each in found if each]
    covered = {place for _, each in said for place in range(places[each][0], sum(places[each]))}
    size = sum(term.size for term in terms) + len(there)
    share = (sum(term.size for term, _ in said) + len(covered)) / size if size else 0.0
    return share, tuple(dict.fromkeys((term.written, term.stands_for[each]) for term, each in said))


def _terms(text: str, names: Names) -> Iterator[_Term]:
    """Yield the words of a text that say something, each once; what the glossary has a name for stays together."""
    words, place, seen = tokens(text), 0, set[str]()
    while place < len(words):
        longest = (" ".join(words[place : place + size]) for size in (3, 2))
        written = next((each for each in longest if each in names), words[place])
        size = written.count(" ") + 1
        place += size
        if _stems(written) not in seen and (size > 1 or written not in _EMPTY):
            seen.add(_stems(written))
            others = {_stems(each): each for each in names.get(written, ())}
            yield _Term(written, size, {**others, _stems(written): ""})


def _stems(phrase: str) -> str:
    """Return the stems of words, written together: "rolled back" and "rollbacks" are one."""
    return "".join(map(_stem, phrase.split()))


def _stem(word: str) -> str:
    return stem(word.replace("-", ""))
