"""Files with something wrong in them: cut short, a piece twice or taken away, odd values in the place of others."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.input.odd import one_of, texts

_WORD = re.compile(r"[^\s,:;|\"'{}\[\]<>()]+")
_SIGNS = (
    *"\n\r\t ,;:|\"'`{}[]()<>#-*=&@\\\x00\ufeff",
    *("\n---\n", "<!--", "-->", '""', "\n\n", "```", "| ", "- ", "~"),
)
#: What programs take long to read where there is much of it, and something before it.
_FRAGMENTS = (
    *(
        "[",
        "![",
        "[](",
        "|",
        "|-",
        ":-",
        "-",
        "* ",
        "*",
        "_",
        "`",
        "``",
        "<!--",
        "~~",
        "(",
        "U(U",
        " (U",
        " #",
        "# ",
        " ",
        "\t",
    ),
    *(
        "- [ ] ",
        "1)",
        "ADR-",
        "\\",
        "{",
        "[\n",
        "&",
        '"',
        "'",
        ",",
        ";",
        "@a ",
        "/**",
        "/",
        "a,",
        "---\n",
        "> ",
        "D-1 ",
        "\n",
    ),
    *(
        "#\n",
        "```\n",
        "=\n",
        "- ",
        "1. ",
        "a: ",
        "&a ",
        "*a ",
        "!",
        "<",
        "<a>",
        "</",
        "\r",
        "x",
        "é",
        "\\|",
        "status: ",
        "0",
        "A1",
    ),
)
_BEFORE = (
    *(
        "",
        "# ",
        "# a\n",
        "# a\n\n## Status\n\n",
        "# a\n\nstatus: ",
        "a|b\n",
        "| status | date |\n|",
        "---\n",
        "---\nstatus: ",
    ),
    *(
        "word,gloss\nx,",
        "[x] @a\n",
        "* ",
        '{"a": "',
        "CREATE TABLE a (",
        "---\ndecision-makers: ",
        "# a\n\n| ",
        "date: ",
        "> > ",
    ),
)
_MUCH = 20_000


@dataclass(frozen=True, slots=True)
class Spoiled:
    """What is done to a file, where, and with what; numbers are taken by the file's length."""

    how: str
    begin: int
    length: int
    more: str

    def of(self, text: str) -> str:
        begin = self.begin % (len(text) + 1)
        end = min(len(text), begin + self.length)
        match self.how:
            case "cut":
                return text[:begin]
            case "without":
                return text[:begin] + text[end:]
            case "twice":
                return text[:end] + text[begin:]
            case "with":
                return text[:begin] + self.more + text[begin:]
        found = _WORD.search(text, begin) or _WORD.search(text)
        return text if found is None else text[: found.start()] + self.more + text[found.end() :]


def spoiled() -> st.SearchStrategy[tuple[Spoiled, ...]]:
    how = one_of(("cut", "without", "twice", "with", "with", "instead", "instead", "instead", "instead"))
    more = st.one_of(texts(), one_of(_SIGNS))
    each = st.builds(Spoiled, how, st.integers(0, 10**5), one_of((1, 1, 10, 100, 1000)), more)
    return st.lists(each, min_size=1, max_size=3).map(tuple)


def much() -> st.SearchStrategy[str]:
    """Return a file of one fragment many times, with something before."""
    return st.builds(lambda before, each: before + each * (_MUCH // len(each)), one_of(_BEFORE), one_of(_FRAGMENTS))


def files(seeds: Mapping[str, Sequence[str]]) -> st.SearchStrategy[tuple[str, str]]:
    """Return the name of a reader, and a file for it with something wrong."""

    def file(name: str, place: int, changes: tuple[Spoiled, ...]) -> tuple[str, str]:
        text = seeds[name][place % len(seeds[name])]
        for each in changes:
            text = each.of(text)
        return name, text

    names = one_of(tuple(sorted(seeds)))
    other = st.builds(lambda name, text: (name, text), names, st.one_of(texts(), much()))
    meant = st.builds(file, names, st.integers(0, 99), spoiled())
    return st.one_of(meant, meant, meant, meant, other)
