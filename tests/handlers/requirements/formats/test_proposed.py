"""What a file may put onto a card: nothing unfinished, nothing that a form would refuse, and no more than it shows."""

from handlers.agreements.columns import INTERFACE_TYPES, Column, columns_in
from handlers.requirements.formats.proposed import Prefill


def test_what_a_form_would_refuse_has_a_line() -> None:
    filled = Prefill({})
    filled.say("purpose", task="pays to DE89 3704 0044 0532 0130 00", users="pilots")
    assert filled.asked == {}
    assert filled.left_out[0].startswith("purpose: What does it do? ")


def test_a_long_text_is_cut_to_what_its_field_shows() -> None:
    filled = Prefill({})
    filled.say("purpose", task="word " * 100, users="pilots")
    assert len(filled.asked["purpose"].parts["task"]) == 300


def test_so_many_fields_are_taken_as_a_field_of_a_form_shows() -> None:
    filled = Prefill({})
    columns = [Column(f"field_{number}", "string", " ".join(["meaning"] * 5)) for number in range(400)]
    told = filled.fields("inputs", columns)
    found = columns_in(told, INTERFACE_TYPES)
    assert not isinstance(found, str)
    assert len(told) <= 3000
    assert filled.left_out == [
        "inputs: what the fields mean, since there are 400",
        f"inputs: {400 - len(found)} fields more",
    ]
