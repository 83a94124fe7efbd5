"""Decisions from Markdown: files of our own, and what others wrote in MADR's or Nygard's form, or near it.

MADR: https://adr.github.io/madr/. Nygard: https://www.cognitect.com/blog/2011/11/15/documenting-architecture-decisions
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from handlers.checks.csv_files import FormatError
from handlers.decisions.formats import front as front_matter
from handlers.decisions.formats.days import dated, day_of
from handlers.decisions.formats.front import MEMBERS, People, as_text
from handlers.decisions.formats.markdown import fenced, name_of, unguarded
from handlers.decisions.formats.sections import Sections, taken_apart
from handlers.decisions.formats.states import Said, quoted, said, without_comments
from handlers.decisions.formats.writing import KEPT, PEOPLE, as_written, chosen, has_loose_marks
from storage.decisions.decisions import ATTRIBUTES

_NUMBER = re.compile(r"D-(?:[1-9][0-9]*|[BCDFGHJKLMNPQRSTVWXZ]{5})")
#: A number that others put before a title.
_NUMBERED = re.compile(
    r"\A(?:[A-Z-]*ADR[-_ #]*\d+\s*[.:)–—-]*|(?:ADR|Architecture Decision Record):|\d+\s*[.:)]|\d+ +[–—-])\s+",
    re.IGNORECASE,
)
_WORDS_IN_NAME = re.compile(r"\d[\d_-]*[-_](?P<words>[a-z].*[-_].*)", re.IGNORECASE)
_DATED = re.compile(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)[-_]")
_IN_BRACES = re.compile(r"[\[{<].*[\]}>]")
#: How the site is built that shows the files; it says nothing of the decision.
_LAYOUT = """nav_order parent grand_parent layout slug permalink has_children has_toc sidebar_label sidebar_position
    hide_title id"""
_READ = """decision-makers deciders decision_makers number component senses created_by opinions status state date
    reported-by"""
LAYOUT = _LAYOUT.split()
_OURS = {*KEPT, *PEOPLE, *_READ.split(), MEMBERS}
_TITLE = 200
_MIDNIGHT = "T00:00:00.000000+00:00"


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read: fields of a decision; components and other decisions are still named, not linked.

    ``by`` and ``instead_of`` are what took its place and what it took the place of, by the names that may fit: a
    file's name, or a number. ``notes`` say what was taken for granted, or not kept.
    """

    file: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    by: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _File:
    """A file on its way: what is said of it in front matter and text, and what has no field of its own."""

    name: str
    front: dict[str, Any]
    made: Sections
    head: list[str]
    more: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_ours(self) -> bool:
        return bool(self.front.get("number"))

    def about(self, *names: str) -> tuple[str, str]:
        """Return what is said of something, in front matter or text, and where, as the beginning of a sentence."""
        for name in names:
            if told := as_text(self.front.get(name)):
                found = (at for at, line in enumerate(self.head, 1) if line.startswith(f"{name}:"))
                return told, f"line {next(found, 1)}: "
        told, at = self.made.about.get(names[0], ("", 0))
        return told, f"line {at}: "


def read(file: str, text: str) -> Read:
    """Read a MADR file, ours or another's, or one in Nygard's form."""
    try:
        told = text.replace("\r\n", "\n").replace("\r", "\n")
        front, body = front_matter.split(told)
        head = told[: len(told) - len(body)].split("\n")
        return _read(_File(file, front, taken_apart(body, len(head)), head))
    except FormatError as error:
        return Read(file, error=str(error))


def _read(file: _File) -> Read:
    title = _title(file)
    state = _state(file)
    fields = {**_kept(file), **_who(file), "title": title[:_TITLE], "state": state.state}
    fields["created_at"] = fields.get("created_at") or _date(file)
    if not fields["created_at"]:
        file.notes.append("no date, dated today")
    if state.more and state.state in ("rejected", "deprecated"):
        fields["reason"] = fields.get("reason") or state.more
    elif state.more:
        file.more.append(f"Status: {state.more}")
    if not file.is_ours:
        fields["origin"] = fields.get("origin") or file.name
        _keep_the_rest(file, title)
    fields |= _texts(file, title)
    return Read(file.name, fields, "", state.by, state.instead_of, tuple(file.notes))


def _title(file: _File) -> str:
    """Return what was decided: the first heading, else what front matter or the file's name calls it."""
    heading = as_written(file.made.title)
    if file.is_ours and heading:
        return heading
    title = _NUMBERED.sub("", heading or as_text(file.front.get("title")).strip(), count=1) or heading
    words = _WORDS_IN_NAME.fullmatch(PurePosixPath(file.name).stem)
    if (not title or _IN_BRACES.fullmatch(title)) and words:
        title = re.sub(r"[-_]+", " ", words["words"]).capitalize()
        file.notes.append("no title, taken from the file's name")
    if not title:
        raise FormatError("there is no heading with what was decided")
    if _IN_BRACES.fullmatch(title):
        raise FormatError(f"{quoted(title)} is the title of a template")
    if not file.made.is_told and not file.front.get("status"):
        raise FormatError("it has neither a status nor a heading that decisions have, such as Context or Decision")
    return title


