"""All channels together get a burst and then one message at a time; whom somebody waits for goes first."""

import asyncio
from datetime import timedelta

from bot.clock import Clock
from bot.outbox.pace import Pace, Paces
from bot.outbox.slots import Urgency
from storage.outbox.lanes import Lane

GAP = timedelta(seconds=1)


class Road:
    """Lanes that go at a pace, in the order in which they went."""

    def __init__(self, clock: Clock, at_once: int = 2) -> None:
        self.clock, self.pace, self.went = clock, Pace(clock, at_once, GAP), list[str]()
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def want(self, lane: str, urgency: Urgency = Urgency.TIMED) -> None:
        self.tasks[lane] = asyncio.create_task(self._go(lane, urgency))
        await self.settle()

    async def _go(self, lane: str, urgency: Urgency) -> None:
        await self.pace.turn(Lane("T1", lane), urgency)
        self.went.append(lane)

    async def settle(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)

    async def go_on(self, seconds: float = 1) -> list[str]:
        """Let time pass, and return who went meanwhile."""
        before = len(self.went)
        self.clock.move(timedelta(seconds=seconds))
        await self.settle()
        return self.went[before:]


async def test_a_burst_goes_at_once_and_the_rest_one_at_a_time(clock: Clock) -> None:
    road = Road(clock)
    for number in range(4):
        await road.want(f"{number}")
    assert (road.went, road.pace.resting) == (["0", "1"], 2)
    assert [await road.go_on(), await road.go_on(0.5), await road.go_on(0.5)] == [["2"], [], ["3"]]
    assert road.pace.resting == 0


async def test_whom_somebody_waits_for_goes_before_what_waits_longer(clock: Clock) -> None:
    road = Road(clock)
    for lane in ("first", "second", "timed", "later"):
        await road.want(lane)
    await road.want("notice", Urgency.NOTICE)
    await road.want("answer", Urgency.ANSWER)
    road.pace.hurry(Lane("T1", "later"), Urgency.ANSWER)
    road.pace.hurry(Lane("T1", "elsewhere"), Urgency.ANSWER)
    assert [await road.go_on() for _ in range(5)] == [["answer"], ["later"], ["notice"], ["timed"], []]


async def test_a_third_of_what_goes_at_once_is_left_to_answers_however_much_waits(clock: Clock) -> None:
    road = Road(clock, at_once=6)
    for number in range(8):
        await road.want(f"{number}", Urgency.NOTICE)
    assert road.went == ["0", "1", "2", "3"]
    for each in ("answer", "another", "third"):
        await road.want(each, Urgency.ANSWER)
    assert road.went[4:] == ["answer", "another"]
    assert [await road.go_on() for _ in range(5)] == [["third"], [], [], ["4"], ["5"]]


async def test_what_waits_for_its_time_goes_at_once_where_an_answer_comes_into_its_lane(clock: Clock) -> None:
    road = Road(clock, at_once=3)
    for each in ("first", "second", "next", "later"):
        await road.want(each)
    assert road.went == ["first", "second"]
    road.pace.hurry(Lane("T1", "next"), Urgency.ANSWER)
    await road.settle()
    assert road.went == ["first", "second", "next"]


async def test_who_gives_up_takes_no_turn_and_holds_nobody_up(clock: Clock) -> None:
    road = Road(clock)
    for lane in ("first", "second", "third", "fourth"):
        await road.want(lane)
    road.tasks["third"].cancel()
    await road.settle()
    assert [await road.go_on(), await road.go_on()] == [["fourth"], []]


async def test_what_waits_for_nothing_is_no_longer_counted(clock: Clock) -> None:
    road = Road(clock)
    for lane in ("first", "second", "third"):
        await road.want(lane)
    assert (road.pace.resting, await road.go_on(10), road.pace.resting) == (1, ["third"], 0)
    await road.want("fourth")
    await road.want("fifth")
    assert road.went == ["first", "second", "third", "fourth"]


async def test_each_workspace_goes_at_a_pace_of_its_own(clock: Clock) -> None:
    paces, went = Paces(clock, at_once=2), list[str]()

    async def go(lane: Lane, urgency: Urgency) -> None:
        await paces.turn(lane, urgency)
        went.append(lane.place)

    lanes = [Lane("T1", f"harbour {number}") for number in range(4)] + [Lane("T2", "quay")]
    tasks = [asyncio.create_task(go(each, Urgency.TIMED)) for each in lanes]
    for _ in range(20):
        await asyncio.sleep(0)
    assert (went, paces.resting) == (["harbour 0", "harbour 1", "quay"], 2)
    paces.hurry(Lane("T1", "harbour 3"), Urgency.ANSWER)
    paces.hurry(Lane("T1", "elsewhere"), Urgency.ANSWER)
    clock.move(timedelta(seconds=1))
    await asyncio.gather(*tasks)
    assert (went[3:], paces.resting) == (["harbour 3", "harbour 2"], 0)


async def test_each_of_two_replicas_goes_half_as_fast_and_again_as_fast_once_it_is_alone(clock: Clock) -> None:
    road = Road(clock, at_once=4)
    road.pace.share(2)
    for number in range(6):
        await road.want(f"{number}")
    assert road.went == ["0", "1"]
    assert [await road.go_on() for _ in range(4)] == [[], ["2"], [], ["3"]]
    road.pace.share(1)
    assert [await road.go_on() for _ in range(4)] == [[], ["4"], ["5"], []]


async def test_in_each_workspace_a_replica_keeps_to_its_part(clock: Clock) -> None:
    paces, went = Paces(clock, 2), list[str]()

    async def go(lane: Lane) -> None:
        await paces.turn(lane, Urgency.TIMED)
        went.append(lane.team_id)

    paces.share(2)
    tasks = [asyncio.create_task(go(Lane(team_id, f"C{number}"))) for team_id in ("T1", "T2") for number in range(2)]
    for _ in range(20):
        await asyncio.sleep(0)
    assert went == ["T1", "T2"]
    for each in tasks:
        each.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
