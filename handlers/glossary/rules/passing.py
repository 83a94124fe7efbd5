"""When somebody is told in passing that a word means something else to whoever has just used it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.glossary.rules.naming import Found
from handlers.slack.interactions import Quote
from storage.glossary.glossary import Sense

#: What is kept of a person: when they were told last, or that they never want to be.
NEVER = "never"
_RARELY = timedelta(days=7)
#: In a channel, outside a thread, somebody who spoke longer ago isn't spoken to.
_LATELY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Differing:
    """A word, what whoever said it means by it, and what whoever heard it does."""

    word: str
    said: Sense
    heard: Sense


def differing(words: Iterable[Found], speaker: str, hearer: str) -> Differing | None:
    """Return the first word that two disciplines use differently; drafts and what is disputed don't count."""
    for each in words:
        said, heard = _of(each, speaker), _of(each, hearer)
        if said is not None and heard is not None and said.discipline != heard.discipline:
            return Differing(each.word, said, heard)
    return None


def is_used_differently(found: Found, speaker: str) -> bool:
    """Tell whether somebody of another discipline than the speaker's may take a word otherwise."""
    approved = {each.discipline for each in found.senses if each.status == "approved"}
    return speaker in approved and len(approved) > 1


def spoken_to(said: Sequence[Quote], by: str, ts: str, *, in_thread: bool) -> str:
    """Return who is spoken to: the last other person who spoke there; empty where nobody did lately."""
    others = [each for each in said if each.author_id != by]
    is_late = bool(others) and not in_thread and float(ts) - float(others[-1].ts) > _LATELY.total_seconds()
    return others[-1].author_id if others and not is_late else ""


def may_be_told(kept: str, now: datetime) -> bool:
    """Tell whether somebody may be told something in passing, by what is kept of them."""
    return kept != NEVER and (not kept or now - datetime.fromisoformat(kept) >= _RARELY)


def _of(found: Found, discipline: str) -> Sense | None:
    own = (each for each in found.senses if each.discipline == discipline and each.status == "approved")
    return next(own, None)
