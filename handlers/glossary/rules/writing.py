"""Which meanings can be written: what a form says, what it resembles, who may edit, and what replaces what."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from handlers.checks import nearness
from handlers.checks.nearness import Names, Shared, Text
from handlers.slack.interactions import Fields, Wrong
from storage.glossary.double_names import every_name
from storage.glossary.forms import exact
from storage.glossary.glossary import RELATION_KINDS, WORD_LENGTH, Meaning, NewSense, Relation, Sense, look_up_key

_SHOWN_ALIKE = 3
_REQUIRED = ("word", "discipline", "gloss")
_MORE = ("definition", "example", "say_instead", "source_title", "source_link", "source_licence", "steward")
_TEXTS = (*_REQUIRED, *_MORE)
_LISTS = ("aliases", "misspellings")
_RELATION = re.compile(rf"(?P<kind>{'|'.join(RELATION_KINDS)})\s*:\s*(?P<words>.+)", re.IGNORECASE)


def written(fields: Fields, base: Meaning | None = None) -> Meaning | Wrong:
    """Read a form into a meaning; what the form does not show stays as in ``base``."""
    told: dict[str, object] = base.model_dump() if base is not None else {}
    told |= {name: fields.text(name) for name in _TEXTS if name in fields or name in _REQUIRED}
    told |= {name: " ".join(str(told[name]).split()) for name in ("word", "gloss")}
    told |= {name: tuple(_listed(fields.text(name))) for name in _LISTS if name in fields}
    if "relations" in fields:
        told["relations"], wrong_line = _relations(fields.text("relations"))
        if wrong_line:
            return Wrong({"relations": wrong_line})
    try:
        meaning = Meaning.model_validate({name: told[name] for name in Meaning.model_fields if name in told})
    except ValidationError as error:
        return Wrong(_in_plain_words(error))
    meaning = meaning.model_copy(update=said_once(meaning))
    return Wrong(wrong) if (wrong := what_is_wrong(meaning)) else meaning


def said_once(meaning: Meaning) -> Mapping[str, tuple[str, ...]]:
    """Return a meaning's other names and misspellings without those that say nothing new.

    Another way to write the word stays, as "AB test" for "A/B test"; to misspell it so is no mistake.
    """
    aliases = _new(meaning.aliases, {_as_shown(meaning.word)}, _as_shown)
    known = {look_up_key(name) for name in (meaning.word, *aliases)}
    return {"aliases": aliases, "misspellings": _new(meaning.misspellings, known, look_up_key)}


def _new(names: Iterable[str], seen: set[str], key: Callable[[str], str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for name in names:
        if key(name) not in seen:
            first.setdefault(key(name), name)
    return tuple(first.values())


def _as_shown(name: str) -> str:
    return " ".join(name.casefold().split())


def clash(meaning: Meaning, others: Iterable[Sense], same_place: Sense | None) -> Wrong | None:
    """Say what stands in the way: a meaning in the same place, or another with the same gloss."""
    if same_place is not None:
        told = (
            f"{meaning.discipline.capitalize()} already defines “{meaning.word}”: “{same_place.gloss}”. Edit that one."
        )
        return Wrong({"discipline": told})
    for other in others:
        if _plain(other.gloss) == _plain(meaning.gloss):
            told = f"That's word for word the definition of {other.discipline}. What sets this one apart?"
            return Wrong({"gloss": told})
    return None


@dataclass(frozen=True, slots=True)
class Alike:
    """A meaning that a new one resembles: of the same word, or what both say, where it has another name."""

    sense: Sense
    said: Shared | None

    @property
    def is_of_the_word(self) -> bool:
        return self.said is None


def resembling(meaning: Meaning, candidates: Iterable[Sense], names: Names) -> tuple[Alike, ...]:
    """Return the meanings that a new one resembles: of the same word first, then those that say the same of another.

    ``names`` are what else the glossary calls the words of the new one.
    """
    keys, told = set(exact(meaning.word)), nearness.said(Text(meaning.gloss), names)
    found = []
    for sense in candidates:
        is_of_the_word = not keys.isdisjoint(look_up_key(name) for name in every_name((sense.word, *sense.aliases)))
        said = None if is_of_the_word else nearness.shared(told, Text(sense.gloss))
        if is_of_the_word or said is not None:
            found.append((said.score if said else 0.0, Alike(sense, said)))
    ranked = sorted(found, key=lambda each: (not each[1].is_of_the_word, -each[0], each[1].sense.id))
    return tuple(alike for _, alike in ranked[:_SHOWN_ALIKE])


def with_alias(sense: Sense, word: str) -> tuple[str, ...]:
    """Return a meaning's other names with one more, where that is a word and it does not have it yet."""
    names = {look_up_key(name) for name in every_name((sense.word, *sense.aliases))}
    return sense.aliases if look_up_key(word) in {*names, ""} else (*sense.aliases, word)


