"""Which meanings fit a description, and how well: by the rare words that both have, and other words for them. Pure."""

import math
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from handlers.framework.small_words import is_function
from handlers.glossary.rules.naming import telling
from storage.glossary import thesaurus
from storage.glossary.forms import stem
from storage.glossary.glossary import Sense
from storage.glossary.slips import parts_of

#: So many meanings are shown; by so many words they are looked for.
SHOWN, _SOUGHT = 3, 32
#: How much a word of a description says that a meaning has in its gloss, its names, its definition or its example; and
#: another word for it.
_GLOSS, _NAME, _DEFINITION, _EXAMPLE = 1.0, 0.9, 0.5, 0.3
_SAME, _NEAR = 0.9, 0.5
#: So much of what a meaning gets depends on how much of its gloss, or of one sentence of its definition, is said.
_OF_GLOSS = 0.5
#: A gloss that begins with the kind of thing that is looked for is better by so much.
_OF_KIND = 1.5
#: In so many words hardly two meanings are told alike; so much of a description they are.
_WHOLE, _MOST = 5, 0.6
#: Hardly a text has so many words of a meaning's gloss, and most of it, by chance.
_FEWEST, _SOME = 3, 2.5
#: "tag, the yoke on the windscreen"
_EXPLAINED = re.compile(
    r"\W*(?:the |an? |this |that |our )?(?P<name>[\w'’-]+(?: [\w'’-]+){0,2}), "
    r"(?:the|an?|those|these|that|this|our|where|what) \w",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.;:!?] ")
#: With these somebody asks, whatever a gloss says by them.
_ASKING = frozenset(("mean", "means", "meaning", "term", "word", "name", "help"))
_ARTICLES = frozenset(("a", "an", "the", "its", "some"))
#: What a gloss begins with that tells of a person or of a number, by the words that ask for it.
_KINDS = (
    (
        re.compile(r"(?:an? |the |any |some )?(?:person|human|colleague|role|job|some(?:one|body))\b|who\b"),
        re.compile(r"(?:an? |the )?(?:person|people|some(?:one|body)|who|any(?:one|body))\b"),
    ),
    (
        re.compile(r"(?:an? |the )?(?:\w+ )?(?:metric|measure|number|score|figure|share|percentage|rate)\b|how\b"),
        re.compile(
            r"(?:an? |the )?(?:\w+ )?(?:share|how|number|measure|average|area|level|size|probability|amount)\b|of\b"
        ),
    ),
)

#: By each stem of a description, how much each stem says that may stand for it.
Wanted = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class _Read:
    """The stems of a meaning, by where they stand."""

    names: frozenset[str]
    gloss: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]
    definition: frozenset[str]
    example: frozenset[str]


def words(text: str) -> list[str]:
    """Return the words by which meanings are found that may fit: those of a description, then others for them."""
    told = telling(text)
    others = [other for each in told for other in (*thesaurus.same(each), *thesaurus.near(each)) if " " not in other]
    return list(dict.fromkeys((*told, *others)))[:_SOUGHT]


def ranked(text: str, senses: Sequence[Sense]) -> list[Sense]:
    """Return the meanings that have something of a description, the best first, one of each word."""
    wanted, said = _wanted(text), text.casefold()
    read = {each.id: _read(each) for each in senses}
    rarity = {
        word: math.log(1 + len(read) / (1 + sum(_met(others, each) for each in read.values())))
        for word, others in wanted.items()
    }
    weights = {each.id: _weight(wanted, rarity, read[each.id]) * _of_kind(said, wanted, each) for each in senses}
    met = sorted((each for each in senses if weights[each.id] > 0), key=lambda each: -weights[each.id])
    best = dict[str, Sense]()
    for each in met:
        best.setdefault(each.word, each)
    return list(best.values())