def _state(file: _File) -> Said:
    status, where = file.about("status", "state")
    if not without_comments(status).strip():
        file.notes.append("no status, taken as accepted")
        return Said("accepted")
    told = said(status)
    if isinstance(told, str):
        raise FormatError(f"{where}{told}")
    if told.word:
        file.notes.append(f"{quoted(told.word.casefold())} taken as {told.state}")
    return told


def _date(file: _File) -> str:
    """Return when a decision was made, as a moment; empty where nothing says so."""
    date, where = file.about("date")
    dated = _DATED.match(PurePosixPath(file.name).name)
    if not without_comments(date).strip():
        told = day_of("-".join(dated.groups())) if dated else ""
        return "" if isinstance(told, str) else f"{told[0]}{_MIDNIGHT}"
    told = day_of(date)
    if isinstance(told, str):
        raise FormatError(f"{where}date: {told}")
    if told[1]:
        file.more.append(f"Date: {date}")
    return f"{told[0]}{_MIDNIGHT}"


def _kept(file: _File) -> dict[str, Any]:
    """Return the fields for which only our own files have a place. Raises FormatError."""
    front = file.front
    told: dict[str, Any] = {name: front[name] for name in KEPT if name in front}
    told |= {"number": str(front.get("number") or "").upper(), "component": as_text(front.get("component"))}
    for name in ("senses", "opinions"):
        listed = front.get(name) or []
        if not isinstance(listed, list):
            raise FormatError(f"{name}: this should be a list")
        told[name] = tuple(str(each) for each in listed) if name == "senses" else tuple(listed)
    if told["number"] and not _NUMBER.fullmatch(told["number"]):
        raise FormatError(f"number: {told['number']!r} is none such as D-12")
    return {**told, **dated(told)}


def _who(file: _File) -> dict[str, Any]:
    """Return the members that a file names, and keep the names of those of whom nobody knows which member they are."""
    front, people = file.front, People(file.front)
    listed = {name: front.get(name) or file.about(name)[0] for name in ("consulted", "informed")}
    makers = front.get("decision-makers") or file.about("decision-makers", "deciders", "decision_makers")[0]
    for label, each in {
        "Decision makers": makers,
        **{name.capitalize(): told for name, told in listed.items()},
    }.items():
        if others := people.others(each):
            file.more.append(f"{label}: {others}")
    members = {name: people.members(listed.get(name) or front.get(name)) for name in PEOPLE}
    decider, by = ("".join(people.members(each)[:1]) for each in (makers, front.get("created_by")))
    return {**members, "decider": decider, "created_by": by, "names": people.names}


def _keep_the_rest(file: _File, title: str) -> None:
    """Keep, as text, what has no field of its own."""
    if len(title) > _TITLE:
        file.notes.append(f"title cut to {_TITLE} characters, with all of it under More Information")
        file.more.append(f"Title: {title}")
    if layout := [name for name in file.front if name in LAYOUT]:
        file.notes.append(f"not kept, since it is the layout of a site: {', '.join(layout)}")
    for name, value in file.front.items():
        told = as_text(value).strip()
        is_title = name == "title" and name_of(told) in ("", name_of(title), name_of(_NUMBERED.sub("", told)))
        if told and name not in _OURS and name not in LAYOUT and not is_title:
            file.more.append(f"{name[:1].upper()}{name[1:]}: {told}")


def _texts(file: _File, title: str) -> dict[str, Any]:
    """Return the sections as fields; what introduces them, and drivers of other names, stand with the context."""
    is_guarded = {name: file.is_ours and name != "amendments" for name in file.made.texts}
    texts = {name: _words(text, is_guarded=is_guarded[name]) for name, text in file.made.texts.items()}
    drivers = texts.pop("drivers", "")
    named = [line.lstrip("*- ").strip().casefold() for line in drivers.split("\n") if line.strip()]
    attributes = tuple(each for each in named if each in ATTRIBUTES)
    about = [_words(file.made.intro), texts.pop("context", "")]
    about += [f"Decision drivers:\n\n{drivers}"] if len(attributes) < len(named) else []
    told: dict[str, Any] = {**texts, "context": _joined(about), "attributes": tuple(dict.fromkeys(attributes))}
    told["why"] = _why(title, texts.get("why", ""))
    told["links"] = _joined([texts.get("links", ""), *file.more])
    told["amendments"] = _items(texts.get("amendments", ""))
    told["source_text"] = "\n".join(
        line.removeprefix(">").removeprefix(" ") for line in texts.get("source_text", "").split("\n")
    )
    return told


def _words(text: str, *, is_guarded: bool = False) -> str:
    """Return the words that a text shows; in blocks of code they stand as they are."""
    code, told = fenced(text), unguarded(text) if is_guarded else text
    is_loose = has_loose_marks(told)
    lines = enumerate(told.split("\n"))
    return "\n".join(line if at in code else as_written(line, is_loose=is_loose) for at, line in lines)


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(each for each in texts if each)


def _why(title: str, outcome: str) -> str:
    """Return the reason from an outcome of ours; another's is kept as it is."""
    told = chosen(title)
    if not outcome.startswith(told):
        return outcome
    return re.sub(r"\A(?:, because(?:\n\n| )|\.\n\n|\.\Z)", "", outcome.removeprefix(told))


def _items(text: str) -> tuple[str, ...]:
    """Return the items of a list, each with its further lines."""
    items = re.split(r"^\* ", text, flags=re.MULTILINE)
    return tuple(item.rstrip("\n").replace("\n  ", "\n") for item in items if item.strip())
