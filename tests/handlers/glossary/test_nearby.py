"""What is near a word is looked for by its letters, unless there are so many that nothing can be near it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import product
from pathlib import Path

from bot.trial.run import Trial
from handlers.glossary.nearby import Nearby
from handlers.glossary.rules.naming import WORD_LIMIT
from handlers.glossary.starter import starter_senses
from storage import open_store
from storage.engine.interface import WORKSPACE, Database, Reader
from storage.glossary import changes
from storage.glossary.filing import Filing
from storage.glossary.glossary import NewSense
from storage.glossary.near import Place, Sought
from storage.workspaces import workspaces
from storage.workspaces.workspaces import known_workspace
from tests.playing import play
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)

#: One sign that stands for eighteen letters.
_SIGN = "\ufdfa"


def test_nothing_is_looked_for_near_a_word_of_very_many_letters() -> None:
    nearby = Nearby(Place(team_id="T1", visibilities=(WORKSPACE,)))
    assert nearby.sought("drfit").keys
    for word in (_SIGN * (WORD_LIMIT // 10), "ab" * WORD_LIMIT):
        assert nearby.sought(word, ("one",)) == Sought((), (), (), ("one",))


async def test_whoever_asks_for_one_hears_that_it_is_not_there(running: Trial) -> None:
    seen = await play(running, f"ben in #general: /define {_SIGN * 20}")
    assert f"“{_SIGN * 20}” isn't defined yet." in seen


async def test_what_is_offered_is_the_same_once_all_names_are_kept_in_memory(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'names.db'}")
    senses = [*starter_senses(), NewSense(word="driftwood", discipline="product", gloss="g", visibility="CSECRET")]
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)
    await write(store, changes.add_senses, "T1", senses, NOW)
    made = Filing()
    made.fewest = 0
    await made.make(store, "T1")
    filed = made.names_at(store.reader, known_workspace(store.reader, "T1"))
    for visibilities in ((WORKSPACE,), (WORKSPACE, "CSECRET")):
        without, kept = (Nearby(Place("T1", visibilities, each)) for each in (None, filed))
        before, after = [await store.search(partial(_offered, each, senses)) for each in (without, kept)]
        assert after == before
        assert ("driftwood" in after["driftwodo"]) is ("CSECRET" in visibilities)
        assert sum(map(bool, after.values())) > len(after) // 2
    assert filed is not None
    await store.close()


async def test_a_word_with_two_slips_is_offered_its_name_among_any_number_with_the_same_consonants(
    store: Database,
) -> None:
    alike = ["t{}n{}l{}s{}r{}".format(*each) for each in product("aei", "aei", "aei", "aei", ["", "a", "e"])]
    senses = [NewSense(word=each, discipline="product", gloss="g") for each in (*alike, "tunulusur")]
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)
    await write(store, changes.add_senses, "T1", senses, NOW)
    nearby = Nearby(Place(team_id="T1", visibilities=(WORKSPACE,)))
    assert await store.search(lambda reader: nearby.offered(reader, "tunolusir")) == ("tunulusur",)


def _offered(nearby: Nearby, senses: Sequence[NewSense], reader: Reader) -> dict[str, tuple[str, ...]]:
    """Return what is offered for words with a slip or two in them, for parts of names, and for what is near nothing."""
    words = [each.word for each in senses]
    once = [f"{word[:2]}{word[3:4]}{word[2:3]}{word[4:]}" for word in words[::8]]
    twice = [f"{word[:1]}{word[2:-2]}{word[-1:]}" for word in words[1::8]]
    asked = [*once, *twice, *(word.split()[-1] for word in words[2::8]), "zyxwvut", "brownfield", "driftwodo"]
    return {word: nearby.offered(reader, word) for word in asked}
