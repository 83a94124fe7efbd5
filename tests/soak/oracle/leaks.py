"""Nobody reads what belongs to a private conversation but who is in it when they are shown it."""

from collections.abc import Iterator
from sqlite3 import Connection

from tests.soak.oracle.transcript import KEPT_SECONDS, Deed, Finding, Transcript, later

_FILE = "a file of their data"


def judge(told: Transcript, _store: Connection) -> Iterator[Finding]:
    secrets = [deed for deed in told.deeds if deed.place in told.private and not deed.asked.startswith("D")]
    for text, at, readers, where in _shown(told):
        for deed in secrets:
            if deed.mark not in text:
                continue
            own = _wrote(told, deed.mark, at) if where == _FILE else set[str]()
            if found := readers - _allowed(told, deed, at) - own:
                yield Finding("leak", f"{', '.join(sorted(found))} saw {deed.mark} of {deed.place} in {where} at {at}")


def _allowed(told: Transcript, deed: Deed, at: str) -> set[str]:
    """Return who may see what a deed brought: who is there, who has just left, and who did it."""
    before = later(at, -KEPT_SECONDS)
    just_left = {each.who for each in told.moves if each.channel == deed.place and before <= each.at <= at}
    return told.readers(deed.place, at) | just_left | {deed.who}


def _wrote(told: Transcript, mark: str, at: str) -> set[str]:
    """Return who has written a mark themselves: they get their own words, wherever those are."""
    return {each.who for each in told.deeds if each.at <= at and mark in each.words}


def _shown(told: Transcript) -> Iterator[tuple[str, str, set[str], str]]:
    """Yield every text of the bot that may hold something private, when, to whom, and where it stands."""
    for said in told.said:
        if said.is_bots:
            readers = {said.to} if said.to else told.readers(said.channel, said.at)
            yield said.text.casefold(), said.at, readers, _FILE if said.is_file else said.channel
    for look in told.looks:
        yield look.text.casefold(), look.at, {look.who}, "a form or the Home"


def kept_secrets(told: Transcript) -> list[Deed]:
    """Return the deeds whose marks are private: without any, this proves nothing."""
    return [deed for deed in told.deeds if deed.place in told.private]
