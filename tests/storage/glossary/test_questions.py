"""Words that were asked for in vain: counted, asked as a question by several people, ended once for all of them."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.engine.interface import WORKSPACE, Database, to_text
from storage.engine.statements import alter
from storage.glossary import misses, questions
from storage.glossary.glossary import look_up_key
from storage.glossary.questions import ANSWER_WITHIN, Asking, Question, Thread
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def a_question(word: str = "kappa", visibility: str = WORKSPACE) -> Question:
    return Question(
        team_id="T1", visibility=visibility, look_up_key=look_up_key(word), word=word, times=1, state="open",
        owner="UANA", first_at=to_text(NOW), last_at=to_text(NOW),
    )  # fmt: skip


async def ask(store: Database, asker: str, question: Question) -> bool:
    return await write(store, questions.ask, question, asker, NOW)


async def test_a_question_is_open_once_for_everybody_who_asks_it(store: Database) -> None:
    await write(store, misses.count_miss, "T1", WORKSPACE, "kappa", NOW)
    assert [await ask(store, each, a_question()) for each in ("UBEN", "UDEV", "UDEV")] == [True, False, False]
    found = questions.find(store.reader, "T1", WORKSPACE, "kappa")
    due = to_text(NOW + ANSWER_WITHIN)
    assert found == a_question().model_copy(update={"times": 2, "due_at": due, "likeness": "kappa"})
    assert questions.find(store.reader, "T2", WORKSPACE, "kappa") is None
    assert questions.overdue(store.reader, "T1", NOW + ANSWER_WITHIN) == []
    assert questions.overdue(store.reader, "T1", NOW + ANSWER_WITHIN + timedelta(seconds=1)) == [found]


async def test_who_asked_is_told_once_and_then_forgotten(store: Database) -> None:
    for each in ("UDEV", "UBEN"):
        await ask(store, each, a_question())
    assert await write(store, questions.end, a_question(), "answered", NOW) == [Asking("UBEN"), Asking("UDEV")]
    assert await write(store, questions.end, a_question(), "answered", NOW) == []
    assert questions.unanswered(store.reader, "T1", [WORKSPACE]) == []
    assert await ask(store, "UEVA", a_question()) is True


async def test_questions_come_before_misses_and_only_where_they_may_be_seen(store: Database) -> None:
    for _ in range(3):
        await write(store, misses.count_miss, "T1", WORKSPACE, "zeta", NOW)
    await ask(store, "UBEN", a_question())
    await ask(store, "UBEN", a_question("falcon", "CSECRET"))
    assert [each.word for each in questions.unanswered(store.reader, "T1", [WORKSPACE])] == ["kappa", "zeta"]
    assert [each.word for each in questions.unanswered(store.reader, "T1", [WORKSPACE], 1)] == ["kappa"]
    about = questions.about(store.reader, "T1", ["zeta", "falcon"], [], [WORKSPACE])
    assert [each.word for each in about] == ["zeta"]
    await write(store, questions.forget, "T1", WORKSPACE, "kappa")
    assert questions.find(store.reader, "T1", WORKSPACE, "kappa") is None
    assert await write(store, questions.end, a_question(), "closed", NOW) == []


async def test_the_same_put_otherwise_is_one_question_and_other_words_are_not(store: Database) -> None:
    ways = ("retraining cadence", "retrain cadences", "Cadence of the retraining", "retraining-cadence")
    for who, word in enumerate(ways):
        await ask(store, f"U{who}", a_question(word))
    for word in ("data model", "model data", "organ", "organisation", "universe", "university"):
        await write(store, misses.count_miss, "T1", WORKSPACE, word, NOW)
    found = questions.unanswered(store.reader, "T1", [WORKSPACE])
    assert [(each.word, each.times) for each in found[:1]] == [("retraining cadence", 4)]
    assert len(found) == 7


async def test_a_question_joins_none_of_another_place_and_none_that_has_ended(store: Database) -> None:
    await ask(store, "UBEN", a_question("retraining cadence", "CSECRET"))
    assert await ask(store, "UDEV", a_question("retrain cadence")) is True
    await write(store, questions.end, a_question("retrain cadence"), "closed", NOW)
    assert await ask(store, "UDEV", a_question("retrain cadences")) is True
    open_ = questions.unanswered(store.reader, "T1", [WORKSPACE, "CSECRET"])
    assert sorted((each.visibility, each.word) for each in open_) == [
        ("CSECRET", "retraining cadence"),
        (WORKSPACE, "retrain cadences"),
    ]


async def test_a_row_of_an_older_version_is_joined_when_its_word_is_asked_for_again(store: Database) -> None:
    await ask(store, "UBEN", a_question("retrain"))
    await store.write(lambda it: alter(it, "glossary_misses", {"look_up_key": "retrain"}, likeness=""))
    assert await ask(store, "UDEV", a_question("retrain")) is False
    await write(store, misses.count_miss, "T1", WORKSPACE, "retrain", NOW)
    assert await ask(store, "UEVA", a_question("retraining")) is False
    (question,) = questions.unanswered(store.reader, "T1", [WORKSPACE])
    assert question.times == 3


@pytest.mark.parametrize("word", ["", "---", "\u3164"])
async def test_what_shows_no_word_and_was_filed_by_an_older_version_is_not_listed(store: Database, word: str) -> None:
    for each in ("kappa", word):
        await ask(store, "UDEV", a_question(each))
    late = NOW + ANSWER_WITHIN + timedelta(seconds=1)
    listed = questions.unanswered(store.reader, "T1", [WORKSPACE])
    waiting = [each.question for each in questions.waiting_since(store.reader, "T1", late)]
    assert [each.word for each in (*listed, *questions.overdue(store.reader, "T1", late), *waiting)] == ["kappa"] * 3


async def test_who_asks_privately_and_then_openly_is_answered_in_the_thread(store: Database) -> None:
    thread = Thread("CGENERAL", "1767603600.000100")
    await ask(store, "UBEN", a_question())
    await write(store, questions.ask, a_question(), "UBEN", NOW, thread)
    await write(store, questions.ask, a_question(), "UBEN", NOW)
    assert questions.waiting(store.reader, a_question()) == [Asking("UBEN", thread)]


async def test_how_long_a_question_was_open_is_kept_until_it_is_asked_again(store: Database) -> None:
    ended = NOW + timedelta(days=3)
    await ask(store, "UBEN", a_question())
    await write(store, misses.count_miss, "T1", WORKSPACE, "zeta", NOW)
    await write(store, questions.end, a_question(), "answered", ended)

    def since(at: datetime) -> list[tuple[str, str]]:
        found = questions.open_since(store.reader, "T1", [WORKSPACE], to_text(at))
        return [(each.opened_at, each.ended_at) for each in found]

    assert since(NOW) == [(to_text(NOW), to_text(ended))]
    assert since(ended + timedelta(seconds=1)) == []
    assert questions.open_since(store.reader, "T1", ["CSECRET"], to_text(NOW)) == []
    await ask(store, "UEVA", a_question())
    assert since(ended + timedelta(days=30)) == [(to_text(NOW), "")]
