"""How people name records of a workspace, such as D-34 or DR-12: counted, and at random in private channels."""

import secrets

from storage.engine.interface import WORKSPACE, Transaction

#: Numbers of private channels say nothing of how many there are; letters that are not mistaken for one another.
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_LENGTH = 5


def next_number(transaction: Transaction, prefix: str, table: str, team_id: str, visibility: str) -> str:
    """Return the number of a new record; two at once never share one, since one transaction writes at a time.

    ``table`` holds the last number of each workspace.
    """
    if visibility != WORKSPACE:
        return f"{prefix}-" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    row = transaction.one(
        f"""
        INSERT INTO {table} (team_id, last) VALUES (:team_id, 1)
        ON CONFLICT (team_id) DO UPDATE SET last = {table}.last + 1 RETURNING last
        """,
        team_id=team_id,
    )
    return f"{prefix}-{row['last'] if row else 0}"


def note_number(transaction: Transaction, table: str, team_id: str, number: int) -> None:
    """Let no later record get a number that an import has brought; ``table`` is as for the next number."""
    transaction.run(
        f"""
        INSERT INTO {table} (team_id, last) VALUES (:team_id, :number) ON CONFLICT (team_id)
        DO UPDATE SET last = excluded.last WHERE excluded.last > {table}.last
        """,
        team_id=team_id,
        number=number,
    )
