"""A software catalog of Backstage, catalog-info.yaml, both ways.

Format: https://backstage.io/docs/features/software-catalog/descriptor-format. Products are systems, models, pipelines
and services are components, datasets are resources; who has which duty stands in annotations.
"""

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

import yaml

from handlers.checks import plain_yaml
from handlers.checks.csv_files import FormatError
from handlers.checks.nested import leaves
from handlers.responsibilities.rules.importing import Row
from handlers.responsibilities.rules.people import Owner
from handlers.responsibilities.rules.standing import ComponentDuty
from storage.responsibilities.responsibilities import Component, Kind

_OURS = "common-ground/"
_VERSION = "backstage.io/v1alpha1"
_TYPES: Mapping[str, Kind] = {
    **dict.fromkeys(("model", "ml-model", "ai-model", "machine-learning-model"), "model"),
    **dict.fromkeys(("language model", "language-model", "llm", "prompt", "assistant", "chatbot"), "language model"),
    **dict.fromkeys(("pipeline", "data-pipeline", "ml-pipeline", "workflow"), "pipeline"),
    **dict.fromkeys(("dataset", "database", "table", "data"), "dataset"),
    **dict.fromkeys(("service", "api"), "service"),
    **dict.fromkeys(("product", "website", "app", "mobile-app"), "product"),
}
#: Kinds of entities that become parts of the register, or an API's duty; people and groups are looked up in others.
_TAKEN, _PEOPLE = ("component", "resource", "system", "api"), ("user", "group")
_INTERFACE = "interface"
_LONGEST, _SHOWN = 63, 80


@dataclass(frozen=True, slots=True)
class _Entity:
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
class _Catalog:
    """The entities of a file by their references, who provides each API and is in each group, and what names mean."""

    entities: Mapping[str, _Entity]
    providers: Mapping[str, Sequence[_Entity]]
    members: Mapping[str, Sequence[str]]
    mapping: Mapping[str, str]


def read(text: str, mapping: Mapping[str, str]) -> list[Row]:
    """Read the parts of a catalog with their owners; what a part says besides has a line each. Raises FormatError."""
    try:
        documents = plain_yaml.read_all(text)
    except yaml.YAMLError as error:
        raise FormatError(f"the file can't be read as YAML: {' '.join(str(error).split())}") from None
    found = [_entity(line, each) for line, each in documents]
    if not found:
        raise FormatError("the file should be a catalog of Backstage, with a kind, metadata and a spec")
    catalog = _catalog(found, mapping)
    return [row for each in found for row in _rows(each, catalog)]


def _catalog(found: Sequence[_Entity], mapping: Mapping[str, str]) -> _Catalog:
    providers, members = defaultdict[str, list[_Entity]](list), defaultdict[str, list[str]](list)
    for each in found:
        for api in _listed(each, "providesApis"):
            providers[_full(str(api), "api", each.namespace)].append(each)
        if each.kind.casefold() == "group":
            members[each.ref] += [_full(str(user), "user", each.namespace) for user in _listed(each, "members")]
        for group in _listed(each, "memberOf"):
            members[_full(str(group), "group", each.namespace)].append(each.ref)
    return _Catalog({each.ref: each for each in found}, providers, members, mapping)


def _entity(line: int, told: Any) -> _Entity:
    """Return what one document describes. Raises FormatError."""
    parts = [told.get(name) or {} for name in ("metadata", "spec")] if isinstance(told, dict) else []
    if not parts or not told.get("kind") or not all(isinstance(each, dict) for each in parts):
        raise FormatError(f"line {line}: this should be an entity of Backstage, with a kind, metadata and a spec")
    if not parts[0].get("name"):
        raise FormatError(f"line {line}: metadata.name is missing")
    namespace = str(parts[0].get("namespace") or "default")
    return _Entity(line, str(told["kind"]), str(parts[0]["name"]), namespace, *parts)


def _rows(entity: _Entity, catalog: _Catalog) -> Iterator[Row]:
    if entity.kind.casefold() in _PEOPLE:
        return
    if entity.kind.casefold() not in _TAKEN:
        yield Row(entity.place, {}, f"{entity.kind} has no place in the register", ())
        return
    ref = str(entity.spec.get("owner") or "")
    owner, why = _owner(ref, entity, catalog) if ref else (Owner(""), "spec.owner is missing")
    if entity.kind.casefold() == "api":
        yield from _of_api(entity, catalog, owner, why)
    else:
        yield from _of_part(entity, catalog, owner, why)
    yield Row(
        entity.place, {}, owners=(), notes=[f"{where}: {_short(text)} isn't kept" for where, text in _unkept(entity)]
    )


def _of_part(entity: _Entity, catalog: _Catalog, owner: Owner, why: str) -> Iterator[Row]:
    """Yield the duties that a catalog of ours names, else the one that the owner of a part has in general."""
    told, mapping = str(entity.spec.get("type") or ""), catalog.mapping
    kind = _kind(entity, mapping.get(told, told))
    if kind is None:
        why = f"spec.type: {told} is no kind here; say which with --map '{told}=service'"
    cells = {"component": mapping.get(entity.name, entity.title), "kind": kind or "", "duty": mapping.get("duty", "")}
    annotated = list(_annotated(entity))
    if why or not annotated:
        yield Row(entity.place, cells, why, [owner])
    for duty, value in [] if why else annotated:
        person, wrong = _owner(value, entity, catalog)
        yield Row(entity.place, {**cells, "duty": duty}, wrong, [person], owner)


def _kind(entity: _Entity, told: str) -> Kind | None:
    return "product" if entity.kind.casefold() == "system" else _TYPES.get(told.casefold())


