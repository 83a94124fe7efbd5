"""Where people ask the glossary."""

import re
from datetime import datetime

from handlers.answers import Replace, Reply, Say, Share
from handlers.dispatch import Command, Feature, Phrase
from handlers.gestures import Ask, Press
from handlers.glossary import rules, views
from handlers.glossary.rules import DidYouMean, Found, LookUp, NoWord, TooLong, Unknown
from handlers.visibility import Viewpoint
from storage import glossary
from storage.database import WORKSPACE, Database, Reader, Transaction
from storage.workspaces import Workspace


async def define(ask: Ask, viewpoint: Viewpoint, workspace: Workspace, store: Database, command_prefix: str) -> Reply:
    outcome = await _look_up(rules.asked_word(ask.text), viewpoint, workspace, store)
    said = Say(views.answer(outcome, command_prefix, is_private=ask.is_private, is_limited=viewpoint.is_limited))
    if not isinstance(outcome, Unknown):
        return Reply(said)
    home = await viewpoint.home()

    def count(transaction: Transaction, now: datetime) -> None:
        glossary.count_miss(transaction, ask.team_id, home, outcome.word, now)

    return Reply(said, count)


async def look_up(
    press: Press, viewpoint: Viewpoint, workspace: Workspace, store: Database, command_prefix: str
) -> Reply:
    outcome = await _look_up(press.value, viewpoint, workspace, store)
    said = views.answer(outcome, command_prefix, is_private=press.is_private, is_limited=viewpoint.is_limited)
    return Reply(Replace(said))


async def show_all(press: Press, viewpoint: Viewpoint, workspace: Workspace, reader: Reader) -> Reply:
    found = _found(press.value, viewpoint.visibilities, workspace, reader)
    return Reply(Say(views.in_full(found)) if found else Say(views.nothing_left(press.value)))


async def share(press: Press, viewpoint: Viewpoint, workspace: Workspace, reader: Reader) -> Reply:
    found = _found(press.value, viewpoint.shown_to_all, workspace, reader)
    return Reply(Share(views.shared(found, press.user_id)) if found else Say(views.nothing_to_share(press.value)))


async def _look_up(word: str, viewpoint: Viewpoint, workspace: Workspace, store: Database) -> LookUp:
    if not glossary.look_up_key(word):
        return NoWord()
    if len(word) > rules.WORD_LIMIT:
        return TooLong()
    if (found := _found(word, viewpoint.visibilities, workspace, store.reader)) is not None:
        return found
    return await store.search(lambda reader: _near(word, viewpoint.visibilities, workspace, reader))


def _found(word: str, visibilities: tuple[str, ...], workspace: Workspace, reader: Reader) -> Found | None:
    """Return a word's meanings; what was found is remembered while neither glossary nor disciplines change."""
    name = ("found", workspace.team_id, word, visibilities)
    revision = (workspace.glossary_revision, workspace.disciplines)
    return reader.remember(name, revision, lambda: _find(word, visibilities, workspace, reader))


def _find(word: str, visibilities: tuple[str, ...], workspace: Workspace, reader: Reader) -> Found | None:
    for key in rules.look_up_keys(word):
        if senses := glossary.senses_named(reader, workspace.team_id, key, visibilities):
            return Found(senses[0].word, rules.in_order(senses, workspace.disciplines))
    return None


def _near(word: str, visibilities: tuple[str, ...], workspace: Workspace, reader: Reader) -> DidYouMean | Unknown:
    team_id = workspace.team_id
    key = glossary.look_up_key(word)
    everyones = glossary.words_for_all(reader, team_id).sharing_an_end(key) if WORKSPACE in visibilities else []
    private = glossary.names_in(reader, team_id, [each for each in visibilities if each != WORKSPACE])
    names = rules.nearest(word, [*everyones, private])
    return DidYouMean(word, names) if names else Unknown(word)


_TERM = r"(?P<text>.+?)"
#: All meanings are shown, whatever place or discipline is named.
_PLACE = r"(?: (?:here|(?:in|for|to) (?:our|the|an?|data science|software|product|operations|this)\b.*))?"
_END = r"[\s?.!]*"

FEATURE = Feature(
    name="glossary",
    commands=[
        Command("define", define, "What each discipline means by a word", "[word]"),
    ],
    phrases=[
        Phrase(re.compile(pattern + _END, re.IGNORECASE), "define")
        for pattern in (
            rf"what (?:does|do|did) (?:an? |the )?{_TERM} (?:mean|stand for){_PLACE}",
            rf"what (?:does|do|did) \S+ mean (?:by|with) (?:an? |the )?{_TERM}",
            rf"what(?:'s| is| are|’s) (?:meant by |the meaning of )?(?:an? |the )?{_TERM}{_PLACE}",
            rf"(?:define|explain|meaning of) (?:an? |the )?{_TERM}{_PLACE}",
        )
    ],
    actions={views.SHARE: share, views.SHOW_ALL: show_all, views.LOOK_UP: look_up},
)
