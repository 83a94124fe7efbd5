"""A connection is tried before it is lent, but for one that was in use a moment ago."""

from collections.abc import Iterator

import psycopg
import pytest

from storage.engine.postgres_connection import PostgresConnection
from storage.engine.postgres_pool import Lendable, Pool
from tests.postgres import Server


@pytest.fixture
def pool(postgres: Server, migrated_postgres: str) -> Iterator[Pool]:
    with postgres.database(migrated_postgres) as url:
        made = Pool(url, 1)
        yield made
        made.close()


def ask(pool: Pool) -> PostgresConnection:
    with pool.lent() as connection:
        assert connection.one("SELECT 'asked' AS told") == {"told": "asked"}
    return connection


def rest(connection: PostgresConnection) -> None:
    assert isinstance(connection.connection, Lendable)
    connection.connection.rests_since -= 1


def test_one_that_was_just_used_is_not_asked_whether_it_works(pool: Pool, postgres: Server) -> None:
    connection = ask(pool)
    last = f"SELECT query FROM pg_stat_activity WHERE pid = {connection.connection.info.backend_pid}"

    def last_asked() -> str:
        with pool.lent(), psycopg.connect(postgres.url("postgres")) as other:
            found = other.execute(last.encode()).fetchone()
        return "" if found is None else str(found[0])

    assert last_asked() == "SELECT 'asked' AS told"
    rest(connection)
    assert last_asked() == ""


def test_one_that_has_rested_and_broke_meanwhile_is_replaced(pool: Pool, postgres: Server) -> None:
    connection = ask(pool)
    postgres.run(f"SELECT pg_terminate_backend({connection.connection.info.backend_pid})")
    rest(connection)
    assert ask(pool).connection is not connection.connection
