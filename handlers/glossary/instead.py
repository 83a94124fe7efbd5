"""What is said where the likeliest words of a text are not known: what else stands in it, or is near it."""

from dataclasses import dataclass, replace

from handlers.glossary.rules import naming, spoken
from handlers.glossary.rules.asking import Asked
from handlers.glossary.rules.naming import LookUp, Perhaps, SideBySide, TooLong, Unknown
from handlers.glossary.texts import Texts
from storage.engine.interface import Reader

#: A text of so many words may be a sentence.
_SPOKEN = 4
#: So few words may be a name in other words; so many are offered for it.
_SHORT, _FEW = 5, 3


@dataclass(frozen=True, slots=True)
class Instead:
    """What stands in texts, in place of words that are not known."""

    texts: Texts

    def of_all(self, reader: Reader, asked: Asked, text: str, near: LookUp) -> LookUp:
        """Return what a text may ask for whose likeliest words are not known; else what is ``near`` them."""
        instead = self._of_near(reader, asked, text, near)
        is_open = isinstance(instead, Unknown | TooLong) or naming.is_only_offered(instead)
        is_one = not isinstance(instead, Perhaps) or len({each.word for each in instead.senses}) == 1
        meant = self.texts.meant(reader, text) if is_open and is_one and not asked.described else None
        instead = meant or (self.texts.called(reader, text, instead) if is_open and not asked.described else instead)
        if isinstance(instead, Unknown) and not instead.similar and len(text.split()) <= _SHORT:
            # "Bounded by decision" has a part of a name, wherever that stands.
            return replace(instead, similar=self.texts.nearby.offered(reader, text)[:_FEW])
        return instead

    def _of_near(self, reader: Reader, asked: Asked, text: str, near: LookUp) -> LookUp:
        """Return the same without what a text can only be about.

        Of a sentence that is only pointed at ("it jumps around. What is it?") any word may be meant: none is unknown.
        """
        is_name = isinstance(near, Unknown) and len(text.split()) < _SPOKEN
        if slip := self.texts.slips_in(reader, text):
            # Whoever asks the team for "retraning cadence" asks for all of it.
            if isinstance(near, Unknown) and is_name:
                return replace(near, similar=slip.names)
            return near if isinstance(near, SideBySide) and (near.near or any(near.found)) else slip
        if isinstance(near, SideBySide) and not any(near.found) and not near.near:
            return self.texts.wondered_at(reader, text) or near
        if not isinstance(near, Unknown) or is_name:
            return near
        if not asked.described and (meant := self.texts.wondered_at(reader, text)):
            return meant
        is_guessed = asked.is_said and not spoken.asks(text)
        return self.texts.perhaps(reader, text) or (Unknown(text) if is_guessed else near)
