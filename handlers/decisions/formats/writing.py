"""Decisions as MADR 4.0 files, complete: https://adr.github.io/madr/."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from handlers.decisions.formats.front import MEMBERS, labels
from handlers.decisions.formats.markdown import code_lines, escaped, fenced, guarded
from handlers.decisions.formats.sections import NAMES
from storage.decisions.decisions import Decision
from storage.decisions.votes import Opinion

#: Which section holds which text; in this order in our own files.
SECTIONS = {
    "Context and Problem Statement": "context", "Considered Options": "options", "Decision Outcome": "why",
    "Consequences": "consequences", "Confirmation": "expected", "Assumptions": "assumptions",
    "What happened": "outcome", "More Information": "links",
}  # fmt: skip
_HEADING_END = re.compile(r" #+$")
#: Code within a line, in which there is no HTML; and where HTML begins elsewhere, as a tag or a character by its name.
_CODE = r"(?<![\\`])(?P<marks>`+)(?!`)[^\n]*?(?<!`)(?P=marks)(?!`)"
_BEGINS, _IN_CODE = r"<(?=[A-Za-z/!?])|&(?=#?\w+;)", re.compile(_CODE)
_BARE_HTML, _HTML = re.compile(_BEGINS), re.compile(rf"{_CODE}|{_BEGINS}")
_BARE_SHOWN, _SHOWN = re.compile("&lt;|&amp;"), re.compile(rf"{_CODE}|&lt;|&amp;")
_ESCAPES = {"<": "&lt;", "&": "&amp;"}
_DEEPER = ("Consequences", "Confirmation")
#: What MADR has no field for.
KEPT = (
    "reversible", "review_on", "review_when", "expected_by", "metric", "threshold", "source_author", "source_link",
    "deadline", "silence_is_consent", "needs_data", "place", "thread_ts", "created_at", "decided_at", "reason",
    "supersedes", "superseded_by", "adds_to", "visibility", "origin",
)  # fmt: skip
PEOPLE = ("consulted", "informed", "asked")
#: Other decisions that a file names by their numbers.
LINKS = ("supersedes", "superseded_by", "adds_to")


@dataclass(frozen=True, slots=True)
class Linked:
    """What a decision's file needs of others: numbers by decision id, the component's name, and names of people.

    ``opinions`` are those on each decision, by its id.
    """

    numbers: Mapping[str, str]
    parts: Mapping[str, str]
    names: Mapping[str, str]
    opinions: Mapping[str, Sequence[Opinion]] = field(default_factory=dict)


def file_name(decision: Decision) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", decision.title.casefold()).strip("-")[:60].strip("-")
    return f"{decision.number.casefold()}-{slug or 'decision'}.md"


def write(decision: Decision, linked: Linked) -> str:
    """Return a decision as one MADR file."""
    lines = [f"# {_as_shown(decision.title)}{' #' if _HEADING_END.search(decision.title) else ''}"]
    drivers = [f"* {each}" for each in decision.attributes]
    for heading, name in SECTIONS.items():
        if heading == "Considered Options" and drivers:
            lines += ["", "## Decision Drivers", "", *drivers]
        text = _outcome(decision) if name == "why" else getattr(decision, name)
        if text:
            marks = "###" if heading in _DEEPER else "##"
            lines += ["", f"{marks} {heading}", "", _words(text, len(marks))]
    if decision.amendments:
        lines += ["", "## Amendments", "", _as_shown("\n".join(map(_as_item, decision.amendments)))]
    if decision.source_text:
        lines += [
            "",
            "## Quote",
            "",
            *(f"> {line}".rstrip(" ") for line in _as_shown(decision.source_text).split("\n")),
        ]
    front = yaml.dump(_front(decision, linked), Dumper=yaml.SafeDumper, sort_keys=False, width=1000, allow_unicode=True)
    return "\n".join(["---", f"{front}---", "", *lines, ""])


def _words(text: str, level: int) -> str:
    """Return words as they stand below a heading of a level; in blocks of code nothing needs to be shown."""
    shown = _as_shown(text)
    told = guarded(shown, level, NAMES)
    lines, code = told.split("\n"), fenced(told)
    for place, (written, plain) in enumerate(zip(text.split("\n"), shown.split("\n"), strict=True)):
        if place in code:
            lines[place] = written if lines[place] == plain else escaped(written)
    return "\n".join(lines)


def _as_shown(text: str) -> str:
    """Return words so that no reader of Markdown takes them for HTML; what is none stays as it is."""
    begins = _BARE_HTML if has_loose_marks(text) else _HTML
    return begins.sub(lambda match: _ESCAPES.get(match[0], match[0]), text)


def has_loose_marks(text: str) -> bool:
    """Tell whether code in a line may go on in the next, so that it isn't known what is code in the text."""
    lines = text.split("\n")
    return any("`" in _IN_CODE.sub("", lines[at]) for at in set(range(len(lines))) - code_lines(lines))


