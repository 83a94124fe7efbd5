"""A software catalog of Backstage, catalog-info.yaml, both ways.

Format: https://backstage.io/docs/features/software-catalog/descriptor-format. Products are systems, models, pipelines
and services are components, datasets are resources; who has which duty stands in annotations.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count

import yaml

from handlers.checks.nested import leaves
from handlers.responsibilities.formats import catalogs, relations
from handlers.responsibilities.formats.catalogs import Catalog, Entity
from handlers.responsibilities.rules.importing import Row
from handlers.responsibilities.rules.people import Owner
from handlers.responsibilities.rules.standing import ComponentDuty
from storage.responsibilities.links import Link
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


def read(text: str, mapping: Mapping[str, str]) -> list[Row]:
    """Read the parts of a catalog with their owners; what a part says besides has a line each. Raises FormatError."""
    catalog = catalogs.read(text, mapping)
    return [row for each in catalog.found for row in _rows(each, catalog)]


def _rows(entity: Entity, catalog: Catalog) -> Iterator[Row]:
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
    notes = [f"{where}: {_short(text)} isn't kept" for where, text in _unkept(entity)]
    is_part = entity.kind.casefold() != "api"
    yield Row(entity.place, {}, owners=(), notes=notes, joined=[*relations.joined(entity, catalog)] if is_part else ())


def _of_part(entity: Entity, catalog: Catalog, owner: Owner, why: str) -> Iterator[Row]:
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


def _kind(entity: Entity, told: str) -> Kind | None:
    return "product" if entity.kind.casefold() == "system" else _TYPES.get(told.casefold())


def _of_api(api: Entity, catalog: Catalog, owner: Owner, why: str) -> Iterator[Row]:
    """Yield that the interface of each component that provides an API is its owner's."""
    providers = catalog.providers.get(api.ref, ())
    for each in providers:
        yield Row(api.place, {"component": each.title, "duty": _INTERFACE}, why, [owner])
    if not providers:
        yield Row(api.place, {}, "no component here provides it", ())


def _short(told: object) -> str:
    return textwrap.shorten(str(told), _SHOWN, placeholder=" …")


def _unkept(entity: Entity) -> Iterator[tuple[str, object]]:
    """Yield each thing that an entity says and the register has no place for."""
    metadata = {name: told for name, told in entity.metadata.items() if name not in ("name", "title", "namespace")}
    annotations = metadata.get("annotations")
    if isinstance(annotations, dict):
        theirs = {name: told for name, told in annotations.items() if not str(name).startswith(_OURS)}
        metadata["annotations"] = theirs
    yield from leaves(metadata, "metadata")
    read = ("type", "owner", *(relations.READ if entity.kind.casefold() != "api" else ()))
    yield from leaves({name: told for name, told in entity.spec.items() if name not in read}, "spec")


def _annotated(entity: Entity) -> Iterator[tuple[str, str]]:
    told = entity.metadata.get("annotations")
    for name, value in told.items() if isinstance(told, dict) else ():
        if str(name).startswith(_OURS):
            yield str(name).removeprefix(_OURS), str(value)


def _owner(ref: str, entity: Entity, catalog: Catalog) -> tuple[Owner, str]:
    """Return whom a reference names, and why that can't be one person; a group with one member is that member."""
    full = catalogs.full(ref, "group", entity.namespace)
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


def _person(ref: str, full: str, catalog: Catalog) -> Owner:
    user = catalog.entities.get(full)
    told = [user.profile.get("email"), user.profile.get("displayName"), user.metadata.get("title")] if user else []
    return Owner(ref, [str(each) for each in (*told, f"@{full.rpartition('/')[2]}") if each])


def written(listed: Sequence[ComponentDuty], names: Mapping[str, str], today: str, links: Sequence[Link] = ()) -> str:
    """Return a catalog: each part with its lead as the owner, and who has or was asked for which duty, and people.

    What launches after ``today``, an ISO date, is experimental; what retires is deprecated.
    """
    refs: dict[str, str] = {}
    parts: dict[str, tuple[Component, dict[str, str]]] = {}
    for each in listed:
        _, duties = parts.setdefault(each.component.id, (each.component, {}))
        person = each.present.owner or each.present.proposed_to
        if person and re.fullmatch(r"[\w.-]{1,63}", each.kind.id, re.ASCII):
            duties[f"{_OURS}{each.kind.id}"] = _ref(person, names, refs)
    taken = set[str]()
    free = {component.id: _free(component.name, taken) for component, _ in parts.values()}
    others = {each.id: (f"{_entity_kind(each).casefold()}:default/{free[each.id]}", each) for each, _ in parts.values()}
    entities = []
    for component, duties in parts.values():
        annotations = {"annotations": duties} if duties else {}
        metadata = {"name": free[component.id], "title": component.name, **annotations}
        spec = {"owner": _ref(component.lead, names, refs), **relations.written(component, links, others)}
        entities.append(_part(component, metadata, spec, today))
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


def _entity_kind(component: Component) -> str:
    return {"product": "System", "dataset": "Resource"}.get(component.kind, "Component")


def _part(
    component: Component, metadata: Mapping[str, object], spec: Mapping[str, object], today: str
) -> dict[str, object]:
    told: dict[str, str] = {} if component.kind == "product" else {"type": component.kind}
    if _entity_kind(component) == "Component":
        told["lifecycle"] = _lifecycle(component, today)
    return _document(_entity_kind(component), metadata, {**told, **spec})


def _lifecycle(component: Component, today: str) -> str:
    if component.retires_on and not component.retires_version:
        return "deprecated"
    return "experimental" if component.launch_on > today else "production"


def _document(kind: str, metadata: Mapping[str, object], spec: Mapping[str, object]) -> dict[str, object]:
    return {"apiVersion": _VERSION, "kind": kind, "metadata": metadata, "spec": spec}
