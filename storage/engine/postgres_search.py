"""Full-text search in PostgreSQL, over the words that are kept beside a table.

It ranks as SQLite does, by BM25 (https://sqlite.org/fts5.html#the_bm25_function), which PostgreSQL doesn't have: how
often a word stands in a row is its cover density with all weights 1, and how many rows have it is counted.
"""

from collections.abc import Sequence

#: So many words of a long text are searched for.
_SOUGHT = 64
#: A word that so many rows have is as frequent as any.
_FREQUENT = 10_000
#: What is told of the length of rows is told by so many.
_SAMPLED = 1000


def matching(table: str, words: Sequence[str], ranked: int, where: str) -> tuple[str, dict[str, object]]:
    queries, values = _queries("full_text", list(dict.fromkeys(words))[:_SOUGHT])
    found = f"""
        FROM (
            WITH told AS MATERIALIZED (
                SELECT query, (SELECT max(full_text_place) FROM {table}_fts) AS every, (
                    SELECT count(*) FROM (
                        SELECT 1 FROM {table}_fts WHERE full_text_words @@ query LIMIT {_FREQUENT}
                    ) AS having_it
                ) AS hits FROM (VALUES {", ".join(f"({each})" for each in queries)}) AS sought (query)
            ), usual AS MATERIALIZED (
                SELECT avg(full_text_length) AS length FROM (
                    SELECT full_text_length FROM {table}_fts LIMIT {_SAMPLED}
                ) AS sampled
            ), found AS MATERIALIZED (
                SELECT {table}.id AS place, full_text_place, full_text_words, full_text_length
                FROM {table}_fts JOIN {table} ON {table}.id = full_text_id
                WHERE full_text_words @@ ({" || ".join(queries)}) AND {where} LIMIT :full_text_ranked
            )
            SELECT place, full_text_place, sum(
                greatest(ln((every - hits + 0.5) / (hits + 0.5)), 0.000001) * often * 2.2
                / (often + 1.2 * (0.25 + 0.75 * full_text_length / usual.length))
            ) AS score
            FROM found CROSS JOIN told CROSS JOIN usual
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
    found = f"""
        FROM (
            SELECT full_text_id AS place FROM {table}_fts WHERE full_text_words @@ ({" && ".join(sought)})
            {"ORDER BY full_text_place DESC" if newest else ""} LIMIT :full_text_most
        ) AS matched JOIN {table} ON {table}.id = matched.place
    """
    return found, {**values, "full_text_most": most}


def _queries(name: str, words: Sequence[str]) -> tuple[list[str], dict[str, object]]:
    """Return a query for each of some words, which may be several in a row, and the parameters; at least one query."""
    values: dict[str, object] = {f"{name}_{number}": word for number, word in enumerate(words)}
    queries = [f"phraseto_tsquery('common_ground', plain_words(:{name}))" for name in values]
    return queries or ["CAST('' AS tsquery)"], values
