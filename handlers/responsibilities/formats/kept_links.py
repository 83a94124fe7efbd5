"""How components are linked in our own export: a cell of JSON, in the first row of the component that gives."""

import json
from collections.abc import Mapping, Sequence

from handlers.responsibilities.rules.restoring import KeptLink
from storage.responsibilities.links import Link
from storage.responsibilities.responsibilities import Component


def written(component: Component, links: Sequence[Link], parts: Mapping[str, Component]) -> str:
    """Return the links of a component to others that are in the export too; empty where it has none."""
    own = [
        KeptLink(target=parts[each.target_id].name, of=parts[each.target_id].visibility, **_told(each))
        for each in links
        if each.source_id == component.id and each.target_id in parts
    ]
    ordered = sorted(own, key=lambda each: (each.kind, each.target.casefold(), each.of, each.visibility))
    return json.dumps([each.model_dump() for each in ordered], ensure_ascii=False) if ordered else ""


def _told(link: Link) -> dict[str, str]:
    return link.model_dump(include={*KeptLink.model_fields})
