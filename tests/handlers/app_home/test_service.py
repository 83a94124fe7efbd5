"""A Home is the same whether it is read anew or remembered, and its first page counts what the others list."""

from dataclasses import replace

import pytest

from handlers.app_home import service
from handlers.app_home.messages.home import Shown
from handlers.hooks.digest import Group
from storage.engine.interface import WORKSPACE, Database, Reader
from tests.handlers.hooks.filling import fill
from tests.handlers.hooks.test_growth import Counting, context_of
from tests.writing import write

_PEOPLE = ("UANA", "UBEN", "UCHLOE", "UELI")


def gathered(store: Database, reader: Reader, user_id: str, *, is_listed: bool) -> Shown:
    whose = service.Whose(user_id, (WORKSPACE,), ("UCHLOE",), is_listed=is_listed)
    return service.gathered(reader, context_of(store), whose)


def shown(groups: list[Group]) -> list[tuple[str, list[str]]]:
    return [(each.told, [line.told for line in each.lines]) for each in groups]


@pytest.fixture
async def filled(store: Database) -> Database:
    await write(store, fill, 4)
    return store


@pytest.mark.parametrize("user_id", _PEOPLE)
async def test_the_first_page_counts_what_the_others_list(filled: Database, user_id: str) -> None:
    first, others = (gathered(filled, filled.reader, user_id, is_listed=each) for each in (False, True))
    assert [(each.told, len(each.lines)) for each in first.groups] == [
        (each.told, len(each.lines)) for each in others.groups
    ]
    assert [each.subject for each in first.reminders] == [each.subject for each in others.reminders]
    if user_id == "UANA":
        kinds = {each.told for each in first.groups if each.lines and not each.is_teams}
        assert kinds == {"duties", "models", "problems you reported", "definitions", "data requests", "decisions"}


async def test_what_is_remembered_reads_as_what_is_read_anew(filled: Database) -> None:
    remembering = Counting(filled.reader)
    for user_id in (*_PEOPLE, *_PEOPLE):
        anew = gathered(filled, Counting(filled.reader), user_id, is_listed=True)
        known = gathered(filled, remembering, user_id, is_listed=True)
        assert shown([*known.groups]) == shown([*anew.groups])
        assert [(each.subject, each.told) for each in known.reminders] == [
            (each.subject, each.told) for each in anew.reminders
        ]
        assert replace(known, groups=(), reminders=()) == replace(anew, groups=(), reminders=())


async def test_a_home_that_is_only_counted_reads_no_line_of_decisions_or_words(filled: Database) -> None:
    counted, listed = (Counting(filled.reader) for _ in range(2))
    gathered(filled, counted, "UANA", is_listed=False)
    gathered(filled, listed, "UANA", is_listed=True)
    more = [sql for sql in listed.asked if sql not in counted.asked]
    assert [("FROM decisions" in sql, "FROM senses" in sql) for sql in more] == [(False, True), (True, False)]
