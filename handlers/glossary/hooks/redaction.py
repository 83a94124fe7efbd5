"""Takes the text of a meaning, or a word that was asked for in vain, out for good."""

from collections.abc import Sequence

from handlers.glossary.messages.questions import id_of
from handlers.hooks.redaction import Redactable, Redacts
from storage.engine.interface import Reader, Transaction
from storage.glossary import changes, glossary, opinions, questions, sessions
from storage.glossary.changes import Change
from storage.glossary.glossary import Sense, look_up_key
from storage.glossary.questions import Question
from storage.outbox.redactions import REDACTED

_TEXTS = ("definition", "example", "example_link", "say_instead", "source_title", "source_link", "source_licence")
_LISTS = ("aliases", "misspellings", "relations")


def find(reader: Reader, team_id: str, text: str, visible: Sequence[str]) -> Sequence[Redactable]:
    """Find the meanings of a word, and the question what it means."""
    key = look_up_key(text)
    if not key:
        return ()
    senses = [_of_sense(reader, each) for each in glossary.senses_named(reader, team_id, key, visible)]
    return [*senses, *(_of_question(each) for each in questions.about(reader, team_id, [key], [], visible))]


def _of_sense(reader: Reader, sense: Sense) -> Redactable:
    """Return a meaning in every version: what was said of it before it was edited is said still."""
    versions = changes.history(reader, sense.team_id, sense.id)
    glosses = tuple(dict.fromkeys(each.sense.gloss for each in versions))
    told = f"{sense.word} ({sense.discipline})"
    return Redactable("meaning", sense.id, told, sense.visibility, (sense.created_by,), glosses)


def _of_question(question: Question) -> Redactable:
    """Return a question under an id that does not tell the word: that it was redacted stays on record."""
    told, texts = f"the question about {question.word}", (f"“{question.word}”",)
    return Redactable("question", id_of(question), told, question.visibility, (question.owner,), texts)


def take_out(transaction: Transaction, team_id: str, record: Redactable, by: str, at: str) -> None:
    if record.kind == "question":
        word = record.texts[0].strip("“”")
        questions.forget(transaction, team_id, record.visibility, look_up_key(word))
        return
    sense = glossary.sense(transaction, team_id, record.id)
    if sense is None:
        return
    opinions.forget_uses(transaction, team_id, sense.look_up_key)
    sessions.forget_word(transaction, team_id, sense.look_up_key)
    word = f"redacted {sense.id[-6:]}"
    empty: dict[str, object] = {**dict.fromkeys(_TEXTS, ""), **{name: [] for name in _LISTS}}
    empty |= {"word": word, "gloss": REDACTED, "status": "deprecated", "look_up_key": look_up_key(word)}
    changes.change_sense(transaction, sense, empty, Change(what="deprecated", by=by, at=at, note=REDACTED))
    changes.SENSES.take_out(transaction, sense, lambda _: empty)
    changes.forget_reasons(transaction, team_id, sense.id)


REDACTS = Redacts(("meaning", "question"), find, take_out)
