"""What the glossary knows: how a word is found, which words are near it, in which order its meanings stand."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

from handlers.checks.lookalikes import latin
from handlers.slack.message_text import unmarked
from storage.glossary.changes import Change
from storage.glossary.double_names import every_name, is_short_for
from storage.glossary.forms import exact, stem
from storage.glossary.glossary import WORD_LENGTH, Meaning, Sense, look_up_key
from storage.glossary.slips import parts_of

T = TypeVar("T")
#: A look-up longer than this is no word; a name in the glossary has at most 80 characters.
WORD_LIMIT = 200
DESCRIPTION_LIMIT = 500
_SHORT = 4
#: A look-up of so many words describes what is meant.
_DESCRIPTION = 4
#: A name has so many words at most; so many, whatever their order, hardly stand together by chance.
_WORDS, _HARDLY = 6, 3
_QUOTES = "\"'`“”‘’„«»*_~ \u201a\u2039\u203a\u2032\u2033"
_MARKS = "?!.,;… "
_BRACKETED = re.compile(r"[(\[{<](?P<inside>[^()\[\]{}<>]+)[)\]}>]")
_WORD = re.compile(r"[^\W\d_][\w+#-]+")
_FILLER_WORDS = (
    "about again and any are because but call called can could did does each for from get gets had has have how if "
    "into is it its just like longer looks makes many may mean means meant more most much must no not of on one only "
    "or other our out over same say should so some such term than that the their them then there these they thing "
    "things this those to too use used very was way we were what when where which while who why will with word would "
    "you your an as at be by do in me my someone somebody anyone anybody everyone everybody please"
)
_FILLERS = frozenset(_FILLER_WORDS.split())
_ARTICLES = frozenset(("a", "an", "the"))


@dataclass(frozen=True, slots=True, eq=False)
class _Outcome:
    """What a look-up comes to. What is ``made`` of it, such as the answer, goes with it."""

    made: dict[Hashable, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def keep(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what was made of it under a name."""
        if name not in self.made:
            self.made[name] = make()
        return cast("T", self.made[name])

    def keep_if_again(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return the same, which is kept once it is wanted again: most words are asked for once."""
        if name in self.made:
            return self.keep((name,), make)
        self.made[name] = None
        return make()


@dataclass(frozen=True, slots=True, eq=False)
class Found(_Outcome):
    """The word has these meanings, in the order in which they are shown. Equal only to itself: it is compared often.

    ``approvals`` says by a meaning's id who took it into use, and when. ``asked`` is another form of the word, where
    that was asked for; ``likely`` says why the first meaning stands first, where more than the usual order does.
    """

    word: str
    senses: tuple[Sense, ...]
    approvals: Mapping[str, Change] = field(default_factory=dict)
    asked: str = ""
    likely: str = ""

    @property
    def approvers(self) -> frozenset[str]:
        """Return the ids of those who took its meanings into use."""
        return frozenset(each.by for each in self.approvals.values())


@dataclass(frozen=True, slots=True)
class DidYouMean(_Outcome):
    """Nothing has this name; these names are near it, nearest first."""

    word: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown(_Outcome):
    """Nothing has this name, and nothing is near it; ``similar`` are names that share a part with it."""

    word: str
    similar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Words that were asked for together, each as far as it was found; ``near`` are names near those that weren't."""

    words: tuple[str, ...]
    found: tuple["Found | None", ...]
    near: tuple[str, ...] = ()


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


def together(found: Sequence[LookUp | None]) -> LookUp | None:
    """Return words side by side; names of the same word, such as a short and a long one, are that word."""
    named = {each.word: each for each in found if isinstance(each, Found)}
    return next(iter(found), None) if len(named) <= 1 else SideBySide(tuple(named), tuple(named.values()))


def names_near(outcome: LookUp) -> tuple[str, ...]:
    """Return the names that are offered in place of a word."""
    match outcome:
        case DidYouMean():
            return outcome.names
        case Unknown():
            return outcome.similar
        case _:
            return ()


def better_offer(text: str, near: LookUp, put_right: LookUp | None) -> LookUp:
    """Return what is said of a text, or of the same put right; of several words not of one of them alone."""
    if put_right is None or (isinstance(near, SideBySide) and all(near.found)):
        return near
    is_whole = isinstance(put_right, DidYouMean) and look_up_key(put_right.word) == look_up_key(text)
    if isinstance(near, Unknown) and isinstance(put_right, DidYouMean) and _is_part(put_right.word, near.word):
        # Whoever asks the team for "retraning cadence" asks for all of it.
        return replace(near, similar=put_right.names)
    is_of_one = isinstance(near, SideBySide) and not is_whole and not set(near.near).isdisjoint(names_near(put_right))
    return near if is_of_one else put_right


def _is_part(word: str, name: str) -> bool:
    """Tell whether a word is one of the few of a name."""
    words = list(map(look_up_key, name.split()))
    return 1 < len(words) < _DESCRIPTION and look_up_key(word) in words


def offered(outcome: LookUp) -> tuple[str, ...]:
    """Return the words that are offered in the place of what was asked for."""
    match outcome:
        case Perhaps():
            return tuple(dict.fromkeys(each.word for each in outcome.senses))
        case SideBySide():
            return outcome.near
        case _:
            return names_near(outcome)


def put_otherwise(word: str, names: Sequence[str]) -> str:
    """Return the name of several words that a word is, in other forms or another order, or without its article."""
    said = set(parts_of(word)) - _ARTICLES
    return next((each for each in names if len(said) > 1 and said == set(parts_of(each)) - _ARTICLES), "")


def is_part_of(found: Found, name: str) -> bool:
    """Tell whether one of a word's names is a part of another name."""
    names = (own for sense in found.senses for own in (sense.word, *sense.aliases))
    return any(set(parts_of(own)) < set(parts_of(name)) for own in names)


def begins(word: str, name: str) -> bool:
    """Tell whether a name begins with a word as one of its own: "recal" begins no recall."""
    key, parts = look_up_key(word), re.split(r"[\W_]+", name)
    whole = {look_up_key(" ".join(parts[:end])) for end in range(1, len(parts))}
    return bool(key) and key in whole


def has_all_of(text: str, name: str) -> bool:
    """Tell whether a text has all words of a name, of so many that hardly anything else has them all.

    What only joins them may be missing, as of "LLM as a judge" in "the judge thing with LLMs".
    """
    parts = parts_of(name)
    own = set(parts) - _FILLERS - _ARTICLES or set(parts)
    said = {*parts_of(text), *(stem(form) for word in _WORD.findall(text) for form in exact(word))}
    return len(parts) >= _HARDLY and own.issubset(said)


def is_only_offered(outcome: LookUp) -> bool:
    """Tell whether nothing was found that was asked for, and only what may be meant is shown."""
    return isinstance(outcome, Perhaps) or (isinstance(outcome, SideBySide) and not any(outcome.found))


def is_sure(outcome: LookUp) -> bool:
    """Tell whether words were found that were asked for."""
    return isinstance(outcome, Found) or (isinstance(outcome, SideBySide) and any(outcome.found))


def asked_word(text: str) -> str:
    """Return the word asked for, without the quotes, brackets and marks that people and Slack put round it."""
    word = unmarked(text).strip(_QUOTES).rstrip(_MARKS).strip(_QUOTES)
    bare = _BRACKETED.fullmatch(word)
    return asked_word(bare["inside"]) if bare else word


def is_word(text: str) -> bool:
    """Tell whether a text may be filed as a word that somebody should define: neither a sentence nor marks alone."""
    return len(text) <= WORD_LENGTH and len(text.split()) <= _WORDS and bool(look_up_key(text))


def described_by(text: str) -> tuple[str, ...]:
    """Return the words that say something, of a description of what is looked for; none where there are too few."""
    found = telling(text)
    return found if len(text.split()) >= _DESCRIPTION and len(found) > 1 else ()


def is_about(sense: Sense, words: Sequence[str]) -> bool:
    """Tell whether a meaning speaks of what is described: it has two of the words, or one in its name."""
    wanted, name = set(map(stem, words)), {stem(each) for each in _WORD.findall(sense.word.casefold())}
    said = {stem(each) for each in _WORD.findall(f"{sense.gloss} {sense.definition}".casefold())}
    return bool(wanted & name) or len(wanted & said) > 1


def telling(text: str) -> tuple[str, ...]:
    """Return the words of a text that say something, each once."""
    return tuple(dict.fromkeys(word for word in _WORD.findall(text.casefold()) if word not in _FILLERS))


def asked_names(meaning: Meaning) -> list[str]:
    """Return the keys under which people may have asked for a meaning, by any of its names."""
    names = every_name((meaning.word, *meaning.aliases, *meaning.misspellings))
    return sorted({key for name in names for key in exact(name)})


def names_of(meaning: Meaning) -> set[str]:
    return {look_up_key(name) for name in every_name((meaning.word, *meaning.aliases, *meaning.misspellings))}


def of_own_name(senses: Sequence[Sense], key: str) -> Sequence[Sense]:
    """Return the meanings that have a name of their own under a key; all where it is only said instead of them."""
    if len(senses) == 1 or not any(each.say_instead or each.replaced_by for each in senses):
        return senses
    return [each for each in senses if key in names_of(each)] or senses


def keys_of(word: str) -> tuple[str, ...]:
    """Return the keys under which a word stands: as it is, and with letters that only look Latin as Latin ones."""
    return exact(word) if word.isascii() else (*exact(word), *exact(latin(word)))


def contradicts(found: Found, asked: Sequence[str]) -> bool:
    """Say whether a word that was found by one of two names is short for something else than the other of them."""
    keys = {key for name in asked for key in exact(name)}
    held = every_name(name for sense in found.senses for name in (sense.word, *sense.aliases))
    return any(is_short_for(name, one) for name in held if look_up_key(name) not in keys for one in asked)


def is_other_name(found: Found, name: str) -> bool:
    """Tell whether a name is a second one of a word that was found, and no form of its first."""
    others = {look_up_key(each) for sense in found.senses for each in sense.aliases}
    return not others.isdisjoint(keys_of(name)) and stem(look_up_key(name)) != stem(look_up_key(found.word))
