"""The glossary as somebody is shown it: how a word, a few words or a description is looked up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from handlers.checks.lookalikes import latin
from handlers.framework import descriptions, sentences
from handlers.framework.context import WorkspaceContext
from handlers.glossary.beside import Beside
from handlers.glossary.instead import Instead
from handlers.glossary.mistyped import Mistyped
from handlers.glossary.nearby import Nearby
from handlers.glossary.rules import kinds, mistyping, naming, near, ordering, phrasing, spoken, stretches, usage
from handlers.glossary.rules.asking import Asked, words_asked
from handlers.glossary.rules.disciplines import is_jargon
from handlers.glossary.rules.naming import DidYouMean, Found, LookUp, NoWord, Perhaps, SideBySide, Unknown
from handlers.glossary.shortened import Shortened
from handlers.glossary.texts import Texts
from handlers.slack.message_text import unmarked
from storage.engine.interface import Reader
from storage.glossary import changes, forms, glossary, search
from storage.glossary import near as near_names
from storage.glossary.double_names import bracketed, names_in
from storage.glossary.filed import ALL, Filed
from storage.glossary.filing import Filing, filing
from storage.workspaces import preferences
from storage.workspaces.workspaces import Workspace

T = TypeVar("T")
#: A text of so many words may be a sentence.
_SPOKEN = 4


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
        name, part = (self.workspace.team_id, "look-ups"), (find.__name__, word, self.visible, self.first(reader))
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
        own = naming.of_own_name(senses, named)
        ordered = ordering.in_order(own, self.workspace.disciplines, self.first(reader)) if len(own) > 1 else tuple(own)
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

    async def look_up(self, context: WorkspaceContext, text: str, whole: str = "") -> LookUp:
        """Answer what was asked: a word, a few words side by side, or a description.

        ``whole`` is the message that asks it, in which the word may stand that the text only points at.
        """
        if text.isascii() and text.isalpha() and len(text) <= naming.WORD_LIMIT:
            return await self._look_up_alone(context, text)
        told, text = kinds.told(text), sentences.readable(text)
        asked = words_asked(text)
        if given := await self._given(context, asked, text):
            return given
        if told and (of_kind := await context.read(self.texts.of_kind, told)) is not None:
            return of_kind
        if not any(map(glossary.look_up_key, asked.words)):
            return NoWord()
        meant = await context.store.search(lambda reader: self._described(reader, asked)) if asked.described else None
        if meant is None and (sure := await context.read(self._asked_for, asked, text)) is not None:
            return sure
        near = meant or await self._nearest(context, asked, text)
        # "hitl for the credit notes, what is that" asks for no other word than "notes" that is near it.
        is_guessed = isinstance(near, DidYouMean) and asked.is_said and mistyping.is_of_english(asked.words[0])
        if is_guessed or not isinstance(near, Found | DidYouMean):
            put_right = await context.store.search(lambda reader: self.mistyped(reader, whole or text))
            near = naming.better_offer(text, near, put_right)
        is_told = isinstance(near, Found | DidYouMean) or (isinstance(near, Unknown) and near.similar)
        return near if is_told else await context.read(Instead(self.texts).of_all, asked, whole or text, near)

    async def _given(self, context: WorkspaceContext, asked: Asked, text: str) -> Perhaps | None:
        if asked.described or not self.texts.may_give(text):
            return None
        return await context.store.search(lambda reader: self.texts.given(reader, text, is_sure=True))

    async def _nearest(self, context: WorkspaceContext, asked: Asked, text: str) -> LookUp:
        if len(asked.words) > 1:
            return await context.read(self._beside.side_by_side, asked.words, text)
        word = asked.words[0]
        if naming.described_by(word[: naming.DESCRIPTION_LIMIT]):
            return await context.store.search(lambda reader: self.near(reader, word))
        return await context.read(self._remembered, word, self.near)

    async def _look_up_alone(self, context: WorkspaceContext, word: str) -> LookUp:
        """Answer one plain word; with the first that is not known, begin to keep in memory what names there are."""
        looked: list[Filing] = []

        def alone(reader: Reader, word: str) -> LookUp:
            looked.append(filing(reader, self.workspace))
            return self._alone_now(reader, word, looked[0].names_at(reader, self.workspace) or ALL)

        found = await context.read(self._remembered, word, alone)
        if looked and not isinstance(found, Found) and looked[0].begins(self.workspace.glossary_revision):
            context.services.outbox.start(looked[0].make(context.store, self.workspace.team_id))
        return found

    def _alone_now(self, reader: Reader, word: str, filed: Filed) -> LookUp:
        """Answer one plain word, which can be read in one way only, and in which no other stands.

        Most are asked for as they stand. What looks like a form is looked for with its family at once; of any other
        word that is not known, its family comes with all that is near it.
        """
        key = glossary.look_up_key(word)
        is_form = key.endswith(forms.INFLECTED)
        same, family = self._forms_of(word) if is_form else ((key,), ())
        found = self._named(reader, word, same, family) if any(map(filed.has, (*same, *family))) else None
        if found is not None:
            return found
        has_kin = is_form or filed.may_have_kin(key)
        same, family = self._forms_of(word) if has_kin and not is_form else ((), ())
        nearby = Nearby(near_names.Place(self.workspace.team_id, self.visible, filed))
        sought = nearby.sought(word, (*same, *family), has_kin=has_kin)
        around = nearby.around(reader, sought)
        if around.is_known:
            found = self._named(reader, word, same, family)
        instead = found or near.instead(word, *nearby.nearest(reader, word, sought, around))
        is_short = isinstance(instead, Unknown)
        names = Shortened(nearby.place, self._found_at_all).of_one(reader, word) if is_short else ()
        return DidYouMean(word, names) if names else instead

    @staticmethod
    def _forms_of(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return forms.exact(word), forms.derived(word)

    def _answer(self, reader: Reader, asked: Asked) -> LookUp | None:
        """Return the first reading of a question of which every word is known, as it stands or by its form."""
        readings = [each for each in asked.readings if max(map(len, each)) <= naming.WORD_LIMIT]
        looks = (self.found, self.found_by_names, self._found_or_by_form)
        tries = [(look, words) for look in looks for words in readings]
        if asked.is_said:
            # Of a sentence its end is meant, in whatever form: "the model is now quantised".
            tries.sort(key=lambda each: readings.index(each[1]))
        looked = ([look(reader, word) for word in words] for look, words in tries)
        return next((naming.together(found) for found in looked if all(found)), None)

    def _described(self, reader: Reader, asked: Asked) -> LookUp | None:
        told = self.texts.described(reader, asked.described)
        return told if isinstance(told, Found) else self._answer(reader, asked) or told

    def _found_or_by_form(self, reader: Reader, word: str) -> Found | None:
        return self.found(reader, word) or self.found_by_form(reader, word)

    def _asked_for(self, reader: Reader, asked: Asked, text: str) -> LookUp | None:
        """Return the words that are asked for, else those that a sentence speaks of that clearly asks about words."""
        asks = spoken.asks(text) if len(text) <= naming.DESCRIPTION_LIMIT else ""
        if asks == "difference":
            compared = self._compared(reader, asked, text)
            # "Both can't stay, the multicollinearity is high. What is that?" compares nothing.
            if compared or asked.words[1:] or not asked.is_said:
                return compared
        found = self._answer(reader, asked) or self._beside.all_of(reader, asked.words)
        found = found or self._mistyped(reader, asked) or self._said_in(reader, asked, text, asks)
        if not isinstance(found, Found):
            return found
        # "the store for features, what is it called" asks for no feature.
        is_told = descriptions.asks_for_name(text) and not usage.is_rare(found.word)
        longer = self.texts.in_pieces(reader, text) if is_told or asked.is_said else None
        # "The judge thing with LLMs, what is it" asks for no LLM.
        is_part = longer is not None and naming.is_part_of(found, longer.word)
        return longer if is_told or is_part else self.texts.with_others(reader, text, found)

    def _compared(self, reader: Reader, asked: Asked, text: str) -> LookUp | None:
        """Return the words of which the difference is asked for."""
        several = self.texts.spoken_of(reader, text) or self.texts.in_a_row(reader, text)
        answer = self._answer(reader, asked) if asked.is_comparison or not several[1:] else None
        return answer or (naming.together(several) if len(several) >= asked.fewest else None)

    def _said_in(self, reader: Reader, asked: Asked, text: str, asks: spoken.Asks) -> LookUp | None:
        """Return the words that a sentence speaks of in which none stands where words are asked for."""
        texts, may_be = self.texts, asks or asked.is_said
        told = asked.text if any(map(stretches.may_name, asked.words)) else text
        spoken_of = texts.spoken_of(reader, told, is_said=asked.is_said) if may_be else ()
        is_sentence = asked.is_said or len(asked.text.split()) >= _SPOKEN
        reads = stretches.inside if is_sentence else stretches.jargon
        is_described = asked.described or (not may_be and phrasing.describes(text))
        beside = None if is_described else texts.beside(reader, text, reads, is_asked=bool(asks))
        is_one = len(spoken_of) == 1 or isinstance(beside, Found)
        if not is_one and (named := texts.in_pieces(reader, text)):
            return named
        # Of words that are compared the others are told of, too.
        if asked.is_comparison and is_one and any(self._found_at_all(reader, each) for each in asked.words):
            return None
        # "It was refactored. What would that involve?" asks for what is said of nothing but our work.
        is_ours = asked.is_said and all(is_jargon(each.asked or each.word) for each in spoken_of)
        shown = texts.shown(reader, text, spoken_of, is_asked=bool(asks) or is_ours) or beside
        return shown and texts.with_slip(reader, text, shown)

    def near(self, reader: Reader, word: str) -> LookUp:
        """Return what is offered in place of a word that nothing has as its name; a description is for searches.

        The same words in other forms, or in another order, are that name, as "imbalanced classes" are class imbalance.
        """
        instead = self._nearby.instead(reader, word)
        same = naming.put_otherwise(word, naming.names_near(instead))
        found = self.found(reader, same) if same else None
        return replace(found, asked=word) if found else instead

    def _mistyped(self, reader: Reader, asked: Asked) -> DidYouMean | None:
        """Return what is offered for the one word that is asked for, where that is a slip away from a name."""
        words = [each for (each, *others) in asked.readings if not others and near.may_be_slip(each)]
        return None if asked.is_said else next(self._nearby.slips(reader, words), None)

    def mistyped(self, reader: Reader, text: str, is_kept: Callable[[str], bool] = lambda _: False) -> LookUp | None:
        """Return what is offered for a text in which words are mistyped that aren't kept elsewhere; else None."""
        mistyped = Mistyped(self._found_at_all, self._nearby, self._as_put_right)
        return self._shortened.offered(reader, text, words_asked(text).words) or mistyped.offered(reader, text, is_kept)

    def _as_put_right(self, reader: Reader, text: str) -> LookUp:
        asked = words_asked(text)
        return self._asked_for(reader, asked, text) or self.near(reader, asked.words[0])

    @property
    def texts(self) -> Texts:
        """Return how texts are read that words of this glossary may stand in."""
        return Texts(self._found_at_all, self._nearby)

    @property
    def _shortened(self) -> Shortened:
        return Shortened(self._nearby.place, self._found_at_all)

    @property
    def _beside(self) -> Beside:
        return Beside(self._found_at_all, self._nearby, self.texts, self._shortened)

    @property
    def _nearby(self) -> Nearby:
        return Nearby(near_names.Place(team_id=self.workspace.team_id, visibilities=self.visible))
