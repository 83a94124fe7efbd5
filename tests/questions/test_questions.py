"""The questions are whole: each says how it is asked and what the right answer is, in words that the glossary has."""

from pathlib import Path
from typing import Any

import yaml

from handlers.glossary.starter import starter_senses

_FILES = [
    Path(__file__).parent / name
    for name in (
        "questions.yaml",
        "more_questions.yaml",
        "fresh_questions.yaml",
        "later_questions.yaml",
        "latest_questions.yaml",
        "newest_questions.yaml",
        "unseen_questions.yaml",
        "sense_questions.yaml",
        "component_questions.yaml",
        "name_questions.yaml",
        "door_questions.yaml",
        "described_questions.yaml",
        "record_questions.yaml",
        "blind_questions.yaml",
    )
]
QUESTIONS: list[dict[str, Any]] = [
    each for file in _FILES for each in yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
]
_WAYS = {"define", "mention", "direct", "thread", "explain", "find"}
_ANSWERS = {
    "card",
    "decision",
    "decisions",
    "duty",
    "feedback",
    "hidden",
    "nothing",
    "offer",
    "owner",
    "request",
    "word",
    "words",
}


def test_each_question_says_how_it_is_asked_and_what_is_right() -> None:
    assert len(QUESTIONS) >= 300
    assert {each["how"] for each in QUESTIONS} == _WAYS
    assert {answer for each in QUESTIONS for answer in each["want"]} == _ANSWERS
    assert [each for each in QUESTIONS if not each["ask"].strip() or not each["want"]] == []


def test_each_word_that_is_wanted_is_in_the_starter_glossary_or_made_first() -> None:
    known = {sense.word for sense in starter_senses()}
    wanted = [
        (each["ask"], word)
        for each in QUESTIONS
        if "made" not in each and "private" not in each
        for word in (each["want"].get("word"), each["want"].get("offer"), *each["want"].get("words", ()))
        if word
    ]
    assert [each for each in wanted if each[1] not in known] == []
