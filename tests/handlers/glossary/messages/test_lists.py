"""Lists for stewards fit on a phone: five things at once, and how many come after them."""

from handlers.glossary.messages.questions import unanswered
from handlers.glossary.messages.review import review
from handlers.glossary.rules.review import Due
from handlers.slack.blocks import Message
from storage.glossary.questions import Question
from tests.handlers.glossary.messages.test_definitions import sense


def rows(message: Message) -> int:
    return len([each for each in message.blocks if each["type"] == "actions"])


def test_five_words_that_are_not_defined_yet_are_listed_at_once() -> None:
    def listed(count: int) -> Message:
        named = [f"word {number}" for number in range(count)]
        return unanswered([Question(team_id="T1", visibility="C1", look_up_key=each, word=each) for each in named])

    assert (rows(listed(5)), rows(listed(7))) == (5, 5)
    assert "more, once these are done." not in str(listed(5).blocks)
    assert "And 2 more, once these are done." in str(listed(7).blocks)


def test_five_definitions_to_review_are_listed_at_once() -> None:
    def listed(count: int) -> Message:
        return review([Due(sense(number), "draft") for number in range(count)])

    assert (rows(listed(5)), rows(listed(7))) == (5, 5)
    assert "more, once these are done." not in str(listed(5).blocks)
    assert "And 2 more, once these are done." in str(listed(7).blocks)
