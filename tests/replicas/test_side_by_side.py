"""Two replicas on one database, between which each request may change: people see one bot."""

from tests.replicas.side_by_side import Replicas

_CAPSTAN = "What a ship is hauled in by"


async def test_a_word_that_is_defined_by_one_is_answered_by_the_other_at_once(two: Replicas) -> None:
    assert "isn't defined yet" in await two.do("ben in #general: /define capstan", by=1)
    await two.do('ben presses "Define it"', by=0)
    await two.do('ben enters "Discipline": operations', by=0)
    await two.do(f'ben enters "Definition in one line": {_CAPSTAN}', by=0)
    await two.do("ana in #general: /define bias", by=1)
    await two.do("ben submits", by=0)
    assert _CAPSTAN in await two.do("ben in #general: /define capstan", by=1)
