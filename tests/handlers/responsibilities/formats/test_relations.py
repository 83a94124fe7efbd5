"""How parts of a catalog of Backstage are joined: read as links to be confirmed, and written to be read again."""

import pytest
import yaml

from handlers.responsibilities.formats import backstage
from handlers.responsibilities.rules.standing import ComponentDuty
from tests.handlers.responsibilities.formats.test_backstage import CATALOG, planned
from tests.handlers.responsibilities.making import BY_ID, a_component, a_duty
from tests.handlers.responsibilities.rules.test_flow import linked

PART = "---\nkind: %s\nmetadata: {name: %s}\nspec: {type: %s, owner: user:ana%s}\n"


def joined(*parts: tuple[str, str, str, str]) -> list[tuple[str, str, str]]:
    return [*planned("".join(PART % each for each in parts)).joined]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("dependsOn: [resource:data]", [("data", "feeds", "main")]),
        ("dependsOn: ['resource:default/DATA', other]", [("data", "feeds", "main"), ("other", "serves", "main")]),
        ("dependsOn: [flow]", [("flow", "feeds", "main")]),
        ("dependencyOf: [other]", [("main", "serves", "other")]),
        ("system: shop", [("main", "partof", "shop")]),
        ("subcomponentOf: other", [("main", "partof", "other")]),
        ("consumesApis: [prices]", [("other", "serves", "main")]),
        ("dependsOn: [main]", [("main", "serves", "main")]),
        ("dependsOn: 3", []),
    ],
)
def test_what_a_part_says_of_others_is_a_link(told: str, expected: list[tuple[str, str, str]]) -> None:
    parts = [
        ("Component", "main", "model", f", {told}"),
        ("Component", "other", "service", ", providesApis: [prices]"),
        ("Component", "flow", "data-pipeline", ""),
        ("Resource", "data", "dataset", ""),
        ("System", "shop", "x", ""),
    ]
    assert [(one, how.replace(" ", ""), other) for one, how, other in joined(*parts)] == expected


def test_a_link_to_what_the_register_does_not_have_is_left_out_with_its_line() -> None:
    made = planned(PART % ("Component", "main", "model", ", dependsOn: [resource:sea, churn-model], system: shop"))
    assert made.joined == [("churnmodel", "serves", "main")]
    assert made.left_out == [
        "line 2 (Component main): link: sea feeds main: sea isn't in the register",
        "line 2 (Component main): link: main part of shop: shop isn't in the register",
    ]


def test_a_part_is_called_as_its_title_or_the_mapping_says() -> None:
    assert planned(CATALOG).joined == [("ships", "feeds", "arrivals")]
    made = planned(CATALOG, {"ships": "berth data"})
    assert made.joined == [("berthdata", "feeds", "arrivals")]


def test_confirmed_links_are_written_and_read_again() -> None:
    data, flow = a_component("ships", kind="dataset"), a_component("flow", kind="pipeline")
    model, form = a_component("model"), a_component("form", kind="service")
    shop = a_component("shop", kind="product")
    parts = [data, flow, model, form, shop]
    listed = [ComponentDuty(each, BY_ID["monitoring"], a_duty(component_id=each.id)) for each in parts]
    told = [
        "ships feeds model",
        "flow feeds model",
        "model part of shop",
        "form part of model",
        "model deployed by form",
        "hidden feeds model",
    ]
    links = [each.model_copy(update={"state": "confirmed"}) for each in linked(*told)]
    text = backstage.written(listed, {"ULEAD": "Ana Ruiz"}, "2026-01-05", [*links, *linked("form serves model")])
    specs = {each["metadata"]["name"]: each["spec"] for each in yaml.safe_load_all(text)}
    assert specs["model"]["dependsOn"] == ["component:default/flow", "resource:default/ships"]
    assert specs["model"]["system"] == "shop"
    assert specs["form"]["subcomponentOf"] == "component:default/model"
    assert sorted(planned(text).joined) == [
        ("flow", "feeds", "model"),
        ("form", "part of", "model"),
        ("model", "part of", "shop"),
        ("ships", "feeds", "model"),
    ]
