"""Components and duties for tests."""

from datetime import UTC, datetime

from handlers.responsibilities import catalogue
from storage.engine.interface import to_text
from storage.responsibilities.responsibilities import Component, Duty

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
CATALOGUE = catalogue.standard_catalogue()
BY_ID = {kind.id: kind for kind in CATALOGUE}


def a_component(name: str = "churn model", **more: object) -> Component:
    told = {
        "id": name,
        "team_id": "T1",
        "name": name,
        "look_up_key": name,
        "kind": "model",
        "lead": "ULEAD",
        "created_by": "UANA",
        "created_at": to_text(NOW),
        "version": 1,
        **more,
    }
    return Component.model_validate(told)


def a_duty(**more: object) -> Duty:
    told = {"team_id": "T1", "component_id": "churn model", "duty": "monitoring", "changed_at": to_text(NOW), **more}
    return Duty.model_validate(told)


ACCEPTED = a_duty(state="accepted", owner="UANA", since=to_text(NOW), confirmed_at=to_text(NOW))
