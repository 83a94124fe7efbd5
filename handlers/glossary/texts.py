"""The words of the glossary in a text: which of them it speaks of, and what is offered where that isn't clear."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from handlers.framework import descriptions, pointing
from handlers.framework.small_words import is_of_records
from handlers.glossary.nearby import Nearby
from handlers.glossary.rules import describing, mistyping, naming, near, ordering, phrasing, spoken, stretches, usage
from handlers.glossary.rules.asking import words_asked
from handlers.glossary.rules.disciplines import is_everyday, is_jargon
from handlers.glossary.rules.kinds import Told
from handlers.glossary.rules.naming import DidYouMean, Found, LookUp, Perhaps, SideBySide
from handlers.glossary.rules.ordering import Around
from handlers.glossary.rules.stretches import Stretch
from storage.engine.interface import Reader
from storage.glossary import glossary
from storage.glossary.slips import parts_of

#: Gives the stretches of a text that may be names.
Reads = Callable[[str], Sequence[Stretch]]

#: More words than these are spoken of, and not asked for; a text without a question asks for so many at most.
_SPOKEN, _FEW = 4, 2
#: A text of so few words that say something gives no meaning.
_GIVEN = 3
#: Of shorter words too many others are a letter away.
_LONG_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Texts:
    """What stands in texts: ``known`` gives the meanings of a name or of another form of it."""

    known: Callable[[Reader, str], Found | None]
    nearby: Nearby

    def of_kind(self, reader: Reader, told: Told) -> LookUp | None:
        """Return the word of which a text tells what kind is meant; what only stands beside it speaks for a sense."""
        found = self.known(reader, told.name) or self.known(reader, told.longer)
        if told.is_bare:
            is_told = found and ordering.is_ambiguous(found) and ordering.by_words(found, told.kind)
            return found if is_told else None
        return found or self._slipped(reader, told)

    def _slipped(self, reader: Reader, told: Told) -> LookUp | None:
        """Return the sense that may be meant of the one name that a name with a slip in it is near."""
        odd = mistyping.odd_words(told.name, lambda word: self.known(reader, word) is not None)
        near_it = self.nearby.instead(reader, told.name) if odd and len(told.name) >= _LONG_ENOUGH else None
        if not isinstance(near_it, DidYouMean):
            return None
        found = None if near_it.names[1:] else self.known(reader, near_it.names[0])
        likely = found and ordering.likely_first(found, Around(f"{found.word}, {told.kind}"))
        return Perhaps(told.name, likely.senses[:1]) if likely else near_it

    def spoken_of(self, reader: Reader, text: str, *, is_said: bool = False) -> list[Found]:
        """Return the words in a text that stand apart; none where there are many, or the last one isn't known."""
        there, known = stretches.outside_scenes(text), self.known_in(reader, text)
        if is_said and not known:
            there, known = (), self.known_in(reader, text, stretches.verbs)
        apart = stretches.apart(known)
        if not 0 < len(apart) <= _SPOKEN or spoken.is_of_another(text, apart):
            return []
        # "The scores were recalibrated all week" says one thing of them, wherever that stands.
        is_one = len(apart) == 1 and (bool(known[apart[0]].asked) or is_jargon(apart[0].text))
        is_last = not is_said or is_one or apart[-1].end == max((each.end for each in there), default=apart[-1].end)
        return [known[each] for each in apart] if is_last else []

    def in_a_row(self, reader: Reader, text: str) -> list[Found]:
        """Return the words of a text in which nothing else is told, also one right after another."""
        known = self.known_in(reader, text, stretches.anywhere)
        apart = stretches.apart(known)
        return [known[each] for each in apart] if spoken.are_all(text, apart) and len(apart) <= _SPOKEN else []

    def surely_in(self, reader: Reader, text: str) -> list[Found]:
        """Return the words that a text hardly names by chance; none where they are many."""
        known = self.known_in(reader, text[: naming.DESCRIPTION_LIMIT])
        apart = stretches.apart(known)
        sure = (
            [] if apart and spoken.is_of_another(text, apart) else spoken.sure(text[: naming.DESCRIPTION_LIMIT], apart)
        )
        ambiguous = [each for each in apart if ordering.is_ambiguous(known[each])] if spoken.asks_which(text) else []
        meant = ambiguous if len(ambiguous) == 1 else sure
        return [known[each] for each in meant] if len(meant) <= _SPOKEN else []

    def beside(
        self, reader: Reader, text: str, reads: Reads = stretches.inside, *, is_asked: bool = False
    ) -> LookUp | None:
        """Return the words in a text; only offered where it asks for none, and the others are of something else."""
        return self.shown(reader, text, self.inside(reader, text, reads), is_asked=is_asked)

    def shown(self, reader: Reader, text: str, found: Sequence[Found], *, is_asked: bool) -> LookUp | None:
        """Return words that stand in a text, as what may be meant where that isn't clear."""
        if not found or is_asked or self.are_meant(reader, text, found):
            return naming.together(found)
        return Perhaps(text, tuple({each.word: each.senses[0] for each in found}.values()))

    def wondered_at(self, reader: Reader, text: str) -> LookUp | None:
        """Return the word or two that stand in a text which shows that somebody doesn't know one."""
        text = text[: naming.DESCRIPTION_LIMIT]
        known = self.known_in(reader, text) | self.known_in(reader, text, stretches.inside)
        apart = [each for each in stretches.apart(known) if usage.is_spoken_of(text, each)]
        if not apart or spoken.is_of_another(text, apart) or descriptions.asks_for_name(text):
            return None
        is_topic, is_compared = usage.is_topic(text, apart[0]), spoken.asks(text) == "difference"
        fewest, most = (1 if is_topic else 2, _SPOKEN) if is_compared else (1, _FEW)
        is_meant = fewest <= len(apart) <= most and (is_topic or spoken.wonders(text))
        return naming.together([known[each] for each in apart]) if is_meant else None

    def perhaps(self, reader: Reader, text: str) -> Perhaps | None:
        """Return what a text may ask for of which nothing else is known: a name or two that stand in it."""
        known = self.known_in(reader, text[: naming.DESCRIPTION_LIMIT], stretches.unusual)
        found = {known[each].word: known[each].senses[0] for each in stretches.apart(known)}
        return Perhaps(text, tuple(found.values())) if 0 < len(found) <= _FEW else None

    def meant(self, reader: Reader, text: str) -> LookUp | None:
        """Return the word or two that a text can only be about of which nothing is known where words are asked for.

        These are words that hardly anybody says of anything else, whatever stands beside them; else those that stand
        apart.
        """
        text = text[: naming.DESCRIPTION_LIMIT]
        standing = self.known_in(reader, text, stretches.outside_scenes)
        known = self.known_in(reader, text, stretches.anywhere) | standing
        names = stretches.apart(known)
        named = [each for each in names if usage.is_rare(each.text)] or stretches.apart(standing)
        words = {known[each].word: known[each] for each in named}
        is_described = phrasing.describes(text) or descriptions.asks_for_name(text)
        is_few = 0 < len(words) <= _FEW and not is_described
        is_own = is_few and (spoken.quotes(text, named[0].text) or not spoken.is_of_another(text, named))
        return naming.together(list(words.values())) if is_own and usage.is_clear(text, named, names) else None

    def called(self, reader: Reader, text: str, instead: LookUp) -> LookUp:
        """Return what may be the name that a text asks for; else what there is instead."""
        return (descriptions.asks_for_name(text) and self.described(reader, text)) or instead

    def described(self, reader: Reader, text: str) -> Found | Perhaps | None:
        """Return the word that a description can only be of, else the few that it fits, by meaning and by name."""
        text = text[: naming.DESCRIPTION_LIMIT]
        if (found := self._also_called(reader, text)) is not None:
            return found
        named = (sense for found, _ in self.with_part(reader, text) for sense in found.senses)
        senses = {each.id: each for each in (*self.nearby.about(reader, describing.words(text)), *named)}
        fitting = describing.ranked(text, list(senses.values()))[: describing.SHOWN]
        own = next((each.word for each in fitting if describing.is_told_in_full(text, each)), "")
        return self.known(reader, own) if own else Perhaps(text, tuple(fitting)) if fitting else None

    def _also_called(self, reader: Reader, text: str) -> Found | None:
        """Return the one word that has the second name which a description explains: "tag, the box in the car"."""
        begun = describing.explained(text)
        found = self.known(reader, begun) if begun else None
        if found is None or ordering.is_ambiguous(found):
            return None
        return found if naming.is_other_name(found, begun) else None

    def given(self, reader: Reader, text: str, *, is_sure: bool = False) -> Perhaps | None:
        """Return the few words whose meaning a text gives in other words than them, whatever it asks (for searches).

        Words that stand there may be meant, too, where it isn't sure.
        """
        if not self.may_give(text):
            return None
        text = text[: naming.DESCRIPTION_LIMIT]
        fitting = describing.ranked(text, self.nearby.about(reader, describing.words(text)))
        given = [each for each in fitting if describing.is_given(text, each, is_sure=is_sure)][: describing.SHOWN]
        is_named = any(ordering.holds(text, each.word, *each.aliases) for each in given)
        return Perhaps(text, tuple(given)) if given and not is_named else None

    @staticmethod
    def may_give(text: str) -> bool:
        """Tell whether a text says enough to give a word's meaning."""
        told = text[: naming.DESCRIPTION_LIMIT]
        return len(told.split()) > _SPOKEN and len(naming.telling(told)) >= _GIVEN

    def with_others(self, reader: Reader, text: str, found: Found) -> LookUp:
        """Return a word with those that stand beside it in a text which asks for each of several."""
        if not spoken.asks_for_each(text):
            return found
        known = self.known_in(reader, text[: naming.DESCRIPTION_LIMIT], stretches.anywhere)
        rare = [known[each] for each in stretches.apart(known) if usage.is_rare(each.text)]
        named = {each.word: each for each in rare}
        is_each = found.word in named and len(named) <= _SPOKEN
        return (naming.together(rare) if is_each else None) or found

    def taken_up(self, reader: Reader, asked: str, text: str) -> Found | None:
        """Return the word in a message of which what is asked for is a part, as in "in what mode?", "idem-what?"."""
        start = pointing.begun(asked)
        known = self.known_in(reader, text[: naming.DESCRIPTION_LIMIT], stretches.anywhere) if start else {}
        begun = (known[each] for each in known if each.text.casefold().startswith(start))
        return next(begun, None) or self._with_all_of(reader, text, words_asked(asked).words[0])

    def _with_all_of(self, reader: Reader, text: str, asked: str) -> Found | None:
        """Return the only name of several words in a text that has all words of what is asked for, and others."""
        known = self.known_in(reader, text[: naming.DESCRIPTION_LIMIT], stretches.inside)
        parts = set(parts_of(" ".join(naming.telling(asked))))
        whole = [known[each] for each in stretches.apart(known) if parts < set(parts_of(each.text))]
        named = {each.word: each for each in whole} if parts else {}
        return next(iter(named.values())) if len(named) == 1 else None

    def are_meant(self, reader: Reader, text: str, found: Sequence[Found]) -> bool:
        """Tell whether a text means words by their names: one short name may be that of something else."""
        text = text[: naming.DESCRIPTION_LIMIT]
        known = self.known_in(reader, text) | self.known_in(reader, text, stretches.inside)
        named = [each for each in known if known[each] in found]
        is_one = len(found) == 1 or spoken.are_things(text, named)
        is_short = is_one and all(stretches.is_one_word(each.text) or usage.is_job(each.text) for each in named)
        is_quoted = is_short and all(spoken.quotes(text, each.text) for each in named)
        is_topic = any(usage.is_topic(text, each) for each in named)
        if is_quoted or is_topic or spoken.wonders(text):
            return True
        return not spoken.asks_who_does(text) and (not is_short or spoken.is_at_home(text, list(known)))

    def inside(self, reader: Reader, text: str, reads: Reads = stretches.inside) -> list[Found]:
        """Return the words that a text hardly names by chance, also beside others; none where they are many."""
        found = self.surely_in(reader, text)
        known = {} if found else self.known_in(reader, text, reads)
        apart = stretches.apart(known)
        is_of_them = len(apart) <= _FEW and not spoken.asks_in_quotes(text, apart)
        return found or ([known[each] for each in apart] if is_of_them else [])

    def known_in(self, reader: Reader, text: str, reads: Reads = stretches.stretches) -> dict[Stretch, Found]:
        there = reads(text)
        known = {each: found for each in there if (found := self.known(reader, each.text))}
        more = [longer for each in known for longer in stretches.beyond(text, each)]
        known = {each: found for each in more if (found := self.known(reader, each.text))} | known
        return {each: found for each, found in known.items() if usage.may_be_word(text, each)}

    def with_part(self, reader: Reader, text: str) -> list[tuple[Found, float]]:
        """Return the words of several that have a part of what a text tells, each with how near it is.

        A text that asks nothing names two parts of one, and a part that everybody says of something else brings none,
        but where somebody clearly asks about a word.
        """
        text = text[: naming.DESCRIPTION_LIMIT]
        is_asked = spoken.wonders(text) or descriptions.asks_for_name(text)
        words = naming.telling(stretches.telling(text))
        told = [each for each in words if not is_of_records(each) and (is_asked or not is_everyday(each))]
        if not told or (not is_asked and spoken.asks_for_others(text)):
            return []
        with_part = self.nearby.around(reader, self.nearby.parts_of(" ".join(told))).with_part
        fewest = 1 if is_asked or usage.may_ask(text) else _FEW
        weights = near.weights(set(parts_of(" ".join(told))), with_part, fewest)
        found = dict[str, tuple[Found, float]]()
        for name, weight in list(weights.items())[:_SPOKEN]:
            if (known := self.known(reader, name)) is not None:
                found.setdefault(known.word, (known, weight))
        return list(found.values())

    def in_pieces(self, reader: Reader, text: str) -> Found | None:
        """Return the word of which all of several words stand in a text: "that skew between training and serving"."""
        told = stretches.telling(text)
        names = self.nearby.offered(reader, told) if told else ()
        said = glossary.look_up_key(text)
        apart = (each for each in names if glossary.look_up_key(each) not in said)
        found = next((each for each in apart if naming.has_all_of(told, each)), "")
        named = self.known(reader, found) if found else None
        return replace(named, asked="") if named else None

    def with_slip(self, reader: Reader, text: str, shown: LookUp) -> LookUp:
        """Return what is shown of a text with what is offered for a name in it that has a slip of the hand."""
        slip = self.slips_in(reader, text)
        if slip is None or not isinstance(shown, Found | SideBySide):
            return slip or shown
        words, found = (shown.words, shown.found) if isinstance(shown, SideBySide) else ((shown.word,), (shown,))
        return SideBySide((*words, slip.word), (*found, None), slip.names[:1])

    def slips_in(self, reader: Reader, text: str) -> DidYouMean | None:
        """Return what is offered for the one name of a text that is a slip of the hand away from ours."""
        names = near.long_names(text[: naming.DESCRIPTION_LIMIT])
        # Of one word that is English another is hardly meant.
        odd = [each for each in names if " " in each or is_jargon(each) or not mistyping.is_of_english(each)]
        return next(self.nearby.slips(reader, [each for each in odd if not self.known(reader, each)]), None)
