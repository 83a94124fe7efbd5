"""Full-text search in SQLite, by FTS5.

Each query names the workspace, whose rows alone are then gone through.
"""

from collections.abc import Sequence

from storage.engine.ranking import FREQUENT, LARGE, SCORE, Searched, sought

#: In a query the workspace is looked for in its own column, and words in the others.
_OF_TEAM = """'team_id : "' || :team_id || '"'"""
_AMONG_OTHERS = " AND - team_id : ({})"


def matching(searched: Searched, words: Sequence[str], ranked: int, where: str) -> tuple[str, dict[str, object]]:
    table, index = searched.table, f"{searched.table}_fts"
    # How often a row has a word is how many marks are put into it: the first column is the workspace.
    marked = " + ".join(
        f"length(highlight({index}, {number}, '|', '')) - length({index}.{name})"
        for number, name in enumerate(searched.columns, 1)
    )
    found = f"""
        FROM (
            WITH found AS MATERIALIZED (
                SELECT {table}.rowid AS found_at, {searched.length} AS length
                FROM {index} JOIN {table} ON {table}.rowid = {index}.rowid
                WHERE {index} MATCH {_OF_TEAM} || :full_text_any AND {table}.team_id = :team_id AND {where}
                LIMIT :full_text_ranked
            ), usual AS MATERIALIZED (
                SELECT avg(length) AS usual, min(found_at) AS first, max(found_at) AS last, (
                    SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH {_OF_TEAM} LIMIT {LARGE})
                ) AS every FROM found
            ), told AS MATERIALIZED (
                SELECT {_OF_TEAM} || sought.value AS query, (
                    SELECT count(*) FROM (
                        SELECT 1 FROM {index} WHERE {index} MATCH {_OF_TEAM} || sought.value LIMIT {FREQUENT}
                    )
                ) AS hits FROM EACH(:full_text_words) AS sought
            ), counted AS MATERIALIZED (
                SELECT {index}.rowid AS place, hits, every, usual, {marked} AS often
                FROM usual CROSS JOIN told CROSS JOIN {index}
                WHERE {index} MATCH query AND {index}.rowid BETWEEN first AND last
            )
            SELECT place, sum({SCORE}) AS score FROM counted JOIN found ON found_at = place GROUP BY place
        ) AS matched JOIN {table} ON {table}.rowid = matched.place ORDER BY matched.score DESC, matched.place
    """
    among = [_AMONG_OTHERS.format(_any_of(each)) for each in (sought(words), *([word] for word in sought(words)))]
    return found, {"full_text_any": among[0], "full_text_words": among[1:], "full_text_ranked": ranked}


def matching_each(
    table: str, groups: Sequence[Sequence[str]], most: int, *, newest: bool
) -> tuple[str, dict[str, object]]:
    # Joined so, SQLite begins with what was found, and not with every row of a workspace.
    found = f"""
        FROM (
            SELECT rowid AS place FROM {table}_fts WHERE {table}_fts MATCH :full_text_query
            ORDER BY rowid{" DESC" if newest else ""} LIMIT :full_text_most
        ) AS matched CROSS JOIN {table} ON {table}.rowid = matched.place
    """
    query = " AND ".join(f"({_any_of(words)})" for words in groups)
    return found, {"full_text_query": query, "full_text_most": most}


def _any_of(words: Sequence[str]) -> str:
    return " OR ".join('"' + word.replace('"', "") + '"' for word in words) or '""'
