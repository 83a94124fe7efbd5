"""The glossary as somebody is shown it: how a word, a few words or a description is looked up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from handlers.checks.lookalikes import latin
from handlers.framework import sentences
from handlers.framework.context import WorkspaceContext
from handlers.glossary.nearby import Nearby
from handlers.glossary.rules import naming, near, ordering, phrasing, spoken
from handlers.glossary.rules.asking import Asked, words_asked
from handlers.glossary.rules.disciplines import is_jargon
from handlers.glossary.rules.naming import DidYouMean, Found, LookUp, NoWord, Perhaps, SideBySide, Unknown
from handlers.glossary.rules.spoken import Stretch
from handlers.slack.message_text import unmarked
from storage.engine.interface import Reader
from storage.glossary import changes, forms, glossary, search
from storage.glossary import near as near_names
from storage.glossary.double_names import bracketed, names_in
from storage.workspaces import preferences
from storage.workspaces.workspaces import Workspace

T = TypeVar("T")
#: Gives the stretches of a text that may be names.
Reads = Callable[[str], Sequence[Stretch]]

#: More words than these are spoken of, and not asked for.
_SPOKEN = 4
#: A comparison is of so many words at least.
_COMPARED = 2


@dataclass(frozen=True, slots=True)
class Glossary:
    """The glossary as somebody is shown it: the meanings of these visibilities.

    ``choosers`` are the person and the place: the disciplines that they have chosen stand before the workspace's order.
    """

    workspace: Workspace
    visible: tuple[str, ...]
    choosers: tuple[str, ...] = ()

    def first(self, reader: Reader) -> tuple[str, ...]:
        """Return the disciplines that the person and the place have chosen, the person's first."""
        revision = self.workspace.preferences_revision
        chosen = preferences.chosen(reader, self.workspace.team_id, revision, preferences.DISCIPLINE)
        return tuple(chosen[each] for each in self.choosers if each in chosen) if chosen else ()

    def found(self, reader: Reader, word: str) -> Found | None:
        """Return a word's meanings; what was found is remembered while neither glossary nor disciplines change."""
        return self._remembered(reader, word, self.found_now)

    def _remembered(self, reader: Reader, word: str, find: Callable[[Reader, str], T]) -> T:
        name, part = ("look-ups", self.workspace.team_id), (find.__name__, word, self.visible, self.first(reader))
        revision = (self.workspace.glossary_revision, self.workspace.disciplines)
        return reader.remember(name, revision, lambda: find(reader, word), part)

    def found_now(self, reader: Reader, word: str) -> Found | None:
        """Return a word's meanings as they stand, without remembering: for use inside a write."""
        return self._named(reader, word, naming.keys_of(word), ())

    def found_by_form(self, reader: Reader, word: str) -> Found | None:
        """Return the meanings of a word of the same family, as in "the model regressed", saying what was asked."""
        return self._remembered(reader, word, self._derived)

    def _derived(self, reader: Reader, word: str) -> Found | None:
        return self._named(reader, word, (), forms.derived(latin(word)))

    def _found_at_all(self, reader: Reader, word: str) -> Found | None:
        """Return a word's meanings, else those of a word of the same family: both looked for at once."""
        return self._remembered(reader, word, self._found_at_all_now)

    def _found_at_all_now(self, reader: Reader, word: str) -> Found | None:
        return self._named(reader, word, naming.keys_of(word), forms.derived(latin(word)))

    def found_by_names(self, reader: Reader, word: str) -> LookUp | None:
        """Return the meanings of what was asked by two names at once, as in "KYC (Know Your Customer)"."""
        asked = names_in(word) or bracketed(word)
        each = [self.found(reader, name) for name in asked]
        found = {one.word: one for one in each if one is not None}
        is_sure = bool(names_in(word)) or (None not in each and len(found) == 1)
        if len(found) > 1 and is_sure:
            return SideBySide(asked, tuple(each))
        return next((one for one in found.values() if is_sure and not naming.contradicts(one, asked)), None)

    def _named(self, reader: Reader, word: str, keys: Sequence[str], family: Sequence[str]) -> Found | None:
        """Return the meanings of the first key that has some; of those of a word's family, saying what was asked."""
        named, senses, approvals = changes.first_named(reader, self.workspace.team_id, (*keys, *family), self.visible)
        if not senses:
            return None
        ordered = ordering.in_order(senses, self.workspace.disciplines, self.first(reader))
        return Found(ordered[0].word, ordered, approvals, "" if named in keys else word)

    def found_in(self, reader: Reader, text: str) -> list[Found]:
        """Return the words that stand in a text, then those of which a form stands there (for searches)."""
        plain = unmarked(text)
        both = plain if plain.isascii() else f"{plain} {latin(plain)}"
        known = search.names_for(reader, self.workspace.team_id, self.visible, both)
        names = known.found_in(plain) if plain.isascii() else {**known.found_in(latin(plain)), **known.found_in(plain)}
        found = [
            (said, self.found(reader, name)) for name, said in sorted(names.items(), key=lambda each: each[1] != "")
        ]
        return [replace(each, asked=said) if said else each for said, each in found if each]

    async def look_up(self, context: WorkspaceContext, text: str) -> LookUp:
        """Answer what was asked: a word, a few words side by side, or a description."""
        if text.isascii() and text.isalpha() and len(text) <= naming.WORD_LIMIT:
            return await context.read(self._remembered, text, self._alone)
        text = sentences.readable(text)
        asked = words_asked(text)
        if not any(map(glossary.look_up_key, asked.words)):
            return NoWord()
        if (found := await context.read(self._asked_for, asked, text)) is not None:
            return found
        if len(asked.words) > 1:
            return await context.read(self._side_by_side, asked.words, text)
        near = await self._search(context, asked.described or asked.words[0])
        if isinstance(near, Unknown) and not near.similar and len(text.split()) >= _SPOKEN:
            return await context.read(self._instead_of_all, asked, text) or near
        return near

    def _alone(self, reader: Reader, word: str) -> LookUp:
        """Answer one plain word, which can be read in one way only, and in which no other stands.

        Most are asked for as they stand. What looks like a form is looked for with its family at once; of any other
        word that is not known, its family comes with all that is near it.
        """
        key = glossary.look_up_key(word)
        if key.endswith(forms.INFLECTED):
            return self._found_at_all_now(reader, word) or self.near(reader, word)
        found = self._named(reader, word, (key,), ())
        if found is not None:
            return found
        same, family = forms.exact(word), forms.derived(word)
        nearby = self._nearby
        sought = nearby.sought(word, (*same, *family))
        around = nearby.around(reader, sought)
        if around.is_known:
            found = self._named(reader, word, same, family)
        return found or near.instead(word, *nearby.nearest(reader, word, sought, around))

    def _answer(self, reader: Reader, asked: Asked) -> LookUp | None:
        """Return the first reading of a question of which every word is known, as it stands or by its form."""
        readings = [each for each in asked.readings if max(map(len, each)) <= naming.WORD_LIMIT]
        looks = (self.found, self.found_by_names, self._found_or_by_form)
        looked = ([look(reader, word) for word in words] for look in looks for words in readings)
        return next((naming.together(found) for found in looked if all(found)), None)

    def _found_or_by_form(self, reader: Reader, word: str) -> Found | None:
        return self.found(reader, word) or self.found_by_form(reader, word)

    def _asked_for(self, reader: Reader, asked: Asked, text: str) -> LookUp | None:
        """Return the words that are asked for, else those that a sentence speaks of that clearly asks about words."""
        asks = spoken.asks(text) if len(text) <= naming.DESCRIPTION_LIMIT else ""
        if asks == "difference":
            several = self._spoken_of(reader, text)
            answer = self._answer(reader, asked) if asked.is_comparison or not several[1:] else None
            return answer or (naming.together(several) if len(several) >= asked.fewest else None)
        if answer := self._answer(reader, asked) or self._mistyped(reader, asked):
            return answer
        may_be = asks or asked.is_said
        spoken_of = self._spoken_of(reader, asked.text, is_said=asked.is_said) if may_be else ()
        is_sentence = asked.is_said or len(asked.text.split()) >= _SPOKEN
        reads = spoken.inside if is_sentence else spoken.jargon
        is_described = asked.described or (not may_be and phrasing.describes(text))
        beside = None if is_described else self.beside(reader, text, reads, is_asked=bool(asks))
        # "It was refactored. What would that involve?" asks for what is said of nothing but our work.
        is_ours = asked.is_said and all(is_jargon(each.asked or each.word) for each in spoken_of)
        return self._shown(reader, text, spoken_of, is_asked=bool(asks) or is_ours) or beside

    def _spoken_of(self, reader: Reader, text: str, *, is_said: bool = False) -> list[Found]:
        """Return the words in a text that stand apart; none where there are many, or the last one isn't known."""
        there, known = spoken.outside_scenes(text), self._known_in(reader, text)
        if is_said and not known:
            there, known = (), self._known_in(reader, text, spoken.verbs)
        apart = spoken.apart(known)
        if not 0 < len(apart) <= _SPOKEN or spoken.is_of_another(text, apart):
            return []
        # "The scores were recalibrated all week" says one thing of them, wherever that stands.
        is_one = len(apart) == 1 and bool(known[apart[0]].asked)
        is_last = not is_said or is_one or apart[-1].end == max((each.end for each in there), default=apart[-1].end)
        return [known[each] for each in apart] if is_last else []

    def surely_in(self, reader: Reader, text: str) -> list[Found]:
        """Return the words that a text hardly names by chance; none where they are many."""
        known = self._known_in(reader, text[: naming.DESCRIPTION_LIMIT])
        apart = spoken.apart(known)
        sure = spoken.sure(text[: naming.DESCRIPTION_LIMIT], apart)
        ambiguous = [each for each in apart if ordering.is_ambiguous(known[each])] if spoken.asks_which(text) else []
        meant = ambiguous if len(ambiguous) == 1 else sure
        return [known[each] for each in meant] if len(meant) <= _SPOKEN else []

    def beside(
        self, reader: Reader, text: str, reads: Reads = spoken.inside, *, is_asked: bool = False
    ) -> LookUp | None:
        """Return the words in a text; only offered where it asks for none, and the others are of something else."""
        return self._shown(reader, text, self.inside(reader, text, reads), is_asked=is_asked)

    def _shown(self, reader: Reader, text: str, found: Sequence[Found], *, is_asked: bool) -> LookUp | None:
        """Return words that stand in a text, as what may be meant where that isn't clear."""
        if is_asked or self.are_meant(reader, text, found):
            return naming.together(found)
        return Perhaps(text, tuple({each.word: each.senses[0] for each in found}.values()))

    def perhaps(self, reader: Reader, text: str) -> Perhaps | None:
        """Return what a text may ask for of which nothing else is known: a name or two that stand in it."""
        known = self._known_in(reader, text[: naming.DESCRIPTION_LIMIT], spoken.unusual)
        found = {known[each].word: known[each].senses[0] for each in spoken.apart(known)}
        return Perhaps(text, tuple(found.values())) if 0 < len(found) <= _COMPARED else None

    def are_meant(self, reader: Reader, text: str, found: Sequence[Found]) -> bool:
        """Tell whether a text means words by their names: one short name may be that of something else."""
        text = text[: naming.DESCRIPTION_LIMIT]
        known = self._known_in(reader, text) | self._known_in(reader, text, spoken.inside)
        is_short = len(found) == 1 and all(spoken.is_one_word(each.text) for each in known if known[each] in found)
        return not is_short or spoken.wonders(text) or spoken.is_at_home(text, list(known))

    def inside(self, reader: Reader, text: str, reads: Reads = spoken.inside) -> list[Found]:
        """Return the words that a text hardly names by chance, also beside others; none where they are many."""
        found = self.surely_in(reader, text)
        known = {} if found else self._known_in(reader, text, reads)
        apart = spoken.apart(known)
        return found or ([known[each] for each in apart] if len(apart) <= _COMPARED else [])

    def _known_in(self, reader: Reader, text: str, reads: Reads = spoken.stretches) -> dict[Stretch, Found]:
        there = reads(text)
        return {each: found for each in there if (found := self._found_at_all(reader, each.text))}

    def _side_by_side(self, reader: Reader, words: Sequence[str], text: str) -> LookUp:
        known = [self._found_at_all(reader, each) or self._begun(reader, each) for each in words]
        there = {} if any(known) else self._known_in(reader, text)
        if only := spoken.only(text, list(there)):
            return there[only]
        named = [each.word if each else word for each, word in zip(known, words, strict=True)]
        missing = [word for each, word in zip(known, words, strict=True) if each is None]
        near = [name for word in missing for name in self._nearby.offered(reader, word)[:1] if name not in named]
        return SideBySide(tuple(named), tuple(known), tuple(dict.fromkeys(near)))

    def _begun(self, reader: Reader, word: str) -> Found | None:
        """Return the one word that several words begin, as "blue-green" does "blue-green deployment"."""
        near = self._nearby.offered(reader, word) if len(forms.TOKEN.findall(word)) > 1 else ()
        is_begun = len(near) == 1 and glossary.look_up_key(near[0]).startswith(glossary.look_up_key(word))
        found = self.found(reader, near[0]) if is_begun else None
        return None if found is None else replace(found, asked=word)

    async def _search(self, context: WorkspaceContext, word: str) -> LookUp:
        if naming.described_by(word[: naming.DESCRIPTION_LIMIT]):
            return await context.store.search(lambda reader: self.near(reader, word))
        return await context.read(self._remembered, word, self.near)

    def near(self, reader: Reader, word: str) -> LookUp:
        """Return what is offered in place of a word that nothing has as its name; a description is for searches."""
        return self._nearby.instead(reader, word)

    def _instead_of_all(self, reader: Reader, asked: Asked, text: str) -> LookUp | None:
        """Return what a text may ask for whose likeliest word is not known.

        Of a sentence that is only pointed at ("it jumps around. What is it?") any word may be meant: none is unknown.
        """
        is_guessed = asked.is_said and not spoken.asks(text)
        return self.slips_in(reader, text) or self.perhaps(reader, text) or (Unknown(text) if is_guessed else None)

    def _mistyped(self, reader: Reader, asked: Asked) -> DidYouMean | None:
        """Return what is offered for the one word that is asked for, where that is a slip away from a name."""
        words = [each for (each, *others) in asked.readings if not others and near.may_be_slip(each)]
        return None if asked.is_said else next(self._nearby.slips(reader, words), None)

    def slips_in(self, reader: Reader, text: str) -> DidYouMean | None:
        """Return what is offered for the one name of a text that is a slip of the hand away from ours."""
        return self._nearby.slips_in(reader, text[: naming.DESCRIPTION_LIMIT])

    @property
    def _nearby(self) -> Nearby:
        return Nearby(near_names.Place(team_id=self.workspace.team_id, visibilities=self.visible))
