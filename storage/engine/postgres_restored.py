"""Whether a dump was brought back: what a store still has to say may have been said since that was made.

The outbox is marked, in its comment, with the numbers that the server gave its database and its table. A dump takes the
comment along; what is made of it has other numbers.
"""

from psycopg import Connection, sql
from psycopg.rows import DictRow

_NUMBERS = """
    SELECT concat_ws(' ', pg_database.oid, pg_class.oid) AS now, obj_description(pg_class.oid, 'pg_class') AS noted
    FROM pg_class, pg_database WHERE pg_class.oid = 'outbox'::regclass AND datname = current_database()
"""


def doubt_after_restore(connection: Connection[DictRow], doubt: str) -> bool:
    """Run ``doubt`` where the store was brought back since a bot began on it; return whether that is so."""
    found = connection.execute(_NUMBERS).fetchone()
    if found is None or found["noted"] == found["now"]:
        return False
    if found["noted"] is not None:
        connection.execute(sql.SQL(doubt))
    connection.execute(sql.SQL("COMMENT ON TABLE outbox IS {}").format(sql.Literal(found["now"])))
    return found["noted"] is not None
