"""Markdown as a tree of headings, and people's words in it, so that no line of theirs is one of those headings."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: Lines are told apart, and what stands in them is left as it is.
_MARKDOWN = MarkdownIt("commonmark").disable("inline")
_COMMENT = re.compile(r"\s*<!--(?:(?!-->).)*-->\s*", re.DOTALL)
_FENCE = re.compile(r"(?P<marks>`{3,}(?=[^`]*$)|~{3,})")
#: What makes a line a heading, underlines the one above, or begins a block of code.
_MARK = r"#{1,6}(?=[ \t]|$)|=+[ \t]*$|-+[ \t]*$|`{3,}|~{3,}"
_MARKED = re.compile(rf" {{0,3}}(?:{_MARK})")
_ESCAPED = re.compile(rf"^( *)\\(\\*(?:{_MARK}))")
_RULE = re.compile(r" {0,3}(?:-+[ \t]*$|=+[ \t]*$)")
_MARKS = re.compile(r"[*_`~]|<!--.*?-->|\(optional\)", re.IGNORECASE)
_AROUND = re.compile(r"^(?:\d+[.)]\s*)?[^\w]*|[^\w)]*$")
_LOWEST = 6
#: No name is nearly so long.
_LONGEST_NAME = 500
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of some level, 0 for what stands before the first, with the text below; ``written`` is all of it.

    ``line`` is where the text begins, counted from 1; comments, which nobody sees, are left out of it.
    """

    level: int
    heading: str
    written: str
    text: str
    line: int


def parts(text: str) -> list[Part]:
    """Return a text heading by heading, as it stands; headings in code, lists and quotes are none."""
    lines = text.split("\n")
    tokens = [each for each in _MARKDOWN.parse(text) if each.level == 0 and each.map]
    for each in tokens:
        if each.type == "html_block" and _COMMENT.fullmatch(each.content):
            begin, below = each.map or (0, 0)
            lines[begin:below] = [""] * (below - begin)
    found = [(0, "", 0, 0), *(_heading(each, lines) for each in tokens if each.type == "heading_open")]
    return [_part(lines, each, after[2]) for each, after in pairwise([*found, (0, "", len(lines), len(lines))])]


def _part(lines: Sequence[str], found: tuple[int, str, int, int], end: int) -> Part:
    level, heading, begin, below = found
    while below < end and not lines[below].strip(" \t"):
        below += 1
    return Part(level, heading, "\n".join(lines[begin:end]), "\n".join(lines[below:end]), below + 1)


def _heading(token: Token, lines: Sequence[str]) -> tuple[int, str, int, int]:
    """Return level, words, first line and the line below of a heading."""
    begin, below = token.map or (0, 0)
    line = _ATX.match(lines[begin]) if token.markup.startswith("#") else None
    told = " ".join(lines[begin : below - 1]) if line is None else _without_closing(line[2] or "")
    return int(token.tag[1]), told.strip(), begin, below


def _without_closing(heading: str) -> str:
    """Return a heading without the signs that may stand behind it, too."""
    bare = heading.rstrip(" \t").rstrip("#")
    return bare if bare[-1:] in (" ", "\t") else heading


def code_lines(lines: Sequence[str]) -> set[int]:
    """Return which lines stand in a block of code that begins and ends at the left edge, with its first and last."""
    found: set[int] = set()
    at = 0
    while at < len(lines):
        end = _end_of_code(lines, at)
        found |= set(range(at, end))
        at = max(end, at + 1)
    return found


def fenced(text: str) -> set[int]:
    """Return which lines stand inside blocks of code that have marks around them, as all Markdown reads them."""
    found = [each.map for each in _MARKDOWN.parse(text) if each.type == "fence" and each.level == 0 and each.map]
    return {place for begin, end in found for place in range(begin + 1, end - 1)}


def _end_of_code(lines: Sequence[str], at: int) -> int:
    """Return the line after a block of code that begins here; the same line where none does, or it has no end."""
    fence = _FENCE.match(lines[at])
    if fence is None:
        return at
    closing = re.compile(rf" {{0,3}}{re.escape(fence['marks'])}{re.escape(fence['marks'][0])}*[ \t]*$")
    return next((place + 1 for place in range(at + 1, len(lines)) if closing.match(lines[place])), at)


def guarded(text: str, level: int, names: Collection[str]) -> str:
    """Return words as they stand below a heading of a level: no line of them begins another part.

    Deeper headings stay as they are, but for those that are one of the ``names``. ``unguarded`` gives the words back.
    """
    told = _escaped(text, level, names)
    *inner, end = parts(f"{told}\n\n# End")
    is_safe = end.written == "# End" and not (end.text or any(_is_too_high(each, level, names) for each in inner[1:]))
    return told if is_safe else _escaped(text, _LOWEST, names, keeps_code=False)


def _is_too_high(part: Part, level: int, names: Collection[str]) -> bool:
    return part.level <= level or name_of(part.heading) in names


def _escaped(text: str, level: int, names: Collection[str], *, keeps_code: bool = True) -> str:
    lines = text.split("\n")
    code = code_lines(lines) if keeps_code else set()
    for place in sorted(set(range(len(lines))) - code):
        line, above = lines[place], lines[place - 1] if place else ""
        heading = _ATX.match(line)
        is_kept = keeps_code and (
            not above.strip() and _RULE.match(line)
            if heading is None
            else len(heading[1]) > level and name_of(heading[2] or "") not in names
        )
        if _ESCAPED.match(line) or (_MARKED.match(line) and not is_kept):
            lines[place] = escaped(line)
    return "\n".join(lines)


def escaped(line: str) -> str:
    return re.sub(r"^( *)", r"\1\\", line, count=1)


def unguarded(text: str) -> str:
    """Return the words of which ``guarded`` has made text."""
    lines = text.split("\n")
    code = code_lines(lines)
    return "\n".join(line if place in code else _ESCAPED.sub(r"\1\2", line) for place, line in enumerate(lines))


def name_of(heading: str) -> str:
    """Return a heading as a name to look up: in small letters, without marks, numbers and signs around it."""
    return _AROUND.sub("", _MARKS.sub("", heading[:_LONGEST_NAME])).casefold()
