"""Claims, as the store holds them."""

from datetime import UTC, datetime, timedelta

from storage.engine.interface import Database
from storage.outbox import claims
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


async def test_a_gesture_is_claimed_once_in_each_workspace(store: Database) -> None:
    async def claim(team_id: str, *names: str) -> bool:
        return await write(store, claims.claim, team_id, names, NOW)

    assert await claim("T1", "event:1", "message:C1:1") is True
    assert await claim("T1", "event:2", "message:C1:1") is False
    assert await claim("T1", "event:1") is False
    assert await claim("T2", "event:1") is True


async def test_of_names_that_are_claimed_one_by_one_only_new_ones_are_told(store: Database) -> None:
    async def claim(*names: str) -> set[str]:
        return await write(store, claims.claim_each, "T1", names, NOW)

    assert await claim("trigger:1:miss:a", "trigger:2:miss:a", "trigger:2:miss:a") == {
        "trigger:1:miss:a",
        "trigger:2:miss:a",
    }
    assert await claim("trigger:2:miss:a", "trigger:3:miss:a") == {"trigger:3:miss:a"}
    assert await claim() == set()
    assert await write(store, claims.claim, "T1", ["trigger:3:miss:a"], NOW) is False
    assert await write(store, claims.claim_each, "T2", ["trigger:3:miss:a"], NOW) == {"trigger:3:miss:a"}


async def test_claims_are_kept_for_three_days(store: Database) -> None:
    for team_id in ("T1", "T2"):
        await write(store, claims.claim, team_id, ["event:1"], NOW)
    later = NOW + claims.KEPT
    assert await write(store, claims.forget_old, "T1", later) == 0
    much_later = later + timedelta(seconds=1)
    assert await write(store, claims.forget_old, "T1", much_later) == 1
