"""Sentences that describe what they have no word for."""

import pytest

from handlers.framework import descriptions


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("term for a model that nobody can look into", "a model that nobody can look into"),
        ("what do you call it when the pager rings at night?", "the pager rings at night?"),
        ("is there a word for paying later for a quick fix?", "paying later for a quick fix?"),
        ("how do we call the person who keeps a table honest", "the person who keeps a table honest"),
        ("looking for the term for a switch in the code", "a switch in the code"),
        ("which word describes a table without owner", "a table without owner"),
        ("the person who tends some data. called?", "the person who tends some data"),
        ("the store for features, what is it called and what does it do", "the store for features"),
        ("two copies of production - what is that called again?", "two copies of production"),
        ("objectives, service ones, what was the exact term?", "objectives, service ones"),
        ("that thing where a model learned the noise of its data, name?", "a model learned the noise of its data"),
        ("what do most people in the team call it when traffic flips over", "traffic flips over"),
        # A word that is named isn't described, and neither is what only points at something.
        ("what do we call LLMs in full", ""),
        ("what do you call the master branch nowadays?", ""),
        ("is there a word for that thing", ""),
        ("drift, is there a name for that?", ""),
        ("who called the meeting about features off", ""),
        ("did we decide on a new name for the port app?", ""),
        ("I need a name for the audit: security of the churn model", ""),
    ],
)
def test_what_is_described_is_told_apart_from_what_asks_for_it(text: str, description: str) -> None:
    assert descriptions.described(text) == description


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("the store for features, what is it called", True),
        ("how is it called again when the learner picks", True),
        ("what do you call it when a model makes things up", True),
        ("what's the word for info from the future", True),
        ("what is drift", False),
        ("who called it drift", False),
    ],
)
def test_a_text_asks_what_something_is_called(text: str, *, is_asked: bool) -> None:
    assert descriptions.asks_for_name(text) is is_asked
