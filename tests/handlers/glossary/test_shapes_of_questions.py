"""However a question is put, it is answered alike for every word: a shape that works for one works for all."""

from pathlib import Path

import pytest
import yaml

from handlers.glossary.starter import starter_senses
from tests.questions.report import report

#: Words of every kind: an everyday one, of several words, with a hyphen, short for others, with two spellings.
_WORDS = ("drift", "confusion matrix", "one-hot encoding", "SLO", "regularisation")
_SHAPES = Path(__file__).parent / "shapes.yaml"


def test_the_words_are_in_the_starter_glossary() -> None:
    assert {sense.word for sense in starter_senses()}.issuperset(_WORDS)


# Hundreds of questions, in one company.
@pytest.mark.xdist_group("questions")
async def test_a_question_is_answered_alike_for_every_word(tmp_path: Path) -> None:
    shapes = yaml.safe_load(_SHAPES.read_text(encoding="utf-8"))
    asked = [
        {"ask": shape.replace("X", word), "how": "mention", "want": {"word": word}, "kind": "shape"}
        for shape in shapes
        for word in _WORDS
    ]
    found = await report(asked, tmp_path)
    assert found.misses == []
