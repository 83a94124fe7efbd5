"""What has been handled: each interaction, under each of its names, once."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from storage.engine.interface import Transaction, in_list, to_text

#: Slack may deliver the same event again an hour later; the claims outlive that by far.
KEPT = timedelta(days=3)


def claim(transaction: Transaction, team_id: str, claims: Sequence[str], now: datetime) -> bool:
    """Claim an interaction under each of its names; False when any of them was handled before."""
    names = {f"claim_{position}": name for position, name in enumerate(claims)}
    rows = ", ".join(f"(:team_id, :{name}, :now)" for name in names)
    claiming = f"INSERT INTO handled (team_id, gesture, handled_at) VALUES {rows} ON CONFLICT DO NOTHING"
    return transaction.run(claiming, team_id=team_id, now=to_text(now), **names) == len(names)


def claim_each(transaction: Transaction, team_id: str, claims: Iterable[str], now: datetime) -> set[str]:
    """Claim some names, each by itself; return those that nothing was handled under before."""
    told = sorted({each for each in claims if each})
    claimed = "FROM EACH(:told) AS claimed CROSS JOIN handled WHERE team_id = :team_id AND gesture = claimed.value"
    before = {row["gesture"] for row in transaction.all(f"SELECT gesture {claimed}", team_id=team_id, told=told)}
    new = [each for each in told if each not in before]
    # What a statement returns is fetched row by row, and for each the loop waits for the writer's thread.
    claiming = (
        "INSERT INTO handled (team_id, gesture, handled_at) SELECT :team_id, value, :now FROM EACH(:new) AS claimed"
    )
    transaction.run(claiming, team_id=team_id, new=new, now=to_text(now))
    return set(new)


def unclaim(transaction: Transaction, team_id: str, claims: Sequence[str]) -> None:
    """Give back a claim: the interaction had no effect, and may be made again."""
    names, values = in_list("gesture", claims)
    transaction.run(f"DELETE FROM handled WHERE team_id = :team_id AND {names}", team_id=team_id, **values)


def forget_old(transaction: Transaction, team_id: str, now: datetime) -> int:
    old = "DELETE FROM handled WHERE team_id = :team_id AND handled_at < :limit"
    return transaction.run(old, team_id=team_id, limit=to_text(now - KEPT))
