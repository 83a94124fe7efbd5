"""What is offered where nothing has all that is asked for: records and words together, ranked by one rule."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations, islice

from handlers.finding import rules
from handlers.finding.rules import Question
from handlers.hooks.finding import Groups, NearWord
from storage.finding.finding import Filed

#: So much is offered.
SHOWN = 3
#: A question that has so much of what a record is called is near it.
_CALLED = 2 / 3
#: So many words may be missing, and so often fewer words are looked for.
_FEWER, _TRIES = 2, 20
#: Another word weighs so much of the word itself.
_OTHER = 0.5
#: Of more records that a single word of a question names, it hardly means one.
_FEW = 3
#: Finds the records that have a word of each group.
Search = Callable[[Groups], list[Filed]]


def ranked(
    search: Search, question: Question, groups: Groups, near: tuple[Sequence[Filed], Sequence[NearWord]]
) -> list[Filed | NearWord]:
    """Return the best of some records and words: those with the rarest words of the question, in their names first."""
    records, words = near
    met = _met(search, groups, {each.id for each in records}, rules.widened(question, groups))
    weighed: list[tuple[tuple[bool, float], Filed | NearWord]] = []
    for each in records:
        rarity = [(group, share / len(ids)) for group, ids, share in met if each.id in ids]
        is_other = bool(question.kinds) and each.kind not in question.kinds
        weighed.append(((is_other, -rules.weight(question, each, rarity)), each))
    weighed += [((bool(question.kinds), -each.weight), each) for each in words]
    new = ((weight, each) for weight, each in weighed if not _is_offered(each, question))
    return [each for _, each in sorted(new, key=lambda one: one[0])[: room(question)]]


def room(question: Question) -> int:
    """Return how much is offered beside what was offered already."""
    return max(SHOWN - len(question.offered), 1)


def _is_offered(each: Filed | NearWord, question: Question) -> bool:
    return isinstance(each, NearWord) and each.hit.name in question.offered


def _met(
    search: Search, groups: Groups, records: AbstractSet[str], wide: Groups
) -> list[tuple[Sequence[str], frozenset[str], float]]:
    """Return which records have each group of words, those of others where these brought one, and what that weighs."""
    own = [(each, frozenset(record.id for record in search((each,))), 1.0) for each in groups]
    if records <= frozenset().union(*(ids for _, ids, _ in own)):
        return own
    others = [(each, frozenset(record.id for record in search((each,))), _OTHER) for each in wide]
    return [*own, *others]


def near(search: Search, question: Question, groups: Groups) -> list[Filed]:
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


def with_few(search: Search, question: Question, groups: Groups) -> list[Filed]:
    """Return the few records that are called by a word or two of a question; of a kind that it names, by others too."""
    called = _called(search, groups) or _with_two(search, groups)
    if called or not question.kinds:
        return called
    stems = rules.stems(groups)
    rare = [each for each in _any_of(search, groups, 1) if each.kind in question.kinds and rules.is_called(each, stems)]
    return rare if len(rare) <= _FEW else []


def mended(search: Search, groups: Groups, latest: Callable[[], list[Filed]]) -> list[tuple[str, ...]]:
    """Return groups with what is meant by each word that no record has; none where no slip of the hand is known.

    It stands in the name of a record that has another of the words, or of one of the latest.
    """
    found = {tuple(each): search((each,)) for each in groups}
    unknown = [each for each, records in found.items() if not records]
    near = {each.id: each for records in found.values() for each in records}
    names = [*near.values(), *(latest() if unknown else ())]
    meant = {each: rules.respelt(each[0], names) for each in unknown}
    return [(*each, meant[each]) if meant.get(each) else each for each in found] if any(meant.values()) else []


def closest(
    search: Search, question: Question, groups: Groups, latest: Callable[[], list[Filed]]
) -> tuple[list[Filed], Groups]:
    """Return the records that words must mean, else the few that they call, with the words by which they are met."""
    meant = mended(search, groups, latest)
    if meant and (found := search(tuple(meant)) or near(search, question, meant)):
        return found, meant
    return with_few(search, question, meant or groups), meant or groups


def joined(*found: Sequence[Filed]) -> list[Filed]:
    """Return some records and others, each once."""
    return list({each.id: each for some in found for each in some}.values())


def by_other_words(search: Search, question: Question, groups: Groups) -> list[Filed]:
    """Return the records that have half of all words or others for them, one in the name.

    Where records are asked for, that one is enough of few.
    """
    wide = rules.widened(question, groups)
    found = [(group, {each.id: each for each in search((group,))}) for group in wide]
    records = {name: each for _, some in found for name, each in some.items()}
    met = {name: [group for group, some in found if name in some] for name in records}
    called = [each for each in records.values() if rules.has_in_name(each, met[each.id])]
    of_half = [each for each in called if len(met[each.id]) > 1 and 2 * len(met[each.id]) >= len(wide)]
    few = [each for each in called if rules.is_asked_for(question, each)]
    return of_half or (few if len(few) <= _FEW else [])


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
