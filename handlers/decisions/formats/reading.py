"""Decisions from Markdown: files of our own, and MADR or Nygard files that others wrote.

MADR: https://adr.github.io/madr/. Nygard: https://www.cognitect.com/blog/2011/11/15/documenting-architecture-decisions
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from handlers.checks import plain_yaml
from handlers.decisions.formats.writing import KEPT, PEOPLE, SECTIONS, as_written, chosen
from storage.decisions.decisions import ATTRIBUTES

_THEIRS = {
    **{name.casefold(): what for name, what in SECTIONS.items()},
    "context": "context", "decision": "why", "decision drivers": "drivers", "options": "options", "status": "status",
    "confirmation": "expected", "links": "links", "quote": "source_text", "amendments": "amendments",
    "pros and cons of the options": "options", "positive consequences": "consequences",
    "negative consequences": "consequences", "more information": "links",
}  # fmt: skip
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


_FRONT = YAMLHandler(re.compile(r"^---[ \t]*$", re.MULTILINE))


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read: fields of a decision; components and other decisions are still named, not linked."""

    file: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


def read(file: str, text: str) -> Read:
    """Read a MADR file, ours or another's, or one in Nygard's form."""
    front, body = _split(text.replace("\r\n", "\n"))
    body = as_written(body)
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


def _why(title: str, outcome: str) -> str:
    """Return the reason from an outcome of ours; another's is kept as it is."""
    told = chosen(title)
    if not outcome.startswith(told):
        return outcome
    return outcome.removeprefix(told).removeprefix(", because\n\n") if outcome != f"{told}." else ""


def _items(text: str) -> tuple[str, ...]:
    """Return the items of a list, each with its further lines."""
    items = re.split(r"^\* ", text, flags=re.MULTILINE)
    return tuple(item.rstrip("\n").replace("\n  ", "\n") for item in items if item.strip())


def _bullets(body: str) -> dict[str, str]:
    """Read the list below the title in which MADR 2 has what later stands in front matter."""
    return {match[1].casefold(): match[2] for line in body.split("\n") if (match := _BULLET.match(line.strip()))}


def _from_front(front: Mapping[str, Any]) -> tuple[dict[str, Any] | str, str]:
    """Return the fields, or what is wrong with them; and what has no field, such as names without a member id."""
    told: dict[str, Any] = {name: front[name] for name in KEPT if name in front}
    told |= {name: _ids(front.get(name)) for name in PEOPLE}
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
    listed = [front.get(name) for name in ("decision-makers", "created_by", *PEOPLE)]
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
        return f"status: {first!r} isn't one of {', '.join(_STATES)}"
    by = re.search(r"\bD-[0-9A-Za-z]+|\b\d+\b", status) if state == "superseded" else None
    return {"state": state, **({"superseded_by": by[0]} if by else {})}


def _split(text: str) -> tuple[dict[str, Any] | str, str]:
    """Return the front matter, or what is wrong with it, and the rest."""
    if not _FRONT.detect(text):
        return {}, text
    try:
        front, body = _FRONT.split(text)
        told = plain_yaml.read(front, _AsText)
    except yaml.YAMLError as error:
        return f"the front matter isn't YAML: {' '.join(str(error).split())}", ""
    except ValueError:
        return "the front matter has no end", ""
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


def _unguarded(text: str) -> str:
    return "\n".join(line[1:] if re.match(r"\\+#{1,3} ", line) else line for line in text.split("\n"))


def _unquoted(text: str) -> str:
    return "\n".join(line.removeprefix(">").removeprefix(" ") for line in text.split("\n"))


_TEXTS: dict[str, Callable[[str], str]] = {"source_text": _unquoted}
