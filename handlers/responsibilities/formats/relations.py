"""How the parts of a catalog of Backstage are joined, both ways: what depends on what, and what is a part of what.

Format: https://backstage.io/docs/features/software-catalog/descriptor-format. A dependency is fed by data and pipelines
and served by all else; who deploys something stands nowhere in it.
"""

from collections.abc import Iterator, Mapping, Sequence

from handlers.responsibilities.formats.catalogs import Catalog, Entity, full, listed
from storage.responsibilities.links import Joint, Link
from storage.responsibilities.responsibilities import Component

#: What says in a part's spec how it is joined to others.
READ = ("dependsOn", "dependencyOf", "system", "subcomponentOf", "consumesApis")
_DATA = ("resource", "dataset", "database", "table", "data", "pipeline", "data-pipeline", "ml-pipeline", "workflow")
#: The names of two components, with how the first is joined to the second between them.
Joined = tuple[str, Joint, str]


def joined(entity: Entity, catalog: Catalog) -> Iterator[Joined]:
    """Yield how a part is joined to others, by their names in the register."""
    own = _name(entity.ref, catalog)
    for ref in _refs(entity, "dependsOn", "component"):
        yield _name(ref, catalog), _how(ref, catalog), own
    for ref in _refs(entity, "dependencyOf", "component"):
        yield own, _how(entity.ref, catalog), _name(ref, catalog)
    for ref in (*_refs(entity, "system", "system"), *_refs(entity, "subcomponentOf", "component")):
        yield own, "part of", _name(ref, catalog)
    for api in _refs(entity, "consumesApis", "api"):
        for provider in catalog.providers.get(api, ()):
            yield _name(provider.ref, catalog), "serves", own


def _refs(entity: Entity, field: str, kind: str) -> list[str]:
    one = entity.spec.get(field)
    told = [one] if isinstance(one, str) else listed(entity, field)
    return [full(str(each), kind, entity.namespace) for each in told]


def _name(ref: str, catalog: Catalog) -> str:
    """Return what the register calls a part: as --map says, else its title in the file, else its name."""
    entity, name = catalog.entities.get(ref), ref.rpartition("/")[2]
    return catalog.mapping.get(entity.name if entity else name) or (entity.title if entity else name)


def _how(ref: str, catalog: Catalog) -> Joint:
    entity = catalog.entities.get(ref)
    told = str(entity.spec.get("type") or "") if entity else ""
    is_data = catalog.mapping.get(told, told).casefold() in _DATA or (not told and ref.startswith("resource:"))
    return "feeds" if is_data else "serves"


def written(
    component: Component, links: Sequence[Link], refs: Mapping[str, tuple[str, Component]]
) -> dict[str, object]:
    """Return what the spec of a part says of how it is joined to others; ``refs`` are their references by id."""
    own = [each for each in links if each.state == "confirmed" and {each.source_id, each.target_id} <= refs.keys()]
    into = [each.source_id for each in own if each.target_id == component.id and each.kind in ("feeds", "serves")]
    above = [refs[each.target_id] for each in own if each.source_id == component.id and each.kind == "part of"]
    told: dict[str, object] = {}
    if into and component.kind != "product":
        told["dependsOn"] = sorted(refs[each][0] for each in into)
    if component.kind == "product":
        return told
    system = next((ref for ref, part in above if part.kind == "product"), "")
    whole = next((ref for ref, part in above if part.kind != "product"), "")
    told |= {"system": system.rpartition("/")[2]} if system else {}
    return told | ({"subcomponentOf": whole} if whole and component.kind != "dataset" else {})
