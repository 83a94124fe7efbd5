"""What an import would do: which meanings are added, changed, unchanged or refused. It deletes nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from handlers.checks.lookalikes import warning
from handlers.glossary.formats.own import Row
from handlers.glossary.rules import writing
from storage.engine.interface import WORKSPACE
from storage.glossary.double_names import every_name
from storage.glossary.glossary import Meaning, NewSense, Sense, look_up_key

#: What makes a meaning one: its word's look-up key, its discipline, and who sees it.
Key = tuple[str, str, str]

_KEPT_WHEN_EMPTY = tuple(name for name in Meaning.model_fields if name not in ("word", "discipline"))
#: From which state a file may take a meaning to which: it decides what is open, and undoes nothing.
_DECIDES: Mapping[str, tuple[str, ...]] = {
    "draft": ("approved", "deprecated"),
    "approved": ("deprecated",),
    "disputed": ("deprecated",),
    "deprecated": (),
}
_LINE = 100
_CARRIED = ("verified_on", "verified_by", "replaced_by")


@dataclass(frozen=True, slots=True)
class Changed:
    """A meaning that is there, and what the file says differently."""

    sense: Sense
    changes: Mapping[str, object]


@dataclass(slots=True)
class Plan:
    """What an import would do."""

    added: list[NewSense] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Row] = field(default_factory=list)
    #: What comes in without all that the file says of it.
    lossy: list[Row] = field(default_factory=list)


def key_of(sense: NewSense | Sense) -> Key:
    return look_up_key(sense.word), sense.discipline, sense.visibility


def plan(rows: Iterable[Row], known: Mapping[Key, Sense]) -> Plan:
    """Compare a file with what is there. Empty fields of the file change nothing, and no decision is undone."""
    made, seen = Plan(), dict[Key, str]()
    asked = [_said_once(row) for row in rows]
    senses_of = cache(lambda: _senses_of(asked, known))
    for row in asked:
        sense = row.sense
        if sense is None:
            (made.refused if row.error else made.lossy).append(row)
            continue
        key = key_of(sense)
        if error := _wrong(sense, seen.get(key, "")) or _wrong_replacement(sense, known.get(key), senses_of):
            made.refused.append(Row(row.place, None, error))
        elif key not in known:
            made.added.append(sense)
        elif changes := _changes(known[key], sense):
            made.changed.append(Changed(known[key], changes))
        else:
            made.unchanged += 1
        seen.setdefault(key, row.place)
        if row.lost and not error:
            made.lossy.append(row)
    return made


def _said_once(row: Row) -> Row:
    sense = row.sense
    names = (sense.word, *sense.aliases, *sense.misspellings) if sense is not None else ()
    if sense is None or len({look_up_key(each) for each in names}) == len(names):
        return row
    return replace(row, sense=sense.model_copy(update=writing.said_once(sense)))


def _wrong(sense: NewSense, place: str) -> str:
    """Say what is wrong with a meaning; ``place`` is where the file has it already, empty where it has not."""
    if place:
        return f"{sense.word} ({sense.discipline}) is already at {place}"
    return next((f"{name}: {told}" for name, told in writing.what_is_wrong(sense).items()), "")


def _wrong_replacement(
    sense: NewSense, old: Sense | None, senses_of: Callable[[], Mapping[str, Sequence[NewSense | Sense]]]
) -> str:
    """Say why the word that the file gives as a replacement cannot be one, by the rule of the form."""
    is_old = old is not None and (old.replaced_by, old.status) == (sense.replaced_by, sense.status)
    if not sense.replaced_by or is_old:
        return ""

    def seen_with(word: str) -> list[NewSense | Sense]:
        found = senses_of().get(look_up_key(word), ())
        return [each for each in found if each.visibility in (WORKSPACE, sense.visibility)]

    wrong = writing.wrong_replacement(sense, sense.replaced_by, seen_with)
    return f"replaced_by: {wrong}" if wrong else ""


def _senses_of(rows: Iterable[Row], known: Mapping[Key, Sense]) -> Mapping[str, Sequence[NewSense | Sense]]:
    """Return the meanings of each name, as they would be after the import."""
    then: dict[Key, NewSense | Sense] = dict(known)
    for new in (row.sense for row in rows if row.sense is not None):
        old = known.get(key_of(new))
        then[key_of(new)] = new if old is None else old.model_copy(update=_changes(old, new))
    named = dict[str, list[NewSense | Sense]]()
    for sense in then.values():
        for name in {look_up_key(name) for name in every_name((sense.word, *sense.aliases))}:
            named.setdefault(name, []).append(sense)
    return named


def as_lines(made: Plan, *, most: int = 20) -> list[str]:
    """Say what an import would do, line by line: every refused row, every loss, and the first of the others."""
    known = f"{len(made.changed)} changed, {made.unchanged} unchanged"
    lines = [f"{len(made.added)} added, {known}, {len(made.refused)} refused"]
    lines += _listed([f"  + {each.word} ({each.discipline}): {each.gloss}" for each in made.added], most)
    changed = [f"  ~ {each.sense.word} ({each.sense.discipline}): {_differences(each)}" for each in made.changed]
    lines += _listed(changed, most)
    written = (*made.added, *(each.sense.model_copy(update=each.changes) for each in made.changed))
    warned = [told for each in written if (told := warning((each.word, *each.aliases)))]
    lines += _listed([f"  ? {told}" for told in warned], most)
    lines += [f"  - {_placed(row)}: not kept: {', '.join(row.lost)}" for row in made.lossy]
    return [*lines, *(f"  ! {row.place}: {row.error}" for row in made.refused)]


def _placed(row: Row) -> str:
    return f"{row.place} ({row.sense.word})" if row.sense is not None else row.place


def _differences(changed: Changed) -> str:
    """Say what was and what will be, where that is short."""
    told = []
    for name, new in changed.changes.items():
        both = f"{name}: {getattr(changed.sense, name) or 'nothing'} → {new or 'nothing'}"
        told.append(both if len(both) <= _LINE and "\n" not in both else name)
    return "; ".join(told)


def as_new(senses: Iterable[Sense]) -> list[NewSense]:
    """Return meanings as an export holds them: without what belongs to this store alone."""
    return [NewSense.model_validate({name: getattr(each, name) for name in NewSense.model_fields}) for each in senses]


def _changes(old: Sense, new: NewSense) -> dict[str, object]:
    told = {name: getattr(new, name) for name in (*_KEPT_WHEN_EMPTY, *_CARRIED)}
    changes = {name: value for name, value in told.items() if value and not _same(value, getattr(old, name))}
    if "status" in new.model_fields_set and new.status in _DECIDES[old.status]:
        changes["status"] = new.status
    if "verified_on" not in changes:
        changes |= {name: value for name, value in writing.unverified(old, changes).items() if old.verified_on}
    return changes


def _same(one: object, other: object) -> bool:
    """Say whether two values are the same; names and related words are it in any order, which SKOS does not keep."""
    if one == other or not (isinstance(one, tuple) and isinstance(other, tuple)):
        return one == other
    return sorted(map(str, one)) == sorted(map(str, other))


def _listed(lines: Sequence[str], most: int) -> list[str]:
    return [*lines[:most], *([f"  and {len(lines) - most} more"] if len(lines) > most else [])]
