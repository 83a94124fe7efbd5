"""How fast words are found: in a message, by a slip of the hand, by what they are about; and how fast they come in."""

import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import accumulate
from pathlib import Path

from handlers.glossary.rules import near as rules
from storage import open_store
from storage.engine.interface import WORKSPACE, Database, Reader
from storage.glossary import near, search
from storage.glossary.names import Names
from storage.workspaces import workspaces
from tests.bench.table import NOW, Table, words

_MANY = 100_000
_ROUNDS = 200
_ALL = near.Place(team_id="T1", visibilities=(WORKSPACE,))
_ENDS = ("s", "ed", "ing", "ation", "")
_COMMON = ("model", "meaning", "made", "word", "longer", "text", "used", "work", "number", "product")


async def bench_glossary(table: Table, folder: Path) -> None:
    named = words(_MANY)
    _bench_message(table, named[:10_000])
    path = folder / "in.csv"
    rows = (
        f"{word},product,The meaning number {place} of a made-up word,"
        f"A longer text about {word} and what the product is used for in the work of model {place}.,alias {place}"
        for place, word in enumerate(named)
    )
    path.write_text("word,discipline,gloss,definition,aliases\n" + "\n".join(rows) + "\n", encoding="utf-8")
    store = open_store(f"sqlite:///{folder / 'glossary.db'}")
    await store.write(lambda each: workspaces.connect_workspace(each, "T1", "Harbour", "U0BOT", NOW))
    await _bench_import(table, path, folder, store)
    await _bench_search(table, store, named)
    await store.close()


def _bench_message(table: Table, named: list[str]) -> None:
    """Find words in a message, beside a pass of the same message through one regular expression as the floor."""
    names, floor = Names({word: word for word in named}), re.compile(r"[\w+#]+")
    never_seen = _messages(partial(next, iter(named)), _ROUNDS)
    messages = _messages(_as_in_a_language(named), 2 * _ROUNDS)
    # A bot that runs has seen most words before: the first half warms it up.
    for what, first, found in (("never seen", [], never_seen), ("seen", messages[:_ROUNDS], messages[_ROUNDS:])):
        for each in first:
            names.found_in(each)
        spent, least = (_median_microseconds(find, found) for find in (names.found_in, floor.findall))
        told = f"{spent:6.1f} µs, {spent / least:.1f} times one regular expression"
        said = f"words in a 200-character message, 10,000 words, most {what} before"
        table.add(said, told, "< 100 µs", microseconds=spent, floor=least)


def _as_in_a_language(named: list[str]) -> Callable[[], str]:
    """Give words, by Zipf's law: a word's frequency is in inverse proportion to its rank."""
    dice = random.Random(7)  # noqa: S311 - the same each time
    often = list(accumulate(1 / rank for rank in range(1, len(named) + 1)))
    return lambda: dice.choices(named, cum_weights=often)[0]


def _messages(word: Callable[[], str], count: int) -> list[str]:
    """Make messages of 200 characters, a fifth of their words from a glossary."""
    dice = random.Random(7)  # noqa: S311 - the same each time
    filler = ["we", "saw", "that", "the", "and", "of", "last", "week", "again", "with", "some", "more"]
    messages = []
    for _ in range(count):
        said = ""
        while len(said) < 200:
            said += f" {word() + dice.choice(_ENDS) if dice.random() < 0.2 else dice.choice(filler)}"
        messages.append(said[:200])
    return messages


def _median_microseconds(find: Callable[[str], object], messages: list[str]) -> float:
    taken = []
    for message in messages:
        started = time.perf_counter()
        find(message)
        taken.append((time.perf_counter() - started) * 1e6)
    return statistics.median(taken)


async def _bench_import(table: Table, path: Path, folder: Path, store: Database) -> None:
    """Import beside a store in use: how long it takes, and how long a write had to wait for it at the longest."""
    # What is installed was compiled once.
    cached = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    env = {**os.environ, **cached, "DATABASE_URL": f"sqlite:///{folder / 'glossary.db'}"}
    bot = [sys.executable, "-m", "bot"]
    await (await asyncio.create_subprocess_exec(*bot, "--version", env=env, stdout=subprocess.DEVNULL)).wait()
    command = [*bot, "glossary", "import", str(path)]
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    ended, longest = asyncio.create_task(process.wait()), 0.0
    while not ended.done():
        begun = time.perf_counter()
        await store.write(lambda each: workspaces.note_place(each, "T1", "C1"))
        longest = max(longest, time.perf_counter() - begun)
        await asyncio.wait([ended], timeout=0.05)
    spent = time.perf_counter() - started
    told = f"{spent:6.1f} s, {_MANY / spent:.0f} a second"
    table.add("import of 100,000 meanings", told, "< 8 s", seconds=spent)
    table.add("longest wait of a write meanwhile", f"{longest * 1000:6.0f} ms", "< 500 ms", milliseconds=longest * 1000)


async def _file_names(store: Database) -> None:
    """File all names by what is near them, as the job does in the background."""
    while (some := near.unfiled(store.reader, "T1")) is not None:
        await store.write(partial(near.file_some, some=some))


async def _bench_search(table: Table, store: Database, named: list[str]) -> None:
    dice = random.Random(7)  # noqa: S311 - the same each time
    typos = [word[:3] + word[4:] for word in dice.sample(named, _ROUNDS)]
    about = [(dice.choice(_COMMON), dice.choice(_COMMON), dice.choice(named)) for _ in range(_ROUNDS)]

    def nearest(reader: Reader, typed: str) -> object:
        return rules.nearest(typed, near.around(reader, _ALL, near.Sought([typed])).close)

    def described(reader: Reader, asked: tuple[str, ...]) -> object:
        return search.senses_about(reader, "T1", asked, [WORKSPACE], 5)

    def standing(reader: Reader, said: str) -> object:
        return search.names_for(reader, "T1", [WORKSPACE], said).found_in(said)

    await _file_names(store)
    for what, goal, find, asked in (
        ("did you mean, 100,000 words", "< 10 ms", nearest, typos),
        (
            "words in a 200-character message, 100,000 words",
            "< 5 ms",
            standing,
            _messages(_as_in_a_language(named), _ROUNDS),
        ),
        ("full-text search, 100,000 meanings", "< 20 ms", described, about),
    ):
        taken = []
        for each in asked:
            started = time.perf_counter()
            await store.search(lambda reader, find=find, each=each: find(reader, each))  # type: ignore[misc]
            taken.append((time.perf_counter() - started) * 1000)
        cuts = statistics.quantiles(taken, n=100)
        told = f"p50 {cuts[49]:5.1f} p99 {cuts[98]:5.1f} ms"
        table.add(what, told, goal, p50=cuts[49], p99=cuts[98])