def is_told_in_full(text: str, sense: Sense) -> bool:
    """Tell whether a description is a meaning's own: all words of its gloss, or of its name, and hardly another."""
    said = set(parts_of(text))
    own = {each for each in map(stem, _tokens(text)) if each not in _ARTICLES}
    gloss = {stem(each) for each in _tokens(sense.gloss) if each not in _ARTICLES}
    is_gloss = len(gloss) >= _WHOLE and gloss <= own and len(gloss) >= _MOST * len(own)
    told = set(map(stem, telling(text)))
    name = set(parts_of(sense.word))
    return is_gloss or (len(name) > 1 and name <= said and told <= name)


def is_given(text: str, sense: Sense, *, is_sure: bool = False) -> bool:
    """Tell whether a text gives a meaning, whatever it asks: most words of its gloss, or others for them.

    To be sure, enough of them stand there themselves.
    """
    said = {stem(each): 1.0 for each in _tokens(text) if each not in _ASKING}
    for others in _wanted(text).values():
        said |= {each: max(weight, said.get(each, 0.0)) for each, weight in others.items()}
    gloss = {stem(each) for each in _tokens(sense.gloss) if not is_function(each)}
    weights = [said.get(each, 0.0) for each in gloss]
    enough = sum(each >= _SAME for each in weights) >= _FEWEST if is_sure else sum(weights) >= _SOME
    return enough and sum(weights) >= _MOST * len(gloss)


def _wanted(text: str) -> Wanted:
    told = telling(text)
    found = {stem(each): _others(each) for each in told}
    row = _tokens(text)
    for one, other in pairwise(row):
        for near in thesaurus.near(f"{one} {other}"):
            found.setdefault(stem(one), {}).update(dict.fromkeys(map(stem, telling(near)), _NEAR))
    return found


def _others(word: str) -> dict[str, float]:
    near = {part for other in thesaurus.near(word) for part in map(stem, telling(other))}
    same = map(stem, thesaurus.same(word))
    return {**dict.fromkeys(near, _NEAR), **dict.fromkeys(same, _SAME), stem(word): 1.0}


def _weight(wanted: Wanted, rarity: Mapping[str, float], read: _Read) -> float:
    told = sum(rarity[word] * _met(others, read) for word, others in wanted.items())
    said: AbstractSet[str] = {each for others in wanted.values() for each in others}
    shares = [sum(each in said for each in one) / max(1, len(one)) for one in (read.gloss, *read.sentences)]
    share = max(shares[0], *(_DEFINITION * each for each in shares))
    return told * (1 - _OF_GLOSS + _OF_GLOSS * share)


def _met(others: Mapping[str, float], read: _Read) -> float:
    """Return how much a meaning says of a word of the description."""
    return max(weight * _told(read, each) for each, weight in others.items())


def _told(read: _Read, word: str) -> float:
    if word in read.gloss:
        return _GLOSS
    if word in read.names:
        return _NAME
    return _DEFINITION if word in read.definition else _EXAMPLE if word in read.example else 0.0


def _of_kind(said: str, wanted: Wanted, sense: Sense) -> float:
    gloss, begun = sense.gloss.casefold(), next((each for each in wanted if not is_function(each)), "")
    is_asked = any(asks.match(said) and tells.match(gloss) for asks, tells in _KINDS)
    return _OF_KIND if is_asked or begun in map(stem, telling(gloss)[:2]) else 1.0


def _read(sense: Sense) -> _Read:
    names = frozenset(parts_of(" ".join((sense.word, *sense.aliases))))
    sentences = tuple(each for each in map(_stems, _SENTENCE.split(sense.definition)) if len(each) > _FEWEST)
    definition, example = frozenset(_stems(sense.definition)), frozenset(_stems(sense.example))
    return _Read(names, _stems(sense.gloss), sentences, definition, example)


@lru_cache(maxsize=2000)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(map(stem, telling(text)))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())


def explained(text: str) -> str:
    """Return the name that a description begins with and then explains; empty where it begins with none."""
    begun = _EXPLAINED.match(text)
    return begun["name"] if begun else ""
