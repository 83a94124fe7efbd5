"""Looks through all that the features keep, as far as it may be seen; inside one search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from handlers.finding import offers, rules
from handlers.finding.rules import Question
from handlers.hooks.finding import Explained, Finds, Groups, Hit, Looking, NearWord, Word
from storage.engine.interface import Reader
from storage.finding import finding
from storage.finding.finding import KINDS, Filed
from storage.workspaces import people

#: So much is told of; of what stands beside records, so much.
SHOWN, _BESIDE = 6, 2
_OWNER = ("owner",)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found: words that are asked for, and records, the best first; ``left`` is how many more there are.

    ``is_near``: they have most of the words, not all. Where nothing has all, ``knows`` is who may know (a user id)
    and what they have to do with it; where nothing was found at all, ``otherwise`` is what is said of the word.
    """

    words: Sequence[Word] = ()
    hits: Sequence[Hit] = ()
    left: int = 0
    is_near: bool = False
    otherwise: Explained | None = None
    knows: tuple[str, str] | None = None

    @property
    def is_sure(self) -> bool:
        is_explained = self.otherwise is not None and self.otherwise.is_sure
        return bool(self.words or is_explained or (self.hits and not self.is_near))

    @property
    def is_unknown(self) -> bool:
        return not (self.words or self.hits) and (self.otherwise is None or self.otherwise.is_unknown)

    @property
    def people(self) -> list[str]:
        return [*(who for each in self.hits for who in each.people if who), *([self.knows[0]] if self.knows else [])]


def look(reader: Reader, finds: Sequence[Finds], looking: Looking, question: Question, channel_id: str) -> Outcome:
    """Look for what all telling words are met by; else for what most of them are."""
    team_id, visible = looking.workspace.team_id, looking.visible
    if not question.telling:
        latest = finding.latest(reader, team_id, sorted(question.kinds), visible)
        return _outcome(reader, finds, looking, question, ((), latest, ()))
    explains = next(each.explains for each in finds if each.explains is not None)
    put, (question, tokens) = question, _without_names(reader, finds, looking, question)
    words = explains.words(reader, looking, tokens)
    alike = _alike(finds)
    groups = rules.groups(question, words, alike)
    names = people.parts_of_names(reader, team_id)
    of_people = [each for each in groups if names.isdisjoint(each)]
    sought = _sought(reader, finds, looking, question, groups) or (
        _sought(reader, finds, looking, question, of_people) if of_people else []
    )
    # What is near is looked for by fewer and fewer of the same words.
    search: offers.Search = cache(lambda groups: finding.search(reader, team_id, groups, visible))
    found = search(tuple(groups)) or search(tuple(of_people))
    named = rules.named(question, words, is_on_record=bool(found))
    is_asked = not question.kinds or any(each.kind in question.kinds for each in found)
    near = [] if is_asked else offers.near(search, question, of_people)
    if not is_asked and not of_people:
        near = finding.latest(reader, team_id, sorted(question.kinds), visible)
    is_better = any(each.kind in question.kinds for each in near)
    if named or (found and not is_better) or (sought and not near):
        outcome = _outcome(
            reader, finds, looking, question, (named, rules.ranked(found, groups, question.kinds), sought)
        )
        # What has a name that was only meant isn't shown as found.
        return replace(outcome, is_near=question.text != put.text)
    sure = explains.given(reader, looking, question.said, is_sure=True)
    if not sure and not near and rules.may_be_of_words(question):
        sure = explains.named(reader, looking, question.said)
    if meant := sure or explains.given(reader, looking, question.said, is_sure=False):
        return Outcome(otherwise=meant)
    near = near or offers.near(search, question, of_people)
    instead = _instead(reader, finds, looking, question, (search, of_people, near))
    knowing = (each.knows(reader, team_id, groups, visible, channel_id) for each in finds if each.knows)
    return replace(instead, knows=next(filter(None, knowing), None))


def named_so(reader: Reader, finds: Sequence[Finds], looking: Looking, question: Question) -> Outcome:
    """Return the records, duties and components that have all words of a name; first those called little else."""
    groups, most = rules.groups(question, (), _alike(finds)), offers.room(question)
    if not groups:
        return Outcome()
    stems = rules.stems(groups)
    found = finding.search(reader, looking.workspace.team_id, groups, looking.visible)
    records = rules.ranked((each for each in found if rules.is_called(each, stems)), groups, question.kinds)[:most]
    told = _told(reader, finds, looking, records)
    hits = [*_sought(reader, finds, looking, question, groups), *(told[each.id] for each in records if each.id in told)]
    return Outcome(hits=sorted(hits, key=lambda each: len(each.name.split()))[:most], is_near=True)


