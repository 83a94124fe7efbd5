"""Who asks about words, what they are shown of the glossary, and what they may do with it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from handlers.access.recipients import Facts
from handlers.checks import dates, nearness
from handlers.checks.outcomes import NotAllowed
from handlers.framework import asker
from handlers.framework.context import Context
from handlers.glossary.lookup import Glossary
from handlers.glossary.messages import stewarding
from handlers.glossary.messages.questions import read_key
from handlers.glossary.rules import naming, review, writing
from handlers.glossary.rules.naming import Found, LookUp
from handlers.glossary.rules.review import Due
from handlers.glossary.rules.rights import Rights
from handlers.glossary.rules.writing import Alike
from handlers.slack.interactions import Interaction
from storage.engine.interface import WORKSPACE, Reader
from storage.glossary import changes, forms, glossary, opinions, questions, search
from storage.glossary.changes import SenseVersion
from storage.glossary.double_names import every_name
from storage.glossary.glossary import Meaning, Sense
from storage.glossary.misses import likeness
from storage.glossary.questions import Question, Thread
from storage.glossary.synonyms import other_names

_ALIKE = 20
#: Slack is asked about so many threads; elsewhere whoever asked hears privately.
_THREADS = 20


async def glossary_for(context: Context[Interaction]) -> Glossary:
    """Return the glossary as it is shown in answer to an interaction. Raises UnknownPersonError."""
    choosers = (context.user_id, context.interaction.place.channel_id)
    return Glossary(context.workspace, (await context.viewpoint()).visibilities, choosers)


async def shown_word(context: Context[Interaction], word: str) -> Found | None:
    """Return the meanings of a word that are shown in answer to an interaction. Raises UnknownPersonError."""
    return await context.read((await glossary_for(context)).found, word)


async def approver_names(context: Context[Interaction], outcome: LookUp) -> Mapping[str, str]:
    """Return the names of those who approved what a look-up found, by user id."""
    return await context.names_of(outcome.approvers) if isinstance(outcome, Found) and outcome.approvals else {}


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
        answered = await self.context.read(asked_for, self.team_id, meaning)
        return await self.facts_for(visibility, answered, [*told, *concerned])

    async def facts_for(self, visibility: str, answered: Sequence[Question], told: Sequence[str]) -> Facts:
        """Ask the same of the answer to questions, and in which threads it may be said."""
        asked = [each for question in answered for each in await self.context.read(questions.waiting, question)]
        threads = list(dict.fromkeys(each.thread for each in asked if each.thread.ts))[:_THREADS]
        may = await asyncio.gather(*(self._may_answer_in(each, visibility) for each in threads))
        facts = await self.facts(visibility, told=[*told, *(each.user_id for each in asked)])
        return replace(facts, threads=frozenset(each for each, is_open in zip(threads, may, strict=True) if is_open))

    async def _may_answer_in(self, thread: Thread, visibility: str) -> bool:
        """Tell whether all who read a thread may read the answer, and the thread is still there."""
        context, link = self.context, f"/archives/{thread.channel}/p{thread.ts.replace('.', '')}"
        if visibility not in (WORKSPACE, thread.channel) or not await self.may_hold(thread.channel, thread.channel):
            return False
        is_left_out = visibility == WORKSPACE and await context.is_limited(thread.channel)
        return not is_left_out and not await context.directory.is_gone(self.team_id, link)

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
    """Return who looks after a meaning, or did, and who disputes it."""
    disputers = [each.by for each in opinions.open_disputes(reader, team_id, sense_id)]
    old = glossary.sense(reader, team_id, sense_id) if sense_id else None
    stewards = [meaning.steward, *([old.steward] if old is not None else [])]
    return [*stewards, *disputers]


def asked_for(
    reader: Reader, team_id: str, meaning: Meaning, visibilities: Sequence[str] | None = None
) -> list[Question]:
    """Return the questions that a meaning answers, in the places named, or in all."""
    alike = {likeness(name) for name in every_name((meaning.word, *meaning.aliases, *meaning.misspellings))}
    found = questions.about(reader, team_id, naming.asked_names(meaning), sorted(alike), visibilities)
    keys = naming.names_of(meaning)
    return [each for each in found if each.likeness in alike or not keys.isdisjoint(forms.exact(each.word))]


def _with_words(reader: Reader, listed: Sequence[Due]) -> list[Due]:
    def said(each: Due) -> tuple[str, ...]:
        return opinions.reasons_not_clear(reader, each.sense) if each.reason == "not clear" else ()

    return [replace(each, said=said(each)) for each in listed]
