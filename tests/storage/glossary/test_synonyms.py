"""What else the glossary calls the words of a text, as far as that may be seen."""

from storage.engine.interface import WORKSPACE, Database
from storage.glossary.changes import add_senses
from storage.glossary.glossary import NewSense
from storage.glossary.synonyms import other_names, tokens
from tests.storage.glossary.test_changes import NOW
from tests.writing import write

TEAM = "T1"
WORDS = [
    NewSense(word="roll back", discipline="deployment", gloss="Return to before", aliases=("undo", "revert")),
    NewSense(word="anonymise", discipline="privacy", gloss="Make it nobody's", say_instead="mask"),
    NewSense(word="falcon", discipline="product", gloss="The launch", aliases=("osprey",), visibility="CSECRET"),
]


async def test_words_lead_to_their_other_names(store: Database) -> None:
    await write(store, add_senses, TEAM, WORDS, NOW)

    def named(text: str, *visible: str) -> dict[str, tuple[str, ...]]:
        return other_names(store.reader, TEAM, text, visible)

    assert named("Undo the release", WORKSPACE) == {"undo": ("roll back", "revert")}
    assert named("We roll back at night", WORKSPACE) == {"roll back": ("undo", "revert")}
    assert named("Anonymize it", WORKSPACE) == {"anonymize": ("anonymise", "mask")}
    assert named("The falcon flies", WORKSPACE) == {}
    assert named("The falcons fly", "CSECRET") == {"falcons": ("falcon", "osprey")}
    assert named("", WORKSPACE) == {}


def test_a_word_with_a_hyphen_is_one() -> None:
    assert tokens("Re-train C++ on Monday, twice!") == ["re-train", "c++", "on", "monday", "twice"]
