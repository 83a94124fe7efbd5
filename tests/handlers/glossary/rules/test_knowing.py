"""Who is asked what a word means, and what they are told of why."""

from handlers.glossary.rules.knowing import Clues, Likely, likeliest
from storage.workspaces.workspaces import Steward

STEWARDS = [
    Steward(discipline=discipline, user_id=who)
    for discipline, who in (("data science", "UANA"), ("product", "UBEN"), ("operations", "UDEV"), ("product", "UELI"))
]


def ask(clues: Clues, stewards: list[Steward] = STEWARDS) -> list[Likely]:
    return likeliest(stewards, ["UCHLOE"], clues)


def test_where_nothing_points_to_anybody_the_admins_are_asked_before_the_stewards() -> None:
    assert ask(Clues()) == [Likely("UCHLOE"), Likely("UANA"), Likely("UBEN"), Likely("UDEV"), Likely("UELI")]
    assert ask(Clues(asker="product"), []) == [Likely("UCHLOE")]


def test_who_defined_a_near_word_is_asked_before_who_looks_after_its_discipline() -> None:
    clues = Clues(wrote={"UDEV": "drift"}, answered={"UELI": "skew"}, around="data science", place="product")
    assert ask(clues) == [
        Likely("UDEV", "You defined “drift”."),
        Likely("UELI", "You answered “skew” there before."),
        Likely("UANA", "Words like it come up in data science, which you look after."),
        Likely("UBEN", "You look after product, which comes first there."),
        Likely("UCHLOE"),
    ]


def test_of_whoever_asks_the_one_who_is_asked_learns_nothing() -> None:
    assert ask(Clues(asker="operations"))[0] == Likely("UDEV", "")


def test_an_admin_who_defined_a_near_word_is_asked_as_one_who_knows() -> None:
    clues = Clues(wrote={"UCHLOE": "drift", "UGUS": "drift"}, around="product")
    assert ask(clues)[0] == Likely("UCHLOE", "You defined “drift”.")
    assert "UGUS" not in [each.user_id for each in ask(clues)]