def _of_api(api: _Entity, catalog: _Catalog, owner: Owner, why: str) -> Iterator[Row]:
    """Yield that the interface of each component that provides an API is its owner's."""
    providers = catalog.providers.get(api.ref, ())
    for each in providers:
        yield Row(api.place, {"component": each.title, "duty": _INTERFACE}, why, [owner])
    if not providers:
        yield Row(api.place, {}, "no component here provides it", ())


def _short(told: object) -> str:
    return textwrap.shorten(str(told), _SHOWN, placeholder=" …")


def _unkept(entity: _Entity) -> Iterator[tuple[str, object]]:
    """Yield each thing that an entity says and the register has no place for."""
    metadata = {name: told for name, told in entity.metadata.items() if name not in ("name", "title", "namespace")}
    annotations = metadata.get("annotations")
    if isinstance(annotations, dict):
        theirs = {name: told for name, told in annotations.items() if not str(name).startswith(_OURS)}
        metadata["annotations"] = theirs
    yield from leaves(metadata, "metadata")
    yield from leaves({name: told for name, told in entity.spec.items() if name not in ("type", "owner")}, "spec")


def _annotated(entity: _Entity) -> Iterator[tuple[str, str]]:
    told = entity.metadata.get("annotations")
    for name, value in told.items() if isinstance(told, dict) else ():
        if str(name).startswith(_OURS):
            yield str(name).removeprefix(_OURS), str(value)


def _listed(entity: _Entity, name: str) -> list[Any]:
    told = entity.spec.get(name)
    return told if isinstance(told, list) else []


def _full(ref: str, kind: str, namespace: str) -> str:
    """Return a reference with its kind and its namespace, in small letters."""
    told, colon, rest = ref.rpartition(":")
    place, slash, name = rest.rpartition("/")
    return f"{told if colon else kind}:{place if slash else namespace}/{name}".casefold()


def _owner(ref: str, entity: _Entity, catalog: _Catalog) -> tuple[Owner, str]:
    """Return whom a reference names, and why that can't be one person; a group with one member is that member."""
    full = _full(ref, "group", entity.namespace)
    mapped = catalog.mapping.get(ref) or catalog.mapping.get(full)
    if mapped:
        return Owner(mapped), ""
    if full.startswith("user:") or "@" in ref:
        return _person(ref, full, catalog), ""
    members = set(catalog.members.get(full, ()))
    if len(members) == 1:
        return _person(ref, members.pop(), catalog), ""
    many = f"has {len(members)} members here" if members else "is a group"
    return Owner(ref), f"owner: {ref} {many}; say who owns it with --map '{ref}=NAME'"


def _person(ref: str, full: str, catalog: _Catalog) -> Owner:
    user = catalog.entities.get(full)
    told = [user.profile.get("email"), user.profile.get("displayName"), user.metadata.get("title")] if user else []
    return Owner(ref, [str(each) for each in (*told, f"@{full.rpartition('/')[2]}") if each])


def written(listed: Sequence[ComponentDuty], names: Mapping[str, str], today: str) -> str:
    """Return a catalog: each part with its lead as the owner, and who has or was asked for which duty, and people.

    What launches after ``today``, an ISO date, is experimental.
    """
    refs: dict[str, str] = {}
    parts: dict[str, tuple[Component, dict[str, str]]] = {}
    for each in listed:
        _, duties = parts.setdefault(each.component.id, (each.component, {}))
        person = each.present.owner or each.present.proposed_to
        if person and re.fullmatch(r"[\w.-]{1,63}", each.kind.id, re.ASCII):
            duties[f"{_OURS}{each.kind.id}"] = _ref(person, names, refs)
    taken = set[str]()
    entities = []
    for component, duties in parts.values():
        annotations = {"annotations": duties} if duties else {}
        metadata = {"name": _free(component.name, taken), "title": component.name, **annotations}
        entities.append(_part(component, metadata, _ref(component.lead, names, refs), today))
    people = [
        _document(
            "User", {"name": ref.rpartition("/")[2]}, {"profile": {"displayName": names.get(who, who)}, "memberOf": []}
        )
        for who, ref in refs.items()
    ]
    return yaml.safe_dump_all([*entities, *people], sort_keys=False, allow_unicode=True, explicit_start=True)


def _ref(person: str, names: Mapping[str, str], refs: dict[str, str]) -> str:
    """Return the reference of a person, a new one where they have none yet."""
    if person not in refs:
        refs[person] = (
            f"user:default/{_free(names.get(person, person), {each.rpartition('/')[2] for each in refs.values()})}"
        )
    return refs[person]


def _free(text: str, taken: set[str]) -> str:
    """Return a name as Backstage takes it, which nobody has yet."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[: _LONGEST - 8] or "x"
    names = chain([plain], (f"{plain}-{number}" for number in count(2)))
    free = next(each for each in names if each not in taken)
    taken.add(free)
    return free


def _part(component: Component, metadata: Mapping[str, object], owner: str, today: str) -> dict[str, object]:
    match component.kind:
        case "product":
            return _document("System", metadata, {"owner": owner})
        case "dataset":
            return _document("Resource", metadata, {"type": "dataset", "owner": owner})
        case kind:
            lifecycle = "experimental" if component.launch_on > today else "production"
            return _document("Component", metadata, {"type": kind, "lifecycle": lifecycle, "owner": owner})


def _document(kind: str, metadata: Mapping[str, object], spec: Mapping[str, object]) -> dict[str, object]:
    return {"apiVersion": _VERSION, "kind": kind, "metadata": metadata, "spec": spec}
