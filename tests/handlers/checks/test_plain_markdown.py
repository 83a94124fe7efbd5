"""Words of people make no HTML, no marks and no cells in any Markdown."""

import pytest

from handlers.checks.plain_markdown import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("a | b\n| --- |", "a \\| b \\| --- \\|"),
        ("a\\|b", "a\\\\\\|b"),
        ("# *x* [y](z) `c`", "\\# \\*x\\* \\[y\\](z) \\`c\\`"),
        ("91 % of 2,000 rows", "91 % of 2,000 rows"),
    ],
)
def test_words_are_shown_as_they_are(text: str, shown: str) -> None:
    assert plain(text) == shown
