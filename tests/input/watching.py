"""What must not happen, whatever comes: a fault of the program's, an answer that Slack does not take."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from structlog.processors import format_exc_info
from structlog.testing import capture_logs

from bot.local_slack.block_kit.blocks import check_blocks, check_length, check_view
from bot.local_slack.errors import SlackError
from bot.trial.run import Trial
from tests.input.wire import Payload

_SERVER_ERROR = 500
#: What Slack says of a call that no app should make; that something is gone is no fault.
_OF_OURS = (
    *("invalid_blocks", "invalid_blocks_format", "invalid_arguments", "msg_too_long", "msg_blocks_too_long", "no_text"),
    *("view_too_large", "invalid_json", "json_not_object", "invalid_form_data", "unknown_method", "invalid_ts_latest"),
)


@dataclass
class Watched:
    """What went wrong while something was tried."""

    trial: Trial
    lines: Sequence[Mapping[str, Any]]
    said: list[str] = field(default_factory=list)

    def news(self) -> list[str]:
        """Return what went wrong since the last time."""
        bad = [each for each in self.lines if each["log_level"] in ("error", "critical")]
        warnings, refused = self.trial.slack.workspace.warnings, _refused(self.trial)
        found = [str(each.get("exception", each)) for each in bad] + [*warnings, *refused]
        new = [each for each in found if each not in self.said]
        self.said += new
        return new


@contextmanager
def watched(trial: Trial) -> Iterator[Watched]:
    with capture_logs([format_exc_info]) as lines:
        yield Watched(trial, lines)


def _refused(trial: Trial) -> Iterator[str]:
    """Yield what Slack refused of the calls that were made, and how often."""
    for metric in trial.bot.boundary.services.measures.slack_calls.collect():
        for sample in metric.samples:
            if sample.labels.get("error") in _OF_OURS and sample.name.endswith("_total"):
                yield f"Slack refused {sample.labels} {sample.value}"


def minded(payload: Payload, status: int, body: Any) -> str:
    """Return what Slack would mind in the answer to a payload, as it was before it was changed."""
    if status >= _SERVER_ERROR:
        return f"HTTP {status}: {body}"
    if status >= 400 or not body:
        return ""
    try:
        return _minded(payload, body) if isinstance(body, dict) else f"no object: {body}"
    except SlackError as error:
        return f"{error} {body}"


def _minded(payload: Payload, body: Mapping[str, Any]) -> str:
    if payload.is_bare:
        blocks = body.get("blocks") or []
        if blocks:
            check_blocks(blocks, "message")
            check_length(blocks)
        return "" if body.get("text") else f"no text: {body}"
    match body.get("response_action"):
        case "errors":
            return _minded_errors(payload.content, body["errors"])
        case "update" | "push":
            check_view(body["view"])
            return ""
        case "clear":
            return ""
    return f"no answer that Slack knows: {body}"


def _minded_errors(content: Any, errors: Mapping[str, str]) -> str:
    inputs = {each["block_id"] for each in content["view"]["blocks"] if each["type"] == "input"}
    is_fit = bool(errors) and all(errors.values())
    return "" if is_fit and errors.keys() <= inputs else f"errors at no field: {errors}, of {sorted(inputs)}"
