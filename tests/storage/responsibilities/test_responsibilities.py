"""Components and duties, as the store holds them: one name once, one writer at a time, history kept."""

from datetime import UTC, datetime

from storage.engine.interface import WORKSPACE, Database, to_text
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, Duty, DutyEvent
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def a_component(name: str = "Churn model", visibility: str = WORKSPACE) -> Component:
    return Component(
        id=f"{name} {visibility}", team_id="T1", name=name, kind="model", lead="ULEAD", visibility=visibility,
        look_up_key=responsibilities.new_key(name), created_by="UANA", created_at=to_text(NOW), version=1,
        model_side=("UANA",),
    )  # fmt: skip


def a_duty(component: Component, name: str = "deployment") -> Duty:
    return Duty(team_id="T1", component_id=component.id, duty=name, changed_at=to_text(NOW))


def an_event(duty: Duty, what: str = "claim") -> DutyEvent:
    return DutyEvent(component_id=duty.component_id, duty=duty.duty, at=to_text(NOW), by="UANA", what=what)


async def test_a_component_is_added_once_with_its_duties(store: Database) -> None:
    component = a_component()
    assert await write(store, responsibilities.add_component, component, [a_duty(component)])
    assert not await write(store, responsibilities.add_component, a_component("churn-model"), [])
    assert responsibilities.components(store.reader, "T1", [WORKSPACE]) == [component]
    assert responsibilities.component(store.reader, "T1", component.id) == component
    assert responsibilities.component(store.reader, "T2", component.id) is None
    assert responsibilities.duties_of(store.reader, "T1", [component.id]) == [a_duty(component)]


async def test_a_private_component_is_seen_in_its_channel_alone(store: Database) -> None:
    secret = a_component("Falcon", "CSECRET")
    await write(store, responsibilities.add_component, secret, [])
    assert responsibilities.components(store.reader, "T1", [WORKSPACE]) == []
    assert responsibilities.components(store.reader, "T1", ["CSECRET"]) == [secret]


async def test_of_two_who_change_a_duty_at_once_one_wins(store: Database) -> None:
    component = a_component()
    old = a_duty(component)
    await write(store, responsibilities.add_component, component, [old])
    mine = old.model_copy(update={"state": "accepted", "owner": "UANA", "helpers": ("UBEN",)})
    assert await write(store, responsibilities.change_duty, old, mine, an_event(old))
    assert not await write(store, responsibilities.change_duty, old, mine, an_event(old))
    kept = responsibilities.duty(store.reader, "T1", component.id, "deployment")
    assert kept is not None
    assert (kept.owner, kept.helpers, kept.version) == ("UANA", ("UBEN",), 2)
    assert responsibilities.history(store.reader, "T1", component.id, "deployment") == [an_event(old)]
    assert responsibilities.duty(store.reader, "T1", component.id, "fairness") is None
