"""Whether a report was signed with the secret of its web hook: as Standard Webhooks has it, as MLflow or GitHub sign.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md;
https://mlflow.org/docs/latest/ml/webhooks, which signs the same with the secret's own letters as the key;
https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

_STANDARD = {
    "webhook-id": "webhook-id",
    "webhook-timestamp": "webhook-timestamp",
    "webhook-signature": "webhook-signature",
}
_MLFLOW = {
    "webhook-id": "x-mlflow-delivery-id",
    "webhook-timestamp": "x-mlflow-timestamp",
    "webhook-signature": "x-mlflow-signature",
}
_GITHUB, _GITHUB_PREFIX = "x-hub-signature-256", "sha256="
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Signed:
    """A report that its web hook signed, by the name under which its program sends it again."""

    name: str


def checked(secret: str, headers: Mapping[str, str], raw: bytes) -> Signed | str:
    """Return the name of a report, or why it is refused.

    GitHub signs neither a name nor a time, so that what it signs goes by what it says.
    """
    told = {name.lower(): value for name, value in headers.items()}
    if "webhook-signature" in told:
        return _standard(Webhook(secret), {name: told.get(of, "") for name, of in _STANDARD.items()}, raw)
    if "x-mlflow-signature" in told:
        return _standard(Webhook(secret.encode()), {name: told.get(of, "") for name, of in _MLFLOW.items()}, raw)
    if _GITHUB in told:
        given = told[_GITHUB].removeprefix(_GITHUB_PREFIX)
        wanted = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
        is_right = given.isascii() and hmac.compare_digest(given, wanted)
        return Signed(f"github:{hashlib.sha256(raw).hexdigest()}") if is_right else "the signature does not fit"
    return "the report is not signed"


def _standard(webhook: Webhook, headers: dict[str, str], raw: bytes) -> Signed | str:
    if not all(value.isascii() for value in headers.values()) or len(headers["webhook-id"]) > _LONGEST_NAME:
        return "the headers of the signature are malformed"
    try:
        webhook.verify(raw, headers, json_parse=False)
    except WebhookVerificationError as error:
        return str(error)[:1].lower() + str(error)[1:]
    except ValueError:
        return "the signature is malformed, or the body is not UTF-8"
    return Signed(headers["webhook-id"])
