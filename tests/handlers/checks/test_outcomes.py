"""How an act ends that a rule refuses."""

from handlers.checks.outcomes import NotAllowed, Refused


def test_why_something_cannot_be_done_is_said_of_a_field_or_of_the_whole() -> None:
    assert (Refused("Join it first.").told, Refused("Join it first.").field) == ("Join it first.", "")
    assert Refused("Choose a day.", "until") == Refused("Choose a day.", field="until")
    assert Refused("Choose a day.", "until") != Refused("Choose a day.")


def test_a_lack_of_rights_is_a_refusal_of_its_own_and_names_what_it_is_about() -> None:
    lacking = NotAllowed("Only its owner can.", kind="decision", id="d1", visibility="CSECRET")
    assert isinstance(lacking, Refused)
    assert lacking != Refused("Only its owner can.")
    assert NotAllowed("Only admins can.").visibility == "workspace"
