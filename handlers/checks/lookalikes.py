"""Letters of another script that look like Latin ones, so that a name reads as another does and is not found as that.

Which letters, and that scripts that are commonly mixed are no sign of it: Unicode's report 39, the table confusables.
"""

import re
import unicodedata
from collections.abc import Iterable

#: The Greek and Cyrillic letters that look like a Latin one.
_LOOKING_LIKE = {
    "A": "\u0391\u0410", "B": "\u0392\u0412", "C": "\u0421", "E": "\u0395\u0415", "H": "\u0397\u041d",
    "I": "\u0399\u0406", "J": "\u0408", "K": "\u039a\u041a", "M": "\u039c\u041c", "N": "\u039d", "O": "\u039f\u041e",
    "P": "\u03a1\u0420", "S": "\u0405", "T": "\u03a4\u0422", "X": "\u03a7\u0425", "Y": "\u03a5\u0423", "Z": "\u0396",
    "a": "\u03b1\u0430", "c": "\u0441", "d": "\u0501", "e": "\u0435", "h": "\u04bb", "i": "\u03b9\u0456",
    "j": "\u0458", "k": "\u03ba\u043a", "o": "\u03bf\u043e", "p": "\u03c1\u0440", "q": "\u051b", "s": "\u0455",
    "u": "\u03c5", "v": "\u03bd", "w": "\u051d", "x": "\u03c7\u0445", "y": "\u03b3\u0443",
}  # fmt: skip
_LATIN_OF = {other: letter for letter, others in _LOOKING_LIKE.items() for other in others}
#: Latin letters in another form, which stand in no word that people type.
_OTHER_FORMS = {"FULLWIDTH": "full-width", "MATHEMATICAL": "mathematical"}
_PART = re.compile(r"[^\W\d_]+")


def warning(names: Iterable[str]) -> str:
    """Say of the first name with such a letter which one it is; empty where there is none."""
    for name in names:
        for letter in _suspects(name):
            told = f"“{letter}” is a {_script(letter)} letter that looks like “{_latin(letter)}”."
            return f"Check the spelling of “{name}”: {told}"
    return ""


def latin(text: str) -> str:
    """Return a text with the letters that only look Latin as Latin ones, in words that have some of both."""
    if text.isascii():
        return text
    return _PART.sub(
        lambda part: "".join(_latin(each) or each for each in part[0]) if _is_mixed(part[0]) else part[0], text
    )


def _suspects(name: str) -> list[str]:
    """Return the letters that look Latin beside Latin ones; a word of another script, or a single sign, has none."""
    if name.isascii():
        return []
    is_latin = any(_script(letter) == "Latin" for letter in name if letter.isalpha())
    parts = [part for part in _PART.findall(name) if _is_mixed(part) or (is_latin and _is_disguised(part))]
    return [letter for part in parts for letter in part if _latin(letter)]


def _is_mixed(part: str) -> bool:
    scripts = {_script(letter) for letter in part}
    return "Latin" in scripts or not scripts.isdisjoint(_OTHER_FORMS.values())


def _is_disguised(part: str) -> bool:
    return len(part) > 1 and all(map(_latin, part))


def _script(letter: str) -> str:
    first = unicodedata.name(letter, "").partition(" ")[0]
    return _OTHER_FORMS.get(first, first.capitalize())


def _latin(letter: str) -> str:
    """Return the Latin letter that another looks like; empty where it looks like none, or is one."""
    plain = unicodedata.normalize("NFKC", letter) if _script(letter) in _OTHER_FORMS.values() else letter
    return _LATIN_OF.get(letter) or (plain if plain != letter and plain.isascii() else "")
