"""Decisions as Markdown: MADR 4.0 files of our own, complete; and MADR or Nygard files that others wrote.

MADR: https://adr.github.io/madr/. Nygard: https://www.cognitect.com/blog/2011/11/15/documenting-architecture-decisions
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from storage.decisions.decisions import ATTRIBUTES, Decision
from storage.decisions.votes import Opinion

Names = Mapping[str, str]
#: Which section holds which text; in this order in our own files.
_SECTIONS = {
    "Context and Problem Statement": "context", "Considered Options": "options", "Decision Outcome": "why",
    "Consequences": "consequences", "Confirmation": "expected", "Assumptions": "assumptions",
    "What happened": "outcome", "More Information": "links",
}  # fmt: skip
_THEIRS = {
    **{name.casefold(): what for name, what in _SECTIONS.items()},
    "context": "context", "decision": "why", "decision drivers": "drivers", "options": "options", "status": "status",
    "confirmation": "expected", "links": "links", "quote": "source_text", "amendments": "amendments",
    "pros and cons of the options": "options", "positive consequences": "consequences",
    "negative consequences": "consequences", "more information": "links",
}  # fmt: skip
_HEADING_END = re.compile(r" #+$")
_DEEPER = ("Consequences", "Confirmation")
_KEPT = (
    "reversible", "review_on", "review_when", "expected_by", "metric", "threshold", "source_author", "source_link",
    "deadline", "silence_is_consent", "needs_data", "place", "thread_ts", "created_at", "decided_at", "reason",
    "supersedes", "superseded_by", "visibility", "origin",
)  # fmt: skip
_PEOPLE = ("consulted", "informed", "asked")
_PERSON = re.compile(r"^(?P<name>.*?)\s*\((?P<id>[UW][A-Z0-9]+)\)$")
_HEADING = re.compile(r"^(#{1,3}) +(.+?)(?: +#+)?$")
_BULLET = re.compile(r"^[*-] *(status|date|deciders|decision-makers) *: *(.+)$", re.IGNORECASE)
_NUMBER = re.compile(r"D-(?:[1-9][0-9]*|[BCDFGHJKLMNPQRSTVWXZ]{5})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?")
_DAYS = ("review_on", "expected_by", "deadline", "created_at", "decided_at")
_UNKNOWN = "~"
_NUMBERED = re.compile(r"^(?:ADR[- ]?)?\d+[.:)]?\s+")
_DATE = re.compile(r"^Date:\s*(\d{4}-\d{2}-\d{2})", re.MULTILINE | re.IGNORECASE)
_STATES = {
    "proposed": "proposed", "accepted": "accepted", "rejected": "rejected", "deprecated": "deprecated",
    "superseded": "superseded", "draft": "proposed", "approved": "accepted",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linked:
    """What a decision's file needs of others: numbers by decision id, the component's name, and names of people.

    ``opinions`` are those on each decision, by its id.
    """

    numbers: Mapping[str, str]
    parts: Mapping[str, str]
    names: Names
    opinions: Mapping[str, Sequence[Opinion]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read: fields of a decision; components and other decisions are still named, not linked."""

    file: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


def file_name(decision: Decision) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", decision.title.casefold()).strip("-")[:60].strip("-")
    return f"{decision.number.casefold()}-{slug or 'decision'}.md"


def write(decision: Decision, linked: Linked) -> str:
    """Return a decision as one MADR file."""
    lines = [
        "---",
        yaml.safe_dump(_front(decision, linked), sort_keys=False, allow_unicode=True, width=1000).rstrip("\n"),
    ]
    lines += ["---", "", f"# {decision.title}{' #' if _HEADING_END.search(decision.title) else ''}"]
    drivers = [f"* {each}" for each in decision.attributes]
    for heading, name in _SECTIONS.items():
        if heading == "Considered Options" and drivers:
            lines += ["", "## Decision Drivers", "", *drivers]
        text = _outcome(decision) if name == "why" else getattr(decision, name)
        if text:
            lines += ["", f"{'###' if heading in _DEEPER else '##'} {heading}", "", _guarded(text)]
    if decision.amendments:
        lines += ["", "## Amendments", "", *(_as_item(each) for each in decision.amendments)]
    if decision.source_text:
        lines += ["", "## Quote", "", *(f"> {line}".rstrip() for line in decision.source_text.split("\n"))]
    return "\n".join(lines) + "\n"


def _chosen(title: str) -> str:
    return f'Chosen option: "{title}"'


def _outcome(decision: Decision) -> str:
    """Return what was decided and why, in MADR's own words."""
    told = _chosen(decision.title)
    return f"{told}, because\n\n{decision.why}" if decision.why else f"{told}."


