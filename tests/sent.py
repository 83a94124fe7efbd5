"""All that the bot has to say to others, read from its outbox: tests look at every message of a step."""

import json
from collections.abc import Iterator

from bot.trial.run import Trial

_WORDS = ("text", "comment", "content", "user_id")


def sent(trial: Trial) -> list[tuple[str, str]]:
    """Return to whom each message goes (a user, a channel or a response_url), and all its words, the oldest first."""
    rows = trial.bot.store.reader.all("SELECT lane, body FROM outbox ORDER BY created_at, id")
    return [(row["lane"], " ".join(_texts(json.loads(row["body"])))) for row in rows]


def told(trial: Trial, user_id: str, words: str) -> list[str]:
    """Return the messages to somebody that have these words in them."""
    return [text for to, text in sent(trial) if to == user_id and words in text]


def _texts(told: object) -> Iterator[str]:
    """Yield every text in a body; what stands in one line of it as one."""
    if isinstance(told, list):
        for each in told:
            yield from _texts(each)
    if not isinstance(told, dict):
        return
    if str(told.get("type", "")).startswith("rich_text_"):
        yield "".join(_texts(told["elements"]))
        return
    for name, value in told.items():
        yield from [value] if name in _WORDS and isinstance(value, str) else _texts(value)
