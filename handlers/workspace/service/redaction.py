"""Takes texts out of records for good, with what repeats them; each function inside one write."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.access.recipients import Destination, Facts, edit
from handlers.checks.outcomes import Refused
from handlers.hooks.offers import Hooks
from handlers.hooks.redaction import Redactable
from handlers.slack import carried
from handlers.slack.blocks import Message
from handlers.slack.days import in_words
from handlers.workspace.rules.redaction import may_redact, not_theirs
from handlers.workspace.rules.retention import held
from storage.engine.interface import Reader, Transaction, to_text
from storage.outbox import redactions
from storage.outbox.deliveries import OTHERWISE, Delivery
from storage.outbox.redactions import Redaction, Said
from storage.workspaces import audit, holds


@dataclass(frozen=True, slots=True)
class Redacted:
    """A record without its text, and the new forms of the messages that told of it."""

    record: Redactable
    edits: Sequence[Delivery]


def found(reader: Reader, hooks: Hooks, team_id: str, text: str, visible: Sequence[str]) -> list[Redactable]:
    """Return the records that people call so, of those that may be seen."""
    return [each for redacts in hooks.redacts for each in redacts.find(reader, team_id, text, visible)]


def named(reader: Reader, hooks: Hooks, team_id: str, value: str, visible: Sequence[str]) -> Redactable | None:
    """Return the record that a button names, as far as it may be seen now."""
    kind, record_id, text = carried.read(tuple[str, str, str], value)
    listed = found(reader, hooks, team_id, text, visible)
    return next((each for each in listed if (each.kind, each.id) == (kind, record_id)), None)


def redact(transaction: Transaction, hooks: Hooks, team_id: str, value: str, facts: Facts) -> Redacted | Refused:
    """Take the text out of a record, its history, what repeats it, and the messages that tell of it."""
    hold, record = holds.hold(transaction, team_id), named(transaction, hooks, team_id, value, facts.visible)
    if hold is not None:
        return Refused(held(hold, facts.names))
    if record is None:
        return Refused("It's gone, or you can't redact it.")
    if not may_redact(record, facts.by, is_admin=facts.is_admin):
        return not_theirs(record)
    target = {"target_kind": record.kind, "target_id": record.id, "visibility": record.visibility}
    audit.note(transaction, audit.Entry(action="redacted", **audit.who(team_id, facts.by, facts.now), **target))
    repeated = (found(transaction, hooks, team_id, name, [record.visibility]) for name in record.repeated_in)
    records = (record, *(each for listed in repeated for each in listed))
    said = [told for each in records for told in _take_out(transaction, hooks, team_id, each, facts)]
    return Redacted(record, [edited(team_id, each, facts) for each in said])


def _take_out(transaction: Transaction, hooks: Hooks, team_id: str, record: Redactable, facts: Facts) -> list[Said]:
    """Take the text out of one record, note that, and return the messages that say from now on that it was redacted."""
    at = to_text(facts.now)
    for redacts in hooks.redacts:
        if record.kind in redacts.kinds:
            redacts.take_out(transaction, team_id, record, facts.by, at)
    what = {"kind": record.kind, "record_id": record.id, "visibility": record.visibility}
    redactions.note(transaction, Redaction(team_id=team_id, by=facts.by, at=at, **what))
    wanted = redactions.sought([record.id], record.texts, record.thread)
    stands = f"Redacted by {facts.names.get(facts.by, 'somebody')}, {in_words(at)}."
    return [
        *redactions.take_out_of_messages(transaction, team_id, wanted, stands),
        *redactions.old_messages(transaction, team_id, wanted, stands),
    ]


def edited(team_id: str, said: Said, facts: Facts) -> Delivery:
    """Return the edit of a message; of one that Slack may only just have, its place is found when it is known."""
    shown = said.body.get("blocks")
    text, otherwise = str(said.body.get("text", "")), str(said.body.get(OTHERWISE, ""))
    message = Message(text, tuple(shown) if isinstance(shown, list) else (), otherwise)
    change = edit(Destination(team_id, said.channel, said.ts), message, facts.now)
    return change.model_copy(update={"thread": said.post}) if said.post else change
