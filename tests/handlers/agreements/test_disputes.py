"""Who gave way where two sides said different things of what they agree on."""

import pytest

from handlers.agreements.disputes import Stand, of_record, quarrels
from handlers.hooks.quarrels import Quarrel
from storage.records.offers import Offer

FIVE, TEN, SEVEN = ({"amount": each} for each in ("5", "10", "7"))
BOTH = frozenset({"UANA", "UBEN"})


def says(by: str, parts: dict[str, str], **more: object) -> Offer:
    return Offer.model_validate({"parts": parts, "by": by, **more})


def stand(by: str, agreed: Offer | None = None, day: int = 1, **said: Offer) -> Stand:
    return Stand(by, f"2026-01-{day:02}T09:00:00+00:00", said, agreed)


ASKED, OFFERED = says("UANA", FIVE), says("UBEN", TEN)
DIFFER = stand("UBEN", asked=ASKED, offered=OFFERED)


@pytest.mark.parametrize(
    ("last", "gave_way"),
    [
        (stand("UANA", OFFERED, asked=says("UANA", TEN), offered=OFFERED), {"UANA"}),
        (stand("UBEN", ASKED, asked=ASKED, offered=says("UBEN", FIVE)), {"UBEN"}),
        (stand("UBEN", says("UANA", SEVEN), asked=says("UANA", SEVEN), offered=says("UBEN", SEVEN)), set[str]()),
    ],
    ids=["who asked", "who offered", "both moved"],
)
def test_who_accepts_what_the_other_side_said_from_the_first_gives_way(last: Stand, gave_way: set[str]) -> None:
    assert list(quarrels([stand("UANA", ASKED, asked=ASKED), DIFFER, last], "")) == [Quarrel(BOTH, frozenset(gave_way))]


def test_who_accepts_for_their_side_gives_way_and_not_who_spoke_for_it_before() -> None:
    last = stand("UDEV", OFFERED, asked=says("UDEV", TEN), offered=OFFERED)
    assert list(quarrels([DIFFER, last], "")) == [Quarrel(frozenset({"UDEV", "UBEN"}), frozenset({"UDEV"}))]


def test_what_counts_is_what_a_side_said_first_however_often_it_said_something_else() -> None:
    moved = stand("UANA", asked=says("UANA", SEVEN), offered=OFFERED)
    last = stand("UANA", OFFERED, asked=says("UANA", TEN), offered=OFFERED)
    assert list(quarrels([DIFFER, moved, last], "")) == [Quarrel(BOTH, frozenset({"UANA"}))]
    halfway = stand("UBEN", says("UANA", SEVEN), asked=says("UANA", SEVEN), offered=says("UBEN", SEVEN))
    assert list(quarrels([DIFFER, moved, halfway], "")) == [Quarrel(BOTH, frozenset())]


def test_sides_of_which_one_speaks_after_the_other_differ_too() -> None:
    """On a card what is said is in the place of what was said before."""
    course = [stand("UANA", model=ASKED), stand("UBEN", product=OFFERED), stand("UANA", OFFERED, product=OFFERED)]
    assert list(quarrels(course, "")) == [Quarrel(BOTH, frozenset({"UANA"}))]


def test_where_both_say_the_same_or_one_does_not_know_yet_nobody_gives_way() -> None:
    agreed = stand("UBEN", ASKED, model=ASKED, product=ASKED)
    assert list(quarrels([stand("UANA", model=ASKED), agreed], "")) == []
    unknown = says("UBEN", {}, stance="unknown", finder="UBEN", until="2026-02-01")
    assert list(quarrels([stand("UBEN", asked=ASKED, offered=unknown), agreed], "")) == []


def test_what_was_settled_long_ago_or_is_open_still_does_not_count() -> None:
    last = stand("UANA", OFFERED, 3, asked=OFFERED, offered=OFFERED)
    assert list(quarrels([DIFFER, last], "2026-01-04")) == []
    assert list(quarrels([DIFFER], "")) == []
    assert len(list(quarrels([DIFFER, last], "2026-01-03"))) == 1


def test_what_is_settled_and_talked_about_anew_is_another_quarrel() -> None:
    anew = stand("UANA", asked=ASKED, offered=says("UBEN", SEVEN))
    course = [DIFFER, stand("UANA", OFFERED, asked=OFFERED, offered=OFFERED), anew, stand("UBEN", ASKED, asked=ASKED)]
    assert [set(each.gave_way) for each in quarrels(course, "")] == [{"UANA"}, {"UBEN"}]


def test_in_one_record_somebody_gives_way_who_does_so_in_each_point() -> None:
    ana_did, ben_did, nobody = (Quarrel(BOTH, frozenset(who)) for who in (["UANA"], ["UBEN"], []))
    assert of_record([ana_did, ana_did], "c1") == [Quarrel(BOTH, frozenset({"UANA"}), "c1")]
    for others in ([ana_did, ben_did], [ana_did, nobody]):
        assert of_record(others, "c1") == [Quarrel(BOTH, frozenset(), "c1")]
    assert of_record([], "c1") == []
    assert of_record([Quarrel(frozenset({"UANA"}), frozenset())], "c1") == []
