"""Other words for a word, as most people use it at work: the lists of thesaurus.yaml. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from storage.glossary.forms import stem
from storage.glossary.irregular import irregular

#: By the stems of a word or of several, the words that stand for them.
Others = Mapping[str, tuple[str, ...]]


class Thesaurus(NamedTuple):
    """``same`` are as good as the word that was said, ``near`` less; see thesaurus.yaml."""

    same: Others
    near: Others


@cache
def thesaurus() -> Thesaurus:
    """Return the lists."""
    read = yaml.load(Path(__file__).with_suffix(".yaml").read_bytes(), yaml.CSafeLoader)
    near = [*_pairs_of(_groups(read["near"])), *_pairs_of_kinds(_groups(read["kinds"]))]
    return Thesaurus(_by_stems(_pairs_of(_groups(read["same"]))), _by_stems(near))


def key_of(words: str) -> str:
    """Return the key of one word or of several."""
    return " ".join(map(stem, words.split()))


def same(words: str) -> tuple[str, ...]:
    """Return what is as good as a word, whatever that is said of."""
    return thesaurus().same.get(key_of(words), ())


def near(words: str) -> tuple[str, ...]:
    """Return what stands for one word or for several in most sentences, and is not the same."""
    return thesaurus().near.get(key_of(words), ())


def _groups(listed: str) -> Iterator[str]:
    return filter(None, map(str.strip, re.split(r"[;\n]", listed)))


def _pairs_of(groups: Iterable[str]) -> Iterator[tuple[str, str]]:
    for group in groups:
        words = group.split()
        yield from ((one, other) for one in words for other in words if one != other)


def _pairs_of_kinds(groups: Iterable[str]) -> Iterator[tuple[str, str]]:
    for group in groups:
        kind, _, named = group.partition(":")
        for one in named.split():
            yield from ((each, one) for each in kind.split())
            yield from ((one, each) for each in kind.split())


def _by_stems(pairs: Iterable[tuple[str, str]]) -> Others:
    found: dict[str, dict[str, None]] = {}
    for one, other in ((one.replace("_", " "), other.replace("_", " ")) for one, other in pairs):
        if (key := key_of(one)) != key_of(other):
            # An engine takes "children" for no child.
            found.setdefault(key, {}).update(dict.fromkeys((other, *irregular().plurals.get(other, ()))))
    return {key: tuple(others) for key, others in found.items()}
