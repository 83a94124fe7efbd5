"""The workspace that is attacked: one record of each kind in each place, with a marker in each of its fields."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock
from bot.local_slack.workspace.seed import seeded
from bot.local_slack.workspace.state import Workspace
from bot.manifest import manifest_for
from bot.trial.script import BEGINS, ScriptError
from storage.engine.interface import Reader
from tests.privacy.world import Snapshot, World, begun, ended

HERE = Path(__file__).parent
TEAM = "T0LOCAL"
SECRET, GROUP, SHARED, GENERAL, OPEN = "CSECRET", "G0001", "CSHARED", "CGENERAL", "COPEN"
#: Whose records a letter marks: the private channel's, the group's, the shared channel's, the workspace's.
BELONGS = {"p": SECRET, "g": GROUP, "s": SHARED, "w": "workspace"}
_MADE_IN = {"p": "secret", "g": GROUP, "s": "shared", "w": "general"}
#: Words of each place alone, so that its meanings are like no others.
SALT = {"p": "amber kestrel in May", "g": "violet otter by noon", "s": "copper heron at sea", "w": "grey badger uphill"}
_OWN = (
    *(
        f"SELECT id, visibility FROM {table} ORDER BY id"
        for table in (
            "change_notices",
            "component_links",
            "components",
            "data_notes",
            "data_requests",
            "decisions",
            "feedback",
        )
    ),
    "SELECT id, visibility FROM senses WHERE origin <> 'starter' ORDER BY id",
    *(
        f"SELECT t.id, c.visibility FROM {table} t JOIN components c ON c.id = t.component_id ORDER BY t.id"
        for table in ("model_evaluations", "requirement_cards")
    ),
    "SELECT d.id, s.visibility FROM sense_disputes d JOIN senses s ON s.id = d.sense_id ORDER BY d.id",
)
_OTHER = {
    "p": "teal lantern under ice",
    "g": "ochre walrus on tin",
    "s": "indigo spruce inland",
    "w": "red piano in sand",
}
_IDS = re.compile(r"[0-9a-f]{24}")


@dataclass(frozen=True, slots=True)
class Seed:
    """The same workspace twice: without private records, and with them; and what each place's records are called."""

    without: Snapshot
    whole: Snapshot
    numbers: Mapping[str, Mapping[str, str]]
    records: Mapping[str, list[str]]
    unmade: list[str]

    @property
    def places(self) -> dict[str, str]:
        """Return the letter of its place for the id of each record."""
        return {record: letter for letter, records in self.records.items() for record in records}

    def elsewhere(self, text: str, letter: str) -> str | None:
        """Return what names records of the private channel with those of another place; None where it has not all."""
        names = {**self.numbers["p"], "m": "zqp", "salt": SALT["p"]}
        others = {**self.numbers[letter], "m": f"zq{letter}", "salt": SALT[letter]}
        pairs = [
            *((names[each], others[each]) for each in names if names[each]),
            *zip(self.records["p"], self.records[letter], strict=False),
        ]
        for old, new in pairs:
            text = text.replace(old, new)
        return None if self.belongs(text) == "p" else text

    def belongs(self, text: str) -> str:
        """Return the letter of the place that what a button names belongs to; empty where it names no record."""
        found = {self.places[each] for each in _IDS.findall(text) if each in self.places}
        found |= {each[2] for each in re.findall(r"zq[pgsw]", text)}
        return min(found, key="pgsw".index) if found else ""


async def planted(empty: Path, folder: Path) -> Seed:
    """Make both, through the doors that people have."""
    shutil.copy(empty, folder / "begin.db")
    start = Snapshot(folder / "begin.db", _workspace(), BEGINS)
    async with begun(start, folder / "first.db") as world:
        await _play_lines(world, (HERE / "habits.txt").read_text(encoding="utf-8"))
        await _play(world, "w", "s")
        unmade = world.unmade
    without = ended(world, folder / "without.db")
    async with begun(without, folder / "second.db") as world:
        await _play(world, "p", "g")
        numbers, records = _numbers(world.bot.store.reader, world.workspace), _records(world.bot.store.reader)
    return Seed(without, ended(world, folder / "whole.db"), numbers, records, [*unmade, *world.unmade])


