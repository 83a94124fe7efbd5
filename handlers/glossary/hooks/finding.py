"""How the glossary takes part in a search over all: its words in a question, and the other words for each."""

from collections.abc import Callable, Iterator, Sequence

from handlers.framework.small_words import is_function
from handlers.glossary.lookup import Glossary
from handlers.glossary.messages import answers, definitions
from handlers.glossary.rules import naming, ordering, spoken, usage
from handlers.glossary.rules.naming import Found, LookUp, Unknown
from handlers.glossary.rules.ordering import Around
from handlers.glossary.rules.stretches import Stretch
from handlers.hooks.finding import Explained, Explains, Finds, Hit, Looking, NearWord, Word
from handlers.slack import blocks
from storage.engine.interface import Reader

#: Names of so many words are looked for.
_LONGEST = 3
#: One that another begins may have so many.
_MOST = 6


def words(reader: Reader, looking: Looking, tokens: Sequence[str]) -> Sequence[Word]:
    """Return the words of the glossary in a row of words, the longest at each place."""
    return list(_words(reader, _glossary(looking), tokens))


def _words(reader: Reader, glossary: Glossary, tokens: Sequence[str]) -> Iterator[Word]:
    place = 0
    while place < len(tokens):
        size, found = _at(reader, glossary, tokens[place:])
        asked = " ".join(tokens[place : place + size])
        if found is not None and not usage.is_of_somebody(tokens, Stretch(place, place + size, asked)):
            yield Word(asked, _others(found), definitions.explained([found]))
        place += size


def _at(reader: Reader, glossary: Glossary, tokens: Sequence[str]) -> tuple[int, Found | None]:
    for size in range(min(_LONGEST, len(tokens)), 0, -1):
        if (found := glossary.found(reader, " ".join(tokens[:size]))) is not None:
            return _beyond(reader, glossary, tokens, size) or (size, found)
    return 1, glossary.found_by_form(reader, tokens[0])


def _beyond(reader: Reader, glossary: Glossary, tokens: Sequence[str], size: int) -> tuple[int, Found] | None:
    """Return the longer name that a name begins, as "reinforcement learning" does that from human feedback."""
    if not all(map(is_function, tokens[size : size + 1])):
        return None
    longer = ((more, glossary.found(reader, " ".join(tokens[:more]))) for more in range(_MOST, size, -1))
    return next(((more, found) for more, found in longer if found is not None and more <= len(tokens)), None)


def _others(found: Found) -> tuple[str, ...]:
    """Return the names of a word: those of each meaning, and what is said instead of it."""
    named = [name for each in found.senses for name in (each.word, *each.aliases, each.say_instead) if name]
    return tuple(dict.fromkeys(named))


def named(reader: Reader, looking: Looking, text: str) -> Explained | None:
    """Return the definitions of the words that a text hardly names by chance."""
    texts = _glossary(looking).texts
    sure = texts.surely_in(reader, text)
    found = naming.together(sure)
    if found is None or not texts.are_meant(reader, text, sure):
        found = texts.wondered_at(reader, text)
    if found is None:
        return None
    likely = ordering.likely_first(found, Around(text)) if isinstance(found, Found) else found
    return _answer(looking, texts.with_slip(reader, text, likely))


def given(reader: Reader, looking: Looking, text: str, *, is_sure: bool) -> Explained | None:
    """Return the words whose meaning a text gives."""
    found = _glossary(looking).texts.given(reader, text, is_sure=is_sure)
    return None if found is None else _answer(looking, found)


def inside(reader: Reader, looking: Looking, text: str) -> Explained | None:
    """Return the definitions of the words of nothing but our work in a text, whatever it asks; else what is near."""
    texts = _glossary(looking).texts
    found = texts.wondered_at(reader, text) or texts.meant(reader, text)
    if not found and not spoken.asks_who_does(text):
        found = texts.beside(reader, text, is_asked=bool(spoken.asks(text))) or texts.perhaps(reader, text)
    return None if found is None else _answer(looking, found)


def mistyped(reader: Reader, looking: Looking, text: str, is_kept: Callable[[str], bool]) -> Explained | None:
    """Return what is offered for a name in a text that has a slip of the hand, in words that aren't kept on record."""
    glossary = _glossary(looking)
    found = glossary.mistyped(reader, text, is_kept) or glossary.texts.slips_in(reader, text)
    return None if found is None else _answer(looking, found)


def near(reader: Reader, looking: Looking, text: str) -> Sequence[NearWord]:
    """Return the words that have a part of what is asked for, each with how near it is."""
    found = _glossary(looking).texts.with_part(reader, text)
    return [NearWord(_hit(each), weight) for each, weight in found]


def _hit(found: Found) -> Hit:
    sense = found.senses[0]
    button = blocks.spoken(blocks.button("Open", definitions.LOOK_UP, found.word), f"Open {found.word}")
    return Hit("Definition", found.word, lambda _names: f"{sense.discipline}: {sense.gloss}", button)


def otherwise(reader: Reader, looking: Looking, text: str) -> Explained:
    """Say what is said to a word that isn't defined, with what is near it."""
    return _answer(looking, _glossary(looking).near(reader, text))


def _answer(looking: Looking, outcome: LookUp) -> Explained:
    shown = answers.Shown(is_limited=looking.is_limited, is_in_doubt=looking.is_in_doubt)
    told = answers.answer(outcome, looking.command_prefix, {}, shown)
    return Explained(told, is_sure=naming.is_sure(outcome), is_unknown=isinstance(outcome, Unknown))


def _glossary(looking: Looking) -> Glossary:
    return Glossary(looking.workspace, looking.visible, looking.choosers)


FINDS = Finds({}, explains=Explains(words, named, given, inside, mistyped, near, otherwise))
