"""In which order a word's meanings stand, and which is the likely one where it was said."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.framework.small_words import is_function
from handlers.glossary.rules import kinds
from handlers.glossary.rules.disciplines import SPEAKS_FOR, is_named, is_of_work
from handlers.glossary.rules.naming import Found
from storage.glossary.forms import stem
from storage.glossary.glossary import Sense, look_up_key

#: Words of this length and less, and those that stand everywhere, say nothing of what is meant.
_SHORT = 1
_TOLD_NOTHING = """
    about above across after again all almost also always among and another any are around as at back be because become
    been before begin being below best better between big both but by call can case change come could day did different
    do does done down during each either end enough even ever every few find first for from gave get give given go good
    got had has have he her here him his how however if in into is it its just keep kind know last later least left less
    let like little long look lot made make many may me mean might month more most much must my need never new next no
    not nothing now of off often on once one only or other our out over own part people per place put right said same
    say see seem set several she should show since so some somebody someone something still such sure take tell than
    that the their them then there these they thing think this those three through time to today together too two under
    until up upon us use used very want was way we week well went were what when where whether which while who whole
    why will with within without word work would yes yet you your
"""
_SILENT = frozenset(map(stem, _TOLD_NOTHING.split()))
_WORD = re.compile(r"[^\W\d_][^\W_]*")
_OR = re.compile(r"\bor\b", re.IGNORECASE)
#: "in the data science sense" says more than that a discipline is named.
_IN_THE_SENSE = re.compile(r"\bin (?:the |an? )?([\w -]{2,30}?) (?:sense|meaning|terms)\b", re.IGNORECASE)
#: A word of the definition itself counts whole, one of its example half.
_SAID, _EXAMPLE = 1.0, 0.5
#: So much must speak for a meaning, and so many times as much as for any other discipline's.
_LEAST, _TIMES = 1.0, 2.0
#: Whoever builds systems and whoever runs them say most words of the same things.
_NEAR = {"software engineering": "operations", "operations": "software engineering"}
_OF_THE_WORLD = ("domain", "product")
#: So many people of a place must be known to be of one discipline, and they must be more than half.
_PEOPLE = 2


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of where a word was said: the question about it, and the message that is asked about.

    The question is part of a ``whole`` where its message says more.
    The others are disciplines, empty where nobody knows: ``author`` of who wrote the message, ``chosen`` those that
    the asker and the place have chosen, ``people`` one for each person of the place. ``helped`` is a meaning's id, once
    for each person of the place whom it helped before.
    """

    question: str = ""
    message: str = ""
    author: str = ""
    chosen: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    helped: tuple[str, ...] = ()
    whole: str = ""


def in_order(senses: Iterable[Sense], disciplines: Sequence[str], first: Sequence[str] = ()) -> tuple[Sense, ...]:
    """Put meanings into order: the disciplines of the person and the place, the workspace's, the rest by name.

    What is deprecated stands last; nothing is left out.
    """
    wanted = dict.fromkeys([*first, *disciplines])
    rank = {name: position for position, name in enumerate(wanted)}

    def place(sense: Sense) -> tuple[bool, int, str, str]:
        return sense.status == "deprecated", rank.get(sense.discipline, len(rank)), sense.discipline, sense.id

    return tuple(sorted(senses, key=place))


def likely_first(found: Found, around: Around) -> Found:
    """Return the same with the likely meaning first, and why; as it was where nothing clear speaks for one.

    A discipline that the question names counts before what the words around say, those before who wrote them, that
    before what the asker or the place has chosen, that before what helped people there, and that before who is there.
    """
    if not is_ambiguous(found):
        return found
    sense_id, why = _by_texts(found, around)
    if sense_id:
        return _with_first(found, sense_id, why)
    if sense_id := _of(found, around.author):
        return _with_first(found, sense_id, "from who wrote it")
    if any(_of(found, each) for each in around.chosen):
        return found
    own = {each.id for each in _current(found)}
    if sense_id := _majority([each for each in around.helped if each in own]):
        why = "which helped people here before"
    else:
        sense_id, why = _of(found, _majority(around.people)), "from who is in this channel"
    return _with_first(found, sense_id, why) if sense_id else found


