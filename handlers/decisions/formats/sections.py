"""A decision that somebody wrote, taken apart: its title, what stands about it above, and its sections by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from handlers.decisions.formats.markdown import Part, code_lines, name_of, parts

#: Which headings hold which text of a decision.
_PLAIN = {
    "context": "context and problem statement, context, problem statement, problem, background",
    "drivers": "decision drivers",
    "options": "considered options, options, options considered, alternatives, alternatives considered",
    "why": "decision outcome, decision, outcome",
    "consequences": "consequences",
    "expected": "confirmation",
    "assumptions": "assumptions",
    "outcome": "what happened",
    "links": "more information, links, references",
    "source_text": "quote",
    "amendments": "amendments",
    "status": "status",
    "date": "date",
}
#: And which are kept above it, since they say more than the name of the field.
_LABELLED = {
    "options": "pros and cons of the options",
    "consequences": "positive consequences, negative consequences",
    "context": "motivation, why, issue, summary, abstract, introduction, what, goals",
    "why": "how, proposal, proposed solution, solution, rationale",
}
_LABELS = {name: told for told, names in _LABELLED.items() for name in names.split(", ")}
NAMES = {name: told for told, names in _PLAIN.items() for name in names.split(", ")} | _LABELS
#: What stands a level below what was decided.
_BELOW = ("consequences", "expected")
_ABOUT_IN_TEXT = {
    "status": "status, state",
    "date": "date, decision date",
    "decision-makers": "deciders, decision-makers, decision makers",
    "consulted": "consulted",
    "informed": "informed",
}
_ABOUT = {name: told for told, names in _ABOUT_IN_TEXT.items() for name in names.split(", ")}
_KEYED = re.compile(
    r"\s*(?:[*+-]\s+)?[*_]{0,3}(?P<name>[A-Za-z][A-Za-z -]{2,20}?)[*_]{0,3}\s*+:\s*+(?:[*_]{1,3}+\s*+)?(?P<value>\S.*)",
)
_CELL = re.compile(r"(?<!\\)\|")
_BETWEEN = re.compile(r"[\s:|]*+-[\s:|-]*+")
_NOTHING = re.compile(r"[\s*_=-]*")
_SAID = re.compile(r"(status|date)\s*:\s*(\S.*)", re.IGNORECASE)
_UNKNOWN = "links"
_HIGH = 2


@dataclass(slots=True)
class Sections:
    """What a file says. ``about`` has the value and the line of what is said in one; ``texts`` are by field.

    ``is_told``: some of it is said under a heading that decisions have.
    """

    title: str = ""
    intro: str = ""
    about: dict[str, tuple[str, int]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    is_told: bool = False

    def add(self, name: str, *texts: str) -> None:
        told = [self.texts.get(name, "").rstrip("\n"), *texts]
        self.texts[name] = "\n\n".join(each for each in told if each)

    def go_on(self, name: str, text: str) -> None:
        self.texts[name] += f"\n{text}"


def taken_apart(body: str, first: int) -> Sections:
    """Take a text apart, of which the first line is the file's line ``first``."""
    above, *rest = parts(body)
    made = Sections()
    head = [above]
    if rest and (not _field(rest[0], _HIGH) or _is_alone(rest)):
        made.title = rest[0].heading
        head.append(rest.pop(0))
    intro = [_intro(each, first, made.about) for each in head]
    made.intro = "\n\n".join(each for each in intro if not _NOTHING.fullmatch(each))
    _into_sections(rest, made)
    made.is_told |= bool(made.about)
    made.texts = {name: text.strip("\n") for name, text in made.texts.items()}
    return made


def _is_alone(rest: list[Part]) -> bool:
    """Tell whether the first heading is the only one of its level, and the highest: a title, whatever it says."""
    return rest[0].level == 1 and all(each.level > 1 for each in rest[1:])


def _into_sections(rest: list[Part], made: Sections) -> None:
    lowest = max(_HIGH, min((each.level for each in rest), default=_HIGH))
    open_: list[tuple[int, str]] = []
    above = ""
    for part in rest:
        open_ = [each for each in open_ if each[0] < part.level]
        inside = open_[-1][1] if open_ else ""
        name = _field(part, lowest, inside)
        if (said := _SAID.fullmatch(part.heading)) and part.level <= lowest:
            made.about.setdefault(said[1].casefold(), (said[2], part.line))
            made.add(_UNKNOWN, part.text)
        elif name in _ABOUT and name not in made.about:
            made.about[name] = part.text, part.line
        elif name:
            open_.append((part.level, _UNKNOWN if name in _ABOUT else name))
            label = f"{part.heading}:" if name_of(part.heading) in {*_LABELS, *_ABOUT} else ""
            made.add(open_[-1][1], label, part.text)
            made.is_told = True
        elif inside and inside == above:
            made.go_on(inside, part.written)
        elif inside:
            made.add(inside, part.written)
        else:
            open_.append((part.level, _UNKNOWN))
            made.add(_UNKNOWN, f"{part.heading}:", part.text)
        is_deeper = bool(inside) and not name
        above = open_[-1][1] if open_ and (part.text or is_deeper) else ""
    made.is_told |= not rest


def _field(part: Part, lowest: int, inside: str = "") -> str:
    """Return which field a part holds; deep inside another only what stands below what was decided."""
    name = NAMES.get(name_of(part.heading), "")
    return name if part.level <= lowest or (inside == "why" and name in _BELOW) else ""


def _intro(part: Part, first: int, about: dict[str, tuple[str, int]]) -> str:
    """Return what introduces a decision, and note what is said about it there, line by line or in a table."""
    lines = part.text.split("\n")
    begin = first + part.line - 1
    code, kept = code_lines(lines), []
    for place, line in enumerate(lines):
        keyed = None if place in code else _KEYED.fullmatch(line)
        name = _ABOUT.get(keyed["name"].strip().casefold(), "") if keyed else ""
        if keyed and name:
            about.setdefault(name, (keyed["value"], begin + place))
        else:
            kept.append(line)
    for name, value, place in _in_table(lines):
        about.setdefault(name, (value, begin + place))
    return "\n".join(kept).strip("\n")


def _in_table(lines: list[str]) -> Iterator[tuple[str, str, int]]:
    """Yield what a table says: a row for each, or a column for each."""
    for place, line in enumerate(lines):
        cells = _cells(line)
        names = [_ABOUT.get(name_of(each), "") for each in cells]
        below = lines[place + 1 : place + 3]
        if len(below) > 1 and _BETWEEN.fullmatch(below[0]) and len([each for each in names if each]) > 1:
            yield from ((name, value, place + 2) for name, value in zip(names, _cells(below[1]), strict=False) if name)
        elif cells and names[0] and not any(names[1:]):
            yield names[0], " ".join(cells[1:]), place


def _cells(line: str) -> list[str]:
    told = line.strip()
    return [each.strip() for each in _CELL.split(told.removeprefix("|").removesuffix("|"))] if "|" in told else []
