"""What every format of the glossary shares: a row of a file, and how YAML is read and written."""

from dataclasses import dataclass

import yaml

from storage.glossary.glossary import NewSense, Relation

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class Row:
    """One meaning of a file, or why it is refused; ``place`` says where it stands, such as "line 3"."""

    place: str
    sense: NewSense | None
    error: str = ""


def in_yaml(told: object) -> str:
    return yaml.dump(told, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=110)


def cell(value: object) -> str:
    if isinstance(value, tuple):
        value = "\n".join(f"{each.kind}: {each.word}" if isinstance(each, Relation) else each for each in value)
    return str(value)
