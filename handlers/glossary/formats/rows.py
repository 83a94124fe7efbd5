"""What every format of the glossary shares: a row of a file, what cannot be read, and how YAML is read."""

from dataclasses import dataclass

import yaml

from storage.glossary.glossary import NewSense, Relation

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class Row:
    """One meaning of a file, or why it is refused; ``place`` says where it stands, such as "line 3"."""

    place: str
    sense: NewSense | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """What stands in the place of a row that its format cannot hold."""

    error: str


class FormatError(Exception):
    """The file as a whole cannot be read; the message says what is wrong and where."""


def cell(value: object) -> str:
    if isinstance(value, tuple):
        value = "\n".join(f"{each.kind}: {each.word}" if isinstance(each, Relation) else each for each in value)
    return str(value)
