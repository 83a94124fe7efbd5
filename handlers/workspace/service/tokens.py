"""Tokens of a person, with which agents ask in their name: made and revoked, inside one write."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from storage.engine.interface import Transaction, to_text
from storage.records.ids import new_id
from storage.workspaces import audit, tokens
from storage.workspaces.audit import Action
from storage.workspaces.tokens import Token

#: By this anybody who finds one knows what it is, programs that look for secrets too.
PREFIX = "common-ground-"
GOOD_FOR = timedelta(days=90)
_MOST, _LABEL, _BYTES = 10, 60, 32
_TOO_MANY = Refused(f"You have {_MOST} tokens. Revoke one first.")


@dataclass(frozen=True, slots=True)
class Made:
    """A new token, and the secret that is told once and kept nowhere."""

    token: Token
    secret: str


def make(transaction: Transaction, team_id: str, label: str, facts: Facts, *, is_public: bool) -> Made | Refused:
    """Make a token for a person."""
    if len(tokens.of_person(transaction, team_id, facts.by, facts.now)) >= _MOST:
        return _TOO_MANY
    secret = f"{PREFIX}{secrets.token_urlsafe(_BYTES)}"
    token = Token(
        id=new_id(),
        team_id=team_id,
        user_id=facts.by,
        digest=digest_of(secret),
        label=label[:_LABEL],
        is_public=is_public,
        created_at=to_text(facts.now),
        ends_at=to_text(facts.now + GOOD_FOR),
    )
    tokens.add(transaction, token)
    _note(transaction, "token-made", token.id, team_id, facts)
    return Made(token, secret)


def revoke(transaction: Transaction, team_id: str, token_id: str, facts: Facts) -> bool:
    """Take a token of a person away; False where it is gone, or was never theirs."""
    is_gone = tokens.end(transaction, team_id, facts.by, token_id)
    if is_gone:
        _note(transaction, "token-revoked", token_id, team_id, facts)
    return is_gone


def digest_of(secret: str) -> str:
    """Return what is kept of a token; it is too long to be guessed, so a plain digest will do."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _note(transaction: Transaction, action: Action, token_id: str, team_id: str, facts: Facts) -> None:
    about = {"target_kind": "token", "target_id": token_id}
    audit.note(transaction, audit.Entry(action=action, **audit.who(team_id, facts.by, facts.now), **about))
