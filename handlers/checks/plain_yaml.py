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
    loader, found = LOADER(text), []
    while loader.check_node():
        node: Any = loader.get_node()
        found.append((node.start_mark.line + 1, loader.construct_document(node)))
    return [(line, document) for line, document in found if document is not None]


def _check(text: str) -> None:
    depth = 0
    for each in yaml.parse(text, LOADER):
        depth += isinstance(each, yaml.CollectionStartEvent) - isinstance(each, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.YAMLError("it is nested too deeply")
        if isinstance(each, yaml.AliasEvent):
            raise yaml.YAMLError("it refers to another part of itself with *; write that out")
