"""The names that are offered for what is said short: initials, and the beginnings of words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers.glossary.rules import clipping, naming
from handlers.glossary.rules.naming import DidYouMean, Found
from storage.engine.interface import Reader
from storage.glossary import search
from storage.glossary.filed import ALL
from storage.glossary.glossary import look_up_key
from storage.glossary.near import Place


@dataclass(frozen=True, slots=True)
class Shortened:
    """What is said short in a place, and is no name itself: ``known`` gives what has one.

    Of very many names only those are looked at that may stand in the text.
    """

    place: Place
    known: Callable[[Reader, str], Found | None]

    def offered(self, reader: Reader, text: str, asked: Sequence[str] = ()) -> DidYouMean | None:
        """Return what is offered for the first name that is said short, of what a text asks for or has."""
        short = clipping.may_be_short(text[: naming.DESCRIPTION_LIMIT], asked)
        return next((DidYouMean(each, names) for each in short if (names := self.names(reader, each))), None)

    def names(self, reader: Reader, short: str) -> tuple[str, ...]:
        """Return the names that are said short so."""
        plain = short.replace(".", " ")
        is_one_of_many = " " not in plain and search.are_many(reader, self.place.team_id)
        return () if is_one_of_many or self.known(reader, plain) else self._among(reader, plain)

    def of_one(self, reader: Reader, word: str) -> tuple[str, ...]:
        """Return the same for one word of plain letters that nothing has as its name."""
        filed = self.place.filed or ALL
        if clipping.may_begin(word) and not filed.begins(look_up_key(word)):
            return ()
        return self._among(reader, word) if clipping.may_be_one(word) else ()

    def _among(self, reader: Reader, plain: str) -> tuple[str, ...]:
        names = search.names_for(reader, self.place.team_id, self.place.visibilities, plain)
        return clipping.among(" ".join(plain.split()), names.starting_with(look_up_key(plain)[:1]).values())
