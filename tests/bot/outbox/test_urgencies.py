"""A lane is as urgent as what somebody waits for in it, until that has ended."""

from bot.outbox.slots import Urgency
from bot.outbox.urgencies import Urgencies
from storage.outbox.lanes import Lane

HERE, THERE = Lane("T1", "CDATA"), Lane("T1", "CGENERAL")


def test_a_lane_is_as_urgent_as_the_most_urgent_that_is_open_in_it() -> None:
    urgencies = Urgencies()
    urgencies.note(HERE, "answer", Urgency.ANSWER)
    urgencies.note(HERE, "notice", Urgency.NOTICE)
    seen = [urgencies.of(HERE)]
    for each in ("answer", "of another replica", "notice"):
        urgencies.end(each)
        seen.append(urgencies.of(HERE))
    assert seen == [Urgency.ANSWER, Urgency.NOTICE, Urgency.NOTICE, Urgency.TIMED]
    assert (urgencies.of(THERE), len(urgencies)) == (Urgency.TIMED, 0)


def test_of_very_many_those_that_were_announced_first_are_forgotten() -> None:
    urgencies = Urgencies(most=2)
    for number in range(5):
        urgencies.note(HERE if number < 3 else THERE, f"{number}", Urgency.ANSWER)
    assert (len(urgencies), urgencies.of(HERE), urgencies.of(THERE)) == (2, Urgency.TIMED, Urgency.ANSWER)
