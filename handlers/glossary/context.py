"""Who asks about words, what they are shown of the glossary, and what they may do with it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from handlers.access.recipients import Facts
from handlers.checks import dates, nearness
from handlers.checks.lookalikes import latin
from handlers.checks.outcomes import NotAllowed
from handlers.framework import asker
from handlers.framework.context import Context, WorkspaceContext
from handlers.glossary.messages import stewarding
from handlers.glossary.messages.questions import read_key
from handlers.glossary.rules import naming, near, ordering, review, writing
from handlers.glossary.rules.asking import Asked, words_asked
from handlers.glossary.rules.naming import DidYouMean, Found, LookUp, NoWord, Perhaps, SideBySide, TooLong, Unknown
from handlers.glossary.rules.review import Due
from handlers.glossary.rules.rights import Rights
from handlers.glossary.rules.writing import Alike
from handlers.slack.interactions import Interaction
from handlers.slack.message_text import unmarked
from storage.engine.interface import Reader
from storage.glossary import changes, forms, glossary, opinions, questions, search
from storage.glossary import near as near_names
from storage.glossary.changes import SenseVersion
from storage.glossary.double_names import bracketed, names_in
from storage.glossary.glossary import Meaning, Sense
from storage.glossary.questions import Question
from storage.glossary.synonyms import other_names
from storage.workspaces import preferences
from storage.workspaces.workspaces import Workspace

_DESCRIBED, _ALIKE = 5, 20
#: So many words of a text are looked for in names.
_PARTS = 6


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

    def _remembered(self, reader: Reader, word: str, find: Callable[[Reader, str], Found | None]) -> Found | None:
        name = (find.__name__, self.workspace.team_id, word, self.visible, self.first(reader))
        revision = (self.workspace.glossary_revision, self.workspace.disciplines)
        return reader.remember(name, revision, lambda: find(reader, word))

    def found_now(self, reader: Reader, word: str) -> Found | None:
        """Return a word's meanings as they stand, without remembering: for use inside a write."""
        return self._named(reader, naming.keys_of(word))

    def found_by_form(self, reader: Reader, word: str) -> Found | None:
        """Return the meanings of a word of the same family, as in "the model regressed", saying what was asked."""
        return self._remembered(reader, word, self._derived)

    def _derived(self, reader: Reader, word: str) -> Found | None:
        found = self._named(reader, forms.derived(latin(word)))
        return None if found is None else replace(found, asked=word)

    def found_by_names(self, reader: Reader, word: str) -> LookUp | None:
        """Return the meanings of what was asked by two names at once, as in "KYC (Know Your Customer)"."""
        asked = names_in(word) or bracketed(word)
        each = [self.found(reader, name) for name in asked]
        found = {one.word: one for one in each if one is not None}
        is_sure = bool(names_in(word)) or (None not in each and len(found) == 1)
        if len(found) > 1 and is_sure:
            return SideBySide(asked, tuple(each))
        return next((one for one in found.values() if is_sure and not naming.contradicts(one, asked)), None)

    def _named(self, reader: Reader, keys: Sequence[str]) -> Found | None:
        senses = glossary.first_named(reader, self.workspace.team_id, keys, self.visible)
        if not senses:
            return None
        ordered = ordering.in_order(senses, self.workspace.disciplines, self.first(reader))
        approvals = changes.approvals(reader, self.workspace.team_id, [each.id for each in ordered])
        return Found(ordered[0].word, ordered, approvals)

    def found_in(self, reader: Reader, text: str) -> list[Found]:
        """Return the words that stand in a text, then those of which a form stands there (for searches)."""
        known, plain = search.names_for(reader, self.workspace.team_id, self.visible), unmarked(text)
        names = known.found_in(plain) if plain.isascii() else {**known.found_in(latin(plain)), **known.found_in(plain)}
        found = [
            (said, self.found(reader, name)) for name, said in sorted(names.items(), key=lambda each: each[1] != "")
        ]
        return [replace(each, asked=said) if said else each for said, each in found if each]

    async def look_up(self, context: WorkspaceContext, text: str) -> LookUp:
        """Answer what was asked: a word, a few words side by side, or a description."""
        asked = words_asked(text)
        if not any(map(glossary.look_up_key, asked.words)):
            return NoWord()
        if (found := await context.read(self._answer, asked)) is not None:
            return found
        if len(asked.words) > 1:
            each_found = [await context.read(self._found_at_all, each) for each in asked.words]
            named = [each.word if each else word for each, word in zip(each_found, asked.words, strict=True)]
            return SideBySide(tuple(named), tuple(each_found))
        return await self._search(context, asked.words[0])

    def _answer(self, reader: Reader, asked: Asked) -> LookUp | None:
        """Return the first reading of a question of which every word is known, as it stands or by its form."""
        readings = [each for each in asked.readings if max(map(len, each)) <= naming.WORD_LIMIT]
        for look in (self.found, self.found_by_names, self._found_at_all):
            for words in readings:
                found = [look(reader, word) for word in words]
                if all(found):
                    return _together(found)
        return None

    def _found_at_all(self, reader: Reader, word: str) -> Found | None:
        return self.found(reader, word) or self.found_by_form(reader, word)

    async def _search(self, context: WorkspaceContext, word: str) -> LookUp:
        if naming.described_by(word[: naming.DESCRIPTION_LIMIT]):
            return await context.store.search(lambda reader: self.near(reader, word))
        return await context.read(self.near, word)

    def near(self, reader: Reader, word: str) -> LookUp:
        """Return what is offered in place of a word that nothing has as its name; a description is for searches."""
        described = naming.described_by(word[: naming.DESCRIPTION_LIMIT])
        if described and (senses := self._about(reader, described)):
            return Perhaps(word, tuple(senses))
        if len(word) > naming.WORD_LIMIT:
            return TooLong()
        if names := self._near(reader, word):
            return DidYouMean(word, names)
        return Unknown(word, self._similar(reader, word))

    def _about(self, reader: Reader, words: Sequence[str]) -> list[Sense]:
        return search.senses_about(reader, self.workspace.team_id, words, self.visible, _DESCRIBED)

    @property
    def _place(self) -> near_names.Place:
        return near_names.Place(team_id=self.workspace.team_id, visibilities=self.visible)

    def _near(self, reader: Reader, word: str) -> tuple[str, ...]:
        key = glossary.look_up_key(word)
        names = near_names.near_names(reader, self._place, key)
        found = near.nearest(word, names)
        if near.is_close(word, found) or not near.may_be_far(key):
            return found
        return near.nearest(word, {**names, **near_names.distant_names(reader, self._place, key)})

    def _similar(self, reader: Reader, word: str) -> tuple[str, ...]:
        parts = near_names.parts_of(" ".join(naming.telling(word)))[:_PARTS]
        found = [near_names.names_with(reader, self._place, part) for part in parts]
        return near.similar(word, [name for names in found for name in names])


