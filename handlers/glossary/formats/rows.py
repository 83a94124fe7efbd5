"""What every format of the glossary shares: a row of a file, what stands at a place of one, and how YAML is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from storage.glossary.glossary import NewSense, Relation

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class Row:
    """One meaning of a file, or why it is refused; ``place`` says where it stands, such as "line 3".

    ``lost`` is what the file says of it and the glossary cannot keep; a row that only loses has no meaning.
    """

    place: str
    sense: NewSense | None
    error: str = ""
    lost: tuple[str, ...] = ()


class Entry(NamedTuple):
    """What stands at a place of a file: fields of a meaning by name, a FormatError, or None where all is lost."""

    place: str
    told: object
    lost: Sequence[str] = ()


def in_yaml(told: object) -> str:
    return yaml.dump(told, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=110)


def cell(value: object) -> str:
    """Return a value as one text; of several, each has a line, so that none has a break of its own."""
    if not isinstance(value, tuple):
        return str(value)
    names = (f"{each.kind}: {each.word}" if isinstance(each, Relation) else str(each) for each in value)
    return "\n".join(re.sub(r"[\r\n]+", " ", each) for each in names)
