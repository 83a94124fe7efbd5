"""Tokens and secrets as they are kept: sealed by the operator's newest key, and opened by any that is still listed.

Without a key that sealed it a token or a secret is of no use to whoever reads the store or a backup.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import Field

from storage.engine.interface import Record

_STATE = b"state "


class SealError(Exception):
    """None of the keys opens what was sealed."""


class Tokens(Record):
    """What the app calls Slack with in a workspace; ``refresh`` is changed for the next one, where they end."""

    bot: str = Field(repr=False)
    refresh: str = Field("", repr=False)


def keys_in(text: str) -> list[str]:
    """Return the keys of a setting, newest first. Raises ValueError where one is none."""
    keys = text.replace(",", " ").split()
    for each in keys:
        Fernet(each)
    return keys


def new_key() -> str:
    return Fernet.generate_key().decode()


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals and opens with some keys, newest first."""

    keys: Sequence[str]

    @property
    def name(self) -> str:
        """Return what the newest key is called where something is sealed by it; it tells nothing of the key."""
        return hashlib.sha256(b"name of " + self.keys[0].encode()).hexdigest()[:12]

    def seal(self, tokens: Tokens) -> str:
        return self.seal_text(tokens.model_dump_json())

    def open(self, sealed: str) -> Tokens:
        """Return the tokens. Raises SealError."""
        try:
            return Tokens.model_validate_json(self.open_text(sealed))
        except ValueError:
            raise SealError from None

    def seal_text(self, text: str) -> str:
        return self._box().encrypt(text.encode()).decode()

    def open_text(self, sealed: str) -> str:
        """Return what was sealed. Raises SealError."""
        try:
            return self._box().decrypt(sealed).decode()
        except (InvalidToken, ValueError):
            raise SealError from None

    def state(self, browser: str, now: datetime) -> str:
        """Return what Slack brings back with a browser that was sent to it."""
        return self._box().encrypt_at_time(_STATE + _digest(browser), int(now.timestamp())).decode()

    def is_state_of(self, state: str, browser: str, now: datetime, life: timedelta) -> bool:
        """Tell whether this browser was sent to Slack with this state, not longer ago than it lives."""
        try:
            told = self._box().decrypt_at_time(state, int(life.total_seconds()), int(now.timestamp()))
        except (InvalidToken, ValueError):
            return False
        return hmac.compare_digest(told, _STATE + _digest(browser))

    def _box(self) -> MultiFernet:
        return MultiFernet([Fernet(each) for each in self.keys])


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
