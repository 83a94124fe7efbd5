"""JSON that people give: no halves of letters, which no store can keep, and no numbers of thousands of digits. Pure."""

import json
import re
from json import JSONDecodeError
from typing import Any

#: How JSON and YAML write what may be half of a letter.
_HALF = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F]")


def read(text: str) -> Any:
    """Return what a text says. Raises JSONDecodeError."""
    try:
        told = json.loads(text)
    except JSONDecodeError:
        raise
    except RecursionError:
        raise JSONDecodeError("its lists are too deep", text, 0) from None
    except ValueError:
        raise JSONDecodeError("a number has thousands of digits", text, 0) from None
    if place := half_of_a_letter(text, told):
        raise JSONDecodeError("half of a letter", text, place)
    return told


def half_of_a_letter(text: str, told: object) -> int:
    """Return where a text may write half of a letter, if what it says has one; else 0."""
    written = _HALF.search(text)
    return written.start() if written is not None and any(map(_is_broken, _texts(told))) else 0


def _texts(told: object) -> list[str]:
    found, waiting = [], [told]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            found.append(each)
        elif isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, (list, tuple, set)):
            waiting += each
    return found


def _is_broken(text: str) -> bool:
    return any("\ud800" <= each <= "\udfff" for each in text)
