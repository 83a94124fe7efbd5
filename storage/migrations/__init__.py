"""The schema as numbered steps; each runs once, in a transaction, in this order."""

from collections.abc import Mapping, Sequence
from functools import cache

from sqlite_utils import Database, Migrations

from storage.migrations import (
    agents,
    audit,
    change_notices,
    data_requests,
    decisions,
    finding,
    foundation,
    glossary,
    installations,
    names,
    nudges,
    privacy,
    records,
    replicas,
    requirements,
    responsibilities,
    revisions,
    summaries,
    webhooks,
)

MIGRATIONS = Migrations("common_ground")

#: From this step on, an engine that can keeps the rows of workspaces apart.
PARTED = "0077_parted"
#: From this step on, an engine that puts words off until later files them with each row.
AT_ONCE = "0158_filed_at_once"

STEPS = (
    ("0001_workspaces", foundation.workspaces),
    ("0002_deliveries", foundation.deliveries),
    ("0003_glossary", glossary.glossary),
    ("0004_glossary_misses", glossary.glossary_misses),
    ("0005_glossary_meanings", glossary.glossary_meanings),
    ("0006_glossary_questions", glossary.glossary_questions),
    ("0007_preferences", foundation.preferences),
    ("0008_responsibilities", responsibilities.responsibilities),
    ("0009_reasons", glossary.reasons),
    ("0010_staged_changes", glossary.staged_changes),
    ("0011_register", responsibilities.register),
    ("0012_nudges", nudges.nudges),
    ("0013_open_nudges", nudges.open_nudges),
    ("0014_decisions", decisions.decisions),
    ("0015_threads", foundation.threads),
    ("0016_data_requests", data_requests.data_requests),
    ("0017_data_samples", data_requests.data_samples),
    ("0018_summaries", summaries.summaries),
    ("0019_redactions", foundation.redactions),
    ("0020_requirements", requirements.requirements),
    ("0021_feedback", requirements.feedback),
    ("0022_histories", records.histories),
    ("0023_summary_spans", records.summary_spans),
    ("0024_open_deliveries", foundation.open_deliveries),
    ("0025_revisions", revisions.revisions),
    ("0026_indexes", revisions.indexes),
    ("0030_audit", audit.audit),
    ("0031_uninstalled", foundation.uninstalled),
    ("0032_visibilities", records.visibilities),
    ("0033_privacy", privacy.privacy),
    ("0034_quotes", decisions.quotes),
    ("0035_scrubbing", privacy.scrubbing),
    ("0036_private_homes", summaries.private_homes),
    ("0039_asks", foundation.asks),
    ("0043_additions", decisions.additions),
    ("0047_finding", finding.finding),
    ("0048_near_names", glossary.near_names),
    ("0049_asked_otherwise", glossary.asked_otherwise),
    ("0051_decision_links", decisions.links),
    ("0053_held_names", names.held_names),
    ("0060_latest", finding.latest),
    ("0061_origins", foundation.origins),
    ("0064_near_bases", glossary.near_bases),
    ("0070_leases", replicas.leases),
    ("0071_heard", replicas.heard),
    ("0075_installations", installations.installations),
    ("0076_lanes", foundation.lanes),
    (PARTED, foundation.parted),
    ("0080_agent_tokens", agents.tokens),
    ("0090_everywhere", revisions.everywhere),
    ("0095_own_words", finding.own_words),
    ("0096_of_decisions", revisions.of_decisions),
    ("0098_refused_renewals", installations.refused),
    ("0100_links", responsibilities.links),
    ("0105_change_notices", change_notices.change_notices),
    ("0110_webhooks", webhooks.webhooks),
    ("0120_launches", responsibilities.launches),
    ("0130_ended_questions", glossary.ended_questions),
    ("0131_glossary_sessions", glossary.sessions),
    ("0132_owner_teams", responsibilities.teams),
    ("0133_owner_team_groups", responsibilities.team_groups),
    ("0140_stages_of_evaluations", requirements.stages),
    ("0144_retirements", responsibilities.retirements),
    ("0148_names_since", glossary.names_since),
    ("0151_organizations", installations.organizations),
    ("0156_rests", nudges.rests),
    (AT_ONCE, finding.filed_at_once),
    ("0165_said_instead", names.said_instead),
)
#: What a step does to rows, as statements for every engine: PostgreSQL gets the schema of the steps from their result,
#: and runs these for those that it lacks. The steps up to 0064 are older than the first store in it.
#: Those of 0095 are what full-text search keeps there beside its tables, which follows from the schema.
MOVES: Mapping[str, Sequence[str]] = {"0095_own_words": (), "0165_said_instead": names.SAID_INSTEAD}

for _name, _step in STEPS:
    MIGRATIONS(name=_name)(_step)


@cache
def step_names() -> frozenset[str]:
    """Return the names of the steps that this version knows."""
    empty = Database(memory=True)
    names = frozenset(step.name for step in MIGRATIONS.pending(empty))
    empty.close()
    return names
