"""What is offered for a text in which words are mistyped: what it would be answered with if they were put right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from handlers.checks.english import a_slip_from
from handlers.glossary.nearby import Nearby
from handlers.glossary.rules import by_words, mistyping, naming, near, ordering
from handlers.glossary.rules.mistyping import Reading, Slip
from handlers.glossary.rules.naming import DidYouMean, Found, LookUp, Perhaps, SideBySide, Unknown
from handlers.glossary.rules.stretches import Stretch
from storage.engine.interface import Reader
from storage.glossary.forms import exact, stem
from storage.glossary.glossary import look_up_key
from storage.glossary.slips import parts_of

#: So many English words are tried for one that is none; so many names are offered for a description.
_TRIED, _FEW = 20, 2


@dataclass(frozen=True, slots=True)
class Mistyped:
    """Texts with mistyped words: ``known`` gives what has a name, ``look_up`` answers a text that is put right."""

    known: Callable[[Reader, str], Found | None]
    nearby: Nearby
    look_up: Callable[[Reader, str], LookUp]

    def offered(self, reader: Reader, text: str, is_kept: Callable[[str], bool] = lambda _word: False) -> LookUp | None:
        """Return what is offered for a text with slips; None where there is no slip in it.

        A word that ``is_kept`` on record is none.
        """
        text = text[: naming.DESCRIPTION_LIMIT]
        odd = self._odd_words(reader, text)
        kept = [each for each in odd if is_kept(each.text)]
        found = self._names_with_slips(reader, text, odd)
        # A search takes words of one stem for the same, also "recal" and "recall".
        slips = [each for each in found if not each.has_any_of(kept) or stem(each.stretch.text) == stem(each.names[0])]
        left = [each for each in odd if each not in kept and not any(slip.has_any_of([each]) for slip in slips)]
        parts = self._parts_with_slips(reader, left)
        return self._put_right(reader, Reading(text, slips, parts)) if slips or parts else None

    def _put_right(self, reader: Reader, reading: Reading) -> LookUp | None:
        """Return what a text is answered with that is put right, as what is only offered."""
        right = self.look_up(reader, reading.meant)
        if isinstance(right, SideBySide) and any(right.found):
            return self._side_by_side(reader, right, reading.slips)
        if isinstance(right, Found):
            likely = ordering.likely_first(right, ordering.Around(reading.meant))
            if likely is not right:
                return Perhaps(reading.said, likely.senses[:1])
        return _offered(right, reading)

    def _odd_words(self, reader: Reader, text: str) -> list[Stretch]:
        """Return the words of a text that are neither English nor a name, or a part of one: a covariate shifts."""
        odd = mistyping.odd_words(text, lambda word: self.known(reader, word) is not None)
        names = self.nearby.with_parts(reader, [stem(each.text) for each in odd]) if odd else ()
        written = {word for name in names for word in near.keys_in(name)}
        return [each for each in odd if written.isdisjoint(exact(each.text))]

    def _names_with_slips(self, reader: Reader, text: str, odd: list[Stretch]) -> list[Slip]:
        tried = mistyping.around(text, odd) if odd else []
        names = self.nearby.with_slips(reader, [each.text for each in tried])
        found = {each: some for each in tried if (some := near.slips(each.text, names))}
        left = [each for each in tried if each not in found and by_words.may_be(each.text)]
        more = self.nearby.starting_with(reader, {look_up_key(each.text)[0] for each in left}).values() if left else ()
        by_word = {each: some for each in left if more and (some := by_words.slips(each.text, more))}
        return mistyping.chosen(found | by_word)

    def _parts_with_slips(self, reader: Reader, odd: list[Stretch]) -> list[Slip]:
        """Return what may be meant by words that have a slip and are part of some name."""
        meant = {each: a_slip_from(each.text.casefold())[:_TRIED] for each in odd if each.text.isalpha()}
        stems = list(dict.fromkeys(stem(word) for words in meant.values() for word in words))
        parts = {part for name in self.nearby.with_parts(reader, stems) for part in parts_of(name)} if stems else set()
        right = {each: tuple(word for word in words if stem(word) in parts) for each, words in meant.items()}
        return [Slip(each, words) for each, words in right.items() if words]

    def _side_by_side(self, reader: Reader, right: SideBySide, slips: Sequence[Slip]) -> SideBySide:
        """Return words side by side, with those that were put right as what is offered."""
        mistyped = {named.word: each for each in slips if (named := self.known(reader, each.names[0]))}
        found = [None if each is None or each.word in mistyped else each for each in right.found]
        words = [
            mistyped[each.word].stretch.text if each and each.word in mistyped else word
            for each, word in zip(right.found, right.words, strict=True)
        ]
        near_names = [mistyped[each.word].names[0] for each in right.found if each and each.word in mistyped]
        return SideBySide(tuple(words), tuple(found), (*near_names, *right.near))


def _offered(right: LookUp, reading: Reading) -> LookUp | None:
    """Return the names that are offered; of a sentence, for a word that is part of one, only a name that is sure."""
    said, is_name = reading.said, bool(reading.slips) or naming.is_word(reading.text)
    likely = reading.slips[0].names if reading.slips else ()
    match right:
        case Found():
            found: tuple[str, ...] = (right.word,)
        case DidYouMean() if is_name:
            found = right.names
        case Perhaps() if reading.slips and reading.parts:
            found = tuple(each.word for each in right.senses[:_FEW])
        case Unknown() if right.similar and is_name and not likely:
            return replace(right, word=said)
        case _:
            found = ()
    return DidYouMean(said, near.each_once(*found, *likely)) if found or likely else None
