"""Reads what a block, an element or a view may hold from ``block_kit.yaml``, and tells what Slack refuses.

Each shape of the file becomes a schema of pydantic's core, by its name, so that shapes may hold one another.
"""

from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from typing import Any

import yaml
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, SchemaValidator, ValidationError
from pydantic_core import core_schema as of

_ANY_OF = "any of"
#: Marks, in the place of an error, the kind of a thing; Slack's pointers leave it out.
_KIND = "@"
_PLAIN: dict[str, Callable[[], CoreSchema]] = {
    "boolean": of.bool_schema,
    "integer": of.int_schema,
    "number": of.float_schema,
    "anything": of.any_schema,
}
#: What Slack says where something is too long or too short; pydantic's words stand for the rest.
_WORDS = {
    "string_too_long": "must be less than {most} characters",
    "string_too_short": "must be more than {least} characters",
    "too_long": "no more than {max_length} items allowed",
    "too_short": "no less than {min_length} items required",
}


def note(errors: list[str], problem: str, pointer: str) -> None:
    errors.append(f"[ERROR] {problem} [json-pointer:{pointer}]")


class Shapes:
    """Every shape of the file as a check, by name.

    ``states`` is the name under which Slack keeps what was entered, by the element's type.
    """

    def __init__(self) -> None:
        told = yaml.safe_load(files("bot.local_slack.block_kit").joinpath("block_kit.yaml").read_text(encoding="utf-8"))
        self.states = {kind: name for name, kinds in told["states"].items() for kind in kinds}
        self._kinds: dict[str, dict[str, str]] = {}
        for name, listed in told["kinds"].items():
            self._kinds[name] = {}
            for each in listed:
                known = self._kinds.get(each) if isinstance(each, str) else each
                self._kinds[name] |= known or {each: each}
        self._shapes = [self._object(name, fields) for name, fields in told["shapes"].items()]
        self._checks = {name: self._check(name) for name in ("view", "suggestions")}
        for surface, each in told["surfaces"].items():
            self._checks[surface] = self._check(f"{each['least']}-{each['most']} of {each['blocks']}")

    def check(self, name: str, value: Any, pointer: str) -> list[str]:
        """Return what Slack would refuse in a value: a ``view``, ``suggestions``, or the blocks of a surface."""
        errors: list[str] = []
        try:
            self._checks[name].validate_python(value, strict=True)
        except ValidationError as error:
            for each in error.errors(include_url=False):
                _note(errors, each, pointer)
        return errors

    def _check(self, told: str) -> SchemaValidator:
        return SchemaValidator(of.definitions_schema(self._field(told), self._shapes))

    def _field(self, told: str) -> CoreSchema:
        count, is_list, each = told.partition(" of ")
        if is_list and count != "one":
            least, most = _range(count)
            return of.list_schema(self._field(each), min_length=least, max_length=most)
        kind, _, rest = told.partition(" ")
        match kind:
            case "string" | "like":
                return _string(rest) if kind == "string" else of.str_schema(pattern=rest)
            case "plain" | "text":
                return _text(rest, ("plain_text",) if kind == "plain" else ("plain_text", "mrkdwn"))
            case "one":
                return of.literal_schema(rest.removeprefix("of ").split())
            case _ if told in self._kinds:
                shapes = self._kinds[told].items()
                return _typed({kind: of.definition_reference_schema(shape) for kind, shape in shapes})
        return _PLAIN[told]() if told in _PLAIN else of.definition_reference_schema(told)

    def _object(self, name: str, told: Mapping[str, str]) -> CoreSchema:
        fields = {each: self._field(what) for each, what in told.items() if each != _ANY_OF}
        if _ANY_OF not in told:
            return _mapping(fields, ref=name)
        wanted = told[_ANY_OF].split()

        def check(value: Mapping[str, Any]) -> Mapping[str, Any]:
            if not value.keys() & {*wanted}:
                raise PydanticCustomError("any_of", "missing required field: {name}", {"name": wanted[0]})
            return value

        return of.no_info_after_validator_function(check, _mapping(fields), ref=name)


def _mapping(fields: Mapping[str, CoreSchema], ref: str | None = None) -> CoreSchema:
    """Return the schema of an object; a name with "~" may be left out."""
    found = {
        name.removesuffix("~"): of.typed_dict_field(each, required=not name.endswith("~"))
        for name, each in {"type~": of.any_schema(), **fields}.items()
    }
    return of.typed_dict_schema(found, extra_behavior="forbid", ref=ref)


def _typed(shapes: Mapping[str, CoreSchema]) -> CoreSchema:
    """Return the schema of a thing that says in "type" which of these it is."""
    choices = {_KIND + kind: shape for kind, shape in shapes.items()}
    return of.tagged_union_schema(choices, lambda value: _KIND + _kind_of(value))


def _kind_of(value: Any) -> str:
    return str(value.get("type")) if isinstance(value, dict) else "nothing"


def _text(most: str, kinds: Iterable[str]) -> CoreSchema:
    more = {"plain_text": "emoji~", "mrkdwn": "verbatim~"}
    return _typed({kind: _mapping({"text": _string(most), more[kind]: of.bool_schema()}) for kind in kinds})


def _string(told: str) -> CoreSchema:
    least, most = _range(told)
    return of.str_schema(min_length=least, max_length=most)


def _range(told: str) -> tuple[int, int]:
    least, is_range, most = told.partition("-")
    return (int(least), int(most)) if is_range else (1, int(told))


def _note(errors: list[str], error: ErrorDetails, pointer: str) -> None:
    kind, where = error["type"], list(error["loc"])
    named = where.pop() if kind in ("missing", "extra_forbidden") else ""
    place = [str(each) for each in where if not str(each).startswith(_KIND)]
    match kind:
        case "missing":
            problem = f"missing required field: {named}"
        case "extra_forbidden":
            problem = f"invalid additional property: {named}"
        case "union_tag_invalid":
            problem = f"unsupported type: {_kind_of(error['input'])}"
            place.append("type")
        case _:
            limits = {"max_length": 0, "min_length": 0, **error.get("ctx", {})}
            more = {"most": limits["max_length"] + 1, "least": limits["min_length"] - 1}
            told = error["msg"].replace("Input should be", "must be")
            problem = _WORDS[kind].format(**limits, **more) if kind in _WORDS else told
    note(errors, problem, "/".join([pointer, *place]))
