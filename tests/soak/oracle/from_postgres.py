"""Copies what is in a PostgreSQL database into a file of SQLite's, so that the oracle reads one kind of store."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg import sql

_TABLES = """
    SELECT table_name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name
"""
_AS_WRITTEN = "SELECT outbox.* FROM outbox LEFT JOIN soak.places USING (id) ORDER BY place"


def as_sqlite(url: str, file: Path) -> None:
    """Write every table, each row as it is; those of the outbox in the order in which they were written."""
    with psycopg.connect(url) as source, closing(sqlite3.connect(file)) as target, target:
        for (name,) in source.execute(_TABLES).fetchall():
            asked = (
                sql.SQL(_AS_WRITTEN) if name == "outbox" else sql.SQL("SELECT * FROM {}").format(sql.Identifier(name))
            )
            rows = source.execute(asked)
            columns = ", ".join(f'"{each.name}"' for each in rows.description or ())
            places = ", ".join("?" for _ in rows.description or ())
            target.execute(f'CREATE TABLE "{name}" ({columns})')
            target.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows)