def _without_names(
    reader: Reader, finds: Sequence[Finds], looking: Looking, question: Question
) -> tuple[Question, Sequence[str]]:
    """Return a question and its words without the names in it: no word is asked for by a part of "churn model"."""
    names = (each.names for each in finds if each.names)
    found = (names_in(reader, looking.workspace.team_id, looking.visible, question.said) for names_in in names)
    named = next(filter(None, found), None)
    if named is None:
        return question, question.tokens
    name, rest = named
    is_there = set(rules.read(name).tokens).issubset(question.tokens)
    right = question if is_there else rules.read(f"{rest} {name}")
    return replace(right, said=rest), rules.read(rest).tokens


def _instead(
    reader: Reader,
    finds: Sequence[Finds],
    looking: Looking,
    question: Question,
    looked: tuple[offers.Search, Groups, Sequence[Filed]],
) -> Outcome:
    """Return what is offered where nothing has all that is asked for: records and words."""
    search, groups, near = looked
    explains = next(each.explains for each in finds if each.explains is not None)
    is_for_records = bool(near) and not rules.may_be_of_words(question)
    mistyped = (
        None
        if is_for_records
        else explains.mistyped(reader, looking, question.said, lambda word: bool(search(((word.casefold(),),))))
    )
    near = [] if mistyped else near
    if not near and not mistyped:
        latest = partial(finding.latest, reader, looking.workspace.team_id, KINDS, looking.visible)
        near, groups = offers.closest(search, question, groups, latest)
    # Who names a kind of record is offered those that other words bring beside what is near, and before a word.
    by_others = partial(offers.by_other_words, search, question, groups)
    near = offers.joined(near, by_others()) if question.kinds and not mistyped else near
    otherwise = None if near else mistyped or explains.inside(reader, looking, question.said)
    near = near or ([] if otherwise else by_others())
    # A word that isn't defined is asked of the team, whatever else has a part of it.
    if not otherwise and not near and question.is_word:
        otherwise = explains.otherwise(reader, looking, question.text)
    if otherwise:
        return Outcome(otherwise=otherwise)
    ranked = offers.ranked(search, question, groups, (near, explains.near(reader, looking, question.said)))
    told = _told(reader, finds, looking, [each for each in ranked if isinstance(each, Filed)])
    hits = (each.hit if isinstance(each, NearWord) else told.get(each.id) for each in ranked)
    return Outcome(hits=list(filter(None, hits)), is_near=True)


def _sought(
    reader: Reader, finds: Sequence[Finds], looking: Looking, question: Question, groups: Groups
) -> Sequence[Hit]:
    """Return what features have beside records; who asks for the owner of a thing may mean just that duty."""
    team_id, visible = looking.workspace.team_id, looking.visible
    tries = [[*groups, _OWNER], groups] if question.is_for_owner else [groups]
    seeks = [each.seeks for each in finds if each.seeks]
    found = ([hit for seek in seeks for hit in seek(reader, team_id, tried, visible)] for tried in tries)
    return next(filter(None, found), [])


def _alike(finds: Sequence[Finds]) -> dict[str, list[str]]:
    """Return what the features take for the same words."""
    alike = dict[str, list[str]]()
    for each in finds:
        for word, others in each.alike.items():
            alike.setdefault(word, []).extend(others)
    return alike


def _outcome(
    reader: Reader,
    finds: Sequence[Finds],
    looking: Looking,
    question: Question,
    found: tuple[Sequence[Word], Sequence[Filed], Sequence[Hit]],
) -> Outcome:
    """Return as much as an answer shows: of records and of duties some, the asked-for first."""
    named, records, sought = found
    kept = _BESIDE if records and not question.is_for_owner else SHOWN
    beside = sought[:kept]
    told = _told(reader, finds, looking, records[: SHOWN - len(beside)])
    hits = [told[each.id] for each in records if each.id in told]
    shown = [*beside, *hits] if question.is_for_owner else [*hits, *beside]
    return Outcome(named, shown, len(records) + len(sought) - len(shown))


def _told(reader: Reader, finds: Sequence[Finds], looking: Looking, records: Sequence[Filed]) -> Mapping[str, Hit]:
    """Have each feature tell of its records, by their ids."""
    tells = {kind: tell for each in finds for kind, tell in each.tells.items()}
    hits: dict[str, Hit] = {}
    for kind in dict.fromkeys(each.kind for each in records):
        ids = [each.id for each in records if each.kind == kind]
        hits |= tells[kind](reader, looking.workspace.team_id, ids, looking.visible)
    return hits
