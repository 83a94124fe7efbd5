"""What stewards review, each meaning for its gravest reason; how people use it is one of them."""

from handlers.glossary.rules.review import Due, to_review, worth_a_look
from storage.engine.interface import WORKSPACE, Database, Transaction
from storage.glossary import changes, opinions
from storage.glossary.glossary import NewSense, Sense, look_up_key
from tests.conftest import START
from tests.writing import write

#: The meanings, each by what is the case with it.
_WORDS = ("unclear", "often", "unclear often", "unclear disputed", "unclear draft", "often steward", "often private")


def add(transaction: Transaction) -> None:
    for word in _WORDS:
        status = next((each for each in ("disputed", "draft") if each in word), "approved")
        told = {"steward": "UBEN" if "steward" in word else "", "status": status}
        seen = "CSECRET" if "private" in word else WORKSPACE
        new = NewSense(word=word, discipline="product", gloss="x", visibility=seen, **told)
        (sense,) = changes.add_senses(transaction, "T1", [new], START, "UANA")
        _use(transaction, sense)


def _use(transaction: Transaction, sense: Sense) -> None:
    if "unclear" in sense.word:
        for person in ("UBEN", "UDEV", "UCHLOE"):
            opinions.give_opinion(transaction, sense, opinions.Given(opinion="not clear", by=person), START)
    if "often" in sense.word:
        opinions.add_uses(transaction, {("T1", look_up_key(sense.word)): 20}, START)


def told(due: list[Due]) -> list[tuple[str, str]]:
    return [(each.sense.word, each.reason) for each in due]


async def test_what_is_worth_a_look_is_what_a_review_finds_for_how_it_is_used(store: Database) -> None:
    await write(store, add)
    for visible in ([WORKSPACE], [WORKSPACE, "CSECRET"], []):
        found = [each for each in to_review(store.reader, "T1", visible) if each.count]
        assert worth_a_look(store.reader, "T1", visible) == found
    every = told(to_review(store.reader, "T1", [WORKSPACE]))
    assert ("unclear disputed", "disputed") in every
    assert ("often steward", "steward left") in every
    assert sorted(told(worth_a_look(store.reader, "T1", [WORKSPACE]))) == [
        ("often", "often asked, never verified"),
        ("unclear", "not clear"),
        ("unclear draft", "not clear"),
        ("unclear often", "not clear"),
    ]