def _why(title: str, outcome: str) -> str:
    """Return the reason from an outcome of ours; another's is kept as it is."""
    told = _chosen(title)
    if not outcome.startswith(told):
        return outcome
    return outcome.removeprefix(told).removeprefix(", because\n\n") if outcome != f"{told}." else ""


def _as_item(text: str) -> str:
    """Return a text of several lines as one item of a list."""
    return "* " + text.replace("\n", "\n  ")


def _items(text: str) -> tuple[str, ...]:
    """Return the items of a list, each with its further lines."""
    items = re.split(r"^\* ", text, flags=re.MULTILINE)
    return tuple(item.rstrip("\n").replace("\n  ", "\n") for item in items if item.strip())


def by_number(decision: Decision) -> tuple[int, str]:
    return len(decision.number), decision.number


def index(every: Iterable[Decision]) -> str:
    """Return the list of all decisions, each with a link to its file."""
    lines = ["# Decisions", "", "| Number | Decision | State | Date |", "| --- | --- | --- | --- |"]
    for each in sorted(every, key=by_number):
        day, title = (each.decided_at or each.created_at)[:10], each.title.replace("|", "\\|")
        lines.append(f"| [{each.number}]({file_name(each)}) | {title} | {each.state} | {day} |")
    return "\n".join(lines) + "\n"


def read(file: str, text: str) -> Read:
    """Read a MADR file, ours or another's, or one in Nygard's form."""
    front, body = _split(text.replace("\r\n", "\n"))
    if isinstance(front, str):
        return Read(file, error=front)
    title, sections = _sections(body)
    if not title:
        return Read(file, error="there is no heading with what was decided")
    front = {**_bullets(body), **front}
    told, dropped = _from_front(front)
    if isinstance(told, str):
        return Read(file, error=told)
    if not told.get("number"):
        title = _NUMBERED.sub("", title)
        told.setdefault("origin", file)
    state = _state(str(front.get("status") or sections.pop("status", "") or "accepted"))
    sections.pop("status", "")
    if isinstance(state, str):
        return Read(file, error=state)
    if day := (str(front.get("date") or "") or ("".join(_DATE.findall(body)[:1]))):
        told.setdefault("created_at", f"{day[:10]}T00:00:00.000000+00:00")
    if "why" in sections:
        sections["why"] = _why(title, sections["why"])
    drivers = [line.lstrip("*- ").strip().casefold() for line in sections.pop("drivers", "").split("\n")]
    told["attributes"] = tuple(each for each in drivers if each in ATTRIBUTES)
    told["amendments"] = _items(sections.pop("amendments", ""))
    links = "\n\n".join(each for each in (sections.pop("links", ""), sections.pop(_UNKNOWN, ""), dropped) if each)
    return Read(file, {**told, **sections, **({"links": links} if links else {}), "title": title[:200], **state})


def _bullets(body: str) -> dict[str, str]:
    """Read the list below the title in which MADR 2 has what later stands in front matter."""
    return {match[1].casefold(): match[2] for line in body.split("\n") if (match := _BULLET.match(line.strip()))}


def _front(decision: Decision, linked: Linked) -> dict[str, Any]:
    """Return the front matter: MADR's own fields first, then what MADR has no place for, as far as there is any."""

    def people(listed: Sequence[str]) -> list[str]:
        return [f"{linked.names[each]} ({each})" if each in linked.names else f"({each})" for each in listed]

    told: dict[str, Any] = {
        "status": decision.state, "date": (decision.decided_at or decision.created_at)[:10],
        "decision-makers": people([decision.decider] if decision.decider else []),
        **{name: people(getattr(decision, name)) for name in _PEOPLE},
        "number": decision.number, "component": linked.parts.get(decision.component_id, ""),
        "senses": list(decision.senses), "created_by": people([decision.created_by] if decision.created_by else []),
    }  # fmt: skip
    for name in _KEPT:
        value = getattr(decision, name)
        told[name] = linked.numbers.get(value, "") if name in ("supersedes", "superseded_by") else value
    told["opinions"] = [each.model_dump() for each in linked.opinions.get(decision.id, ())]
    if not told["component"]:
        told["component"] = decision.component_name
    needed = ("status", "date", "decision-makers")
    return {name: value for name, value in told.items() if name in needed or value not in ("", [], False, "workspace")}


