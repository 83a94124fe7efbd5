"""Words that were asked for in vain: counted, asked as a question by several people, ended once for all of them."""

from datetime import UTC, datetime, timedelta

from storage.engine.interface import WORKSPACE, Database, to_text
from storage.glossary import questions
from storage.glossary.questions import ANSWER_WITHIN, Question
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def a_question(word: str = "kappa", visibility: str = WORKSPACE) -> Question:
    return Question(
        team_id="T1", visibility=visibility, look_up_key=word, word=word, times=1, state="open", owner="UANA",
        first_at=to_text(NOW), last_at=to_text(NOW),
    )  # fmt: skip


async def ask(store: Database, asker: str, question: Question) -> bool:
    return await write(store, questions.ask, question, asker, NOW)


async def test_a_question_is_open_once_for_everybody_who_asks_it(store: Database) -> None:
    await write(store, questions.count_miss, "T1", WORKSPACE, "kappa", NOW)
    assert [await ask(store, each, a_question()) for each in ("UBEN", "UDEV", "UDEV")] == [True, False, False]
    found = questions.find(store.reader, "T1", WORKSPACE, "kappa")
    due = to_text(NOW + ANSWER_WITHIN)
    assert found == a_question().model_copy(update={"times": 2, "due_at": due})
    assert questions.find(store.reader, "T2", WORKSPACE, "kappa") is None
    assert questions.overdue(store.reader, "T1", NOW + ANSWER_WITHIN) == []
    assert questions.overdue(store.reader, "T1", NOW + ANSWER_WITHIN + timedelta(seconds=1)) == [found]


async def test_who_asked_is_told_once_and_then_forgotten(store: Database) -> None:
    for each in ("UDEV", "UBEN"):
        await ask(store, each, a_question())
    assert await write(store, questions.end, a_question(), "answered") == ["UBEN", "UDEV"]
    assert await write(store, questions.end, a_question(), "answered") == []
    assert questions.unanswered(store.reader, "T1", [WORKSPACE]) == []
    assert await ask(store, "UEVA", a_question()) is True


async def test_questions_come_before_misses_and_only_where_they_may_be_seen(store: Database) -> None:
    for _ in range(3):
        await write(store, questions.count_miss, "T1", WORKSPACE, "zeta", NOW)
    await ask(store, "UBEN", a_question())
    await ask(store, "UBEN", a_question("falcon", "CSECRET"))
    assert [each.word for each in questions.unanswered(store.reader, "T1", [WORKSPACE])] == ["kappa", "zeta"]
    assert [each.word for each in questions.unanswered(store.reader, "T1", [WORKSPACE], 1)] == ["kappa"]
    about = questions.about(store.reader, "T1", ["zeta", "falcon"], [WORKSPACE])
    assert [each.word for each in about] == ["zeta"]
    await write(store, questions.forget, "T1", WORKSPACE, "kappa")
    assert questions.find(store.reader, "T1", WORKSPACE, "kappa") is None
    assert await write(store, questions.end, a_question(), "closed") == []
