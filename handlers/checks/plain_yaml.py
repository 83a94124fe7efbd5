"""YAML that people give: safe, without anchors, which make little text into much, and not nested too deeply."""

from typing import Any

import yaml

#: The C loader reads a file in a tenth of the time; both are safe loaders. It ends the process where a text is deep.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 100


def read(text: str, loader: Any = LOADER) -> Any:
    """Return what a text says. Raises YAMLError, also for what is nested too deeply or refers to another part."""
    _check(text)
    return yaml.load(text, Loader=loader)  # noqa: S506 - all of them are safe loaders


def read_all(text: str) -> list[tuple[int, Any]]:
    """Return what each document of a text says, with the line in which it begins. Raises YAMLError as ``read`` does."""
    _check(text)
    lines = [node.start_mark.line + 1 for node in yaml.compose_all(text, yaml.SafeLoader)]
    told = zip(lines, yaml.load_all(text, Loader=yaml.SafeLoader), strict=True)
    return [(line, document) for line, document in told if document is not None]


def _check(text: str) -> None:
    depth = 0
    for each in yaml.parse(text, LOADER):
        depth += isinstance(each, yaml.CollectionStartEvent) - isinstance(each, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.YAMLError("it is nested too deeply")
        if isinstance(each, yaml.AliasEvent):
            raise yaml.YAMLError("it refers to another part of itself with *; write that out")
