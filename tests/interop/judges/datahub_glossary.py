"""Have DataHub's own source read business glossaries; print for each file what it makes of every term, by urn."""

import json
import sys

from datahub.ingestion.api.common import PipelineContext
from datahub.ingestion.source.metadata.business_glossary import BusinessGlossaryFileSource
from datahub.metadata.schema_classes import GlossaryRelatedTermsClass, GlossaryTermInfoClass


def terms(file: str) -> dict[str, dict[str, object]]:
    source = BusinessGlossaryFileSource.create({"file": file}, PipelineContext(run_id="judged"))
    found: dict[str, list[dict[str, object]]] = {}
    for unit in source.get_workunits():
        snapshot = getattr(unit.metadata, "proposedSnapshot", None)
        for aspect in snapshot.aspects if snapshot is not None else ():
            if isinstance(aspect, (GlossaryTermInfoClass, GlossaryRelatedTermsClass)):
                found.setdefault(snapshot.urn, []).append(aspect.to_obj())
    return {urn: {name: told for each in aspects for name, told in each.items()} for urn, aspects in found.items()}


print(json.dumps([terms(file) for file in sys.argv[1:]]))
