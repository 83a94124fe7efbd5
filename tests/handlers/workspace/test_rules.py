"""Which settings of a workspace make sense, and what is told about those that do not."""

import pytest

from handlers.access.permissions import is_admin
from handlers.slack.users import Person
from handlers.workspace.rules.settings import Entered, Settings, Wrong, asked_settings
from storage.workspaces.workspaces import Steward

ANA = Person("UANA", "Ana Ruiz", is_guest=False, is_admin=False)
GUS = Person("UGUS", "Gus Lindt", is_guest=True, is_admin=False)
BOT = Person("UBOT", "Some Bot", is_guest=False, is_admin=False, is_bot=True)
CHLOE = Person("UCHLOE", "Chloe Martin", is_guest=False, is_admin=True)


def test_disciplines_are_read_line_by_line_and_stewards_of_gone_ones_are_dropped() -> None:
    stewards = {"product": ["UANA"], "operations": ["UANA"]}
    entered = Entered(" Data  Science \n\nproduct", "CDATA", "2026-12-25\n2026-12-24", stewards)
    asked = asked_settings(entered, {"UANA": ANA})
    kept = [Steward(discipline="product", user_id="UANA")]
    assert asked == Settings(("data science", "product"), "CDATA", ("2026-12-24", "2026-12-25"), kept)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (" \n ", "Enter at least one discipline, one per line."),
        ("\n".join(f"d{n}" for n in range(13)), "Enter at most 12 disciplines. These are 13."),
        ("x" * 41, f"“{'x' * 41}” is longer than 40 characters."),
        ("product\nPRODUCT", "“product” is listed twice."),
    ],
)
def test_a_list_that_makes_no_sense_is_told_why(text: str, told: str) -> None:
    assert asked_settings(Entered(text, "", "", {}), {}) == Wrong(told, "", {})


def test_a_holiday_is_a_day_that_there_is() -> None:
    told = Wrong("", "“24.12.2026” isn't a date. Write each as 2026-12-24, one per line.", {})
    assert asked_settings(Entered("product", "", "2026-12-25\n24.12.2026", {}), {}) == told


@pytest.mark.parametrize(
    ("person", "told"),
    [
        (GUS, "Gus Lindt is a guest or a bot, or has left. Choose a member of the workspace."),
        (BOT, "Some Bot is a guest or a bot, or has left. Choose a member of the workspace."),
        (None, "Slack didn't tell me who this is. Please try again in a minute."),
    ],
)
def test_a_steward_is_a_member_whom_slack_knows(person: Person | None, told: str) -> None:
    assert asked_settings(Entered("product", "", "", {"product": ["U1"]}), {"U1": person}) == Wrong(
        "", "", {"product": told}
    )


@pytest.mark.parametrize(
    ("person", "admins", "expected"),
    [
        (CHLOE, frozenset(), True),
        (ANA, frozenset(), False),
        (ANA, frozenset({"UANA"}), True),
        (GUS, frozenset({"UGUS"}), False),
        (None, frozenset({"UANA"}), False),
    ],
)
def test_admins_are_slacks_and_those_whom_the_setting_names(
    person: Person | None,
    admins: frozenset[str],
    expected: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert is_admin(person, admins) is expected
