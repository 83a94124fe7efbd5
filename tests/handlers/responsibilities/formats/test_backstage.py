"""Backstage's catalog-info.yaml: its parts, who owns them, and a line about each thing that isn't kept."""

from collections.abc import Mapping

import pytest
import yaml

from handlers.checks.csv_files import FormatError
from handlers.responsibilities.formats import backstage
from handlers.responsibilities.rules import importing
from handlers.responsibilities.rules.importing import Plan, Register
from handlers.responsibilities.rules.standing import ComponentDuty
from tests.handlers.responsibilities.formats.test_codeowners import NOBODY, PARTS, PEOPLE
from tests.handlers.responsibilities.making import BY_ID, a_component, a_duty

CATALOG = """\
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: arrivals, title: Arrivals, description: Predicts, tags: [ml]}
spec:
  type: service
  lifecycle: production
  owner: user:default/ana
  providesApis: [arrivals-api]
  dependsOn: [resource:ships]
---
kind: API
metadata: {name: arrivals-api}
spec: {type: openapi, lifecycle: production, owner: harbour, definition: "openapi: 3.1.0"}
---
kind: Resource
metadata: {name: ships}
spec: {type: database, owner: group:default/harbour}
---
kind: System
metadata: {name: port}
spec: {owner: many}
---
kind: Component
metadata: {name: churn model}
spec: {type: library, owner: user:ben}
---
kind: Domain
metadata: {name: sea}
spec: {owner: harbour}
---
kind: Group
metadata: {name: harbour}
spec: {type: team, children: [], members: [dp]}
---
kind: User
metadata: {name: dp}
spec: {profile: {displayName: Dev Patel, email: dp@example.org}, memberOf: [many]}
---
kind: User
metadata: {name: x}
spec: {memberOf: [many]}
"""


def planned(text: str, mapping: Mapping[str, str] | None = None) -> Plan:
    return importing.plan(backstage.read(text, mapping or {}), Register(PARTS, {}, BY_ID, PEOPLE))


def test_parts_are_added_and_their_owners_are_asked() -> None:
    made = planned(CATALOG)
    assert {each.name: (each.kind, each.lead) for each in made.added.values()} == {
        "Arrivals": ("service", "UANA"),
        "ships": ("dataset", "UDEV"),
    }
    assert made.proposed == {
        ("arrivals", "monitoring"): "UANA",
        ("arrivals", "interface"): "UDEV",
        ("ships", "data-ownership"): "UDEV",
    }
    assert made.refused == []


def test_each_thing_that_is_not_kept_has_a_line() -> None:
    assert planned(CATALOG).left_out == [
        "line 2 (Component arrivals): metadata.description: Predicts isn't kept",
        "line 2 (Component arrivals): metadata.tags.1: ml isn't kept",
        "line 2 (Component arrivals): spec.lifecycle: production isn't kept",
        "line 2 (Component arrivals): spec.providesApis.1: arrivals-api isn't kept",
        "line 12 (API arrivals-api): spec.lifecycle: production isn't kept",
        "line 12 (API arrivals-api): spec.definition: openapi: 3.1.0 isn't kept",
        "line 20 (System port): owner: many has 2 members here; say who owns it with --map 'many=NAME'",
        "line 24 (Component churn model): spec.type: library is no kind here; say which with --map 'library=service'",
        "line 28 (Domain sea): Domain has no place in the register",
    ]


def test_groups_and_types_can_be_mapped() -> None:
    made = planned(CATALOG, {"many": "Ben Okafor", "library": "model"})
    assert made.proposed["port", "integration"] == "UBEN"
    assert made.proposed["churnmodel", "reproducibility"] == "UBEN"


def test_who_is_not_here_is_not_guessed() -> None:
    part = "kind: Component\nmetadata: {name: a}\nspec: {type: model, owner: %s}\n"
    assert planned(part % "user:eve").left_out == [f"line 1 (Component a): owner: user:eve {NOBODY} 'user:eve=NAME'"]
    assert planned(part % "eve").left_out == [
        "line 1 (Component a): owner: eve is a group; say who owns it with --map 'eve=NAME'"
    ]
    assert planned(part % '""').left_out == ["line 1 (Component a): spec.owner is missing"]
    group = "---\nkind: Group\nmetadata: {name: crew}\nspec: {members: [dev]}\n"
    assert planned(f"{part % 'crew'}{group}").added["a"].lead == "UDEV"
    assert planned(part % "ana@example.org").added["a"].lead == "UANA"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: [", "the file can't be read as YAML"),
        ("", "the file should be a catalog of Backstage"),
        ("kind: Component\nmetadata: {name: a}\n---\n- 1\n", "line 4: this should be an entity of Backstage"),
        ("kind: Component\nspec: {}\n", "line 1: metadata.name is missing"),
    ],
)
def test_what_is_no_catalog_is_refused_with_its_line(text: str, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        backstage.read(text, {})


def test_a_register_is_written_and_asks_the_same_people_when_it_is_read() -> None:
    model, data = a_component("A: model — #1", lead="UANA"), a_component("berth", kind="dataset", lead="UBEN")
    twin = a_component("a model 1", lead="UANA", launch_on="2026-01-06")
    product = a_component("port", kind="product", lead="UBEN")
    listed = [
        ComponentDuty(model, BY_ID["monitoring"], a_duty(state="accepted", owner="UDEV")),
        ComponentDuty(model, BY_ID["fairness"], a_duty(duty="fairness", state="proposed", proposed_to="UBEN")),
        ComponentDuty(data, BY_ID["data-ownership"], a_duty(duty="data-ownership")),
        ComponentDuty(twin, BY_ID["monitoring"], a_duty()),
        ComponentDuty(product, BY_ID["integration"], a_duty()),
    ]
    text = backstage.written(listed, {"UANA": "Ana Ruiz", "UBEN": "Ben Okafor", "UDEV": "Dev Patel"}, "2026-01-05")
    entities = list(yaml.safe_load_all(text))
    names = [each["metadata"]["name"] for each in entities]
    assert names == ["a-model-1", "berth", "a-model-1-2", "port", "dev-patel", "ben-okafor", "ana-ruiz"]
    assert [entities[place]["spec"]["lifecycle"] for place in (0, 2)] == ["production", "experimental"]
    made = planned(text)
    assert {each.name: (each.kind, each.lead) for each in made.added.values()} == {
        "A: model — #1": ("model", "UANA"),
        "berth": ("dataset", "UBEN"),
        "a model 1": ("model", "UANA"),
        "port": ("product", "UBEN"),
    }
    assert made.proposed["amodel#1", "monitoring"] == "UDEV"
    assert made.proposed["amodel#1", "fairness"] == "UBEN"
    assert ("amodel#1", "reproducibility") not in made.proposed


def test_any_number_of_parts_whose_names_have_no_latin_letters_get_names_that_backstage_takes() -> None:
    parts = [a_component(chr(0x4E00 + place)) for place in range(1200)]
    listed = [ComponentDuty(each, BY_ID["monitoring"], a_duty()) for each in parts]
    entities = yaml.load_all(backstage.written(listed, {}, "2026-01-05"), yaml.CSafeLoader)
    written = [each["metadata"]["name"] for each in entities if each["kind"] == "Component"]
    assert len(set(written)) == len(parts)
    assert all(len(each) <= 63 for each in written)