def _together(found: Sequence[LookUp | None]) -> LookUp | None:
    """Return words side by side; names of the same word, such as a short and a long one, are that word."""
    named = {each.word: each for each in found if isinstance(each, Found)}
    return next(iter(found)) if len(named) <= 1 else SideBySide(tuple(named), tuple(named.values()))


async def glossary_for(context: Context[Interaction]) -> Glossary:
    """Return the glossary as it is shown in answer to an interaction. Raises UnknownPersonError."""
    choosers = (context.user_id, context.interaction.place.channel_id)
    return Glossary(context.workspace, (await context.viewpoint()).visibilities, choosers)


async def shown_word(context: Context[Interaction], word: str) -> Found | None:
    """Return the meanings of a word that are shown in answer to an interaction. Raises UnknownPersonError."""
    return await context.read((await glossary_for(context)).found, word)


async def approver_names(context: Context[Interaction], outcome: LookUp) -> Mapping[str, str]:
    """Return the names of those who approved what a look-up found, by user id."""
    return await context.names_of(outcome.approvers) if isinstance(outcome, Found) and outcome.approvers else {}


@dataclass(frozen=True, slots=True)
class Past:
    """What became of the meanings of a word: the versions of each, newest first; ``tz`` is its reader's time zone."""

    word: str
    senses: Sequence[Sequence[SenseVersion]]
    names: Mapping[str, str]
    tz: str

    def day(self, version: SenseVersion) -> str:
        """Return the day of a version in its reader's time zone, in ISO form."""
        return dates.today(datetime.fromisoformat(version.at), self.tz).isoformat()


async def past_of(context: Context[Interaction], word: str) -> Past | None:
    found = await shown_word(context, word)
    if found is None:
        return None
    team_id = context.team_id
    senses = await context.read(lambda reader: [changes.history(reader, team_id, each.id) for each in found.senses])
    people = sorted({each.by for versions in senses for each in versions if each.by} | {context.user_id})
    known = await asyncio.gather(*(context.directory.person(team_id, each) for each in people))
    told = {each.user_id: each for each in known if each is not None}
    tz = told[context.user_id].tz if context.user_id in told else "UTC"
    return Past(found.word, senses, {each.user_id: each.name for each in told.values()}, tz)


