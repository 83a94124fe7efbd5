"""CODEOWNERS, judged by the package of that name, which looks owners up as GitHub does."""

import pytest
from codeowners import CodeOwners

from handlers.responsibilities.formats import codeowners
from handlers.responsibilities.rules.standing import ComponentDuty
from tests.handlers.responsibilities.making import BY_ID, a_component, a_duty

pytestmark = pytest.mark.interop
NAMES = {"UANA": "@ana", "UBEN": "@acme/data", "UDEV": "dev@example.org", "UELI": "Eli Berg"}


def test_what_is_written_gives_each_folder_to_its_owner() -> None:
    kind = BY_ID["reproducibility"]
    parts = {"churn model": "UANA", "#1 [berth] *!": "UBEN", "a/b\\c": "UDEV", "other": "UELI"}
    listed = [
        ComponentDuty(a_component(name), kind, a_duty(duty=kind.id, state="accepted", owner=owner))
        for name, owner in parts.items()
    ]
    owners = CodeOwners(codeowners.written(listed, NAMES))
    found = {path: owners.of(f"services/{path}/src/x.py") for path in ("churn-model", "1-berth", "a-b-c", "other")}
    assert found == {
        "churn-model": [("USERNAME", "@ana")],
        "1-berth": [("TEAM", "@acme/data")],
        "a-b-c": [("EMAIL", "dev@example.org")],
        "other": [],
    }


@pytest.mark.parametrize(
    "text",
    [
        "/churn-model/ @ana\n",
        "/churn-model/ @ana\n/churn-model/ @ben @devp # @ana\n",
        "/churn-model/** @ana\n/churn-model/\n",
        "churn\\ model/ @ana @ben\n",
        "# /churn-model/ @ben\n\n/churn-model @ana\n",
    ],
)
def test_of_a_file_the_same_owners_are_read(text: str) -> None:
    path = "churn model/x.py" if "\\ " in text else "churn-model/x.py"
    wanted = [name for _, name in CodeOwners(text.partition(" # ")[0] + "\n").of(path)]
    taken = [owner.told for each in codeowners.read(text, {}) if not each.error for owner in each.owners or ()]
    assert taken == wanted
