"""The day that somebody chooses is held against their own today, wherever UTC is by then."""

from datetime import timedelta

import pytest

from bot.local_slack.interactions import forms
from bot.trial.run import Trial
from storage.data_requests.data_requests import Term
from storage.records.offers import Offer
from tests.handlers.data_requests.playing import CONTENT, KNOWN, PAGE, fills_in, one, put, put_draft
from tests.handlers.data_requests.requests import AT, a_request
from tests.playing import play

TODAY_IN_SAN_FRANCISCO = "2026-01-05"
PAST = "! That day is in the past. Choose a day ahead."
UNKNOWN = ('presses "Labels: someone will find out"', 'enters "Who will find out?": ben')


@pytest.fixture
async def evening(running: Trial) -> Trial:
    """Six in the evening of Monday in San Francisco, where Dev is; in Madrid, where Ana is, it is Tuesday."""
    running.slack.workspace.users["UDEV"].tz = "America/Los_Angeles"
    running.bot.clock.move(timedelta(hours=17))
    return running


async def test_data_can_be_needed_on_the_very_day_that_it_is_for_who_asks(evening: Trial) -> None:
    page = {**PAGE, "Needed by": TODAY_IN_SAN_FRANCISCO}
    assert PAST in await play(evening, "ana in #data: /data-request", *fills_in("ana", page), "ana submits")
    told = await play(evening, "dev in #data: /data-request", *fills_in("dev", page), "dev submits")
    assert PAST not in told
    await play(evening, "dev closes")
    assert (one(evening).state, one(evening).needed_by) == ("open", TODAY_IN_SAN_FRANCISCO)
    assert "DR-1" not in await play(evening, "dev in #data: /data-request list overdue")
    assert "DR-1 · berth arrivals" in await play(evening, "ana in #data: /data-request list overdue")


async def test_a_draft_of_yesterday_is_not_sent_where_it_is_yesterday(evening: Trial) -> None:
    await put_draft(evening, needed_by=TODAY_IN_SAN_FRANCISCO)
    evening.bot.clock.move(timedelta(hours=6))
    told = await play(evening, "dev in #data: /data-request DR-1 send")
    assert "The day you need it by has passed. Choose another day." in told


async def test_what_is_unknown_can_be_found_out_by_the_very_day_that_it_is_for_who_says_so(evening: Trial) -> None:
    asked = Term(asked=Offer(stance="not needed", reason="none", by="UDEV", at=AT))
    await put(evening, terms={**a_request().terms, "labels": asked})
    for who, is_past in (("ana", True), ("dev", False)):
        form = (*UNKNOWN, f'enters "By when?": {TODAY_IN_SAN_FRANCISCO}', "submits")
        await play(evening, f"{who} in #data: /data-request DR-1 terms", f'{who} presses "{CONTENT}"')
        assert (PAST in await play(evening, *(f"{who} {each}" for each in form))) is is_past
    said = one(evening).terms["labels"].asked
    assert said is not None
    assert (said.stance, said.until) == ("unknown", TODAY_IN_SAN_FRANCISCO)


@pytest.mark.parametrize("words", ["hourly " * 400, '"' * 900, "hourly"])
async def test_words_stay_however_many_when_a_sample_is_attached_instead(running: Trial, words: str) -> None:
    await play(running, "dev in #data: /data-request")
    view = running.slack.workspace.open_view("UDEV")
    assert view is not None
    forms.enter(running.slack.workspace, view, {**PAGE, KNOWN: words})
    told = await play(running, 'dev presses "Attach a sample instead"')
    assert "CSV, TSV, JSON or Parquet" in told
    await play(running, "dev submits", "dev closes")
    assert one(running).known == words.strip()
