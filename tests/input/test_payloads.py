"""No field of no payload breaks anything: each is changed in turn, while people do what the acceptance scripts say."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.local_slack.interactions.payloads import interaction
from bot.local_slack.wire.events import envelope
from bot.manifest import manifest_for
from bot.trial.run import Trial
from tests.conftest import StartTrial
from tests.input.changing import Change, changes
from tests.input.odd import CASES, begun_by, drawn
from tests.input.playing import heard_first
from tests.input.watching import Watched, minded, watched
from tests.input.wire import FORM, JSON, Payload, Wire, listening, renewed
from tests.test_acceptance import SCRIPTS

_EACH = CASES or 6
_CHANGES = drawn(changes(), 20_000 if CASES else 500)
_EVENTS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "events.yaml").read_text(encoding="utf-8"))
_SUBSCRIBED = manifest_for("https://bot.example", "", reads_channels=True)["settings"]["event_subscriptions"][
    "bot_events"
]
#: This one ends everything, so it comes last.
_LAST = "app_uninstalled"


async def _wrong(trial: Trial, wire: Wire, watch: Watched, payload: Payload, some: Iterator[Change]) -> list[str]:
    """Send a payload again and again with something changed, and return what went wrong."""
    found: list[str] = []
    for change in islice(some, _EACH):
        told, changed = change.of(renewed(payload, trial.slack.workspace))
        answered = minded(payload, *await wire.send(changed))
        await trial.quiet()
        found += [f"{payload.route}: {told}: {each}" for each in [answered, *watch.news()] if each]
    return found


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
async def test_what_people_do_with_any_field_changed_breaks_nothing(start: StartTrial, path: Path) -> None:
    tried, wrong, some = 0, list[str](), begun_by(path.stem, _CHANGES)
    async with start(use_http=True, reads_channels=True) as trial, listening(trial) as wire:
        with watched(trial) as watch:
            async for line, payload in heard_first(trial, wire, path):
                tried += 1
                wrong += [f"{line}: {each}" for each in await _wrong(trial, wire, watch, payload, some)]
    assert wrong == []
    assert tried


async def test_an_event_with_any_field_changed_breaks_nothing(start: StartTrial) -> None:
    async with start(use_http=True, reads_channels=True) as trial, listening(trial) as wire:
        workspace = trial.slack.workspace
        told = {name: _EVENTS.get(name, _EVENTS["other"]) for name in _SUBSCRIBED if not name.startswith("message.")}
        events = {**_EVENTS["unasked"], **told, _LAST: told.pop(_LAST)}
        general = workspace.channel_named("general")
        bodies = [
            envelope(workspace, {"type": name, "event_ts": "1", **each}, general) for name, each in events.items()
        ]
        with watched(trial) as watch:
            some = begun_by("events", _CHANGES)
            wrong = [each for body in bodies for each in await _wrong(trial, wire, watch, Payload(body, JSON), some)]
    assert wrong == []


@pytest.mark.parametrize(
    "kind", ["view_closed", "block_suggestion", "message_action", "shortcut", "workflow_step_edit"]
)
async def test_what_the_bot_never_asked_for_breaks_nothing(start: StartTrial, kind: str) -> None:
    async with start(use_http=True) as trial, listening(trial) as wire:
        workspace = trial.slack.workspace
        view = {"id": "V1", "hash": "h", "callback_id": "glossary_form", "private_metadata": "", "blocks": []}
        sent = {**interaction(workspace, workspace.users["UANA"], kind), "view": view, "action_id": "x", "value": "y"}
        with watched(trial) as watch:
            payload = Payload({**sent, "callback_id": "nothing of ours"}, FORM)
            wrong = await _wrong(trial, wire, watch, payload, begun_by(kind, _CHANGES))
    assert wrong == []
