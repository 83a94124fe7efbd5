"""The register's complete formats come back unchanged, whatever people typed; and so does a card."""

from pathlib import Path

import pytest

from handlers.requirements.formats import whole
from handlers.requirements.messages.shown import Shown
from handlers.responsibilities.catalogue import standard_catalogue
from handlers.responsibilities.rules.duties import duties_for
from storage.engine.interface import Transaction, to_text
from storage.records.ids import new_id
from storage.records.offers import Agreement, Offer
from storage.records.versioned import HistoryEntry
from storage.requirements import requirements
from storage.requirements.requirements import ASPECTS, Aspect, Card, Evaluation, Requirement
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import KINDS, Component, Duty, new_key
from storage.workspaces.people import note_names
from tests.conftest import START
from tests.handlers.responsibilities.making import a_component
from tests.interop.round_trip import HOSTILE, PATH, TEAM, round_trip

NOW = to_text(START)
STATES = ("unowned", "proposed", "accepted", "disputed", "not needed")


def a_register(transaction: Transaction) -> None:
    """Fill a store with a component a text, of every kind, and with a duty in every state."""
    for place, text in enumerate(HOSTILE):
        name = f"{place} {' '.join(text.split())}"[:80].strip()
        part = Component(
            id=new_id(),
            team_id=TEAM,
            name=name,
            look_up_key=new_key(name),
            kind=KINDS[place % len(KINDS)],
            team=text[:80].strip(),
            lead="UANA",
            model_side=("UANA", "UBEN"),
            launch_on="2026-03-01",
            visibility="workspace" if place % 2 else "C1",
            created_by="UANA",
            created_at=NOW,
        )
        assert responsibilities.add_component(transaction, part, [a_duty(part, each, text) for each in DUTIES.items()])
        responsibilities.add_duties(transaction, duties_for(part, standard_catalogue()))


DUTIES = dict(zip(("monitoring", "rollback", "labelling", "data-access", "literacy"), STATES, strict=True))


def a_duty(part: Component, told: tuple[str, str], text: str) -> Duty:
    owner = {"proposed": {"proposed_to": "UDEV", "proposed_by": "UANA"}, "accepted": {"owner": "UDEV", "since": NOW}}
    more = {
        "team_id": TEAM,
        "component_id": part.id,
        "duty": told[0],
        "state": told[1],
        "claimants": ("UANA", "UBEN") if told[1] == "disputed" else (),
        "helpers": ("UELI",),
        "declined_by": ("UX",),
        "need": text[:500].strip(),
        "reason": text[-500:].strip(),
        "changed_at": NOW,
    }
    return Duty.model_validate({**more, **owner.get(told[1], {})})


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_register_is_exported_put_back_and_exported_as_it_was(tmp_path: Path, form: str) -> None:
    out = ["owner", "export", "--include-private", "--format", form, "--output", PATH]
    told = round_trip(tmp_path, a_register, out, ["owner", "restore", PATH, "--format", form])
    assert told.count(b"UDEV") >= len(HOSTILE)


def a_model(transaction: Transaction) -> Component:
    part = a_component(kind="model", team_id=TEAM, name="Churn: model")
    part = part.model_copy(update={"look_up_key": new_key(part.name)})
    assert responsibilities.add_component(transaction, part, [])
    responsibilities.add_duties(transaction, duties_for(part, standard_catalogue()))
    return part


def a_card(transaction: Transaction) -> None:
    """Fill a store with a model whose card has a text wherever somebody may have typed one, measured twice a text."""
    place = {"team_id": TEAM, "component_id": a_model(transaction).id}
    note_names(transaction, TEAM, {"UANA": HOSTILE[0], "UBEN": HOSTILE[1]})
    asked = {each: a_requirement(number) for number, each in enumerate(ASPECTS)}
    card = Card(id="c1", **place, created_at=NOW, changed_at=NOW, version=9, requirements=asked)
    requirements.CARDS.add(transaction, card, HistoryEntry(at=NOW, by="UANA", what="said"))
    for number, text in enumerate(HOSTILE * 2):
        values: dict[Aspect, str] = {"latency": "280 ms", "throughput": f"{number} requests/s"}
        told = {"id": f"e{number:02}", "link": text, "measured_on": "2026-01-05", "by": "UBEN", "at": NOW}
        found = Evaluation.model_validate({**place, **told, "model_version": text, "values": values})
        requirements.add_evaluation(transaction, found)


def a_requirement(place: int) -> Requirement:
    text, other = HOSTILE[place % len(HOSTILE)], HOSTILE[-1 - place % len(HOSTILE)]
    said = Offer(parts={"when": text, "under": other, "amount": "3 ms"}, reason=text, by="UANA", at=NOW)
    agreed = {"model": Agreement(user_id="UBEN", version=2, at=NOW)}
    if place % 3 == 0:
        return Requirement(said=said, agreements=agreed, version=2, beside={"D-2": "unrelated"})
    if place % 3 == 1:
        return Requirement(said=Offer(stance="not needed", reason=other), agreed=said, agreed_by=agreed, decision="D-1")
    return Requirement(said=Offer(stance="unknown", finder="UELI", until="2026-02-01", by="UANA", at=NOW))


def test_a_card_is_exported_brought_back_to_its_component_and_exported_as_it_was(tmp_path: Path) -> None:
    out = ["cards", "export", "Churn: model", "--format", "yaml", "--output", PATH]
    back = ["cards", "import", "Churn: model", PATH]
    told = round_trip(tmp_path, a_card, out, back, there=a_model)
    assert told.count(b"measured_on") == 2 * len(HOSTILE)
    assert told.count(b"very long") >= 3 * 1000


@pytest.mark.parametrize("text", HOSTILE)
def test_a_card_is_written_and_read_as_it_was(text: str) -> None:
    part = a_component(kind="model")
    said = Offer(parts={"when": text, "amount": "3 ms"}, reason=text, by="UANA", at=NOW)
    agreed = {"model": Agreement(user_id="UBEN", version=2, at=NOW)}
    told: dict[Aspect, Requirement] = {
        "latency": Requirement.model_validate({"said": said, "agreements": agreed, "version": 2, "decision": "D-1"}),
        "privacy": Requirement(said=Offer(stance="not needed", reason=text), agreed=said, beside={"D-2": "unrelated"}),
    }
    card = Card(id="1", team_id="T1", component_id="1", created_at=NOW, changed_at=NOW, version=3, requirements=told)
    found = {"id": "1", "team_id": "", "component_id": "", "link": text, "measured_on": "2026-01-05", "at": NOW}
    evaluation = Evaluation.model_validate({**found, "model_version": text, "values": {"latency": text}})
    read = whole.read(whole.as_yaml(Shown(part, card, [evaluation], [], [], {"UANA": text})))
    assert (read.model, read.version, read.requirements, read.evaluations) == (part.name, 3, told, [evaluation])
