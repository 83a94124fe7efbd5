"""Looks through all that the features keep, as far as it may be seen; inside one search."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    otherwise: Message | None = None
    knows: tuple[str, str] | None = None

    @property
    def people(self) -> list[str]:
        return [*(who for each in self.hits for who in each.people if who), *([self.knows[0]] if self.knows else [])]


def look(reader: Reader, finds: Sequence[Finds], looking: Looking, question: Question, channel_id: str) -> Outcome:
    """Look for what all telling words are met by; else for what most of them are."""
    team_id, visible = looking.workspace.team_id, looking.visible
    explains = next(each.explains for each in finds if each.explains is not None)
    words = explains.words(reader, looking, question.tokens)
    groups, named = rules.groups(question, words), rules.named(question, words)
    sought = [hit for each in finds if each.seeks for hit in each.seeks(reader, team_id, groups, visible)]
    found = finding.search(reader, team_id, groups, visible)
    if found or sought or named:
        return _outcome(reader, finds, looking, question, (named, rules.ranked(found, groups, question.kinds), sought))
    knowing = (each.knows(reader, team_id, groups, visible, channel_id) for each in finds if each.knows)
    knows = next(filter(None, knowing), None)
    near = _near(reader, looking, question, groups)
    if near:
        offered = _outcome(reader, finds, looking, question, ((), near, ()))
        return replace(offered, is_near=True, knows=knows)
    otherwise = explains.otherwise(reader, looking, question.text) if question.is_word else None
    return Outcome(otherwise=otherwise, knows=knows)


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


def _near(reader: Reader, looking: Looking, question: Question, groups: Groups) -> list[Filed]:
    """Return the records that have most of the words; names of people, and what no record has, are left out first."""
    team_id, visible = looking.workspace.team_id, looking.visible
    names = people.parts_of_names(reader, team_id)
    groups = [each for each in groups if names.isdisjoint(each)]
    known = [each for each in groups if finding.has_word(reader, team_id, each, visible)]
    tries = [known]
    tries += [known[:place] + known[place + 1 :] for place in range(len(known))]
    for tried in tries:
        found = finding.search(reader, team_id, tried, visible) if tried else []
        of_kind = [each for each in found if each.kind in question.kinds]
        if of_kind and rules.is_near(len(tried), len(groups), is_of_kind=True):
            return rules.ranked(of_kind, groups, question.kinds)
        if found and rules.is_near(len(tried), len(groups), is_of_kind=False):
            return rules.ranked(found, groups, question.kinds)
    return []
