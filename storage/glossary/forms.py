"""Forms of English words: which keys are the same word, and which are words of the same family. Pure, without guesses.

Every rule takes an end off and puts another on; what no safe rule makes stands in irregular.yaml. A key that comes out
need not be a word: it counts only where a glossary has it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain

import Stemmer

from storage.glossary.doubling import is_doubled, may_double, may_stay
from storage.glossary.glossary import look_up_key
from storage.glossary.irregular import irregular
from storage.glossary.spelling import british, may_be_spelt_otherwise, spellings

TOKEN = re.compile(r"[\w+#]+")
_REMEMBERED = 20_000
#: Names longer than this are looked up as they are written.
_WORDS = 6
_LEAST, _SHORT = 3, 5
_VOWELS = tuple("aeiou")
_VOWEL = re.compile("[aeiouy]")


def _ends(listed: str) -> tuple[tuple[str, str], ...]:
    """Read pairs of ends, of which a hyphen is none."""
    pairs = (pair.replace("-", " ").split(" ") for pair in listed.split("; "))
    return tuple((pair[0], pair[-1]) for pair in pairs)


#: What most forms of words end in that people ask for.
INFLECTED = ("s", "ed", "ing")
#: What a verb ends in, and its noun: annotate, annotation.
_NOUNS = _ends(
    "ate ation; ise isation; ize ization; ify ification; ute ution; ute utation; uce uction; ct ction; ss ssion; "
    "pt ption; - ment"
)
#: An adjective's end, and its noun's.
_QUALITIES = _ends("able ability; ible ibility; ent ency; ence ency; ate acy; - ness")
#: So many letters stand before an adjective's end, and before any other six.
_LEAST_BEFORE = {"able": 2, "ible": 3, "": 4, "ate": 5}
#: What does something, and the verb.
_DOERS = _ends("ifier ify; iser ise; izer ize; ator ate; ssor ss; ctor ct")


def _in_place(place: int, pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(filter(None, (pair[place] for pair in pairs)))


#: What a word must end in for any pair but the last, which is of all words.
_VERB_ENDS, _NOUN_ENDS, _DOER_ENDS = _in_place(0, _NOUNS), _in_place(1, _NOUNS), _in_place(0, _DOERS)
_QUALITY_ENDS = (*_in_place(0, _QUALITIES), *_in_place(1, _QUALITIES))
_PLURALS = _ends("ies y; sses ss; ices ex; ices ix; eses esis; yses ysis; ria rion; es -; s -")
_OF_ADJECTIVES = ("ent", "ical", "able", "ible", "ate", "ear")
_DOUBLED = re.compile(r"([bdfgklmnprtvz])\1$")
_SIBILANT = re.compile(r"(?:[sxzo]|[cs]h)$")
_DROPPED_E = re.compile(r"(?:[^eouy]|[^e]u)e$")
#: Of which the stemmer makes two stems: imbalance and imbalanced.
_ANCED, _ANCED_ENDS = re.compile(r"(?<=[ae]n)c(?:ed|es|ing)$"), ("nced", "nces", "ncing")
#: No word of another origin that begins with "re" is so long and ends so.
_AGAIN = re.compile(r"re[a-z]{4,}(?:at|i[sz]|if)(?:e[sd]?|ing|ions?|y|ied|ies|ications?|ations?)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


@lru_cache(_REMEMBERED)
def exact(text: str) -> tuple[str, ...]:
    """Return the keys of the same word: as written, singular and plural, British and American; no key twice.

    ``text`` is a look-up key, or a name of several words as it is written.
    """
    return _keys(exact_one_by_one(text))


def exact_one_by_one(text: str) -> Iterator[str]:
    """Give the same, each when it is asked for; some keys twice are among them."""
    words = _words_of(text)
    made = _exact(words[0]) if len(words) == 1 else _of_several(words, exact)
    return made if text.isalnum() else chain((look_up_key(text),), made)


@lru_cache(_REMEMBERED)
def derived(text: str) -> tuple[str, ...]:
    """Return the keys of words of the same family (regressed: regress, regression), likeliest first, no exact one."""
    same = exact(text)
    return tuple(key for key in _keys(derived_one_by_one(text)) if key not in same)


def derived_one_by_one(text: str) -> Iterator[str]:
    """Give the same, each when it is asked for; exact ones and some keys twice are among them."""
    words = _words_of(text)
    if len(words) == 1:
        return _derived(words[0])
    # "fine-tunes" is a form of one word, however it is written.
    as_one = _derived(look_up_key(text)) if " " not in text else ()
    return chain(_of_several(words, _loosely), as_one)


@lru_cache(_REMEMBERED)
def inflected(key: str) -> tuple[str, ...]:
    """Return the keys of the words of which a key is an inflection, itself and the same word's among them."""
    return _keys([*exact(key), *(base for word in exact(key) for base in _verbs(word))])


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """Return what the words of a family have in common, for comparing texts: never for finding a word."""
    key = look_up_key(word)
    known = irregular()
    for groups in (known.plurals, known.verbs, known.families):
        if key in groups:
            key = groups[key][0]
    key = british(key) if may_be_spelt_otherwise(key) else key
    return str(_stemmer().stemWord(_ANCED.sub("ce", key) if key.endswith(_ANCED_ENDS) else key))


