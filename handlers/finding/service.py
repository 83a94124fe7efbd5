"""Looks through all that the features keep, as far as it may be seen; inside one search."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, islice

from handlers.finding import rules
from handlers.finding.rules import Question
from handlers.hooks.finding import Finds, Groups, Hit, Looking, Word
from handlers.slack.blocks import Message
from storage.engine.interface import Reader
from storage.finding import finding
from storage.finding.finding import Filed
from storage.workspaces import people

#: So much is told of; of what stands beside records, so much.
SHOWN, _BESIDE = 6, 2
_OWNER = ("owner",)
#: A question that has so much of what a record is called is near it.
_CALLED = 2 / 3
#: So many words may be missing, and so often fewer words are looked for.
_FEWER, _TRIES = 2, 20
#: Of more records that a single word of a question names, it hardly means one.
_FEW = 3
#: Finds the records that have a word of each group.
Search = Callable[[Groups], list[Filed]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found: words that are asked for, and records, the best first; ``left`` is how many more there are.

    ``is_near``: they have most of the words, not all. Where nothing has all, ``knows`` is who may know (a user id)
    and what they have to do with it; where nothing was found at all, ``otherwise`` is what is said of the word. They
    are ``is_of_named`` where one is about a component that the question names.
    """

    words: Sequence[Word] = ()
    hits: Sequence[Hit] = ()
    left: int = 0
    is_near: bool = False
    otherwise: Message | None = None
    knows: tuple[str, str] | None = None
    is_of_named: bool = False

    @property
    def is_sure(self) -> bool:
        return bool(self.words or (self.hits and (self.is_of_named or not self.is_near)))

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
    words = explains.words(reader, looking, question.tokens)
    alike = _alike(finds)
    groups = rules.groups(question, words, alike)
    names = people.parts_of_names(reader, team_id)
    of_people = [each for each in groups if names.isdisjoint(each)]
    sought = _sought(reader, finds, looking, question, groups) or (
        _sought(reader, finds, looking, question, of_people) if of_people else []
    )
    # What is near is looked for by fewer and fewer of the same words.
    search: Search = cache(lambda groups: finding.search(reader, team_id, groups, visible))
    found = search(tuple(groups)) or search(tuple(of_people))
    named = rules.named(question, words, is_on_record=bool(found))
    is_asked = not question.kinds or any(each.kind in question.kinds for each in found)
    near = [] if is_asked else _near(search, question, of_people)
    if not is_asked and not of_people:
        near = finding.latest(reader, team_id, sorted(question.kinds), visible)
    is_better = any(each.kind in question.kinds for each in near)
    if named or (found and not is_better) or (sought and not near):
        return _outcome(reader, finds, looking, question, (named, rules.ranked(found, groups, question.kinds), sought))
    if not near and rules.may_be_of_words(question) and (spoken_of := explains.named(reader, looking, question.said)):
        return Outcome(otherwise=spoken_of)
    knowing = (each.knows(reader, team_id, groups, visible, channel_id) for each in finds if each.knows)
    knows = next(filter(None, knowing), None)
    near = near or _near(search, question, of_people)
    mistyped = None if near else explains.mistyped(reader, looking, question.said)
    if near := near or ([] if mistyped else _called(search, of_people) or _with_two(search, of_people)):
        offered = _outcome(reader, finds, looking, question, ((), near, ()))
        is_of_named = any(rules.names_component(question, each) for each in near)
        return replace(offered, is_near=True, knows=knows, is_of_named=is_of_named)
    otherwise = mistyped or explains.inside(reader, looking, question.said)
    if not otherwise and question.is_word:
        otherwise = explains.otherwise(reader, looking, question.text)
    return Outcome(otherwise=otherwise, knows=knows)


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
    hits = _told(reader, finds, looking, records[: SHOWN - len(beside)])
    shown = [*beside, *hits] if question.is_for_owner else [*hits, *beside]
    return Outcome(named, shown, len(records) + len(sought) - len(shown))


def _told(reader: Reader, finds: Sequence[Finds], looking: Looking, records: Sequence[Filed]) -> list[Hit]:
    """Have each feature tell of its records; they stay in this order."""
    tells = {kind: tell for each in finds for kind, tell in each.tells.items()}
    hits: dict[str, Hit] = {}
    for kind in dict.fromkeys(each.kind for each in records):
        ids = [each.id for each in records if each.kind == kind]
        hits |= tells[kind](reader, looking.workspace.team_id, ids, looking.visible)
    return [hits[each.id] for each in records if each.id in hits]


def _near(search: Search, question: Question, groups: Groups) -> list[Filed]:
    """Return the records that have most of the words; what no record has is left out first."""
    known = [each for each in groups if search((each,))]
    sizes = range(len(known), max(len(known) - _FEWER, 1) - 1, -1) if known else range(0)
    for size in sizes if question.kinds else ():
        of_kind = [each for each in _any_of(search, known, size) if each.kind in question.kinds]
        several = sum(" " in each[0] for each in known) if size == len(known) else 0
        if of_kind and rules.is_near(size + several, len(groups) + several, is_of_kind=True):
            return rules.ranked(of_kind, groups, question.kinds)
    of_any = _any_of(search, known, 1)
    stems, of_kind = rules.stems(groups), [each for each in of_any if each.kind in question.kinds]
    if of_named := [each for each in of_kind if rules.names_component(question, each)]:
        return rules.ranked(of_named, groups, question.kinds)
    called = [each for each in of_any if rules.covered(each, stems) >= _CALLED]
    if called:
        return sorted(called, key=lambda each: (each.kind not in question.kinds, -rules.covered(each, stems)))
    enough = (size for size in sizes if rules.is_near(size, len(groups), is_of_kind=False))
    met = (_any_of(search, known, size) for size in enough)
    return rules.ranked(next(filter(None, met), ()), groups, question.kinds)


def _called(search: Search, groups: Groups) -> list[Filed]:
    """Return the few records that are called by a word of the question; none where they are many."""
    stems = rules.stems([each[:1] for each in groups])
    found = [each for each in _any_of(search, groups, 1) if rules.is_called(each, stems)]
    return found if len(found) <= _FEW else []


def _with_two(search: Search, groups: Groups) -> list[Filed]:
    """Return the few records that have two words of a question and are called by one; none where they are many."""
    stems, known = rules.stems([each[:1] for each in groups]), [each for each in groups if search((each,))]
    found = [each for each in _any_of(search, known, 2) if rules.is_called(each, stems)]
    return found if len(found) <= _FEW else []


def _any_of(search: Search, groups: Groups, size: int) -> list[Filed]:
    """Return the records that have a word of so many of the groups."""
    tries = islice(combinations(groups, size), _TRIES)
    return list({each.id: each for tried in tries for each in search(tried)}.values())