def _by_texts(found: Found, around: Around) -> tuple[str, str]:
    """Return the id of the meaning for which the question and the message speak, and why; empty where none does."""
    around_it = "from the words around it"
    # "Did something break, or is it statistics?" leaves it to the message.
    is_open = around.message and _OR.search(around.question)
    if is_open and (sense_id := by_words(found, around.message)):
        return sense_id, around_it
    if sense_id := _named(found, *kinds.sides(around.question)):
        return sense_id, ""
    asked = around.whole or around.question
    (meant, other), kind = kinds.sides(asked), kinds.kind_in(asked)
    by_kind = _by_kind(found, kind) if kind else ""
    return by_words(found, f"{around.message} {meant}", other) or by_kind, around_it


def differs_among(found: Found, people: Sequence[str]) -> bool:
    """Tell whether a word means different things to people, each given by a discipline."""
    return len({each.discipline for each in found.senses if each.status != "deprecated"} & {*people}) > 1


def differing_first(words: Iterable[Found], people: Sequence[str]) -> list[Found]:
    """Put the words first that mean different things to the people who are there, then those with most meanings."""
    return sorted(words, key=lambda each: (not differs_among(each, people), -len(_disciplines(each))))


def is_ambiguous(found: Found) -> bool:
    """Tell whether disciplines mean different things by a word."""
    return len(found.senses) > 1 and len(_disciplines(found)) > 1


def is_alone(found: Found, question: str) -> bool:
    """Tell whether a question is the word and nothing besides."""
    return look_up_key(question) in (look_up_key(found.word), look_up_key(found.asked))


def _disciplines(found: Found) -> set[str]:
    return {each.discipline for each in _current(found)}


def _current(found: Found) -> list[Sense]:
    return [each for each in found.senses if each.status != "deprecated"]


def by_words(found: Found, text: str, other: str = "") -> str:
    """Return the id of the meaning for which the words of a text speak clearly; empty where none does.

    The words for what is ``other`` than meant speak against theirs.
    """
    best, score, others = _best(found, _scores(found, text, other))
    return best if score >= max(_LEAST, _TIMES * others) else ""


def _by_kind(found: Found, kind: str) -> str:
    """Return the id of the meaning that fits best what is told of its kind; empty where several fit as well.

    What has no word of our work is of another world: of what the company makes, else of what people do.
    """
    meant, other = kinds.sides(kind)
    for scores in (_scores(found, meant, other), _shared(found, meant)):
        best, score, others = _best(found, scores)
        if score > others:
            return best
    is_of_our_work = any(map(is_of_work, _WORD.findall(kind)))
    return "" if is_of_our_work else next(filter(None, (_of(found, each) for each in _OF_THE_WORLD)), "")


def _best(found: Found, scores: Mapping[str, float]) -> tuple[str, float, float]:
    """Return the id of the meaning with the best score, this, and the best of other disciplines."""
    best = max(_current(found), key=lambda each: scores[each.id])
    others = [scores[each.id] for each in _current(found) if each.discipline != best.discipline]
    return best.id, scores[best.id], max(others, default=0)


def _scores(found: Found, text: str, other: str) -> dict[str, float]:
    """Return how much the words of a text speak for each meaning, less those for what is other than meant."""
    names = _telling(found).names
    said, against = stems(text) - names, stems(other) - names
    return {each.id: _score(each, found, said) - _score(each, found, against) for each in _current(found)}


def _shared(found: Found, text: str) -> dict[str, float]:
    """Return how many words of a text each meaning has, also such as stand everywhere ("something that worked")."""
    said = {stem(each.casefold()) for each in _WORD.findall(text) if not is_function(each)}
    return {
        each.id: len(said & {stem(one) for one in _WORD.findall(each.gloss.casefold())}) for each in _current(found)
    }


def stems(text: str) -> frozenset[str]:
    """Return the stems of the words in a text that may say what it is about."""
    found = (stem(each.casefold()) for each in _WORD.findall(text) if len(each) > _SHORT)
    return frozenset(found) - _SILENT


