"""A store with very many workspaces, each a copy of one that the product's own code has made."""

import asyncio
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from bot.sealing import Seal, Tokens
from handlers.glossary.starter import starter_senses
from storage.engine.interface import Database, Row, Transaction
from storage.engine.statements import put
from storage.glossary import changes, near
from storage.records.ids import new_id
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, Duty
from storage.workspaces import workspaces
from storage.workspaces.deletion import TABLES
from storage.workspaces.installations import Installation
from tests.bench.__main__ import made_up
from tests.bench.finding import COMMON, KINDS
from tests.bench.table import words

#: The workspace that the others are copies of, whose records are those of this id by what they are made with.
FIRST = "T1"
#: What ids of one process have in common: sixteen digits of time stand before it, and two of a count behind it.
_MADE_IN = slice(16, 22)
_COPIED_AT_ONCE, _SEALED_AT_ONCE = 20, 1_000
#: Each has tokens of its own; what refers to a row comes after it.
_COPIED = [each for each in reversed(tuple(TABLES)) if each != "installations"]
_IN_BODIES = {"whose": f'"team_id":"{FIRST}"', "whose_begin": f'"team_id":"{FIRST}', "quote": '"'}
_PARTS = 10
_DUTIES = ("monitoring", "deployment", "labelling", "rollback", "latency", "integration")


def team(number: int) -> str:
    """Return the id of a workspace by its number, from 0 on."""
    return f"{FIRST}{number:06x}" if number else FIRST


async def make_first(store: Database, definitions: int, records: int) -> None:
    """Make the first workspace, with so many definitions and records."""
    now = datetime.now(UTC)
    named = words(max(definitions, records))
    starter = starter_senses()
    senses = [*starter, *map(made_up, named[: definitions - len(starter)])]
    await store.write(lambda each: workspaces.connect_workspace(each, FIRST, "Harbour", "U0BOT", now))
    await store.write(lambda each: changes.add_senses(each, FIRST, senses, now))
    while (some := await store.search(lambda reader: near.unfiled(reader, FIRST))) is not None:
        await store.write(partial(near.file_some, some=some))
    await store.write(partial(_make_records, named[:records]))


def _make_records(named: Sequence[str], transaction: Transaction) -> None:
    """Make records of three kinds about some components, a tenth of them in a private channel."""
    dice = random.Random(7)  # noqa: S311 - the same records each time
    parts = [_part(transaction, number) for number in range(_PARTS)]
    for number, word in enumerate(named):
        about = " ".join(dice.choices(COMMON, k=4))
        seen = {"visibility": "CSECRET" if number % 10 == 0 else "workspace", "component_id": dice.choice(parts)}
        KINDS[number % 3](transaction, (f"{word} for {about}", f"Because of {about} and {word}"), seen)


def _part(transaction: Transaction, number: int) -> str:
    name = f"{COMMON[number % len(COMMON)]} model {number}"
    told = {"name": name, "kind": "model", "lead": "UANA", "created_by": "UANA", "created_at": "2026-01-05"}
    part = Component(id=new_id(), team_id=FIRST, look_up_key=responsibilities.new_key(name), **told)
    duties = [Duty(team_id=FIRST, component_id=part.id, duty=each) for each in _DUTIES]
    responsibilities.add_component(transaction, part, duties)
    return part.id


async def copy_first(stores: Sequence[Database], count: int, tables: Sequence[str] = _COPIED) -> None:
    """Copy the first workspace until there are so many, table by table, in the engine itself.

    Several stores are the same one, which takes copies side by side.
    """
    found = await stores[0].search(lambda each: each.one("SELECT min(id) AS id FROM senses")) or {}
    begins = range(1, count, _COPIED_AT_ONCE)
    groups = [[f"{number:06x}" for number in range(each, min(each + _COPIED_AT_ONCE, count))] for each in begins]

    async def copy(store: Database, some: Sequence[Sequence[str]]) -> None:
        for numbers in some:
            await store.write(partial(_copy, numbers, found["id"][_MADE_IN], tables))

    await asyncio.gather(*(copy(store, groups[turn :: len(stores)]) for turn, store in enumerate(stores)))


def _copy(numbers: Sequence[str], made_in: str, tables: Sequence[str], transaction: Transaction) -> None:
    for table in tables:
        row = transaction.one(f"SELECT * FROM {table} WHERE team_id = :first", first=FIRST)
        if row is not None:
            columns = ", ".join(f'"{name}"' for name in row)
            told = ", ".join(_as_copied(name, row) for name in row)
            transaction.run(
                f"""
                INSERT INTO {table} ({columns}) SELECT {told} FROM EACH(:numbers) AS place CROSS JOIN {table} AS made
                WHERE made.team_id = :first ON CONFLICT DO NOTHING
                """,
                first=FIRST,
                numbers=numbers,
                made_in=made_in,
                **_IN_BODIES,
            )


def _as_copied(name: str, row: Row) -> str:
    """Return what a column has in a copy: ids, also in the text of a record, are its own."""
    if name == "team_id":
        return ":first || place.value"
    if name == "scope":
        return f"replace(made.{name}, CAST(:first AS TEXT), :first || place.value)"
    if not isinstance(row[name], str):
        return f'made."{name}"'
    told = f'replace(made."{name}", CAST(:made_in AS TEXT), place.value)'
    return f"replace({told}, CAST(:whose AS TEXT), :whose_begin || place.value || :quote)" if name == "body" else told


async def install(store: Database, seal: Seal, count: int) -> None:
    """Have the app let into each of so many workspaces, which need not have anything else."""
    for begin in range(0, count, _SEALED_AT_ONCE):
        some = [_installed(seal, number) for number in range(begin, min(begin + _SEALED_AT_ONCE, count))]
        await store.write(partial(_put, "installations", some))


def token(number: int) -> str:
    return f"xoxb-{team(number)}"


def _installed(seal: Seal, number: int) -> dict[str, object]:
    told = {"team_url": "https://harbour.slack.com/", "bot_user_id": "U0BOT", "bot_id": "B0BOT", "app_id": "A0LOCAL"}
    sealed = {"scopes": "", "sealed": seal.seal(Tokens(bot=token(number))), "sealed_by": seal.name}
    return Installation(team_id=team(number), installed_at="2026-01-05", **told, **sealed).model_dump()


def _put(table: str, rows: Sequence[Row], transaction: Transaction) -> None:
    put(transaction, table, "team_id", *rows)
