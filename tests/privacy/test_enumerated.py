"""Every door, tried by everybody who is outside, from everywhere: nothing is shown that they may not see, or changed.

Two workspaces are the same but for private records. An outsider gets the same answers in both, so that no count, list,
suggestion or order tells of what they may not see; numbers of records are left out of that, for they are handed out
to all. Buttons and forms are those that members were shown.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.privacy import attacking, doors
from tests.privacy.askers import OUTSIDERS, Asker, Where, places
from tests.privacy.pressing import Door
from tests.privacy.seed import Seed, planted
from tests.privacy.watching import markers_in
from tests.privacy.world import World, begun
from tests.storage.stores.recording import command

#: Two groups of tests run side by side; each makes the workspaces anew.
_GROUPS = [pytest.mark.xdist_group(f"privacy-{each}") for each in range(2)]
_ASKERS = [
    pytest.param(each, id=each.user_id, marks=_GROUPS[each.user_id in ("UGUS", "USAM", "UDEE", "UWIM")])
    for each in OUTSIDERS
]
_WAYS = {"command", "mention", "button", "form", "shortcut", "event", "time", "agent", "report"}
_DAYS = 14
#: Who asks for lists and reports once days have passed: an admin and a member outside.
_COUNTING = OUTSIDERS[:2]


@dataclass(frozen=True, slots=True)
class Attack:
    """The seed, what members met in it, what of it they saw, and which doors of the tables nothing here uses."""

    seed: Seed
    met: list[Door]
    shown: Mapping[str, set[str]]
    without_line: set[str]
    without_door: set[str]
    folder: Path


@pytest.fixture(scope="module")
def attack(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Attack:
    folder = tmp_path_factory.mktemp("privacy")
    return asyncio.run(_prepared(migrated, folder))


async def _prepared(migrated: Path, folder: Path) -> Attack:
    seed = await planted(migrated, folder)
    async with begun(seed.whole, folder / "crawled.db") as world:
        met, shown = await doors.crawled(world, seed)
        routes = world.bot.routes
        return Attack(seed, met, shown, doors.without_line(routes, met), doors.without_door(routes), folder)


@_GROUPS[0]
def test_every_record_of_the_seed_is_made(attack: Attack) -> None:
    assert attack.seed.unmade == []


@_GROUPS[0]
def test_every_door_of_the_routing_tables_is_tried_and_every_line_here_has_a_door(attack: Attack) -> None:
    assert attack.without_line == set()
    assert attack.without_door == set()


@_GROUPS[0]
def test_members_see_everything_that_could_leak(attack: Attack) -> None:
    seen = set().union(*attack.shown.values())
    assert {each for each in doors.markers_written("p") - seen if each[3] != "x"} == set()
    # What was redacted nobody sees.
    assert {each for each in seen if each.endswith("xgloss")} == set()


@_GROUPS[0]
def test_each_way_in_shows_something_of_a_private_channel_to_a_member(attack: Attack) -> None:
    ways = {way for way, seen in attack.shown.items() if any(each[2] == "p" for each in seen)}
    assert ways >= _WAYS


@_GROUPS[0]
@pytest.mark.parametrize("words", [("glossary", "export"), ("owner", "export"), ("decisions", "export", "FOLDER")])
def test_the_command_line_exports_what_is_private_only_where_it_is_asked_to(
    attack: Attack, words: tuple[str, ...], tmp_path: Path
) -> None:
    told = [str(tmp_path) if each == "FOLDER" else each for each in (*words, "--format", "json")]
    # An export is noted in the audit trail.
    store = Path(shutil.copy(attack.seed.whole.database, tmp_path / "copy.db"))
    for more, letters in (((), {"w"}), (("--include-private",), {"w", "s", "p", "g"})):
        printed = command(store, *told, *more)
        files = [each.read_text(encoding="utf-8") for each in tmp_path.glob("*.json")]
        assert {each[2] for each in markers_in([printed, *files])} == letters


@pytest.mark.parametrize("asker", _ASKERS)
async def test_somebody_outside_is_shown_nothing_and_changes_nothing(
    attack: Attack, asker: Asker, record_property: Callable[[str, object], None]
) -> None:
    hidden = asker.hidden
    tries = attacking.chosen(asker, doors.attackers(attack.seed, attack.met, hidden))
    async with _begun(attack, "whole", asker) as world:
        before = attacking.kept(world.bot.store.reader, attack.seed, hidden)
        found = await attacking.attacked(world, asker, tries)
        after = attacking.kept(world.bot.store.reader, attack.seed, hidden)
    # Where the shared channel's records are hidden too, the other workspace has them: there is nothing to compare.
    words = [each for each in tries if each[0].way not in ("button", "form") and each[0].about in "pg"]
    # What they did and were refused themselves, with buttons too, stands in the audit trail and in their own data.
    words = [each for each in words if each[0].route not in ("common-ground audit", "common-ground my-data")]
    async with _begun(attack, "without", asker) as world:
        same = await attacking.attacked(world, asker, words)
    record_property("combinations", found.tried + same.tried)
    assert found.wrong == []
    # They are shown what they may see, so that it was no silence that told them nothing.
    assert bool(found.seen) is bool(asker.sees)
    assert sorted(before ^ after) == []
    assert attacking.differences(found, same) == []


@_GROUPS[0]
async def test_time_shows_nobody_what_they_may_not_see(
    attack: Attack, record_property: Callable[[str, object], None]
) -> None:
    """Reminders, summaries, their notices and Homes, in two weeks after somebody was removed, another deactivated."""
    told, sent = {}, {}
    for name in ("whole", "without"):
        async with _begun(attack, name, *OUTSIDERS) as world:
            news = await doors.days_of_news(world, _DAYS)
            answers = [await attacking.attacked(world, each, _lists(attack.seed, each)) for each in _COUNTING]
        assert attacking.leaks_in_time(news) == []
        assert [wrong for each in answers for wrong in each.wrong] == []
        sent[name] = sum(attacking.reminders_in(each.answers) for each in answers)
        told[name] = attacking.told_outsiders(news), [each.answers for each in answers]
        record_property("combinations", _DAYS * len(OUTSIDERS) + sum(each.tried for each in answers))
    assert told["whole"] == told["without"]
    # Who is reminded of a private matter is reminded of less else: the report may tell of fewer, never of more.
    assert 0 < sent["whole"] <= sent["without"]


def _lists(seed: Seed, asker: Asker) -> list[tuple[Door, Where]]:
    """Return the commands that name nothing: lists, reports and counts, which tell of what came to be in the days."""
    blind = [each for each in doors.doors_of_words(seed, "p") if each.way == "command" and not markers_in([each.told])]
    return [(each, places(asker)[0]) for each in blind if each.told not in seed.numbers["p"].values()]


@asynccontextmanager
async def _begun(attack: Attack, name: str, *askers: Asker) -> AsyncIterator[World]:
    """Begin with one of the two workspaces, once it has happened what makes the askers who they are."""
    database = attack.folder / f"{name}-{'-'.join(each.user_id for each in askers)}.db"
    async with begun(getattr(attack.seed, name), database) as world:
        for asker in askers:
            await attacking.happened(world, asker)
        yield world
