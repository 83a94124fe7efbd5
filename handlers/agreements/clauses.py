"""What two sides agree on, as data: terms in their parts, and how what a side says of one is told. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.checks.dates import day
from handlers.checks.quantities import counted
from storage.records.offers import Offer

Kind = Literal["short", "long", "lines", "number", "percent", "measure", "span", "choice", "person"]
#: A span is kept in two parts: its number, and under this name its unit, one of the options.
UNIT = "unit"
Options = Sequence[tuple[str, str]]
#: What was entered, by the ids of the parts.
Parts = Mapping[str, str]
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form: ``options`` are (label, value) to choose from; it must be filled in unless it may lack.

    ``told`` is how it stands in the sentence about its term, with ``{}`` for what was entered, in the words that
    ``shown`` finds for it. ``lines`` have cells of their own; a ``measure`` is a number with its unit. ``usual`` is
    what is mostly said, with the reason ``why``. A former part is told and kept where it was said, and not asked.
    """

    id: str
    label: str
    kind: Kind = "short"
    hint: str = ""
    may_lack: bool = False
    options: Options = ()
    told: str = "{}"
    shown: Callable[[str], str] | None = None
    usual: str = ""
    why: str = ""
    is_former: bool = False


@dataclass(frozen=True, slots=True)
class TermKind:
    """A term. Without the required ones, each as a value or with a reason why it is not needed, nothing is agreed.

    ``sentence`` has the parts by their names; without one they stand one after another. ``wrong_together`` returns a
    sentence by part for what is wrong with parts that belong together.
    """

    id: str
    label: str
    parts: Sequence[Part]
    sentence: str = ""
    is_required: bool = True
    wrong_together: Callable[[Parts], dict[str, str]] = lambda _parts: {}


def offer_words(kind: TermKind, said: Offer | None, names: Names, days: Callable[[str], str] = day) -> str:
    """Return what a side says of a term in one line; empty where it says nothing. Files take ``str`` for ``days``."""
    if said is None:
        return ""
    if said.stance == "not needed":
        return f"not needed ({said.reason})"
    if said.stance == "unknown":
        return f"not known yet, {person_name(said.finder, names)} will find out by {days(said.until)}"
    return _value_words(kind, said.parts, names)


def _value_words(kind: TermKind, parts: Parts, names: Names) -> str:
    parts = {name: re.sub(r"^so that\s+", "", text, flags=re.IGNORECASE) for name, text in parts.items()}
    said = [each for each in kind.parts if parts.get(each.id)]
    told = {each.id: each.told.format(part_words(each, entered_text(each, parts), names)) for each in said}
    if not kind.sentence:
        return ", ".join(told.values())
    return kind.sentence.format_map({each.id: "" if each.may_lack else "?" for each in kind.parts} | told)


def entered_text(part: Part, told: Parts) -> str:
    """Return a part as it stands in its field: a span with its unit."""
    text = told.get(part.id, "")
    return f"{text} {told.get(UNIT, '')}".strip() if part.kind == "span" and text else text


def part_words(part: Part, text: str, names: Names) -> str:
    """Return one part as people read it: names of people, labels of choices, per cent with its sign."""
    if part.shown is not None:
        return part.shown(text)
    match part.kind:
        case "person":
            return person_name(text, names)
        case "span":
            number, _, unit = text.partition(" ")
            return counted(number, unit)
        case "percent":
            return f"{text.removesuffix('%').strip()} %"
        case "choice":
            return next((label.lower() for label, value in part.options if value == text), text)
        case _:
            return " ".join(text.split())


def person_name(user_id: str, names: Names) -> str:
    return names.get(user_id, "somebody") if user_id else "nobody"


def people_named(parts: Sequence[Part], told: Parts) -> list[str]:
    return [told[part.id] for part in parts if part.kind == "person" and told.get(part.id)]


def is_complete(kind: TermKind, said: Offer) -> bool:
    """Tell whether all is said that may not lack, and was submitted; a draft also keeps what was chosen so far."""
    if not said.at:
        return False
    match said.stance:
        case "not needed":
            return bool(said.reason)
        case "unknown":
            return bool(said.finder and said.until)
        case _:
            return bool(said.parts) and all(each.may_lack or said.parts.get(each.id) for each in kind.parts)
