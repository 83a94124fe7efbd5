"""Files on their way to Slack: under which id Slack has one, kept before anybody can see it."""

import json

from pydantic_core import to_json

from storage.engine.interface import Transaction
from storage.outbox.deliveries import Delivery

#: Under this name the body of an upload carries the id; empty before Slack has given one.
FILE = "file"
#: Under this name it carries the text of the file, and that what stands there is base64, as of a picture.
CONTENT, BASE64 = "content", "base64"


def keep_file(transaction: Transaction, delivery: Delivery, file_id: str) -> bool:
    """Keep the id of what is about to be shown; False where its text, or who sends it, has changed meanwhile."""
    row = transaction.one(f"SELECT body FROM outbox WHERE id = :id{transaction.once_free}", id=delivery.id)
    body = {} if row is None else json.loads(str(row["body"]))
    if any(body.get(name) != delivery.body.get(name) for name in (CONTENT, FILE)):
        return False
    kept = to_json({**body, FILE: file_id}).decode()
    return bool(transaction.run("UPDATE outbox SET body = :body WHERE id = :id", body=kept, id=delivery.id))
