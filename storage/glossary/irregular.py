"""What no rule knows of English words: the lists of irregular.yaml. Pure."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml


class Irregular(NamedTuple):
    """The lists, each as irregular.yaml says; groups of words are by each of their words."""

    plurals: dict[str, tuple[str, ...]]
    verbs: dict[str, tuple[str, ...]]
    families: dict[str, tuple[str, ...]]
    short: dict[str, tuple[str, ...]]
    no_plurals: frozenset[str]
    apart: frozenset[str]
    doers: frozenset[str]
    adjectives: frozenset[str]
    own: frozenset[str]
    doubling: frozenset[str]
    either: frozenset[str]
    plain: frozenset[str]


@cache
def irregular() -> Irregular:
    """Return the lists."""
    read = yaml.load(Path(__file__).with_suffix(".yaml").read_bytes(), yaml.CSafeLoader)
    plurals, verbs, families, short = (_groups(read[name]) for name in Irregular._fields[:4])
    return Irregular(
        plurals, verbs, families, short, *(frozenset(read[name].split()) for name in Irregular._fields[4:])
    )


def _groups(listed: str) -> dict[str, tuple[str, ...]]:
    """Return by each word those of its group, the group's first one first."""
    found = dict[str, tuple[str, ...]]()
    for group in re.split(r"[;\n]", listed):
        for word in group.split():
            found[word] = (*found.get(word, ()), *group.split())
    return found
