"""Descriptions as catalogues keep them, in Markdown or HTML, as the plain text that the glossary keeps, and back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
_BLOCK_NAMES = "p div h1 h2 h3 h4 h5 h6 ul ol table blockquote pre section article hr"
_SHAPE_NAMES = "b strong i em u s del ins code mark span font sub sup small a tbody thead td th html body"
_BLOCKS, _SHAPES = frozenset(_BLOCK_NAMES.split()), frozenset(_SHAPE_NAMES.split())
_LINES = frozenset(("li", "tr", "br", "dt", "dd"))
_SKIPPED = frozenset(("script", "style"))
#: What plain text cannot hold, by the tag that says it.
_LOST: Mapping[str, str] = {
    **dict.fromkeys(("b", "strong", "i", "em", "u", "s", "del", "code", "mark", "sub", "sup"), "formatting"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "formatting"),
    "table": "the layout of a table",
    "img": "a picture",
}
_KNOWN = _BLOCKS | _LINES | _SHAPES | _SKIPPED | _LOST.keys()
_MARKS = re.compile(r"(?<=\$)\{|[\\`*\[\]<>&~]|(?<![^\W_])_|_(?![^\W_])")
_AT_THE_START = re.compile(r"^(\d+)([.)])|^([#+\-=])")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without its marks, and what went with them."""

    text: str
    lost: tuple[str, ...] = ()


def plain(description: str) -> Plain:
    """Return what a description says, as plain text: paragraphs, lines of a list, and links in brackets."""
    reading = _Reading()
    reading.feed(_MARKDOWN.render(description))
    reading.close()
    lines = [each.strip() for each in "".join(reading.said).split("\n")]
    return Plain(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), tuple(reading.lost))


def marked(text: str) -> str:
    """Return plain text as Markdown that shows it as it stands.

    No $ stands at its start or before a {, where DataHub takes it for a variable of its environment.
    """
    paragraphs = re.split(r"\n\s*\n", text)
    shown = "\n\n".join("\\\n".join(map(_escaped, each.split("\n"))) for each in paragraphs)
    return re.sub(r"\A\$", "&#36;", shown)


def _escaped(line: str) -> str:
    return _AT_THE_START.sub(r"\1\\\2\3", _MARKS.sub(r"\\\g<0>", line.strip()))


class _Reading(HTMLParser):
    """Goes through HTML and takes down what it says; what is no tag of HTML, such as <ID>, is text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.lost: dict[str, None] = {}
        self._links: list[str] = []
        self._numbers: list[int] = []
        self._skipped = self._verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in _LOST and not (tag == "code" and self._verbatim):
            self.lost[_LOST[tag]] = None
        self._skipped += tag in _SKIPPED
        self._verbatim += tag == "pre"
        self._say(self._before(tag) if tag in _KNOWN else self.get_starttag_text() or "")
        if tag == "a":
            self._links.append(told.get("href", ""))
        if tag == "img":
            self._say(told.get("alt", ""))

    def _before(self, tag: str) -> str:
        is_listed = bool(self._numbers)
        if tag in ("ul", "ol"):
            self._numbers.append(int(tag == "ol"))
            return "" if is_listed else "\n\n"
        if tag == "li":
            return f"\n{self._number()}"
        if tag in ("td", "th"):
            return "" if self._is_at_the_start() else " | "
        if tag in _BLOCKS and is_listed:
            return "" if self.said and self.said[-1].startswith("\n") else "\n"
        return "\n\n" if tag in _BLOCKS else "\n" if tag in _LINES else ""

    def _number(self) -> str:
        if not self._numbers or not self._numbers[-1]:
            return "- "
        self._numbers[-1] += 1
        return f"{self._numbers[-1] - 1}. "

    def handle_endtag(self, tag: str) -> None:
        if tag not in _KNOWN:
            self._say(f"</{tag}>")
        self._skipped -= tag in _SKIPPED
        self._verbatim -= tag == "pre"
        if tag in ("ul", "ol") and self._numbers:
            self._numbers.pop()
        if tag == "a" and self._links and (link := self._links.pop()) and link not in self.said[-1:]:
            self._say(f" ({link})")
        if tag in _BLOCKS and not self._numbers:
            self._say("\n\n")

    def handle_data(self, data: str) -> None:
        if self._skipped:
            return
        told = data if self._verbatim else re.sub(r"\s*\n\s*", " ", data)
        # Between two tags a line break shows nothing; what follows one begins at the margin.
        self._say(told.lstrip() if self._is_at_the_start() and not self._verbatim else told)

    def _is_at_the_start(self) -> bool:
        return not self.said or self.said[-1].endswith("\n")

    def _say(self, text: str) -> None:
        if text.startswith((" | ", "\n")) and self.said and self.said[-1] == " ":
            self.said.pop()
        if text:
            self.said.append(text)
