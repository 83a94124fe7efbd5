"""What a sentence asks of the component that it names."""

import pytest

from handlers.agreements.asked_of import asked_of


@pytest.mark.parametrize(
    "text",
    [
        "whose eyes are on it in prod?",
        "it. Being monitored by who, exactly",
        "it has rows missing since yday. not my job, so whose",
        "is it fair to old people, it? somebody must be on it",
        "it monitoring, name pls",
        "When it has to be trained again, whose call is that and whose work?",
        "which of us gets the alert for it",
        "I've complaints about it, who takes them",
        "it too slow, who is owner of latency",
        "need somebody who can tell if it is fast enough",
        "it: glossary steward?",
        "it, decided by?",
        "it timed out. Person for speed?",
        "it is down. Night phone?",
        "does fairness of it sit with anybody",
        "if it goes belly up, putting the old version back is on...",
        "I need in to it. acces is up to?",
        "its drift alarms land on",
        "it: eyes on it overnight?",
        "it keeps flagging good cloth, which one of yous takes complaints",
        "it is full of nulls this morning, shout at?",
        "need a body to write prompts for it, have we one",
        "wording list for it, glossary is minded by",
        "rollback for it",
        "it: rollback",
        "dutys of it: rollback",
        "rollbak of it = ?",
        "monitorin of it, hu",
        "teach them what it can and can't, that's on",
        "a skipper says it is wrong. I pass that on to",
        "it: input format, ask?",
        "it, hacked?? security person pls",
        "it's 3am and it's dead. number to ring?",
    ],
)
def test_who_has_a_duty_is_asked_in_many_words(text: str) -> None:
    assert asked_of(text) == "duty"


@pytest.mark.parametrize(
    "text",
    [
        "it says psoriasis when it's eczema. someone report that yet?",
        "am I the only one who got routine off it and expected urgent",
        "who reported that it is wrong",
        "anyone else getting blank pages from it?",
        "it mixes up two brothers",
        "is this a known one with it?",
        "complaints about it so far",
        "should it have said refused",
    ],
)
def test_what_it_got_wrong_asks_for_feedback(text: str) -> None:
    assert asked_of(text) == "feedback"


@pytest.mark.parametrize(
    "text",
    [
        "are we allowed to be that slow?",
        "latency budget it?",
        "how fast must it answer, says who",
        "is 400ms still ok for it",
        "who approved the card of it",
        "how snappy does it have to be",
        "does our card for it say anything when the weather is bad",
    ],
)
def test_what_it_must_reach_asks_for_its_card(text: str) -> None:
    assert asked_of(text) == "card"


@pytest.mark.parametrize(
    "text",
    [
        "what does recall mean for it",
        "what's drift? and who watches it",
        "explain overfitting in it",
        "what did we decide on latency of it",
        "why did we drop it",
        "who decided to drop it",
        "it: who asked for it and from whom",
        "it is in the shop window",
        "the rollback?",
        "it: rollout",
        "it",
        "",
    ],
)
def test_a_word_a_decision_and_what_asks_nothing_ask_nothing_of_a_component(text: str) -> None:
    assert asked_of(text) is None


def test_no_more_of_a_message_is_looked_at_than_a_question_needs() -> None:
    assert asked_of("who owns it?") == "duty"
    assert asked_of(f"{'word ' * 100}who owns it?") is None
