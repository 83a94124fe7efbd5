"""What is near a word is looked for by its letters, unless there are so many that nothing can be near it."""

from bot.trial.run import Trial
from handlers.glossary.nearby import Nearby
from handlers.glossary.rules.naming import WORD_LIMIT
from storage.engine.interface import WORKSPACE
from storage.glossary.near import Place, Sought
from tests.playing import play

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
