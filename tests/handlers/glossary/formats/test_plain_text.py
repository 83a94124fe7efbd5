"""Descriptions in Markdown and HTML as plain text, what goes with their marks, and plain text that Markdown shows."""

import pytest

from handlers.glossary.formats.plain_text import marked, plain
from handlers.glossary.starter import starter_senses

HOSTILE = (
    "1 < 2 & 3 > 2, *n*, _a_, snake_case, __init__, `c`, \\ and \\*",
    "- or\n1. x\n2) y\n# h\n=== \n---\n+ z",
    "[l](u) ![i](u) <b>no</b> &amp; &copy ~~~ <!-- c --> </b> <?php <!DOCTYPE x>",
    "| a |\n|---|\n| b |",
    "http://a_b.org/x?y=1&z=2",
    "two\n\nparagraphs,  two spaces",
    "$HOME ${HOME} $5",
)


@pytest.mark.parametrize(
    ("description", "text", "lost"),
    [
        ("<p>Somebody who <b>pays</b>. Not a visitor.</p>\n<p>New</p>", "Somebody who pays. Not a visitor.\n\nNew", 1),
        ("R&amp;D &lt;b&gt; it&#39;s", "R&D <b> it's", 0),
        (
            "Who **pays**, see [the book](https://b.org) <https://b.org>",
            "Who pays, see the book (https://b.org) https://b.org",
            1,
        ),
        ("Kinds:\n\n* one\n* two\n  * in\n\n1. x\n2. y", "Kinds:\n\n- one\n- two\n- in\n\n1. x\n2. y", 0),
        ("<ul><li>one</li><li><p>two</p><p>three</p></li></ul>", "- one\n- two\nthree", 0),
        ("A line\nthat goes on,<br>and one that ends\\\nhere", "A line that goes on,\nand one that ends\nhere", 0),
        ("The <ID> of a List<String>", "The <ID> of a List<String>", 0),
        ("```\na  b\n```", "a  b", 0),
        ("<p>x<script>alert(1)</script></p>", "x", 0),
    ],
)
def test_marks_go_and_what_they_say_stays(description: str, text: str, lost: int) -> None:
    assert (plain(description).text, len(plain(description).lost)) == (text, lost)


def test_what_plain_text_cannot_hold_is_said_once() -> None:
    told = plain("**a** and *b*\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![a ship](ship.png)")
    assert told.text == "a and b\n\na | b\n1 | 2\n\na ship"
    assert told.lost == ("formatting", "the layout of a table", "a picture")


def test_plain_text_is_shown_as_it_stands() -> None:
    texts = [*HOSTILE, *(text for each in starter_senses() for text in (each.gloss, each.definition))]
    stripped = ["\n".join(map(str.strip, each.split("\n"))) for each in texts]
    assert [plain(marked(each)).text for each in texts] == stripped
    assert plain(marked(HOSTILE[0])).lost == ()


def test_a_link_that_says_nothing_at_the_start_shows_its_address() -> None:
    assert plain('<a href="https://b.org">\n</a>').text == "(https://b.org)"
