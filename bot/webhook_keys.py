"""The secrets of web hooks: sealed by the operator's newest key, and opened to check what they signed."""

from collections.abc import Callable
from functools import partial

from cachetools import LRUCache

from bot.sealing import Seal, SealError
from handlers.framework.routing import Ended
from storage.engine.interface import Database
from storage.workspaces import webhooks
from storage.workspaces.webhooks import Webhook

#: So many are kept open: opening one takes longer than checking what it signed.
_OPEN = 10_000


class WebhookKeys:
    """Opens the secrets of web hooks."""

    def __init__(self, seal: Seal, store: Database) -> None:
        self._seal, self._store = seal, store
        self._open: LRUCache[str, str] = LRUCache(_OPEN)

    def seals(self, secret: str) -> tuple[str, str]:
        """Return a secret sealed, and the name of the key that did it."""
        return sealing(self._seal)(secret)

    def secret_of(self, webhook: Webhook) -> str:
        """Return the secret; empty where no key opens it any more."""
        found = self._open.get(webhook.sealed)
        if found is None:
            try:
                found = self._seal.open_text(webhook.sealed)
            except SealError:
                found = ""
            self._open[webhook.sealed] = found
        return found

    async def keep_up(self, _now: object) -> Ended:
        """Seal by the newest key what another has sealed; what none opens is passed over."""
        found = await self._store.search(partial(webhooks.sealed_otherwise, key=self._seal.name))
        for each in found:
            if secret := self.secret_of(each):
                sealed, key = self.seals(secret)
                await self._store.write(partial(webhooks.seal_anew, webhook=each, sealed=sealed, key=key))
        return "done"


def sealing(seal: Seal) -> Callable[[str], tuple[str, str]]:
    """Return what seals a secret, for whoever makes a web hook."""
    return lambda secret: (seal.seal_text(secret), seal.name)