@dataclass(frozen=True, slots=True)
class Asker(asker.Asker):
    """A person at an interaction that looks after words, or changes them."""

    @property
    def rights(self) -> Rights:
        return Rights(self.user_id, self.actor.is_admin, self.actor.disciplines)

    async def sense(self, sense_id: str) -> Sense | None:
        """Return the meaning that a button or a form names, where the person may see it."""
        return await self.context.read(seen, self.team_id, sense_id, self.visible)

    async def question(self, key: str) -> Question | None:
        """Return the open question that a button or a form names, where the person may see it."""
        return await self.context.read(open_question, self.team_id, key, self.visible)

    async def not_allowed(self, sense: Sense) -> NotAllowed:
        """Say who can settle a meaning, to somebody who cannot."""
        stewards = await self.actor.stewards_of(sense.discipline, sense.visibility, sense.steward)
        return stewarding.only_stewards(sense, (await self.names_of(stewards)).values())

    async def alike(self, meaning: Meaning) -> tuple[Alike, ...]:
        """Return the meanings that a new one resembles."""
        team_id, visible = self.team_id, self.visible

        def find(reader: Reader) -> tuple[Alike, ...]:
            names = other_names(reader, team_id, meaning.gloss, visible)
            words = nearness.telling(" ".join(chain([meaning.gloss], *names.values()))) or (meaning.word,)
            named = [
                each
                for form in forms.exact(meaning.word)
                for each in glossary.senses_named(reader, team_id, form, visible)
            ]
            found = [*named, *search.senses_about(reader, team_id, words, visible, _ALIKE)]
            return writing.resembling(meaning, {each.id: each for each in found}.values(), names)

        return await self.context.store.search(find)

    async def facts_of(self, sense: Sense) -> Facts:
        """Ask Slack who may hear of a step on a meaning, and who of those concerned has left."""
        return await self.facts_about(sense.visibility, sense, (sense.created_by,), sense.id)

    async def facts_about(self, visibility: str, meaning: Meaning, told: Sequence[str], sense_id: str) -> Facts:
        """Ask the same of a meaning that somebody wrote, anew or in the place of one that is there."""
        concerned = await self.context.read(people_concerned, self.team_id, meaning, sense_id)
        return await self.facts(visibility, told=[*told, *concerned])

    async def due(self) -> list[Due] | None:
        """Return the meanings that the person should look at; None where they look after no words."""
        listed = await self.context.store.search(lambda reader: review.to_review(reader, self.team_id, self.visible))
        mine = [each for each in listed if self.rights.may_settle(each.sense)]
        if not mine and not self.rights.looks_after_words:
            return None
        stewards = sorted({each.sense.steward for each in mine if each.sense.steward})
        has_left = await asyncio.gather(*map(self.actor.has_left, stewards))
        left = {each for each, is_gone in zip(stewards, has_left, strict=True) if is_gone}
        shown = [Due(each.sense, "steward left") if each.sense.steward in left else each for each in mine]
        shown = [each for each in shown if each.reason != "steward left" or each.sense.steward in left]
        without = await self._without_source([each.sense for each in shown if each.reason == review.GONE])
        shown = [each for each in shown if each.reason != review.GONE or each.sense in without]
        return await self.context.read(_with_words, shown)

    async def _without_source(self, senses: Sequence[Sense]) -> list[Sense]:
        """Return the meanings whose example or source is a message that was deleted."""
        links = [link for sense in senses for link in (sense.example_link, sense.source_link)]
        answers = await asyncio.gather(*(self.context.directory.is_gone(self.team_id, link) for link in links))
        gone = {link for link, is_gone in zip(links, answers, strict=True) if is_gone}
        return [sense for sense in senses if not gone.isdisjoint((sense.example_link, sense.source_link))]


async def asking(context: Context[Interaction]) -> Asker:
    return await asker.asking(Asker, context)


def seen(reader: Reader, team_id: str, sense_id: str, visible: Sequence[str]) -> Sense | None:
    sense = glossary.sense(reader, team_id, sense_id)
    return sense if sense is not None and sense.visibility in visible else None


def open_question(reader: Reader, team_id: str, key: str, visible: Sequence[str]) -> Question | None:
    """Return the open question that a button or a form names."""
    visibility, look_up = read_key(key)
    found = questions.find(reader, team_id, visibility, look_up)
    return found if found is not None and found.state in ("open", "miss") and visibility in visible else None


def people_concerned(reader: Reader, team_id: str, meaning: Meaning, sense_id: str) -> list[str]:
    """Return who looks after a meaning, or did, who disputes it, and who has asked for it."""
    disputers = [each.by for each in opinions.open_disputes(reader, team_id, sense_id)]
    old = glossary.sense(reader, team_id, sense_id) if sense_id else None
    stewards = [meaning.steward, *([old.steward] if old is not None else [])]
    return [*stewards, *disputers, *questions.askers(reader, team_id, naming.asked_names(meaning))]


def _with_words(reader: Reader, listed: Sequence[Due]) -> list[Due]:
    def said(each: Due) -> tuple[str, ...]:
        return opinions.reasons_not_clear(reader, each.sense) if each.reason == "not clear" else ()

    return [replace(each, said=said(each)) for each in listed]