def _workspace() -> Workspace:
    told = (HERE / "people.yaml").read_text(encoding="utf-8")
    workspace = seeded(told, manifest_for("https://bot.example", ""), Clock(frozen_at=BEGINS).now)
    workspace.channels[SHARED].is_shared = True
    workspace.conversation({"UANA", "UMIA", "UREX", "UDEE", workspace.bot.id})
    for user_id in [each for each in workspace.users if each != workspace.bot.id]:
        workspace.direct_channel(user_id)
        workspace.conversation({"UANA", user_id}) if user_id != "UANA" else None
    return workspace


async def _play(world: World, *letters: str) -> None:
    template = (HERE / "records.txt").read_text(encoding="utf-8")
    for letter in letters:
        told = {"who": "ana", "peer": "mia", "at": f"#{_MADE_IN[letter]}", "m": f"zq{letter}"}
        told |= {"salt": SALT[letter], "other": _OTHER[letter]}
        await _play_lines(world, named(template, told))
        await _note(world, BELONGS[letter], letter)


def named(line: str, names: Mapping[str, str]) -> str:
    """Return a line with names in the place of what stands in braces."""
    for name, value in names.items():
        line = line.replace(f"{{{name}}}", value)
    return line


async def _note(world: World, visibility: str, letter: str) -> None:
    """Keep what is said in the thread of the place's request as a note on its data."""
    workspace, sql = world.workspace, "SELECT t.channel, t.ts FROM threads t JOIN data_requests r ON t.about = r.id"
    for row in world.bot.store.reader.all(f"{sql} WHERE r.visibility = :place", place=visibility):
        ana, channel = workspace.users["UANA"], workspace.channels[row["channel"]]
        world.trial.slack.people.say(ana, channel, f"the zq{letter}rnote counts twice", row["ts"])
        await _play_lines(world, f'ana uses "Keep as a note on data" on "zq{letter}rnote"')


async def _play_lines(world: World, lines: str) -> None:
    for line in lines.splitlines():
        try:
            await world.trial.script.act(line)
        except ScriptError as error:
            world.unmade.append(f"{line}: {error}")
        await world.trial.quiet()
        # What Slack may be asked in a minute is counted.
        world.bot.clock.move(timedelta(seconds=1))
        world.watch.news()


def _said(workspace: Workspace, place: str, words: str) -> str:
    """Return the time stamp of a message with these words."""
    channel = workspace.channels.get(place, workspace.channels[GENERAL])
    return next((each.ts for each in channel.messages.values() if words in each.text), "")


def _numbers(reader: Reader, workspace: Workspace) -> dict[str, dict[str, str]]:
    """Return the first number of each kind, by the letter of its place."""
    found: dict[str, dict[str, str]] = {}
    for letter, place in BELONGS.items():
        found[letter] = {"m": f"zq{letter}"}
        for name, table in (("d", "decisions"), ("r", "data_requests"), ("f", "feedback")):
            rows = reader.all(f"SELECT id, number FROM {table} WHERE visibility = :place ORDER BY id", place=place)
            found[letter][name] = str(rows[0]["number"]) if rows else ""
            found[letter][table] = str(rows[0]["id"]) if rows else ""
            found[letter]["k"] = found[letter].get("k") or (str(rows[-1]["number"]) if rows else "")
        rows = reader.all("SELECT id FROM component_links WHERE visibility = :place ORDER BY id", place=place)
        found[letter]["component_links"] = str(rows[0]["id"]) if rows else ""
        found[letter]["quote"] = _said(workspace, place, f"zq{letter}dquote")
        for table in ("components", "senses"):
            sql = f"SELECT id, created_by FROM {table} WHERE visibility = :place AND created_by <> '' ORDER BY id"
            rows = reader.all(sql, place=place)
            found[letter][table] = str(rows[0]["id"]) if rows else ""
    return found


def _records(reader: Reader) -> dict[str, list[str]]:
    """Return the ids of the records of each place, in the same order in each."""
    found: dict[str, list[str]] = {letter: [] for letter in BELONGS}
    letters = {place: letter for letter, place in BELONGS.items()}
    for sql in _OWN:
        for row in reader.all(sql):
            if row["visibility"] in letters:
                found[letters[str(row["visibility"])]].append(str(row["id"]))
    return found
