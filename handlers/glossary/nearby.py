"""What is offered in place of a word that nothing has as its name, in words or in a text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handlers.glossary.rules import describing, naming, near
from handlers.glossary.rules.disciplines import is_jargon
from handlers.glossary.rules.naming import DidYouMean, LookUp, Perhaps, TooLong
from storage.engine.interface import Reader
from storage.glossary import near as near_names
from storage.glossary import search
from storage.glossary.glossary import Sense, look_up_key
from storage.glossary.relatives import longer, relatives
from storage.glossary.slips import parts_of
from storage.glossary.spelling import spellings

#: So many words of a text are looked for in names; so many meanings of a description are compared with it.
_PARTS, _COMPARED = 6, 60


@dataclass(frozen=True, slots=True)
class Nearby:
    """The names that may be shown, as what is near another word."""

    place: near_names.Place

    def instead(self, reader: Reader, word: str) -> LookUp:
        """Return what is offered in place of a word; a description is for searches."""
        described = naming.described_by(word[: naming.DESCRIPTION_LIMIT])
        told = [each for each in self.about(reader, described) if naming.is_about(each, described)] if described else []
        if told:
            return Perhaps(word, tuple(describing.ranked(word, told)[: describing.SHOWN]))
        is_word = len(word) <= naming.WORD_LIMIT
        return near.instead(word, *self._near(reader, word)) if is_word else TooLong()

    def slips(self, reader: Reader, words: Sequence[str]) -> Iterator[DidYouMean]:
        """Yield for each word that is a letter away from a name, or made from one, what is offered instead."""
        for each in words:
            names, similar = self._near(reader, each)
            if near.is_slip(each, names) or self._is_made(each, names):
                yield DidYouMean(each, near.together(each, names, similar))

    def _is_made(self, word: str, names: Sequence[str]) -> bool:
        return bool(names) and is_jargon(word) and look_up_key(names[0]) in (*relatives(word), *longer(word))

    def offered(self, reader: Reader, word: str) -> tuple[str, ...]:
        return near.together(word, *self._near(reader, word))

    def around(self, reader: Reader, sought: near_names.Sought) -> near_names.Around:
        return near_names.around(reader, self.place, sought)

    def with_slips(self, reader: Reader, words: Sequence[str]) -> dict[str, str]:
        """Return by their keys the names that may be a slip or two away from one of some words."""
        keys = list(dict.fromkeys(spelt for each in words for spelt in spellings(look_up_key(each))))
        if not keys:
            return {}
        close = self.around(reader, near_names.Sought(keys)).close
        long = [each for each in keys if len(each) >= near.LONG]
        if close or not long:
            return close
        begun, may_be = self.starting_with(reader, {each[0] for each in long}), near.may_be_slips(long)
        found = {key: name for key, name in begun.items() if may_be(key)}
        return found or near_names.distant_names(reader, self.place, long, near.may_be_slips_at_all(long))

    def starting_with(self, reader: Reader, letters: Iterable[str]) -> dict[str, str]:
        """Return by their keys the names that begin with some letters: where they are few they are all at hand."""
        names = search.names_for(reader, self.place.team_id, self.place.visibilities, "")
        return {key: name for letter in letters for key, name in names.starting_with(letter).items()}

    def with_parts(self, reader: Reader, parts: Sequence[str]) -> list[str]:
        """Return some of the names that have a word of one of some stems."""
        return self.around(reader, near_names.Sought((), (), parts)).with_part

    def _near(self, reader: Reader, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        sought = self.sought(word)
        return self.nearest(reader, word, sought, self.around(reader, sought))

    def sought(self, word: str, same: Sequence[str] = (), *, has_kin: bool = True) -> near_names.Sought:
        """Return what to look for of a word that may be another's: what may be near it, and keys that name the same.

        Nothing is related to a word that certainly has no kin.

        One of very many letters, and one sign may stand for eighteen, is near nothing.
        """
        key, told = look_up_key(word), word if word.isalpha() else " ".join(naming.telling(word)) or word
        if len(key) > naming.WORD_LIMIT:
            return near_names.Sought((), (), (), same)
        return near_names.Sought(spellings(key), relatives(word) if has_kin else (), parts_of(told)[:_PARTS], same)

    def parts_of(self, text: str) -> near_names.Sought:
        """Return what to look for of names that have a part of a text."""
        return near_names.Sought((), (), parts_of(" ".join(naming.telling(text)))[:_PARTS])

    def nearest(
        self, reader: Reader, word: str, sought: near_names.Sought, around: near_names.Around
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what is near a word, and what shares a part with it.

        Near is what is made from it, or that it is made from, then what is a slip or two away.
        """
        names = around.close
        key, found = look_up_key(word), near.nearest(word, names)
        is_made = any(each.endswith(key) and each != key for each in names)
        made = (*sought.related, *longer(word)) if is_made else sought.related
        first = [names[each] for each in made if each in names][:1]
        if sought.keys and not near.is_close(word, found) and near.may_be_far(key):
            distant = near_names.distant_names(reader, self.place, sought.keys, near.may_be_near(word))
            found = near.nearest(word, names | distant) if distant else found
        return (*first, *found), near.similar(word, around.with_part)

    def about(self, reader: Reader, words: Sequence[str]) -> list[Sense]:
        """Return the meanings that say most of some words (for searches)."""
        return search.senses_about(reader, self.place.team_id, words, self.place.visibilities, _COMPARED)
