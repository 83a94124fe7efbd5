"""YAML that people give: safe, without anchors, which make little text into much, and not nested too deeply."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import yaml

from handlers.checks.plain_json import half_of_a_letter

#: The C loader reads a file in a tenth of the time; both are safe loaders. It ends the process where a text is deep.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 100


def read(text: str, loader: Any = LOADER) -> Any:
    """Return what a text says. Raises YAMLError, also for what is nested too deeply or refers to another part."""
    with _as_yaml():
        _check(text)
        told = yaml.load(text, Loader=loader)  # noqa: S506 - all of them are safe loaders
        _check_letters(text, told)
        return told


def read_all(text: str) -> list[tuple[int, Any]]:
    """Return what each document of a text says, with the line in which it begins. Raises YAMLError as ``read`` does."""
    with _as_yaml():
        _check(text)
        loader, found = LOADER(text), []
        while loader.check_node():
            node: Any = loader.get_node()
            found.append((node.start_mark.line + 1, loader.construct_document(node)))
        _check_letters(text, found)
    return [(line, document) for line, document in found if document is not None]


@contextmanager
def _as_yaml() -> Iterator[None]:
    """Make one error of what the loaders raise at values that look like a day or a number and are none."""
    try:
        yield
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise yaml.YAMLError(f"a value isn't what it looks like: {error}") from None


def _check_letters(text: str, told: object) -> None:
    if place := half_of_a_letter(text, told):
        raise yaml.YAMLError(f"line {text.count(chr(10), 0, place) + 1} has half of a letter")


def _check(text: str) -> None:
    depth = 0
    for each in yaml.parse(text, LOADER):
        depth += isinstance(each, yaml.CollectionStartEvent) - isinstance(each, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.YAMLError("it is nested too deeply")
        if isinstance(each, yaml.AliasEvent):
            raise yaml.YAMLError("it refers to another part of itself with *; write that out")