def as_written(text: str, *, is_loose: bool | None = None) -> str:
    """Return the words of which ``write`` has made text that is no HTML."""
    meant = {shown: each for each, shown in _ESCAPES.items()}
    ends = _BARE_SHOWN if (has_loose_marks(text) if is_loose is None else is_loose) else _SHOWN
    return ends.sub(lambda match: meant.get(match[0], match[0]), text)


def chosen(title: str) -> str:
    return f'Chosen option: "{title}"'


def _outcome(decision: Decision) -> str:
    """Return what was decided and why, in MADR's own words."""
    told, why = chosen(decision.title), decision.why
    if why[:1].islower():
        return f"{told}, because {why}"
    return f"{told}.\n\n{why}" if why else f"{told}."


def _as_item(text: str) -> str:
    """Return a text of several lines as one item of a list."""
    return "* " + text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\n  ")


def _front(decision: Decision, linked: Linked) -> dict[str, Any]:
    """Return the front matter: MADR's own fields first, then what MADR has no place for, as far as there is any."""
    everybody = [decision.decider, *decision.consulted, *decision.informed, *decision.asked, decision.created_by]
    called = labels([each for each in dict.fromkeys(everybody) if each], linked.names)

    def people(listed: Sequence[str]) -> list[str]:
        return [called[each] for each in listed]

    told: dict[str, Any] = {
        "status": decision.state, "date": (decision.decided_at or decision.created_at)[:10],
        "decision-makers": people([decision.decider] if decision.decider else []),
        **{name: people(getattr(decision, name)) for name in PEOPLE},
        "number": decision.number, "component": linked.parts.get(decision.component_id, ""),
        "senses": list(decision.senses), "created_by": people([decision.created_by] if decision.created_by else []),
    }  # fmt: skip
    for name in KEPT:
        value = getattr(decision, name)
        told[name] = linked.numbers.get(value, "") if name in LINKS else value
    told["reported-by"] = list(told["created_by"]) if decision.is_reported else []
    told[MEMBERS] = {label: each for each, label in called.items() if f"({each})" not in label}
    told["opinions"] = [each.model_dump() for each in linked.opinions.get(decision.id, ())]
    if not told["component"]:
        told["component"] = decision.component_name
    needed = ("status", "date", "decision-makers")
    return {
        name: value for name, value in told.items() if name in needed or value not in ("", [], {}, False, "workspace")
    }


def by_number(decision: Decision) -> tuple[int, str]:
    return len(decision.number), decision.number


def index(every: Iterable[Decision]) -> str:
    """Return the list of all decisions, each with a link to its file."""
    lines = ["# Decisions", "", "| Number | Decision | State | Date |", "| --- | --- | --- | --- |"]
    for each in sorted(every, key=by_number):
        day, title = (each.decided_at or each.created_at)[:10], _as_shown(each.title).replace("|", "\\|")
        state = f"{each.state}, reported by another" if each.is_reported else each.state
        lines.append(f"| [{each.number}]({file_name(each)}) | {title} | {state} | {day} |")
    return "\n".join(lines) + "\n"
