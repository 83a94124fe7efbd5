"""Reports to the bot as other programs do: signed, by a web hook that was made for the test."""

import hashlib
import hmac
import json
import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
from standardwebhooks import Webhook as Signer

from bot.sealing import new_key
from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.agreements.reported import named
from handlers.reports import service
from handlers.reports.service import Made, Wanted

#: Seals the secrets of the web hooks in a trial.
KEY = new_key()
FILES = Path(__file__).parent / "reports"


@dataclass(frozen=True, slots=True)
class Got:
    """What a program is answered."""

    status: int
    said: dict[str, Any]

    @property
    def told(self) -> str:
        return str(self.said.get("told", self.said.get("error")))


async def hook(trial: Trial, about: str, every: str = "", label: str = "nightly", by: str = "UCHLOE") -> Made:
    """Make a web hook for what is called so."""
    services = trial.bot.boundary.services
    (target,) = named(trial.bot.store.reader, "T0LOCAL", about, None)
    assert services.seals is not None
    seals, facts = services.seals, Facts(by, trial.bot.clock.now())
    made = await trial.bot.store.write(
        lambda transaction: service.make(transaction, Wanted(target, label, every), seals, facts)
    )
    assert isinstance(made, Made)
    return made


def url_of(trial: Trial, made: Made) -> str:
    return f"http://127.0.0.1:{trial.bot.port}/hooks/{made.webhook.id}"


def signed(secret: str, raw: str, name: str = "", ago: timedelta = timedelta()) -> dict[str, str]:
    """Return the headers of Standard Webhooks."""
    name, at = name or f"msg_{secrets.token_hex(8)}", datetime.now(UTC) - ago
    signature = Signer(secret).sign(name, at, raw)
    return {"webhook-id": name, "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}


def signed_by_mlflow(secret: str, raw: str) -> dict[str, str]:
    name, at = secrets.token_hex(8), str(int(datetime.now(UTC).timestamp()))
    digest = hmac.new(secret.encode(), f"{name}.{at}.{raw}".encode(), hashlib.sha256).digest()
    own = {"X-MLflow-Delivery-Id": name, "X-MLflow-Timestamp": at}
    return {**own, "X-MLflow-Signature": f"v1,{b64encode(digest).decode()}"}


def signed_by_github(secret: str, raw: str) -> dict[str, str]:
    digest = hmac.new(secret.encode(), raw.encode(), hashlib.sha256).hexdigest()
    return {"X-Hub-Signature-256": f"sha256={digest}", "X-GitHub-Delivery": secrets.token_hex(8)}


async def posted(url: str, raw: str | bytes, headers: dict[str, str]) -> Got:
    async with ClientSession() as session, session.post(url, data=raw, headers=headers) as got:
        return Got(got.status, await got.json())


async def report(trial: Trial, made: Made, body: object, name: str = "") -> Got:
    """Report something, and wait until all that follows is said."""
    raw = body if isinstance(body, str) else json.dumps(body)
    got = await posted(url_of(trial, made), raw, signed(made.secret, raw, name))
    await trial.quiet()
    return got


def written_by(tool: str) -> Any:
    """Return what a tool wrote."""
    return json.loads((FILES / f"{tool}.json").read_text(encoding="utf-8"))
