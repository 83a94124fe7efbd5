"""Files that the readers take: what our own exports write, and what others do."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from handlers.data_requests.formats import whole
from handlers.data_requests.formats.odcs import VERSIONS, odcs
from handlers.glossary.formats import own
from handlers.glossary.starter import starter_senses
from handlers.requirements.formats import whole as card
from handlers.requirements.messages.shown import Shown
from handlers.responsibilities.catalogue import standard_text
from handlers.responsibilities.formats import register
from handlers.responsibilities.rules.standing import ComponentDuty
from storage.records.offers import Offer
from storage.requirements.requirements import Card, Evaluation, Requirement
from tests.handlers.data_requests.requests import a_request
from tests.handlers.data_requests.test_contract import AGREED, contract
from tests.handlers.responsibilities.making import BY_ID, a_component, a_duty
from tests.reporting import FILES

_HERE = Path(__file__).parent
_DECISIONS = _HERE.parents[1] / "docs" / "decisions"
_FEW = 12
_AT = "2026-01-05T09:00:00.000000+00:00"


def seeds() -> Mapping[str, list[str]]:
    """Return texts by the names of the readers that take them."""
    told: dict[str, Any] = yaml.safe_load((_HERE / "files.yaml").read_text(encoding="utf-8"))
    found = {name: [text] for name, text in told.items()}
    senses = starter_senses()[:_FEW]
    found |= {f"glossary {form}": [own.write(senses, form)] for form in own.FORMATS}
    found["decision"] = [path.read_text(encoding="utf-8") for path in sorted(_DECISIONS.glob("*.md"))[:_FEW]]
    found["contract"] += [odcs(contract(a_request(**AGREED)), version) for version in VERSIONS]
    found["request restore"] = [whole.as_json(a_request(**AGREED), {"UANA": "Ana"})]
    found["owner catalogue"] = [standard_text()]
    owned = {"state": "accepted", "owner": "UANA"}
    listed = [ComponentDuty(a_component(), BY_ID["monitoring"], a_duty(**owned))]
    found["owner restore csv"], found["owner restore json"] = (
        [register.as_csv(listed, {"UANA": "Ana"})],
        [register.as_json(listed, {"UANA": "Ana"})],
    )
    found["owner json"] = found["owner restore json"]
    found["card"] = [card.as_yaml(_card())]
    return found | _reported()


def _reported() -> dict[str, list[str]]:
    """Return what other programs report, as tools wrote it."""
    tools = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FILES.glob("*.json"))}
    runs = [
        tools.pop("mlflow_run"),
        '{"link": "https://a.example", "date": "2026-01-05", "values": {"latency": "1 ms"}}',
    ]
    own = '{"link": "https://a.example", "results": {"checks": [{"name": "a", "clause": "quality", "passed": null}]}}'
    release = '{"action": "published", "release": {"tag_name": "v2", "html_url": "https://a.example"}}'
    created = '{"entity": "model_version", "action": "created", "data": {"name": "a", "version": "7", "alias": "b"}}'
    versions = ['{"version": "1.4", "link": "https://a.example"}', release, created]
    return {"reported evaluation": runs, "reported contract": [*tools.values(), own], "reported version": versions}


def _card() -> Shown:
    said = Offer(parts={"when": "at peak hours", "amount": "3 ms"}, reason="the port waits", by="UANA", at=_AT)
    told = {"latency": Requirement.model_validate({"said": said, "version": 2, "decision": "D-1"})}
    kept = Card(
        id="1", team_id="T1", component_id="1", created_at=_AT, changed_at=_AT, version=3, requirements=dict(told)
    )
    measured = {"id": "1", "team_id": "", "component_id": "", "link": "", "measured_on": "2026-01-05", "at": _AT}
    evaluation = Evaluation.model_validate({**measured, "model_version": "7", "values": {"latency": "2 ms"}})
    return Shown(a_component(kind="model"), kept, [evaluation], [], [], {"UANA": "Ana"})
