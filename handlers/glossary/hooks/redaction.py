"""Takes the text of a meaning, or a word that was asked for in vain, out for good."""

import hashlib
from collections.abc import Sequence

from handlers.hooks.redaction import Redactable, Redacts
from storage.engine.interface import Reader, Transaction
from storage.glossary import changes, glossary, opinions
from storage.glossary import questions as glossary_questions
from storage.glossary.changes import Change
from storage.glossary.glossary import Sense, look_up_key
from storage.outbox.redactions import REDACTED

_TEXTS = (
    "definition", "example", "example_link", "say_instead", "source_title", "source_link", "source_licence",
)  # fmt: skip


def find(reader: Reader, team_id: str, text: str, visible: Sequence[str]) -> Sequence[Redactable]:
    """Find the meanings of a word, and the question what it means."""
    key = look_up_key(text)
    if not key:
        return ()
    senses = [
        Redactable("meaning", each.id, f"{each.word} ({each.discipline})", each.visibility, (each.created_by,),
                   _glosses(reader, each))
        for each in glossary.senses_named(reader, team_id, key, visible)
    ]  # fmt: skip
    questions = [
        Redactable("question", _hashed(each.visibility, each.look_up_key), f"the question about {each.word}",
                   each.visibility, (each.owner,), (f"“{each.word}”",))
        for each in glossary_questions.about(reader, team_id, [key], visible)
    ]  # fmt: skip
    return [*senses, *questions]


def take_out(transaction: Transaction, team_id: str, record: Redactable, by: str, at: str) -> None:
    if record.kind == "question":
        word = record.texts[0].strip("“”")
        glossary_questions.forget(transaction, team_id, record.visibility, look_up_key(word))
        return
    sense = glossary.sense(transaction, team_id, record.id)
    if sense is None:
        return
    opinions.forget_uses(transaction, team_id, sense.look_up_key)
    word = f"redacted {sense.id[-6:]}"
    empty: dict[str, object] = {
        **dict.fromkeys(_TEXTS, ""), "word": word, "gloss": REDACTED, "aliases": [], "misspellings": [],
        "relations": [], "status": "deprecated", "look_up_key": look_up_key(word),
    }  # fmt: skip
    changes.change_sense(transaction, sense, empty, Change(what="deprecated", by=by, at=at, note=REDACTED))
    changes.SENSES.take_out(transaction, sense, lambda _: empty)
    changes.forget_reasons(transaction, team_id, sense.id)


def _glosses(reader: Reader, sense: Sense) -> tuple[str, ...]:
    """Return the meaning in every version: what was said of it before it was edited is said still."""
    return tuple(dict.fromkeys(each.sense.gloss for each in changes.history(reader, sense.team_id, sense.id)))


def _hashed(visibility: str, key: str) -> str:
    """Return an id that does not tell the word: that it was redacted stays on record."""
    return hashlib.sha256(f"{visibility}:{key}".encode()).hexdigest()[:16]


REDACTS = Redacts(("meaning", "question"), find, take_out)
