"""The entities of a software catalog of Backstage, as a file has them, and how they name one another."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from handlers.checks import plain_yaml
from handlers.checks.csv_files import FormatError


@dataclass(frozen=True, slots=True)
class Entity:
    line: int
    kind: str
    name: str
    namespace: str
    metadata: Mapping[str, Any]
    spec: Mapping[str, Any]

    @property
    def place(self) -> str:
        return f"line {self.line} ({self.kind} {self.name})"

    @property
    def ref(self) -> str:
        return f"{self.kind}:{self.namespace}/{self.name}".casefold()

    @property
    def title(self) -> str:
        return str(self.metadata.get("title") or self.name)

    @property
    def profile(self) -> Mapping[str, Any]:
        told = self.spec.get("profile")
        return told if isinstance(told, dict) else {}


@dataclass(frozen=True, slots=True)
class Catalog:
    """The entities of a file, by their references too, who provides each API and is in each group.

    ``mapping`` says what names mean.
    """

    found: Sequence[Entity]
    entities: Mapping[str, Entity]
    providers: Mapping[str, Sequence[Entity]]
    members: Mapping[str, Sequence[str]]
    mapping: Mapping[str, str]


def read(text: str, mapping: Mapping[str, str]) -> Catalog:
    """Read a catalog; ``mapping`` says what names of the file stand for. Raises FormatError."""
    try:
        documents = plain_yaml.read_all(text)
    except yaml.YAMLError as error:
        raise FormatError(f"the file can't be read as YAML: {' '.join(str(error).split())}") from None
    found = [_entity(line, each) for line, each in documents]
    if not found:
        raise FormatError("the file should be a catalog of Backstage, with a kind, metadata and a spec")
    return _catalog(found, mapping)


def _catalog(found: Sequence[Entity], mapping: Mapping[str, str]) -> Catalog:
    providers, members = defaultdict[str, list[Entity]](list), defaultdict[str, list[str]](list)
    for each in found:
        for api in listed(each, "providesApis"):
            providers[full(str(api), "api", each.namespace)].append(each)
        if each.kind.casefold() == "group":
            members[each.ref] += [full(str(user), "user", each.namespace) for user in listed(each, "members")]
        for group in listed(each, "memberOf"):
            members[full(str(group), "group", each.namespace)].append(each.ref)
    return Catalog(found, {each.ref: each for each in found}, providers, members, mapping)


def _entity(line: int, told: Any) -> Entity:
    """Return what one document describes. Raises FormatError."""
    parts = [told.get(name) or {} for name in ("metadata", "spec")] if isinstance(told, dict) else []
    if not parts or not told.get("kind") or not all(isinstance(each, dict) for each in parts):
        raise FormatError(f"line {line}: this should be an entity of Backstage, with a kind, metadata and a spec")
    if not parts[0].get("name"):
        raise FormatError(f"line {line}: metadata.name is missing")
    namespace = str(parts[0].get("namespace") or "default")
    return Entity(line, str(told["kind"]), str(parts[0]["name"]), namespace, *parts)


def listed(entity: Entity, name: str) -> list[Any]:
    told = entity.spec.get(name)
    return told if isinstance(told, list) else []


def full(ref: str, kind: str, namespace: str) -> str:
    """Return a reference with its kind and its namespace, in small letters."""
    told, colon, rest = ref.rpartition(":")
    place, slash, name = rest.rpartition("/")
    return f"{told if colon else kind}:{place if slash else namespace}/{name}".casefold()
