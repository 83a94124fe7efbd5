"""People's words in Markdown, so that they are shown as they are: no marks, no cells of their own, and no HTML."""

import re

_MARKS = re.compile(r"[\\`*_{}\[\]#|]")
#: As entities, since not every Markdown takes a backslash before these.
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def plain(text: str) -> str:
    """Return words as one line of Markdown."""
    told = "".join(_HTML.get(each, each) for each in " ".join(text.split()))
    return _MARKS.sub(r"\\\g<0>", told)
