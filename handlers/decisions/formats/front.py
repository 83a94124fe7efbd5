"""The front matter of a Markdown file: its fields as text, and people by their names and member ids."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from handlers.checks import plain_yaml
from handlers.checks.csv_files import FormatError

_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)
_ID = re.compile(r"[UW][A-Z0-9]+\)")
#: Which member is meant by each name in a file of ours.
MEMBERS = "slack-ids"


def split(text: str) -> tuple[dict[str, Any], str]:
    """Return the fields of the front matter, none where there is none, and the rest. Raises FormatError."""
    found = _FRONT.match(text)
    if found is None:
        if re.match(r"---[ \t]*\n[^\n]*\S", text):
            raise FormatError("the front matter has no end")
        return {}, text
    try:
        told = plain_yaml.read(found[1], _AsText)
    except yaml.MarkedYAMLError as error:
        raise FormatError(f"the front matter isn't YAML: {_where(error)}{error.problem}") from None
    except yaml.YAMLError as error:
        raise FormatError(f"the front matter isn't YAML: {' '.join(str(error).split())}") from None
    if not isinstance(told, dict):
        raise FormatError("the front matter has no fields")
    return {str(name): value for name, value in told.items()}, text[found.end() :]


def _where(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark
    return f"line {mark.line + 2}, column {mark.column + 1}: " if mark is not None else ""


class _AsText(yaml.SafeLoader):
    """Leaves dates as text."""


_AsText.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_text(value: object) -> str:
    """Return a field as one text, lists with commas; braces around a value are those of a template."""
    if isinstance(value, dict):
        return ", ".join(str(name) if told is None else f"{name}: {as_text(told)}" for name, told in value.items())
    if isinstance(value, list):
        return ", ".join(map(as_text, value))
    return "" if value is None else str(value)


def labels(people: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
    """Return how each person is called in a file, by member id: by their name where that is theirs alone in it."""
    shown = [names.get(each, "") for each in people]
    is_plain = {name: shown.count(name) == 1 and name.strip() == name and not _person(name)[1] for name in shown}
    return {
        each: name if name and is_plain[name] else f"{name} ({each})".lstrip()
        for each, name in zip(people, shown, strict=True)
    }


class People:
    """Whom a file names: members by the ids that it gives, and others by name only."""

    def __init__(self, front: Mapping[str, Any]) -> None:
        told = front.get(MEMBERS)
        self._ids = {str(name): str(id_) for name, id_ in told.items()} if isinstance(told, dict) else {}
        self.names = {id_: name for name, id_ in self._ids.items()}

    def members(self, value: object) -> tuple[str, ...]:
        """Return the member ids in a field that lists people."""
        return tuple(id_ for each in _listed(value) if (id_ := self._id(each)))

    def others(self, value: object) -> str:
        """Return whom a field lists without saying which member that is."""
        return ", ".join(each for each in _listed(value) if not self._id(each))

    def _id(self, label: str) -> str:
        name, id_ = _person(label)
        if id_ and name:
            self.names.setdefault(id_, name)
        return id_ or self._ids.get(label, "")


def _person(label: str) -> tuple[str, str]:
    """Return the name and the member id of a label such as "Ana Ruiz (U0123)"; no id where it has none."""
    name, _, told = label.rpartition("(")
    return (name.rstrip(), told.removesuffix(")")) if _ID.fullmatch(told) else (label, "")


def _listed(value: object) -> Iterator[str]:
    each: Sequence[object] = value if isinstance(value, list) else as_text(value).split(",")
    return (text for one in each if (text := as_text(one).strip()))
