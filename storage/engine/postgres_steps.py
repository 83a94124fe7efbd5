"""Bringing a PostgreSQL store's schema up to date, by whichever process is first: the others wait for its row."""

from collections.abc import Iterator

import psycopg
from psycopg import Connection, sql
from psycopg.rows import DictRow

from storage.engine.interface import StoreError
from storage.engine.postgres_restored import doubt_after_restore
from storage.engine.postgres_schema import Schema, schema_after, statements
from storage.migrations import MOVES

#: The row that is locked; it is updated to see that something can be written, too.
LOCK = "(lock)"
_STEPS = """
    CREATE TABLE IF NOT EXISTS schema_steps
    (name TEXT COLLATE "C" PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL DEFAULT now())
"""
#: What two processes that begin at once run into.
_AT_ONCE = (psycopg.errors.UniqueViolation, psycopg.errors.DuplicateTable, psycopg.errors.DuplicateObject)
#: By which case is folded where the database's own rules know ASCII alone; the first of these that it has.
_COLLATIONS = ("pg_c_utf8", "und-x-icu", "C.utf8", "C.UTF-8", "en_US.utf8")
#: What stands between words, and accents once letters are taken apart from them; so does what parts columns.
_BETWEEN = (
    r"[\u0001-\u002F\u003A-\u0060\u007B-\u00A9\u00AB-\u00B1\u00B4\u00B6-\u00B8\u00BB\u00BF\u00D7\u00F7\u01C1"
    r"\u02C2-\u02C5\u02D2-\u02DF\u2000-\u206F\u20A0-\u20CF\u2190-\u245F\u2500-\u2BFF\u2E00-\u2E7F\u3000-\u3004"
    r"\u3008-\u3020\u3030\uFE10-\uFE6F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65\uFFE0-\uFFFF]+"
)
_KINDS = """
    asciihword asciiword email file float host hword hword_asciipart hword_numpart hword_part int numhword numword
    sfloat uint url url_path version word
"""


def bring_up_to_date(connection: Connection[DictRow], place: str, steps: frozenset[str], doubt: str = "") -> bool:
    """Apply those of a version's steps that are missing, in one transaction, and ``doubt`` where it was restored.

    Returns whether it was. Raises StoreError where a newer version made the store.
    """
    try:
        connection.execute(_STEPS)
    except _AT_ONCE:
        connection.execute(_STEPS)
    with connection.transaction():
        connection.execute("INSERT INTO schema_steps (name) VALUES (%s) ON CONFLICT DO NOTHING", [LOCK])
        connection.execute("SELECT name FROM schema_steps WHERE name = %s FOR UPDATE", [LOCK])
        rows = connection.execute("SELECT name FROM schema_steps")
        applied = frozenset(row["name"] for row in rows) - {LOCK}
        if unknown := sorted(applied - steps):
            raise StoreError(
                f"the database {place} was made by a newer Common Ground (step {unknown[-1]}); "
                "install that version, or name another database in DATABASE_URL"
            )
        missing = sorted(steps - applied)
        for statement in _changes(connection, applied, steps) if missing else ():
            connection.execute(statement)
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO schema_steps (name) VALUES (%s)", [[name] for name in missing])
        return bool(doubt) and doubt_after_restore(connection, doubt)


def has_store(connection: Connection[DictRow]) -> bool:
    found = connection.execute("SELECT to_regclass('schema_steps') IS NOT NULL AS is_there").fetchone()
    return found is not None and bool(found["is_there"])


def _changes(
    connection: Connection[DictRow], applied: frozenset[str], steps: frozenset[str]
) -> Iterator[sql.SQL | sql.Composed]:
    if not applied:
        yield from _foundation(connection)
    before = schema_after(applied) if applied else Schema()
    yield from (sql.SQL(each) for each in statements(before, schema_after(steps)))
    yield from (sql.SQL(each) for name in sorted(steps - applied) for each in MOVES.get(name, ()) if applied)


def _foundation(connection: Connection[DictRow]) -> Iterator[sql.SQL | sql.Composed]:
    """Reduce words to what SQLite's index has: small letters without accents, by Porter's stemmer, none left out.

    SQLite leaves words of two letters as they are; "use" has the stem "us" in both. What still differs is the stem of
    others of two letters, such as "ms", and of words in -bly.
    """
    rows = connection.execute("SELECT collname FROM pg_collation WHERE collname = ANY(%s)", [list(_COLLATIONS)])
    there = {row["collname"] for row in rows}
    folding = next((each for each in _COLLATIONS if each in there), "default")
    yield sql.SQL(
        """
        CREATE FUNCTION plain_words(said TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
        regexp_replace(regexp_replace(
            lower(regexp_replace(normalize(said, NFD), {accents}, '', 'g') COLLATE {folding}), {between}, ' ', 'g'
        ), {short}, {longer}, 'g')
        """
    ).format(
        short=sql.Literal(r"\m([aeiou])s\M"),
        longer=sql.Literal(r"\1se"),
        accents=sql.Literal(r"[\u0300-\u036F]"),
        folding=sql.Identifier(folding),
        between=sql.Literal(_BETWEEN),
    )
    yield sql.SQL("CREATE TEXT SEARCH DICTIONARY common_ground_stems (TEMPLATE = snowball, LANGUAGE = porter)")
    yield sql.SQL("CREATE TEXT SEARCH CONFIGURATION common_ground (PARSER = default)")
    yield sql.SQL("ALTER TEXT SEARCH CONFIGURATION common_ground ADD MAPPING FOR {} WITH common_ground_stems").format(
        sql.SQL(", ").join(map(sql.Identifier, _KINDS.split()))
    )
    yield sql.SQL(
        """
        CREATE FUNCTION count_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO revisions (team_id, counted, changes)
            SELECT team_id, TG_TABLE_NAME, count(*) FROM changed GROUP BY team_id ORDER BY team_id
            ON CONFLICT (team_id, counted) DO UPDATE SET changes = revisions.changes + excluded.changes;
            RETURN NULL;
        END $$
        """
    )
