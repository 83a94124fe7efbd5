"""What happened while a form stood open: what is entered there is refused with a sentence, and nothing is undone."""

import pytest

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from storage.data_requests import checks, notes
from tests.handlers.data_requests.playing import AMOUNT, TEAM, one, put
from tests.handlers.data_requests.test_privacy import GONE
from tests.playing import play

TERMS = "dev in #data: /data-request DR-1 terms"
WITHDRAWN = "dev in #data: /data-request DR-1 withdraw it was a dream"


@pytest.mark.parametrize(
    ("forms", "last"),
    [
        (('dev presses "Change the request"', 'dev enters "What is it for?": ferries'), "dev submits"),
        ((f'dev presses "{AMOUNT}"', 'dev enters "How much data?": 9 rows'), "dev submits"),
        ((), f'dev presses "{AMOUNT}"'),
    ],
)
async def test_what_ended_meanwhile_is_not_changed_by_a_form(running: Trial, forms: tuple[str, ...], last: str) -> None:
    await put(running)
    await play(running, TERMS, *forms)
    await play(running, WITHDRAWN)
    before = one(running)
    told = await play(running, last)
    assert "DR-1 is withdrawn" in told
    assert one(running) == before


async def test_a_term_accepted_after_its_request_ended_is_said_to_be_over(running: Trial) -> None:
    await put(running)
    await play(running, "ana in #data: /data-request DR-1 terms", f'ana presses "{AMOUNT}"')
    await play(running, 'ana enters "How much data?": 9 rows', "ana submits", "ana closes")
    await play(running, TERMS, f'dev presses "{AMOUNT}"', WITHDRAWN)
    told = await play(running, 'dev presses "Accept quantity"')
    assert "DR-1 is withdrawn" in told


async def test_two_who_say_the_same_make_one_version(running: Trial) -> None:
    await put(running)
    before = one(running).version
    await play(running, TERMS, f'dev presses "{AMOUNT}"', "dev submits")
    assert one(running).version == before


async def test_a_sample_that_slack_does_not_give_or_from_a_guest_is_not_taken(running: Trial) -> None:
    await put(running, state="delivered", turn="requester")
    told = await play(running, "dev in #data: /data-request DR-1 check", "dev submits")
    assert "! Please complete this required field." in told
    running.slack.faults.arm("files.info", Fault("server_error"))
    told = await play(running, 'dev attaches "a.csv": x / 1', "dev submits")
    assert "! Slack didn't give me the file. Please try again in a minute." in told
    await play(running, "dev closes", "dev in #data: /data-request DR-1 check", 'dev attaches "a.csv": x / 1')
    running.slack.workspace.users["UDEV"].is_guest = True
    assert GONE in await play(running, "wait 11 minutes", "dev submits")
    await play(running, "wait 1 minute")
    assert checks.of_request(running.bot.store.reader, TEAM, one(running).id) == []
    running.slack.workspace.users["UDEV"].is_guest = False
    await play(running, "wait 11 minutes", "dev in #data: /data-request DR-1 check", 'dev attaches "a.csv": x / 1')
    await play(running, "dev submits", "wait 1 minute")
    assert len(checks.of_request(running.bot.store.reader, TEAM, one(running).id)) == 1


async def test_a_note_is_kept_of_words_in_a_requests_thread_alone(running: Trial) -> None:
    await put(running)
    told = await play(
        running, "ben in #data: arrivals count twice", 'ben uses "Keep as a note on data" on "count twice"'
    )
    assert "Use this on a message in the thread of a data request." in told
    channel = running.slack.workspace.channels["CDATA"]
    root = next(iter(channel.messages))
    running.slack.people.say(running.slack.workspace.users["UANA"], channel, "Key: AKIAIOSFODNN7EXAMPLE", root)
    told = await play(running, 'ben uses "Keep as a note on data" on "Key:"')
    assert "Kept as a note" not in told
    assert notes.of_data(running.bot.store.reader, TEAM, one(running).data_key, ["workspace"]) == []
    running.slack.people.say(running.slack.workspace.users["UANA"], channel, "Fog delays them", root)
    await play(running, 'ben uses "Keep as a note on data" on "Fog"')
    assert len(notes.of_data(running.bot.store.reader, TEAM, one(running).data_key, ["workspace"])) == 1
