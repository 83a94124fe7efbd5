"""What people ask is answered: 95 of 100 rightly at least, nothing wrongly, nothing private to who may not see it."""

from pathlib import Path

import pytest

from tests.questions.report import report
from tests.questions.test_questions import QUESTIONS

_PAGE = Path(__file__).parents[2] / "docs" / "questions.md"
_ENOUGH = 0.95


# One test, and the longest of all.
@pytest.mark.xdist_group("questions")
async def test_questions_are_answered_as_the_page_says(tmp_path: Path) -> None:
    found = await report(QUESTIONS, tmp_path)
    assert [each for each in found.misses if each.startswith(("wrong", "leaked"))] == []
    assert found.count("found") >= _ENOUGH * len(QUESTIONS)
    assert found.page() == _PAGE.read_text(encoding="utf-8"), "`make questions` writes docs/questions.md anew"
