"""The glossary out to files, into an empty store, and out again: our own formats keep every byte of hostile texts."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.glossary.formats import own
from storage.engine.interface import Transaction
from storage.glossary.changes import add_senses
from storage.glossary.glossary import GLOSS_LENGTH, PROSE_LENGTH, RELATION_KINDS, WORD_LENGTH, NewSense, Relation
from tests.interop.round_trip import HOSTILE, PATH, TEAM, round_trip

pytestmark = pytest.mark.interop
_SHORT = 300


def hostile(place: int) -> NewSense:
    """A meaning each of whose fields is hostile in its own way."""
    texts = [HOSTILE[(place + step) % len(HOSTILE)] for step in range(len(HOSTILE))]
    name = f"{texts[0]} {place}"[-WORD_LENGTH:].strip()
    return NewSense(
        word=name,
        discipline=("product", "=x; y")[place % 2],
        gloss=texts[1][:GLOSS_LENGTH].strip(),
        definition=texts[2][:PROSE_LENGTH].strip(),
        example=texts[3][:PROSE_LENGTH].strip(),
        aliases=(texts[4][:WORD_LENGTH].strip(), f"{name[:70]}, other"),
        misspellings=(f"x{texts[5]}"[:WORD_LENGTH].strip(),),
        relations=tuple(Relation(kind=kind, word=texts[6][:WORD_LENGTH].strip()) for kind in RELATION_KINDS),
        say_instead=texts[7][:_SHORT].strip(),
        source_title=texts[8][:_SHORT].strip(),
        source_licence=texts[9][:_SHORT].strip(),
        steward="UANA",
        visibility=("workspace", "CSECRET")[place % 2],
        status=("draft", "approved", "disputed")[place % 3],
        verified_on="2026-01-05T09:00:00.000000+00:00",
        verified_by=texts[10][:_SHORT].strip(),
    )


def fill(transaction: Transaction) -> None:
    added = add_senses(transaction, TEAM, map(hostile, range(len(HOSTILE))), datetime.now(UTC))
    assert len(added) == len(HOSTILE)


@pytest.mark.parametrize("form", own.WITH_PRIVATE)
def test_a_store_full_of_hostile_texts_comes_back_as_the_same_bytes(form: str, tmp_path: Path) -> None:
    out = ("glossary", "export", "--format", form, "--include-private", "--output", PATH)
    told = round_trip(tmp_path, fill, out, ("glossary", "import", "--format", form, PATH))
    assert all(str(place).encode() in told for place in range(len(HOSTILE)))
