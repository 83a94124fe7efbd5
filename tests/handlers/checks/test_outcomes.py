"""How an act ends that a rule refuses."""

from handlers.checks.outcomes import Refused


def test_why_something_cannot_be_done_is_said_of_a_field_or_of_the_whole() -> None:
    assert (Refused("Join it first.").told, Refused("Join it first.").field) == ("Join it first.", "")
    assert Refused("Choose a day.", "until") == Refused("Choose a day.", field="until")
    assert Refused("Choose a day.", "until") != Refused("Choose a day.")