@cache
def _stemmer() -> Stemmer.Stemmer:
    # Written in C: threads that stem at the same time spoil each other's words in one that is written in Python.
    return Stemmer.Stemmer("english", 0)


def _words_of(text: str) -> list[str]:
    if text.isalnum():
        return [look_up_key(text)]
    words = list(filter(None, map(look_up_key, TOKEN.findall(text))))
    return words if 0 < len(words) <= _WORDS else [look_up_key(text)]


def _keys(made: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys(made)))


def _loosely(word: str) -> tuple[str, ...]:
    return (*inflected(word), *derived(word))


def _of_several(words: list[str], forms_of: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    """Put each word of a name into its forms, one at a time, the last one first."""
    for place in reversed(range(len(words))):
        for other in forms_of(words[place]):
            yield "".join((*words[:place], other, *words[place + 1 :]))


def _exact(key: str) -> Iterator[str]:
    """Give a word, its singulars, and its plural where it is none itself, each in all spellings."""
    ones = singulars(key)
    many = irregular().plurals.get(key) or ([_plural(key)] if key.isalpha() and not ones else [])
    return (spelt for word in (key, *ones, *many) for spelt in spellings(word))


def _plural(key: str) -> str:
    if key.endswith("y") and key[-2:-1] not in _VOWELS:
        return f"{key[:-1]}ies"
    return f"{key}es" if key.endswith(("s", "x", "z", "ch", "sh")) else f"{key}s"


@lru_cache(_REMEMBERED)
def singulars(key: str) -> tuple[str, ...]:
    """Return the keys of which a key may be the plural, in its own spelling."""
    return tuple(_singulars(key))


def _singulars(key: str) -> Iterator[str]:
    known = irregular()
    if key in known.no_plurals:
        return
    yield from known.plurals.get(key, ())[:1]
    if key.endswith("ss") or not key.endswith(("s", "ria")):
        return
    for plural, singular in _PLURALS:
        if key.endswith(plural) and len(key) > len(plural) + 1:
            one = key.removesuffix(plural) + singular
            if _is_plural_of(one, plural):
                yield one


def _is_plural_of(one: str, end: str) -> bool:
    """Tell whether a word takes such an end: boxes, epochs and queries, not driftes, batchs, querys and keies."""
    if end == "es":
        return _SIBILANT.search(one) is not None
    if end == "s":
        return not one.endswith(("s", "x", "sh", "tch")) and not _CONSONANT_Y.search(one)
    return end != "ies" or _CONSONANT_Y.search(one) is not None


def _verbs(word: str) -> Iterator[str]:
    """Give the verbs of which a word may be the form in -ed or -ing, or an irregular one."""
    if word in irregular().own:
        return
    yield from irregular().verbs.get(word, ())[:1]
    if word.endswith("ied") and len(word) > _SHORT and word[-4] not in _VOWELS:
        yield f"{word[:-3]}y"
    for end in ("ed", "ing"):
        if word.endswith(end) and not word.endswith("eed"):
            yield from _without_end(word.removesuffix(end))


def _without_end(left: str) -> Iterator[str]:
    """Give the verbs of which it is a form as it is spelt: rat(ed) can only be rate, batch(ed) batch or batche."""
    if len(left) < _LEAST or not _VOWEL.search(left):
        return
    if _DOUBLED.search(left) and may_double(left[:-1]):
        yield left[:-1]
    if may_stay(left) and not _DROPPED_E.search(left):
        yield left
    yield f"{left}e"


def _ing(verb: str) -> Iterator[str]:
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        yield f"{verb[:-1]}ing"
        return
    if may_double(verb):
        yield f"{verb}{verb[-1]}ing"
    if may_stay(verb) and not is_doubled(verb):
        yield f"{verb}ing"


def _derived(key: str) -> Iterator[str]:
    said = (spelt for word in (key, *singulars(key)) for spelt in spellings(word))
    return (spelt for word in dict.fromkeys(said) for each in _family(word) for spelt in spellings(each))


def _family(word: str) -> Iterator[str]:
    """Give the words of a word's family one by one: who looks for one name is done at the first."""
    known, verbs = irregular(), list(_verbs(word))
    for verb in verbs:
        yield from (verb, *_ing(verb))
    yield from _nouns((*verbs, word))
    yield from _qualities(word)
    yield from _from_adverb(word)
    yield from _done_again(word)
    if verbs:
        return
    if len(word) >= _SHORT and word not in known.apart:
        yield from _ing(word)
    for verb in _sources(word):
        yield from (verb, *_ing(verb), *_nouns([verb]))
    for verb in _possible(word) if word not in known.adjectives else ():
        yield from (verb, *_ing(verb))


def _nouns(verbs: Iterable[str]) -> Iterator[str]:
    """Give the nouns that verbs make, and what past forms stand beside them: annotation, assessment, annotated."""
    known = irregular()
    for verb in (each for each in verbs if each not in known.apart):
        yield from known.families.get(verb, ())
        for end, noun in _NOUNS if verb.endswith(_VERB_ENDS) else _NOUNS[-1:]:
            if verb.endswith(end) and len(verb) >= _SHORT:
                yield verb.removesuffix(end) + noun


def _sources(word: str) -> Iterator[str]:
    """Give the verbs of which a word is the noun or, in -ator and the like, the doer: annotation, annotator."""
    known = irregular()
    found = []
    if word.endswith(_NOUN_ENDS):
        found += [word[: -len(noun)] + end for end, noun in _NOUNS if word.endswith(noun)]
    if word.endswith(_DOER_ENDS) and word not in known.doers:
        found += [word[: -len(doer)] + end for doer, end in _DOERS if word.endswith(doer)]
    yield from (verb for verb in found if len(verb) >= _SHORT and verb not in known.apart)


def _from_adverb(word: str) -> Iterator[str]:
    """Give the adjective of an adverb, and its noun: idempotently, idempotent, idempotency."""
    adjective = word.removesuffix("ly")
    if adjective != word and adjective.endswith(_OF_ADJECTIVES) and len(adjective) > _SHORT:
        yield from (adjective, adjective.removesuffix("al"), *_qualities(adjective))


def _done_again(word: str) -> Iterator[str]:
    """Give the family of what is done again, where it is a verb beyond doubt: recalibrated, calibration."""
    if _AGAIN.match(word) and word not in irregular().apart:
        yield from _family(word[2:])


def _possible(word: str) -> Iterator[str]:
    """Give the verbs of an adjective in -able, and not their nouns: what is predictable is no prediction."""
    if word.endswith("able") and len(word) >= _SHORT + 3 and not word.endswith("onable"):
        verbs = [word[:-4]] if word[:-4].endswith(("ce", "ge")) else _without_end(word[:-4])
        yield from (verb for verb in verbs if verb not in irregular().apart)


def _qualities(word: str) -> Iterator[str]:
    """Give the noun of an adjective and the adjective of a noun: scalable, scalability."""
    known = irregular()
    for end, noun in _QUALITIES if word.endswith(_QUALITY_ENDS) else _QUALITIES[-1:]:
        if word.endswith(end) and word not in known.adjectives and len(word) - len(end) >= _least(end):
            yield word.removesuffix(end) + noun
        adjective = word.removesuffix(noun) + end
        if word.endswith(noun) and adjective not in known.adjectives and len(adjective) - len(end) >= _least(end):
            yield adjective


def _least(end: str) -> int:
    return _LEAST_BEFORE.get(end, 6)
