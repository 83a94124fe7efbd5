"""Words that were looked up in vain, each counted with the same put otherwise."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from storage.engine.interface import Transaction, to_text
from storage.glossary.forms import stem
from storage.glossary.glossary import look_up_key

#: What was asked in the same words, or in others: an open question before what was only missed.
LIKE = """
    AND look_up_key IN (
        SELECT :key UNION ALL SELECT look_up_key FROM glossary_misses
        WHERE team_id = :team_id AND visibility = :asked_in AND likeness = :likeness AND likeness <> ''
        AND state IN ('open', 'miss')
    )
    ORDER BY state DESC, first_at, look_up_key LIMIT 1
"""
_TURNED = re.compile(r" (?:of|for|in) (?:the |an? )?", re.IGNORECASE)
_PART = re.compile(r"[\w+#]+")


@lru_cache(maxsize=10_000)
def likeness(word: str) -> str:
    """Return what a word has in common with the same put otherwise: "cadence of retraining", "retrain cadences".

    What stands behind "of" is read before it; of each part only the stem counts.
    """
    if word.isalnum():
        return stem(word)
    parts = [part for turned in reversed(_TURNED.split(word)) for part in _PART.findall(turned)]
    return " ".join(stem(part.casefold()) for part in parts)


#: What is written of a word that is looked up in vain, and of one that was before.
_INSERT = """
    INSERT INTO glossary_misses
        (team_id, visibility, look_up_key, word, times, state, owner, first_at, last_at, due_at, likeness)
"""
_ONCE_MORE = """
    ON CONFLICT (team_id, visibility, look_up_key) DO UPDATE SET times = glossary_misses.times + excluded.times,
        last_at = excluded.last_at, likeness = excluded.likeness
"""
_JOINED = f"""
    {_INSERT} VALUES (
        :team_id, :asked_in,
        coalesce((
            SELECT look_up_key FROM glossary_misses WHERE team_id = :team_id AND visibility = :asked_in {LIKE}
        ), :key),
        :word, :times, 'miss', '', :now, :now, '', :likeness
    ) {_ONCE_MORE}
"""


def said(visibility: str, word: str) -> dict[str, str]:
    return {"asked_in": visibility, "key": look_up_key(word), "likeness": likeness(word)}


def count_miss(transaction: Transaction, team_id: str, visibility: str, word: str, now: datetime) -> None:
    """Count that a word was looked up in vain, with the same put otherwise where that was before."""
    count_misses(transaction, team_id, {(visibility, word): 1}, now)


def count_misses(transaction: Transaction, team_id: str, missed: Mapping[tuple[str, str], int], now: datetime) -> None:
    """Count how often words were looked up in vain; keys are (visibility, word).

    Most are like no other, and are written together: each statement lets the loop wait for the writer's thread.
    """
    rows = [
        {"team_id": team_id, "word": word, "times": times, "now": to_text(now), **said(visibility, word)}
        for (visibility, word), times in missed.items()
    ]
    like_others = _like_others(transaction, team_id, rows)
    alone = [row for row in rows if row["likeness"] not in like_others]
    transaction.run_rows(_INSERT, [_values(row) for row in alone], _ONCE_MORE)
    transaction.run_many(_JOINED, [row for row in rows if row["likeness"] in like_others])


def _values(row: Mapping[str, object]) -> tuple[object, ...]:
    which, now = (row["team_id"], row["asked_in"], row["key"]), row["now"]
    return (*which, row["word"], row["times"], "miss", "", now, now, "", row["likeness"])


def _like_others(transaction: Transaction, team_id: str, rows: Sequence[Mapping[str, object]]) -> set[object]:
    """Return the likenesses that several of some words share, or one of them with another that was asked for before."""
    counts = Counter(row["likeness"] for row in rows)
    own = [f"{row['asked_in']} {row['key']} {row['likeness']}" for row in rows]
    others = transaction.all(
        """
        SELECT DISTINCT likeness FROM EACH(:places) AS place CROSS JOIN EACH(:likenesses) AS sought
        CROSS JOIN glossary_misses
        WHERE team_id = :team_id AND visibility = place.value AND likeness = sought.value AND likeness <> ''
        AND visibility || ' ' || look_up_key || ' ' || likeness NOT IN (SELECT value FROM EACH(:own) AS own)
        """,
        team_id=team_id,
        places=sorted({str(row["asked_in"]) for row in rows}),
        likenesses=sorted(map(str, counts)),
        own=own,
    )
    return {row["likeness"] for row in others} | {each for each, times in counts.items() if times > 1}