def unverified(old: Meaning, changes: Mapping[str, object]) -> dict[str, object]:
    """Return what takes a verification off a meaning whose words change; empty where they stay."""
    told = ("word", "discipline", "gloss", "definition")
    is_new = any(name in changes and changes[name] != getattr(old, name) for name in told)
    return {"verified_on": "", "verified_by": ""} if is_new else {}


def wrong_replacement(
    sense: NewSense | Sense, replacement: str, senses_of: Callable[[str], Sequence[NewSense | Sense]]
) -> str:
    """Say why a word cannot replace a meaning; empty when it can. ``senses_of`` gives the meanings of a word."""
    if not replacement:
        return ""
    if look_up_key(replacement) in {look_up_key(name) for name in every_name((sense.word, *sense.aliases))}:
        return "A word can't replace itself. Name another one, or leave this empty."
    seen, word = {look_up_key(sense.word)}, replacement
    while word:
        found = senses_of(word)
        if not found:
            return f"“{word}” isn't in the glossary. Name a word that is, or leave this empty."
        if look_up_key(found[0].word) in seen:
            return f"“{replacement}” is itself replaced by “{sense.word}”. Name another word."
        seen.add(look_up_key(found[0].word))
        word = "" if any(each.status != "deprecated" for each in found) else found[0].replaced_by
    return ""


def what_is_wrong(meaning: Meaning) -> dict[str, str]:
    """Return what is wrong with a meaning whose lengths are right: a sentence by the name of the field."""
    if not look_up_key(meaning.word):
        return {"word": "A word needs letters or digits."}
    for name in ("source_link", "example_link"):
        if getattr(meaning, name) and not getattr(meaning, name).startswith(("http://", "https://")):
            return {name: "Enter a link that starts with https://."}
    return {}


def _listed(text: str) -> list[str]:
    return [" ".join(each.split()) for each in re.split(r"[,\n;]", text) if look_up_key(each)]


def _relations(text: str) -> tuple[tuple[Relation, ...], str]:
    found: list[Relation] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = _RELATION.fullmatch(line)
        if match is None:
            return (), f"“{line[:40]}” should be one of {', '.join(RELATION_KINDS)}, then a colon and words."
        kind = next(each for each in RELATION_KINDS if each == match["kind"].casefold())
        found += [Relation(kind=kind, word=word[:WORD_LENGTH]) for word in _listed(match["words"])]
    return tuple(found), ""


def _in_plain_words(error: ValidationError) -> dict[str, str]:
    told: dict[str, str] = {}
    for each in error.errors(include_url=False):
        name, limit = str(each["loc"][0]), each.get("ctx", {}).get("max_length")
        if limit and name == "gloss":
            length = len(str(each["input"]))
            told[name] = f"At most {limit} characters (yours has {length}). Put the rest under More detail."
        elif limit:
            told[name] = f"At most {limit} characters{' each, please' if name in _LISTS else ''}."
        else:
            told.setdefault(name, "Please fill this in.")
    return told


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
