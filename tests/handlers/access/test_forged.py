"""A form's note and a button's value may say anything: what is none of ours ends in a sentence, never in an error."""

import asyncio
import json
from collections.abc import Sequence
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession
from structlog.processors import format_exc_info
from structlog.testing import capture_logs

from bot.local_slack.wire.delivery import signature
from bot.transport.http import EVENTS_PATH
from bot.trial.run import Trial
from handlers import FEATURES
from handlers.framework.routing import join
from handlers.framework.words import with_words
from tests.bot.transport.test_http import FORM, SECRET
from tests.conftest import StartTrial
from tests.handlers.access.secrets import seeded
from tests.handlers.data_requests.playing import ask, fills_in
from tests.playing import let_fields_be_empty, play

DEEP = 5_000
NOTES = {
    "nothing": "",
    "other JSON": '[{"x": []}, null]',
    "wrong types": '{"request_id": [], "sense_id": {}, "version": "x", "link": 5, "place": 7, "shown": 3}',
    "deep JSON": '{"a":[' * DEEP,
    "names that are not there": "nope:nope:nope",
    "no numbers": "x:²:" + "9" * 5000,
    "half a character": "\ud800",
    "a request that is not there": '{"request_id": "nope", "page": "second", "term": "quantity", "seen": "x"}',
}
#: What stands in for a record that is there.
NAMED = (
    "{id}:{id}:x",
    "x:{id}:x",
    '["x", "{id}", "x"]',
    '{{"request_id": "{id}", "sense_id": "{id}", "term": "quantity", "seen": "x"}}',
)
ROUTES = with_words(join(FEATURES))
PRESSED = {"channel": {"id": "CGENERAL", "name": "general"}, "container": {"is_ephemeral": True, "message_ts": "1.2"}}


def payload(kind: str, **more: object) -> str:
    told = {"type": kind, "user": {"id": "UANA"}, "trigger_id": "t1", "team": {"id": "T0LOCAL"}, **more}
    return urlencode({"payload": json.dumps(told)})


def view(callback_id: str, metadata: object) -> dict[str, object]:
    named = {"id": "V1", "hash": "h1", "type": "modal", "callback_id": callback_id, "state": {"values": {}}}
    return {**named, "private_metadata": metadata}


def noted(note: str) -> str:
    return json.dumps({"in": "CGENERAL", "note": note})


def forged(note: str) -> list[str]:
    """Return the request of each form, and of each button in a message and in a form, with a note or a value."""
    made = []
    for number, name in enumerate(ROUTES.views):
        for way, metadata in (("in", noted(note)), ("as", note)):
            made.append(payload("view_submission", view={**view(name, metadata), "hash": f"{way}{number}"}))
    for number, name in enumerate(ROUTES.actions):
        pressed = {"actions": [{"action_id": f"{name}:0", "type": "button", "value": note}]}
        answered = {"trigger_id": f"m{number}", "response_url": "http://127.0.0.1:1/x"}
        made.append(payload("block_actions", **pressed, **PRESSED, **answered))
        made.append(payload("block_actions", **pressed, view=view("x", noted(note)), trigger_id=f"v{number}"))
    return made


async def post(trial: Trial, session: ClientSession, body: str) -> tuple[int, str]:
    headers = {"Content-Type": FORM, **signature(SECRET, body)}
    url = f"http://127.0.0.1:{trial.bot.port}{EVENTS_PATH}"
    async with session.post(url, data=body, headers=headers) as response:
        return response.status, await response.text()


async def errors(trial: Trial, requests: Sequence[str]) -> list[object]:
    """Return what the log says of errors when all of these are sent, and their statuses are as they should be."""
    async with ClientSession() as session:
        with capture_logs([format_exc_info]) as lines:
            answers = await asyncio.gather(*(post(trial, session, each) for each in requests))
            await trial.bot.idle()
    assert {status for status, _ in answers} <= {200, 400}
    return [each.get("exception", each) for each in lines if each["log_level"] in ("error", "critical")]


@pytest.mark.parametrize("name", NOTES)
async def test_a_forged_note_or_value_breaks_nothing(start: StartTrial, name: str) -> None:
    requests = forged(NOTES[name])
    assert len(requests) == 2 * (len(ROUTES.views) + len(ROUTES.actions))
    async with start(use_http=True) as trial:
        found = await errors(trial, requests)
    assert found == []


async def test_nor_does_one_that_names_a_record(start: StartTrial) -> None:
    async with start(use_http=True) as trial:
        await seeded(trial)
        for number, table in enumerate(("senses", "components", "decisions", "data_requests", "feedback")):
            found = f"SELECT id FROM {table} WHERE visibility = :at"
            (row, *_) = trial.bot.store.reader.all(found, at="CSECRETLAUNCH")
            for note in NAMED[number % 2 :: 2]:
                assert await errors(trial, forged(note.format(id=row["id"]))) == [], table


@pytest.mark.parametrize("seen", ["x", "1|2|3", "|"])
async def test_a_mark_of_how_a_term_stood_may_say_anything(running: Trial, seen: str) -> None:
    await ask(running)
    await play(running, "dev in #data: /data-request DR-1 terms", 'dev presses "Fill in how much and how fresh"')
    await play(running, *fills_in("dev", {"How much data?": "900 rows"}))
    view = running.slack.workspace.open_view("UDEV")
    assert view is not None
    kept = json.loads(view.content["private_metadata"])
    note = json.dumps({**json.loads(kept["note"]), "seen": seen})
    view.content["private_metadata"] = json.dumps({**kept, "note": note})
    let_fields_be_empty(running, "UDEV")
    assert "quantity: 900 rows" in await play(running, "dev submits")
