"""Reads what a block, an element or a view may hold from ``block_kit.yaml``, and notes what Slack refuses.

A check is called with the value, its JSON pointer and the list of errors found so far.
"""

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

import yaml

Check = Callable[[Any, str, list[str]], None]

_ANY_OF = "any of"


def note(errors: list[str], problem: str, pointer: str) -> None:
    errors.append(f"[ERROR] {problem} [json-pointer:{pointer}]")


class Shapes:
    """Every shape of the file as a check, by name; ``surfaces`` says which blocks may stand where, and how many."""

    def __init__(self) -> None:
        told = yaml.safe_load(files("bot.local_slack").joinpath("block_kit.yaml").read_text(encoding="utf-8"))
        self.surfaces: Mapping[str, tuple[int, frozenset[str]]] = {
            name: (each["most"], frozenset(each["blocks"])) for name, each in told["surfaces"].items()
        }
        self._kinds: dict[str, dict[str, str]] = {}
        for name, listed in told["kinds"].items():
            each = listed if isinstance(listed, dict) else {kind: kind for kind in listed}
            self._kinds[name] = {
                kind: shape for key, of in each.items() for kind, shape in self._kinds.get(key, {key: of}).items()
            }
        self._shapes = {name: self._object(fields) for name, fields in told["shapes"].items()}

    def check(self, name: str, value: Any, pointer: str) -> list[str]:
        """Return what Slack would refuse in a value of this shape."""
        errors: list[str] = []
        self._shapes[name](value, pointer, errors)
        return errors

    def check_blocks(self, surface: str, value: Any, least: int) -> list[str]:
        most, kinds = self.surfaces[surface]
        errors: list[str] = []
        _listed(self._typed({kind: kind for kind in kinds}), most, least)(value, "/blocks", errors)
        return errors

    def _field(self, told: str) -> Check:
        count, is_list, each = told.partition(" of ")
        if is_list and count != "one":
            least, most = _range(count)
            return _listed(self._field(each), most, least)
        kind, _, rest = told.partition(" ")
        check = _PLAIN.get(told)
        if kind == "string":
            least, most = _range(rest)
            check = _string(most, least)
        elif kind in ("plain", "text"):
            check = self._text(int(rest), ("plain_text",) if kind == "plain" else ("plain_text", "mrkdwn"))
        elif kind == "one":
            check = _one_of(*rest.removeprefix("of ").split())
        elif told in self._kinds:
            check = self._typed(self._kinds[told])
        return check or self._shape(told)

    def _shape(self, name: str) -> Check:
        """Return a check for a shape that may stand further down in the file."""

        def check(value: Any, pointer: str, errors: list[str]) -> None:
            self._shapes[name](value, pointer, errors)

        return check

    def _object(self, told: Mapping[str, str]) -> Check:
        any_of = told.get(_ANY_OF, "").split()
        fields = {name.removesuffix("~"): self._field(what) for name, what in told.items() if name != _ANY_OF}
        needed = [name for name in told if name != _ANY_OF and not name.endswith("~")]
        return _mapping(fields, needed, any_of)

    def _text(self, most: int, kinds: tuple[str, ...]) -> Check:
        more = {"plain_text": {"emoji": _boolean}, "mrkdwn": {"verbatim": _boolean}}
        shapes = {kind: _mapping({"text": _string(most, 1), **more[kind]}, ["text"], []) for kind in kinds}
        return _by_type(shapes.get)

    def _typed(self, kinds: Mapping[str, str]) -> Check:
        return _by_type(lambda kind: self._shapes[kinds[kind]] if kind in kinds else None)


def _range(told: str) -> tuple[int, int]:
    least, is_range, most = told.partition("-")
    return (int(least), int(most)) if is_range else (1, int(told))


def _kind(kind: type | tuple[type, ...], name: str) -> Check:
    def check(value: Any, pointer: str, errors: list[str]) -> None:
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            note(errors, f"must be {name}", pointer)

    return check


_boolean = _kind(bool, "a boolean")
_PLAIN: dict[str, Check] = {
    "boolean": _boolean,
    "integer": _kind(int, "an integer"),
    "number": _kind((int, float), "a number"),
    "anything": lambda _value, _pointer, _errors: None,
}


def _string(most: int, least: int) -> Check:
    def check(value: Any, pointer: str, errors: list[str]) -> None:
        if not isinstance(value, str):
            note(errors, "must be a string", pointer)
        elif len(value) > most:
            note(errors, f"must be less than {most + 1} characters", pointer)
        elif len(value) < least:
            note(errors, f"must be more than {least - 1} characters", pointer)

    return check


def _one_of(*choices: str) -> Check:
    def check(value: Any, pointer: str, errors: list[str]) -> None:
        if value not in choices:
            note(errors, f"must be one of {', '.join(choices)}", pointer)

    return check


def _listed(each: Check, most: int, least: int) -> Check:
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


def _mapping(fields: Mapping[str, Check], needed: list[str], any_of: list[str]) -> Check:
    def check(value: Any, pointer: str, errors: list[str]) -> None:
        if not isinstance(value, dict):
            note(errors, "must be an object", pointer)
            return
        missing = [name for name in needed if name not in value]
        missing += any_of[:1] if any_of and not value.keys() & set(any_of) else []
        for name in missing:
            note(errors, f"missing required field: {name}", pointer)
        for name, item in value.items():
            if name in fields:
                fields[name](item, f"{pointer}/{name}", errors)
            elif name != "type":
                note(errors, f"invalid additional property: {name}", pointer)

    return check


def _by_type(shape_of: Callable[[str], Check | None]) -> Check:
    def check(value: Any, pointer: str, errors: list[str]) -> None:
        kind = str(value.get("type")) if isinstance(value, dict) else "nothing"
        shape = shape_of(kind)
        if shape is None:
            note(errors, f"unsupported type: {kind}", f"{pointer}/type")
        else:
            shape(value, pointer, errors)

    return check
