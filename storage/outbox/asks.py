"""Messages whose buttons want something done about records: found, and written anew once it is done."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from storage.engine.interface import ConflictError, Reader, Transaction
from storage.engine.statements import having
from storage.outbox.deliveries import Delivery, in_outbox, read_again

_PAGE = 200


def asking(reader: Reader, team_id: str, records: Sequence[str]) -> list[Delivery]:
    """Return the posts that Slack has, or will have, and that ask something about one of the records, the oldest first.

    Of many records some are looked for at a time: what can stand in one statement has an end.
    """
    pages = (records[place : place + _PAGE] for place in range(0, len(records), _PAGE))
    rows = {row["id"]: row for page in pages for row in _naming(reader, team_id, page)}
    found = [in_outbox(rows[each]) for each in sorted(rows)]
    return [each for each in found if each.state not in ("failed", "uncertain") and {*each.asks.split()} & {*records}]


def _naming(reader: Reader, team_id: str, records: Sequence[str]) -> list[dict[str, Any]]:
    such, values = having(("asks",), records)
    sql = f"SELECT * FROM outbox WHERE team_id = :team_id AND asks <> '' AND ({such})"
    return reader.all(sql, team_id=team_id, **values)


def rewrite(transaction: Transaction, said: Iterable[Delivery]) -> None:
    """Keep what posts say from now on, and what they still ask; one that waits is sent so.

    Raises ConflictError where another replica has just begun to send one, or has ended.
    """
    changing = """
        UPDATE outbox SET asks = :asks, body = :body, not_before = :not_before
        WHERE id = :id AND state = :state AND not_before = :known
    """
    for each in said:
        if not transaction.run(changing, **_changed(each)):
            raise ConflictError(f"the delivery {each.id} has gone on")


def _changed(said: Delivery) -> dict[str, str]:
    body = json.dumps(said.body, ensure_ascii=False)
    not_before = read_again(said.not_before) if said.state == "waiting" else said.not_before
    known = {"id": said.id, "state": said.state, "known": said.not_before}
    return {**known, "asks": said.asks, "body": body, "not_before": not_before}