def _from_front(front: Mapping[str, Any]) -> tuple[dict[str, Any] | str, str]:
    """Return the fields, or what is wrong with them; and what has no field, such as names without a member id."""
    told: dict[str, Any] = {name: front[name] for name in _KEPT if name in front}
    told |= {name: _ids(front.get(name)) for name in _PEOPLE}
    makers = front.get("decision-makers") or front.get("deciders")
    told |= {"decider": "".join(_ids(makers)[:1]), "number": str(front.get("number") or "").upper()}
    told |= {"created_by": "".join(_ids(front.get("created_by"))[:1]), "component": str(front.get("component") or "")}
    told["names"] = {match["id"]: match["name"] for each in _everybody(front) if (match := _PERSON.match(each))}
    for name in ("senses", "opinions"):
        listed = front.get(name) or []
        if not isinstance(listed, list):
            return f"{name}: this should be a list", ""
        told[name] = tuple(str(each) for each in listed) if name == "senses" else tuple(listed)
    if told["number"] and not _NUMBER.fullmatch(told["number"]):
        return f"number: {told['number']!r} is none such as D-12", ""
    if wrong := [name for name in _DAYS if told.get(name) and not _DAY.fullmatch(str(told[name]))]:
        return f"{wrong[0]}: write a day such as 2026-12-24", ""
    unnamed = makers if isinstance(makers, str) else ", ".join(str(each) for each in makers or ())
    return told, f"Decision makers: {unnamed}" if unnamed and not told["decider"] else ""


def _everybody(front: Mapping[str, Any]) -> list[str]:
    listed = [front.get(name) for name in ("decision-makers", "created_by", *_PEOPLE)]
    return [str(each) for people in listed if isinstance(people, list) for each in people]


def _ids(value: object) -> tuple[str, ...]:
    """Return the people who can be told apart: those whose member id stands behind the name."""
    listed = value if isinstance(value, list) else str(value or "").split(",")
    return tuple(match["id"] for each in listed if (match := _PERSON.match(str(each).strip())))


def _state(status: str) -> dict[str, str] | str:
    """Read a status such as "accepted" or "Superseded by [ADR 12](0012-x.md)", or say that it is none."""
    first = status.strip().split("\n")[0].strip("*_ ").partition(" ")[0].casefold().strip(".,:*_")
    state = _STATES.get(first, "")
    if not state:
        return f"status: {first!r} is none of {', '.join(_STATES)}"
    by = re.search(r"\bD-[0-9A-Za-z]+|\b\d+\b", status) if state == "superseded" else None
    return {"state": state, **({"superseded_by": by[0]} if by else {})}


def _split(text: str) -> tuple[dict[str, Any] | str, str]:
    """Return the front matter, or what is wrong with it, and the rest."""
    if not text.startswith("---\n"):
        return {}, text
    front, is_closed, body = text[4:].partition("\n---\n")
    if not is_closed:
        return "the front matter has no end", ""
    try:
        told = yaml.load(front, _AsText)  # noqa: S506 - a safe loader that leaves dates as they are written
    except yaml.YAMLError as error:
        return f"the front matter is no YAML: {' '.join(str(error).split())}", ""
    return (told, body) if isinstance(told, dict) else ("the front matter has no fields", "")


class _AsText(yaml.SafeLoader):
    """Leaves dates as text."""


_AsText.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _sections(body: str) -> tuple[str, dict[str, str]]:
    """Return the title, and the text of each section; what has no field of its own comes under its heading."""
    title, name = "", ""
    found: dict[str, list[str]] = {}
    for line in body.split("\n"):
        match = _HEADING.match(line)
        if match and match[1] == "#" and not title:
            title, name = match[2], ""
        elif match and match[1] != "#":
            name = _THEIRS.get(match[2].casefold(), _UNKNOWN)
            is_again = name in found
            if name == _UNKNOWN or is_again:
                found.setdefault(name, []).extend(["", f"{match[2]}:"] if name == _UNKNOWN else [""])
        elif name:
            found.setdefault(name, []).append(line)
    return title, {name: _TEXTS.get(name, _unguarded)("\n".join(lines).strip("\n")) for name, lines in found.items()}


def _guarded(text: str) -> str:
    """Let no line of people's words be taken for a heading."""
    return "\n".join(f"\\{line}" if re.match(r"\\*#{1,3} ", line) else line for line in text.split("\n"))


def _unguarded(text: str) -> str:
    return "\n".join(line[1:] if re.match(r"\\+#{1,3} ", line) else line for line in text.split("\n"))


def _unquoted(text: str) -> str:
    return "\n".join(line.removeprefix(">").removeprefix(" ") for line in text.split("\n"))


_TEXTS: dict[str, Callable[[str], str]] = {"source_text": _unquoted}
