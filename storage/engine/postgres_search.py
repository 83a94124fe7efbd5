"""Full-text search in PostgreSQL, over the words that are kept beside a table, and whose workspace's they are.

How often a word stands in a row is its cover density with all weights 1.
"""

from collections.abc import Sequence

from storage.engine.ranking import FREQUENT, LARGE, SCORE, Searched, sought

#: A row of a workspace, which stands among its words: no word has a space. A query without words finds nothing, and
#: one of a workspace and of no words would find all that it has.
_OF_TEAM = "full_text_words @@ CAST(quote_literal('team ' || :team_id) AS tsquery)"


def matching(searched: Searched, words: Sequence[str], ranked: int, where: str) -> tuple[str, dict[str, object]]:
    table, index = searched.table, f"{searched.table}_fts"
    queries, values = _queries("full_text", sought(words))
    counted = f"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {_OF_TEAM}{{}} LIMIT {{}}) AS counted"
    found = f"""
        FROM (
            WITH told AS MATERIALIZED (
                SELECT query, ({counted.format(" AND full_text_words @@ query", FREQUENT)}) AS hits
                FROM (VALUES {", ".join(f"({each})" for each in queries)}) AS sought (query)
            ), found AS MATERIALIZED (
                SELECT {table}.id AS place, full_text_place, full_text_words, {searched.length} AS length
                FROM {index} JOIN {table} ON {table}.id = full_text_id
                WHERE {_OF_TEAM} AND full_text_words @@ ({" || ".join(queries)})
                AND {table}.team_id = :team_id AND {where} LIMIT :full_text_ranked
            ), usual AS MATERIALIZED (
                SELECT avg(length) AS usual, ({counted.format("", LARGE)}) AS every FROM found
            )
            SELECT place, full_text_place, sum({SCORE}) AS score FROM found CROSS JOIN told CROSS JOIN usual
            CROSS JOIN LATERAL ts_rank_cd('{{1, 1, 1, 1}}', full_text_words, query) AS often
            GROUP BY place, full_text_place
        ) AS matched JOIN {table} ON {table}.id = matched.place ORDER BY matched.score DESC, matched.full_text_place
    """
    return found, {**values, "full_text_ranked": ranked}


def matching_each(
    table: str, groups: Sequence[Sequence[str]], most: int, *, newest: bool
) -> tuple[str, dict[str, object]]:
    sought, values = [], dict[str, object]()
    for number, words in enumerate(groups):
        queries, more = _queries(f"full_text_{number}", words)
        sought.append(f"({' || '.join(queries)})")
        values |= more
    # Not knowing that a few are enough, the server doesn't look for them in all rows; it still stops at so many.
    found = f"""
        FROM (
            WITH found AS {"" if newest else "MATERIALIZED"} (
                SELECT full_text_id AS place, full_text_place FROM {table}_fts
                WHERE full_text_words @@ ({" && ".join(sought)})
            )
            SELECT place FROM found {"ORDER BY full_text_place DESC" if newest else ""} LIMIT :full_text_most
        ) AS matched JOIN {table} ON {table}.id = matched.place
    """
    return found, {**values, "full_text_most": most}


def _queries(name: str, words: Sequence[str]) -> tuple[list[str], dict[str, object]]:
    """Return a query for each of some words, which may be several in a row, and the parameters; at least one query."""
    values: dict[str, object] = {f"{name}_{number}": word for number, word in enumerate(words)}
    queries = [f"phraseto_tsquery('common_ground', plain_words(:{name}))" for name in values]
    return queries or ["CAST('' AS tsquery)"], values
