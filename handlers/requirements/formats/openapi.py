"""The interface of a model or a service from a description in OpenAPI 3 (https://spec.openapis.org/oas/v3.1.0)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.agreements.columns import Column
from handlers.checks.csv_files import FormatError
from handlers.requirements.formats.proposed import NO_PROMISE, Prefill, Proposed, cell

_METHODS = ("get", "put", "post", "patch", "delete")
_FORMATS = {"date": "date", "date-time": "timestamp", "binary": "file", "byte": "file"}
_TYPES = ("string", "integer", "number", "boolean", "array", "object")
_ACCESS = {
    "apiKey": "an API key",
    "oauth2": "OAuth 2.0",
    "openIdConnect": "OpenID Connect",
    "mutualTLS": "a certificate",
}
#: So deep an object is taken apart; what lies deeper is one field.
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class _Operation:
    method: str
    path: str
    told: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.method.upper()} {self.path}"

    def is_called(self, text: str) -> bool:
        names = (self.name, self.path, str(self.told.get("operationId") or ""))
        return text.casefold() in {each.casefold() for each in names if each}


def read(told: Mapping[str, Any], filled: Prefill, wanted: str = "") -> Proposed:
    """Fill in an interface from one operation, the ``wanted`` one where there are several. Raises FormatError."""
    if not str(told.get("openapi", "")).startswith("3."):
        raise FormatError("only OpenAPI 3 can be read; convert an older description first")
    operation, info = _chosen(told, wanted), told.get("info") or {}
    servers = [str(each.get("url", "")) for each in told.get("servers") or () if isinstance(each, dict)]
    version = info.get("version")
    promise = filled.before["versioning"].parts.get("promise") if "versioning" in filled.before else ""
    task = operation.told.get("summary") or info.get("summary") or info.get("description") or info.get("title")
    filled.say("purpose", task=cell(task))
    filled.say("inputs", columns=filled.fields("inputs", list(_inputs(told, operation))))
    filled.say("outputs", columns=filled.fields("outputs", list(_outputs(told, operation))))
    filled.say("errors", **_errors(told, operation))
    where = f"{operation.method.upper()} {(servers or [''])[0].rstrip('/')}{operation.path}"
    filled.say("endpoint", where=where, access=_access(told, operation))
    filled.say("versioning", version=cell(version), promise=(promise or NO_PROMISE) if version else "")
    filled.left_out += [f"servers: {each}" for each in servers[1:]]
    return filled.proposed


def _chosen(told: Mapping[str, Any], wanted: str) -> _Operation:
    """Return the operation that is meant. Raises FormatError where none or several may be."""
    every = list(_operations(told))
    found = [each for each in every if each.is_called(wanted)] if wanted else every
    if not wanted and len(found) > 1:
        found = [each for each in every if "requestBody" in each.told]
    if len(found) == 1:
        return found[0]
    names = ", ".join(each.name for each in every)
    raise FormatError(f"say which operation: --operation NAME, of {names}" if every else "the file has no operation")


def _operations(told: Mapping[str, Any]) -> Iterator[_Operation]:
    for path, item in (told.get("paths") or {}).items():
        shared = item.get("parameters") or []
        for method in _METHODS:
            if isinstance(operation := item.get(method), dict):
                parameters = [*shared, *(operation.get("parameters") or [])]
                yield _Operation(method, str(path), {**operation, "parameters": parameters})


def _inputs(told: Mapping[str, Any], operation: _Operation) -> Iterator[Column]:
    for each in operation.told["parameters"]:
        given = _resolved(told, each)
        described = {"description": given.get("description"), **_resolved(told, given.get("schema"))}
        yield _column(str(given.get("name")), described, is_required=bool(given.get("required")))
    body = _resolved(told, operation.told.get("requestBody"))
    yield from _columns(told, _content(body), "", _DEEPEST)


def _outputs(told: Mapping[str, Any], operation: _Operation) -> Iterator[Column]:
    good = (each for code, each in (operation.told.get("responses") or {}).items() if str(code).startswith("2"))
    answer = _resolved(told, next(good, {}))
    yield from _columns(told, _content(answer), "", _DEEPEST)


def _content(told: Mapping[str, Any]) -> Any:
    """Return the schema of a body: of JSON, where it can be that."""
    content = told.get("content") or {}
    chosen: Mapping[str, Any] = content.get("application/json") or next(iter(content.values()), {})
    return chosen.get("schema")


def _columns(told: Mapping[str, Any], schema: Any, begin: str, depth: int) -> Iterator[Column]:
    """Yield the fields of a schema; those of objects within it by their way there, such as ``ships[].length``."""
    found = _resolved(told, schema)
    if found.get("type") == "array" and depth:
        yield from _columns(told, found.get("items"), f"{begin}[]", depth - 1)
        return
    required = found.get("required") or ()
    properties = found.get("properties") or {}
    if not properties or not depth:
        yield from [_column(begin or "body", found, is_required=True)] if found else []
    for name, each in properties.items() if depth else ():
        below, way = _resolved(told, each), f"{begin}.{name}".lstrip(".")
        items = _resolved(told, below.get("items")) if below.get("type") == "array" else below
        if items.get("properties") and depth > 1:
            yield from _columns(told, below, way, depth - 1)
        else:
            yield _column(way, below, is_required=name in required)


def _column(name: str, told: Mapping[str, Any], *, is_required: bool) -> Column:
    kind = told.get("type")
    kind = next((each for each in kind if each != "null"), "") if isinstance(kind, list) else kind
    logical = _FORMATS.get(str(told.get("format"))) or (kind if kind in _TYPES else "object")
    least, most = told.get("minimum"), told.get("maximum")
    is_number = logical in ("integer", "number") and None not in (least, most)
    bounds = [f"at least {least}"] if least is not None else [f"at most {most}"] if most is not None else []
    meaning = [cell(told.get("description")), *([] if is_number else bounds)]
    return Column(
        cell(name),
        str(logical),
        ", ".join(filter(None, meaning)),
        is_required=is_required,
        unit=cell(told.get("x-unit")) if is_number else "",
        least=float(least or 0) if is_number else None,
        most=float(most or 0) if is_number else None,
        allowed=tuple(cell(each) for each in told.get("enum") or () if each is not None),
        pattern=str(told.get("pattern") or "") if logical == "string" else "",
    )


def _resolved(told: Mapping[str, Any], schema: Any) -> Mapping[str, Any]:
    """Return what a reference points to, parts of an object put together, and of several ways the first that is one."""
    found = schema if isinstance(schema, dict) else {}
    for _ in range(_DEEPEST):
        if "$ref" not in found:
            break
        found = {**_pointed(told, str(found["$ref"])), **{name: each for name, each in found.items() if name != "$ref"}}
    for each in found.get("allOf") or ():
        part = _resolved(told, each)
        properties = {**(found.get("properties") or {}), **(part.get("properties") or {})}
        required = [*(found.get("required") or ()), *(part.get("required") or ())]
        found = {**part, **found, "properties": properties, "required": required}
    ways = [each for each in found.get("anyOf") or found.get("oneOf") or () if each.get("type") != "null"]
    return {**_resolved(told, ways[0]), **found} if len(ways) == 1 else found


def _pointed(told: Mapping[str, Any], reference: str) -> Mapping[str, Any]:
    found: Any = told
    for name in reference.removeprefix("#/").split("/"):
        found = found.get(name.replace("~1", "/").replace("~0", "~")) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _errors(told: Mapping[str, Any], operation: _Operation) -> dict[str, str]:
    named: dict[str, list[str]] = {"4": [], "5": []}
    for code, each in (operation.told.get("responses") or {}).items():
        description = cell(_resolved(told, each).get("description"))
        named.setdefault(str(code)[:1], []).append(f"status {code}{f', {description}' if description else ''}")
    return {"invalid": "; ".join(named["4"]), "failure": "; ".join(named["5"])}


def _access(told: Mapping[str, Any], operation: _Operation) -> str:
    schemes = (told.get("components") or {}).get("securitySchemes") or {}
    asked = operation.told.get("security", told.get("security")) or ()
    listed = [_resolved(told, schemes.get(name)) for each in asked for name in each]
    return ", ".join(dict.fromkeys(_scheme(each) for each in listed if each))


def _scheme(told: Mapping[str, Any]) -> str:
    if told.get("type") == "http":
        return f"HTTP {told.get('scheme', '')}".strip()
    return _ACCESS.get(str(told.get("type")), str(told.get("type")))
