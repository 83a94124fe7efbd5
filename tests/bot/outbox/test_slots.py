"""Who waits for a message goes before whom nobody waits for; nobody is forgotten."""

import asyncio
from itertools import pairwise

import pytest

from bot.outbox.slots import Rounds, Slots, Urgency
from storage.outbox.lanes import Lane


class Line:
    """Lanes that want through one place, which is taken until it is left."""

    def __init__(self) -> None:
        self.slots, self.went, self.left = Slots(1), list[str](), asyncio.Event()
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def want(self, lane: str, urgency: Urgency, team_id: str = "") -> None:
        self.tasks[lane] = asyncio.create_task(self._pass(Lane(team_id, lane), urgency))
        await asyncio.sleep(0)

    async def _pass(self, lane: Lane, urgency: Urgency) -> None:
        async with self.slots.slot(lane, urgency):
            self.went.append(lane.place)
            await self.left.wait()

    async def all_went(self) -> list[str]:
        self.left.set()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)
        return self.went


async def test_the_most_urgent_goes_first_and_those_alike_in_their_order() -> None:
    line = Line()
    for lane in ("first", "timed", "later"):
        await line.want(lane, Urgency.TIMED)
    await line.want("notice", Urgency.NOTICE)
    await line.want("answer", Urgency.ANSWER)
    await line.want("another", Urgency.ANSWER)
    assert line.went == ["first"]
    assert await line.all_went() == ["first", "answer", "another", "notice", "timed", "later"]


async def test_a_lane_into_which_something_urgent_comes_goes_earlier_and_once() -> None:
    line = Line()
    for lane in ("first", "timed", "later"):
        await line.want(lane, Urgency.TIMED)
    line.slots.hurry(Lane("", "later"), Urgency.ANSWER)
    line.slots.hurry(Lane("", "elsewhere"), Urgency.ANSWER)
    assert await line.all_went() == ["first", "later", "timed"]


async def test_whoever_gives_up_takes_no_place_away() -> None:
    line = Line()
    for lane in ("first", "second", "third"):
        await line.want(lane, Urgency.NOTICE)
    line.tasks["second"].cancel()
    await asyncio.sleep(0)
    assert await line.all_went() == ["first", "third"]
    await line.want("fourth", Urgency.NOTICE)
    assert await line.all_went() == ["first", "third", "fourth"]


async def test_those_who_take_a_turn_go_one_at_a_time_and_let_all_else_go_between_them() -> None:
    rounds, went = Rounds(), list[str]()

    async def go(lane: str, urgency: Urgency) -> None:
        await rounds.turn(Lane("T1", lane), urgency)
        went.append(lane)

    wanted = [("first", Urgency.TIMED), ("second", Urgency.TIMED), ("answer", Urgency.ANSWER), ("third", Urgency.TIMED)]
    tasks = [asyncio.create_task(go(*each)) for each in wanted]
    seen = [0]
    for _ in range(4 * len(wanted)):
        await asyncio.sleep(0)
        seen.append(len(went))
    assert went == ["first", "answer", "second", "third"]
    assert max(after - before for before, after in pairwise(seen)) == 1
    await asyncio.gather(*tasks)


async def test_a_turn_that_nobody_else_wants_is_taken_at_once() -> None:
    turn = Rounds().turn(Lane("T1", "alone"), Urgency.TIMED)
    with pytest.raises(StopIteration):
        turn.send(None)


async def test_workspaces_take_turns_whatever_one_of_them_has_to_say() -> None:
    line = Line()
    for number in range(6):
        await line.want(f"harbour {number}", Urgency.TIMED, "T1")
    for number in range(2):
        await line.want(f"quay {number}", Urgency.TIMED, "T2")
    await line.want("harbour answers", Urgency.ANSWER, "T1")
    went = await line.all_went()
    assert went[:6] == ["harbour 0", "harbour answers", "harbour 1", "quay 0", "harbour 2", "quay 1"]
    assert went[6:] == ["harbour 3", "harbour 4", "harbour 5"]


async def test_who_comes_late_waits_for_no_round_of_the_past_and_saves_up_none() -> None:
    line = Line()
    await line.want("first", Urgency.TIMED, "T1")
    for number in range(3):
        await line.want(f"harbour {number}", Urgency.TIMED, "T1")
    line.left.set()
    await line.tasks["harbour 1"]
    line.left.clear()
    for number in range(3):
        await line.want(f"late {number}", Urgency.TIMED, "T2")
    await line.want("harbour 3", Urgency.TIMED, "T1")
    assert (await line.all_went())[3:] == ["harbour 2", "late 0", "late 1", "harbour 3", "late 2"]


class Going:
    """Lanes that go on by turns while a request is in hand. A moment is longer than any test takes, or none."""

    def __init__(self, moment: float) -> None:
        self.rounds, self.went = Rounds(moment), list[str]()
        self.rounds.is_busy = lambda: self.is_busy
        self.is_busy = True
        self.tasks: list[asyncio.Task[None]] = []

    def want(self, lane: str, urgency: Urgency = Urgency.TIMED) -> None:
        self.tasks.append(asyncio.create_task(self._go(Lane("T1", lane), urgency)))

    async def _go(self, lane: Lane, urgency: Urgency) -> None:
        await self.rounds.turn(lane, urgency)
        self.went.append(lane.place)

    async def let_all_go(self) -> None:
        for _ in range(50):
            await asyncio.sleep(0)


async def test_while_a_request_is_in_hand_what_nobody_waits_for_rests_and_an_answer_goes() -> None:
    going = Going(moment=1000)
    for each in ("first", "second", "third"):
        going.want(each)
    await going.let_all_go()
    assert going.went == ["first"]
    going.want("answer", Urgency.ANSWER)
    await going.let_all_go()
    assert going.went == ["first", "answer", "second"]
    going.is_busy = False
    going.rounds.hurry(Lane("T1", "third"), Urgency.NOTICE)
    await asyncio.gather(*going.tasks)
    assert going.went == ["first", "answer", "second", "third"]


async def test_what_nobody_waits_for_goes_on_though_requests_come_without_an_end() -> None:
    going = Going(moment=0)
    for each in ("first", "second", "third"):
        going.want(each)
    await asyncio.gather(*going.tasks)
    assert going.went == ["first", "second", "third"]
