"""The state of a decision, from what people write of it. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from storage.decisions.decisions import STATES, State

#: How each state is written. What is replaced only in part is still in force.
_WRITTEN: dict[State, str] = {
    "accepted": """accepted, approved, adopted, agreed, decided, ratified, confirmed, implemented, in force, in effect,
        in use, active, done, complete, completed, final, amended, partly superseded, partially superseded,
        superseded in part, superseded partly, superseded partially, partly replaced, partially replaced""",
    "proposed": """proposed, proposal, draft, pending, on hold, deferred, postponed, parked, review, in review,
        under review, in progress, in-progress, work in progress, wip, open, tbd, to be decided, undecided, not decided,
        not yet decided, not yet accepted, not yet approved, in discussion, under discussion, rfc,
        request for comments, under consideration""",
    "rejected": """rejected, declined, refused, abandoned, withdrawn, cancelled, canceled, decided against,
        not accepted, not approved, not adopted""",
    "deprecated": """deprecated, reverted, revoked, rescinded, obsolete, outdated, retired, expired, archived,
        discontinued, no longer valid, no longer in force, no longer in use, no longer accepted""",
    "superseded": "superseded, superceded, replaced",
}
_STATES = {" ".join(each.split()): state for state, written in _WRITTEN.items() for each in written.split(",")}
_WORD = "|".join(sorted(map(re.escape, _STATES), key=len, reverse=True))
#: A state is followed by nothing, by a mark, or by what explains it: "decided against" is no decision for something.
_GOES_ON = r"(?=[ \t]*(?:$|[^\w \t?])|[ \t]+(?:\d|(?:and|as|at|but|by|for|in|on|since|until|with)\b))"
_STATE = re.compile(rf"({_WORD})\b{_GOES_ON}", re.IGNORECASE)
_CLAUSES = re.compile(r"[\n;(,.|]|\bbut\b|\band\b|→|->")
#: In the order in which a decision goes through them.
_COURSE: tuple[State, ...] = ("proposed", "accepted", "rejected", "deprecated", "superseded")
_CHOSEN = re.compile(r"^[ \t]*+[-*+] \[[xX]\] ?(.*)$", re.MULTILINE)
_LEFT_OUT = re.compile(r"~~.*?~~|^[ \t]*+[-*+] \[ \].*$", re.MULTILINE)
#: Each part has an end, so that what begins like one and never ends is soon known.
_LINK = re.compile(r"!?\[([^\]]{0,300})\]\(([^)\s]{0,300}+)[^)]{0,300}+\)")
_MARKS = re.compile(r"[*_`{}<>\[\]\"“”]")
_BEFORE = re.compile(r"^[\W\d]+(?:status\W+)?|^status\W+", re.IGNORECASE)
_JUST_REPLACED = re.compile(r"^[\W\d]*(?:superseded|superceded|replaced)(?: by)?\W*$", re.IGNORECASE)
_NUMBER = r"\b(D-[0-9A-Z]+)\b|\b(?:[A-Z]{1,20}-){0,4}ADR[-_ #]{0,9}(\d{1,5})\b|(?<=\bby )(\d{1,5})(?=\s*$|[.,;)])"
_NAMED = re.compile(rf"{_LINK.pattern}|{_NUMBER}", re.IGNORECASE)
#: How a link to another decision is called: by its number, whatever follows.
_LABEL = re.compile(r"\W*+(?:(?:[A-Z]{1,20}-){0,4}ADR[-_ #]{0,9})?(\d{1,5})\b", re.IGNORECASE)
_REPLACED = re.compile(r"\b(?:superseded|superceded|replaced)\b(.*)", re.IGNORECASE)
_REPLACES = re.compile(r"\b(?:supersedes|supercedes|replaces)\b(.*)", re.IGNORECASE)
_SAME = {*STATES, "approved", "draft", "superceded", "replaced"}
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a state.

    ``by`` and ``instead_of`` are what took its place, and what it took the place of: each a name of a file or a number
    that may fit. ``more`` is all that was said, where that was more than the state's name, and ``word`` the word for
    it, where that is another.
    """

    state: State
    by: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    more: str = ""
    word: str = ""


def without_comments(text: str) -> str:
    """Return a text without what stands between <!-- and -->; what has no end is no comment."""
    kept, at = [], 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin + 4)) >= 0:
        kept.append(text[at:begin])
        at = end + 3
    return "".join([*kept, text[at:]])


def said(text: str) -> Said | str:
    """Read what stands as a status, or say what is wrong with it."""
    told = _LEFT_OUT.sub("", without_comments(text)).strip()
    told = "\n".join(_CHOSEN.findall(told)) or told
    plain = _plain(told)
    first = _STATE.match(plain)
    if first is None:
        return f"status: {quoted(plain or text)} isn't a state that I know; write {', '.join(STATES)}"
    found = {_state(first[1]), *_later(plain[first.end() :])}
    if {"accepted", "rejected"} <= found:
        return f"status: {quoted(plain)} says both accepted and rejected; leave one"
    state = max(found, key=_COURSE.index)
    replaced, replaces = _REPLACED.search(told), _REPLACES.search(told)
    return Said(
        state,
        named(replaced[1]) if state == "superseded" and replaced else (),
        named(replaces[1]) if replaces else (),
        "" if plain.casefold() in _SAME or _JUST_REPLACED.match(_NAMED.sub("", told, count=1)) else told,
        "" if first[1].casefold() in _SAME else first[1],
    )


def _later(text: str) -> Iterator[State]:
    """Yield the states with which further clauses begin; words of somebody who explains have none there."""
    for clause in _CLAUSES.split(text):
        if found := _STATE.match(_BEFORE.sub("", clause)):
            yield _state(found[1])


def _state(word: str) -> State:
    return _STATES[" ".join(word.casefold().split())]


def _plain(text: str) -> str:
    """Return a status without links, signs and marks around its words."""
    return _BEFORE.sub("", _MARKS.sub("", _LINK.sub(r"\1", text))).strip()


def quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= _SHOWN else f'{line[:_SHOWN]}…'}”"


def named(text: str) -> tuple[str, ...]:
    """Return how the first file or number is called that a text names: without its folder, its ending and its zeros."""
    first = _NAMED.search(text)
    if first is None:
        return ()
    label, target, ours, *numbers = first.groups()
    if target is None:
        return (ours.upper() if ours else str(int("".join(filter(None, numbers)))),)
    file, called = PurePosixPath(target.partition("#")[0]), _LABEL.match(label)
    is_file = file.suffix.casefold() in (".md", ".mdx", ".markdown")
    return (*((file.stem.casefold(),) if is_file else ()), *((str(int(called[1])),) if called else ()))
