"""Words that are asked for together: each as far as it is known, and what is near those that aren't."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from handlers.glossary.nearby import Nearby
from handlers.glossary.rules import naming, phrasing, spoken
from handlers.glossary.rules.naming import Found, LookUp, SideBySide, Unknown
from handlers.glossary.shortened import Shortened
from handlers.glossary.texts import Texts
from storage.engine.interface import Reader


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands side by side: ``known`` gives the meanings of a name or of another form of it."""

    known: Callable[[Reader, str], Found | None]
    nearby: Nearby
    texts: Texts
    shortened: Shortened

    def side_by_side(self, reader: Reader, words: Sequence[str], text: str) -> LookUp:
        known = self._known(reader, words)
        there = {} if any(known) else self.texts.known_in(reader, text)
        if only := spoken.only(text, list(there)):
            return there[only]
        # "He is often in production, on stage" lists nothing.
        if not any(known) and any(map(phrasing.SENTENCE.match, words)) and not spoken.wonders(text):
            return Unknown(text)
        named = [each.word if each else word for each, word in zip(known, words, strict=True)]
        missing = [word for each, word in zip(known, words, strict=True) if each is None]
        near = [name for word in missing for name in self._near(reader, word) if name not in named]
        return SideBySide(tuple(named), tuple(known), tuple(dict.fromkeys(near)))

    def all_of(self, reader: Reader, words: Sequence[str]) -> LookUp | None:
        """Return several words side by side where each is known, by another order of its words or its beginning too."""
        known = self._known(reader, words) if len(words) > 1 else [None]
        return naming.together([each for each in known if each]) if all(known) else None

    def _known(self, reader: Reader, words: Sequence[str]) -> list[Found | None]:
        return [
            self.known(reader, each) or self._put_otherwise(reader, each) or self._begun(reader, each) for each in words
        ]

    def _put_otherwise(self, reader: Reader, word: str) -> Found | None:
        same = naming.put_otherwise(word, self.nearby.offered(reader, word)) if " " in word else ""
        return self.known(reader, same) if same else None

    def _near(self, reader: Reader, word: str) -> tuple[str, ...]:
        """Return the name that is offered for a word, if there is one."""
        return self.nearby.offered(reader, word)[:1] or self.shortened.names(reader, word)[:1]

    def _begun(self, reader: Reader, word: str) -> Found | None:
        """Return the one word that several words begin, as "blue-green" does "blue-green deployment"."""
        near = [each for each in self.nearby.offered(reader, word) if naming.begins(word, each)]
        found = self.known(reader, near[0]) if len(near) == 1 else None
        return None if found is None else replace(found, asked=word)
