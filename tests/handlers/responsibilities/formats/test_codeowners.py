"""CODEOWNERS, read by the rules of GitHub and GitLab: who is asked for which component, and a line about the rest."""

from collections.abc import Mapping

from handlers.responsibilities.formats import codeowners
from handlers.responsibilities.rules import importing
from handlers.responsibilities.rules.importing import Plan, Register
from handlers.responsibilities.rules.people import Member, index
from handlers.responsibilities.rules.standing import ComponentDuty
from tests.handlers.responsibilities.making import BY_ID, a_component, a_duty

PARTS = {
    "churnmodel": a_component(look_up_key="churnmodel"),
    "berthdata": a_component("berth data", look_up_key="berthdata", kind="dataset"),
}
NOBODY = "isn't anybody in this workspace who can own duties; say who with --map"
PEOPLE = index(
    (
        Member("UANA", "Ana Ruiz", ("ana", "ana@example.org")),
        Member("UBEN", "Ben Okafor", ("ben",)),
        Member("UDEV", "Dev Patel", ("devp", "dev")),
    )
)


def planned(text: str, mapping: Mapping[str, str] | None = None) -> Plan:
    return importing.plan(codeowners.read(text, mapping or {}), Register(PARTS, {}, BY_ID, PEOPLE))


def asked(text: str, **mapping: str) -> dict[tuple[str, str], str]:
    return planned(text, mapping).proposed


def test_a_path_is_the_component_whose_name_its_last_folder_bears() -> None:
    text = """
# who reviews what
/services/churn-model/** @ana # and nobody else @ben
data/berth_data/   dev@example.org @devp
"""
    made = planned(text)
    assert made.proposed == {
        ("churnmodel", "reproducibility"): "UANA",
        ("berthdata", "data-ownership"): "UDEV",
    }
    assert made.left_out == [f"line 4: owner: dev@example.org {NOBODY} 'dev@example.org=NAME'"]
    assert made.refused == []


def test_a_folder_inside_anothers_is_a_part_of_it_for_its_people_to_confirm() -> None:
    text = "/churn-model/ @ana\n/churn-model/data/berth-data/ @dev\n/churn-model/data/berth-data/docs/ @ben\n"
    made = planned(text)
    assert made.joined == [("berthdata", "part of", "churnmodel")]
    # Of a folder that means nothing here there is the line that says so, and no other.
    assert [told for told in made.left_out if "link" in told] == []
    assert planned("/churn-model/ @ana\n/berth-data/ @dev\n").joined == []
    assert planned("/churn-model/ @ana\n!/churn-model/berth-data/\n").joined == []
    assert planned("!/churn-model/\n/churn-model/berth-data/ @dev\n").joined == []


def test_the_last_line_for_a_path_counts_even_where_it_names_nobody() -> None:
    text = "/churn-model/ @ana\n/churn-model/** @ben\n"
    made = planned(text)
    assert made.proposed == {("churnmodel", "reproducibility"): "UBEN"}
    assert made.left_out == ["line 1: /churn-model/: line 2 says it again, and the last line counts"]
    made = planned("/churn-model/ @ana\n/churn-model/\n")
    assert (made.proposed, made.left_out[1]) == ({}, "line 2: /churn-model/: has no owner")
    made = planned("/churn-model/ @ana\n!/churn-model/\n")
    assert (made.proposed, made.left_out) == (
        {},
        [
            "line 1: /churn-model/: line 2 leaves it out",
            "line 2: !/churn-model/: leaves out a path, and nobody is asked for it",
        ],
    )


def test_sections_have_owners_of_their_own() -> None:
    text = "[Models][2] @ana\n/churn-model/\n^[Data] @ben\n/churn-model/\n/berth-data/ @devp\n"
    made = planned(text)
    assert made.proposed == {("churnmodel", "reproducibility"): "UANA", ("berthdata", "data-ownership"): "UDEV"}
    assert made.left_out == ["line 4: the same duty is already listed above"]


def test_what_is_nobody_in_person_has_a_line() -> None:
    made = planned("/churn-model/ @acme/data @@maintainer ana @ben @devp\n*.py @ana\n/docs/ @ana\n")
    assert made.proposed == {("churnmodel", "reproducibility"): "UBEN"}
    assert made.left_out == [
        f"line 1: owner: @acme/data {NOBODY} '@acme/data=NAME'",
        "line 1: owner: @devp too; a duty has one owner, and @ben is asked",
        "line 1: owner: @@maintainer is a role, and nobody in person",
        "line 1: owner: ana is no @name and no e-mail address",
        "line 2: *.py: which component? Say so with --map '*.py=NAME'",
        "line 3: component: 'docs' isn't in the register; say which is meant with --map '/docs/=NAME'",
    ]


def test_a_name_can_be_mapped_and_so_can_a_path_and_the_duty() -> None:
    mapping = {"@acme/data": "Dev Patel", "*.py": "churn model", "duty": "monitoring"}
    assert planned("*.py @acme/data\n", mapping).proposed == {("churnmodel", "monitoring"): "UDEV"}


def test_two_paths_that_may_mean_a_component_are_both_left_out_until_one_is_chosen() -> None:
    text = "/src/churn-model/ @ana\n/docs/churn-model/ @ben\n"
    assert planned(text).proposed == {}
    assert planned(text).left_out == [
        "line 1: /src/churn-model/: line 2 may mean churn-model, too; say which with --map '/src/churn-model/=NAME'",
        "line 2: /docs/churn-model/: line 1 may mean churn-model, too; say which with --map '/docs/churn-model/=NAME'",
    ]
    chosen = planned(text, {"/src/churn-model/": "churn model"})
    assert chosen.proposed == {("churnmodel", "reproducibility"): "UANA"}


def test_a_space_and_a_hash_may_be_escaped() -> None:
    assert asked("/churn\\ model/ @ana\n") == {("churnmodel", "reproducibility"): "UANA"}
    assert planned("\\#x/ @ana\n\\\n").left_out[0].startswith("line 1: component: '#x' isn't in the register")


def test_each_component_is_written_with_who_has_its_code() -> None:
    kind, data = BY_ID["reproducibility"], BY_ID["data-ownership"]
    owned = {"state": "accepted", "owner": "UANA"}
    listed = [
        ComponentDuty(a_component("a #model/x"), kind, a_duty(duty=kind.id, **owned)),
        ComponentDuty(a_component("other"), kind, a_duty(duty=kind.id, state="accepted", owner="UBEN")),
        ComponentDuty(a_component("third"), kind, a_duty(duty=kind.id)),
        ComponentDuty(a_component("data", kind="dataset"), data, a_duty(duty=data.id, **owned)),
        ComponentDuty(a_component("data", kind="dataset"), BY_ID["labelling"], a_duty(duty="labelling", **owned)),
    ]
    assert codeowners.written(listed, {"UANA": "@ana", "UBEN": "Ben Okafor"}).splitlines() == [
        "a-model-x/ @ana",
        "# other/ is Ben Okafor's; say who that is with --map 'Ben Okafor=@NAME'",
        "# third/ has no owner",
        "data/ @ana",
    ]
