"""Small checks that are put together into the shape of a block: each looks at a value and notes what Slack refuses.

A check is called with the value, its JSON pointer and the list of errors found so far.
"""

from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any, str, list[str]], None]


def note(errors: list[str], problem: str, pointer: str) -> None:
    errors.append(f"[ERROR] {problem} [json-pointer:{pointer}]")


def string(most: int, least: int = 1) -> Check:
    def check(value: Any, pointer: str, errors: list[str]) -> None:
        if not isinstance(value, str):
            note(errors, "must be a string", pointer)
        elif len(value) > most:
            note(errors, f"must be less than {most + 1} characters", pointer)
        elif len(value) < least:
            note(errors, f"must be more than {least - 1} characters", pointer)

    return check


def boolean(value: Any, pointer: str, errors: list[str]) -> None:
    if not isinstance(value, bool):
        note(errors, "must be a boolean", pointer)


def whole_number(value: Any, pointer: str, errors: list[str]) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        note(errors, "must be an integer", pointer)


def anything(_value: Any, _pointer: str, _errors: list[str]) -> None:
    """Accept what is not looked at."""


def one_of(*choices: str) -> Check:
    def check(value: Any, pointer: str, errors: list[str]) -> None:
        if value not in choices:
            note(errors, f"must be one of {', '.join(choices)}", pointer)

    return check


def listed(each: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, pointer: str, errors: list[str]) -> None:
        if not isinstance(value, list):
            note(errors, "must be an array", pointer)
        elif len(value) > most:
            note(errors, f"no more than {most} items allowed", pointer)
        elif len(value) < least:
            note(errors, f"no less than {least} items required", pointer)
        else:
            for position, item in enumerate(value):
                each(item, f"{pointer}/{position}", errors)

    return check


def mapping(needed: Mapping[str, Check], optional: Mapping[str, Check] | None = None, any_of: str = "") -> Check:
    """Check an object's fields; ``any_of`` names fields, with spaces, of which at least one must be there."""
    known = {**needed, **(optional or {})}

    def check(value: Any, pointer: str, errors: list[str]) -> None:
        if not isinstance(value, dict):
            note(errors, "must be an object", pointer)
            return
        for name in needed.keys() - value.keys():
            note(errors, f"missing required field: {name}", pointer)
        if any_of and not value.keys() & set(any_of.split()):
            note(errors, f"missing required field: {any_of.split(maxsplit=1)[0]}", pointer)
        for name, item in value.items():
            if name not in known and name != "type":
                note(errors, f"invalid additional property: {name}", pointer)
            elif name in known:
                known[name](item, f"{pointer}/{name}", errors)

    return check


def by_type(shapes: Mapping[str, Check]) -> Check:
    def check(value: Any, pointer: str, errors: list[str]) -> None:
        kind = str(value.get("type")) if isinstance(value, dict) else "nothing"
        if kind not in shapes:
            note(errors, f"unsupported type: {kind}", f"{pointer}/type")
        else:
            shapes[kind](value, pointer, errors)

    return check


def text(most: int, *kinds: str) -> Check:
    """A text object of one of these kinds (both when none is named)."""
    allowed = kinds or ("plain_text", "mrkdwn")
    fields = {"text": string(most)}
    known = {
        "plain_text": mapping(fields, {"emoji": boolean}),
        "mrkdwn": mapping(fields, {"verbatim": boolean}),
    }
    return by_type({kind: known[kind] for kind in allowed})