def holds(text: str, *words: str) -> bool:
    """Tell whether one of some words stands in a text, in whatever form."""
    said = [stem(each.casefold()) for each in _WORD.findall(text)]
    wanted = [[stem(each.casefold()) for each in _WORD.findall(word)] for word in words if word]
    return any(each == said[at : at + len(each)] for each in wanted if each for at in range(len(said)))


def _speakers(sense: Sense, found: Found) -> set[str]:
    """Return the disciplines whose words speak for a meaning: its own, and one near it that has no other meaning."""
    near = _NEAR.get(sense.discipline, "")
    return {sense.discipline, *({near} - _disciplines(found))}


def _score(sense: Sense, found: Found, said: frozenset[str]) -> float:
    """Return how much some words speak for a meaning: its own, and such as people of its discipline use.

    A word of another meaning's own speaks for that, whoever else uses it.
    """
    telling, speakers = _telling(found), _speakers(sense, found)
    weights, others = telling.weights[sense.id], said & telling.own - telling.weights[sense.id].keys()
    return sum(max(weights.get(each, 0.0), not speakers.isdisjoint(SPEAKS_FOR.get(each, ()))) for each in said - others)


@dataclass(frozen=True, slots=True)
class _Telling:
    """The stems of a word's own names, and by a meaning's id how much each other stem speaks for it.

    ``own`` are all stems of which one meaning alone has each.
    """

    names: frozenset[str]
    weights: Mapping[str, Mapping[str, float]]
    own: frozenset[str]


def _telling(found: Found) -> _Telling:
    """Return what speaks for which meaning: nothing that several of them say."""
    return found.keep("telling", lambda: _weighed(found))


def _weighed(found: Found) -> _Telling:
    told = {each.id: _told_by(each) for each in _current(found)}
    times = Counter(word for words in told.values() for word in words)
    weights = {
        each: {word: weight for word, weight in words.items() if times[word] == 1} for each, words in told.items()
    }
    own = frozenset(word for word, number in times.items() if number == 1)
    return _Telling(stems(f"{found.word} {found.asked}"), weights, own)


def _told_by(sense: Sense) -> Mapping[str, float]:
    definition = " ".join([sense.gloss, sense.definition, *sense.aliases, *(each.word for each in sense.relations)])
    return {**dict.fromkeys(stems(sense.example), _EXAMPLE), **dict.fromkeys(stems(definition), _SAID)}


def _named(found: Found, question: str, other: str) -> str:
    """Return the id of the meaning of a discipline that the question names, and not as other than meant.

    Where it has no meaning, that of one near it.
    """
    asked = re.sub(re.escape(found.word), " ", question, flags=re.IGNORECASE)
    senses = [each for each in _current(found) if not is_named(each.discipline, other)]
    near = [(each.id, name) for each in senses for name in _speakers(each, found) - {each.discipline, ""}]
    names = [*((each.id, each.discipline) for each in senses), *near]
    told = (*_IN_THE_SENSE.findall(asked), asked)
    return next((sense_id for part in told for sense_id, name in names if is_named(name, part)), "")


def _of(found: Found, discipline: str) -> str:
    """Return the id of a discipline's meaning; empty where it has none."""
    return next((each.id for each in _current(found) if each.discipline == discipline), "")


def _majority(people: Sequence[str]) -> str:
    """Return what most people have, where enough are known; empty where there is none."""
    most, number = next(iter(Counter(people).most_common(1)), ("", 0))
    return most if number >= _PEOPLE and number * 2 > len(people) else ""


def _with_first(found: Found, sense_id: str, why: str) -> Found:
    """Return the same object for the same order: what is said of it is kept by it."""
    return found.keep(("first", sense_id, why), lambda: _ordered(found, sense_id, why))


def _ordered(found: Found, sense_id: str, why: str) -> Found:
    first = next(each for each in found.senses if each.id == sense_id)
    rest = tuple(each for each in found.senses if each is not first)
    return replace(found, senses=(first, *rest), likely=f"Most likely here: {first.discipline}, {why}." if why else "")
