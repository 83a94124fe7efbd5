"""What people do by mistake, at once, late or twice changes nothing that they did not mean."""

import pytest

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from handlers.data_requests.messages import samples
from handlers.slack.files import NOT_ALLOWED
from storage.data_requests.checks import Check, Finding
from storage.decisions import decisions
from storage.outbox import threads
from storage.records.offers import Agreement
from tests.handlers.data_requests.playing import AMOUNT, CONTENT, TEAM, fills_in, one, put, put_draft
from tests.handlers.data_requests.requests import AT, a_request
from tests.playing import play


async def test_words_that_only_begin_like_a_step_are_none(running: Trial) -> None:
    await put(running, owner="")
    told = await play(running, "ben in #data: @Common Ground DR-1 take a look at this please")
    assert "Did you mean to take? Then press this, or type only “DR-1 take”." in told
    told = await play(running, "dev in #data: /data-request DR-1 agree? not before March")
    assert "I don't know “agree? not before March”." in told
    told = await play(running, "dev in #data: /data-request DR-1 withdraw-agreement")
    assert "I don't know “withdraw-agreement”." in told
    assert (one(running).owner, one(running).state, one(running).agreements) == ("", "open", {})


async def test_an_agreement_is_to_what_was_read(running: Trial) -> None:
    await put(running)
    await play(running, 'ana presses "Respond"')
    await play(running, "dev in #data: /data-request DR-1 terms", f'dev presses "{AMOUNT}"')
    await play(running, *fills_in("dev", {"How much data?": "9 million rows"}), "dev submits", "dev closes")
    told = await play(running, 'ana presses "Agree"')
    assert "DR-1 has changed since you opened it. Open it again, read it, and press once more." in told
    assert set(one(running).agreements) == {"requester"}


async def test_one_person_is_never_both_sides_of_data_that_somebody_here_has(running: Trial) -> None:
    await put_draft(running, owner="UDEV")
    told = await play(running, "dev in #data: /data-request DR-1 send")
    assert "You can't be both requester and owner. Choose another owner, or leave it empty." in told
    assert one(running).state == "draft"


async def test_a_draft_is_sent_by_word_with_the_same_checks_as_by_its_form(running: Trial) -> None:
    await put_draft(running, owner="UGUS", channel="CRANDOM")
    told = await play(running, "dev in #data: /data-request DR-1 send")
    assert "I can't open a thread in that channel." in told
    await put_draft(running, owner="UGUS")
    told = await play(running, "dev in #data: /data-request DR-2 send")
    assert "Gus Lindt is a guest or a bot here, or has left. Choose somebody else. Your draft DR-2 is kept." in told
    assert "Gus Lindt\n" not in told


async def test_a_form_that_somebody_overtook_undoes_nothing(running: Trial) -> None:
    await put(running, owner="")
    await play(running, "dev in #data: /data-request DR-1 terms", 'dev presses "Change the request"')
    await play(running, "ben in #data: /data-request DR-1 take")
    await play(running, *fills_in("dev", {"What is it for?": "ferries too"}), "dev submits")
    assert (one(running).owner, one(running).purpose) == ("UBEN", "ferries too")


async def test_a_thread_that_is_there_is_not_opened_again(running: Trial) -> None:
    await put(running)
    told = await play(running, "dev in #data: /data-request DR-1 repost")
    assert "DR-1 already has a thread." in told
    await play(running, "dev in #data: /data-request DR-1 withdraw it was a dream")
    told = await play(running, "dev in #data: /data-request DR-1 repost")
    assert "DR-1 is withdrawn, so it needs no thread." in told


async def test_a_contract_that_did_not_arrive_loses_no_thread_and_is_given_again(running: Trial) -> None:
    agreed = {"requester": Agreement(user_id="UDEV", version=1, at=AT)}
    await put(running, state="negotiating", agreements=agreed)
    running.slack.faults.arm("files.completeUploadExternal", Fault("server_error"), Fault("server_error"))
    await play(running, "ana in #data: /data-request DR-1 agree", "wait 1 minute")
    assert threads.broken(running.bot.store.reader, TEAM) == []
    told = await play(running, "dev in #data: /data-request DR-1 contract")
    assert "[file DR-1-v1.0.0.odcs.yaml]" in told


async def test_agreeing_again_puts_the_new_decision_in_the_place_of_the_old(running: Trial) -> None:
    agreed = {"requester": Agreement(user_id="UDEV", version=1, at=AT)}
    await put(running, state="negotiating", agreements=agreed)
    await play(running, "ana in #data: /data-request DR-1 agree", "dev in #data: /data-request DR-1 terms")
    await play(
        running,
        f'dev presses "{AMOUNT}"',
        *fills_in("dev", {"How much data?": "900 rows"}),
        "dev submits",
        "dev closes",
    )
    await play(running, "ana in #data: /data-request DR-1 agree")
    first, second = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert (first.state, first.superseded_by, second.supersedes) == ("superseded", second.id, first.id)


async def test_in_its_own_thread_a_request_needs_no_number(running: Trial) -> None:
    await put(running)
    channel = running.slack.workspace.channels["CDATA"]
    (root,) = channel.messages
    running.slack.people.say(running.slack.workspace.users["UDEV"], channel, "@Common Ground agree", root)
    await running.quiet()
    assert set(one(running).agreements) == {"requester"}
    told = await play(running, "dev in #data: @Common Ground agree", "dev in #data: /data-request agree")
    assert told.count("Which request? For example: DR-12 agree.") == 2


async def test_who_is_to_find_something_out_hears_of_it_and_finds_it_in_their_list(running: Trial) -> None:
    terms = a_request().terms
    await put(running, terms=terms)
    await play(running, "dev in #data: /data-request DR-1 terms", f'dev presses "{CONTENT}"')
    await play(running, 'dev presses "Labels: someone will find out"', 'dev enters "Who will find out?": ben')
    told = await play(running, 'dev enters "By when?": 2026-01-20', "dev submits")
    assert "*DR-1 · berth arrivals*: @Dev Patel asks you to find out labels by" in told
    assert "DR-1 · berth arrivals" in await play(running, "ben in #data: /data-request waiting")


async def test_a_link_after_deliver_is_what_is_delivered(running: Trial) -> None:
    await put(running, state="agreed")
    await play(running, "ana in #data: /data-request DR-1 deliver https://data.example/v2")
    assert [each.link for each in one(running).deliveries] == ["https://data.example/v2"]


async def test_a_check_of_hundreds_of_columns_shows_what_is_broken_first_and_how_many_more(running: Trial) -> None:
    findings = [Finding(expected=f"column {n}", found="x", is_kept=n > 300) for n in range(464)]
    check = Check(
        id="c", team_id=TEAM, request_id="r1", file_id="", file_name="a.csv", by="", at=AT, findings=tuple(findings)
    )  # fmt: skip
    message = samples.checked(a_request(), check, "")
    rows = message.blocks[1]["rows"]
    assert isinstance(rows, list)
    assert len(rows) == 100
    assert {row[2]["text"] for row in rows[1:]} == {"failed"}
    assert "And 365 more." in str(message.blocks[2])
    assert message.otherwise.endswith("common-ground requests check DR-1 FILE")
    assert running.slack.workspace.warnings == []


async def test_a_file_outside_of_slack_or_without_the_scope_is_refused(running: Trial) -> None:
    await put(running, state="delivered", turn="requester")
    await play(running, "dev in #data: /data-request DR-1 check", 'dev attaches "a.csv": x / 1')
    running.slack.workspace.app.refused_scopes.add("files:read")
    assert f"! {NOT_ALLOWED.told}" in await play(running, "dev submits", "dev closes")


@pytest.mark.parametrize("lines", [
    ("dev in #data: /data-request DR-1 check",),
    ("dev in #data: /data-request", 'dev presses "Attach a sample instead"'),
])  # fmt: skip
async def test_a_form_for_a_file_says_why_it_does_not_open_without_the_scope(
    running: Trial, lines: tuple[str, ...]
) -> None:
    await put(running, state="delivered", turn="requester")
    app = running.slack.workspace.app
    app.refused_scopes.add("files:read")
    told = await play(running, *lines)
    assert NOT_ALLOWED.told in told
    assert "took too long" not in told
    app.refused_scopes.clear()
    assert NOT_ALLOWED.told not in await play(running, lines[-1])


async def test_terms_talked_about_anew_show_what_was_agreed_before(running: Trial) -> None:
    request = await put(running, state="accepted", turn="")
    assert request.agreed_terms
    await play(running, "ana in #data: /data-request DR-1 change metres become feet")
    told = await play(running, "dev in #data: /data-request DR-1 terms", f'dev presses "{AMOUNT}"')
    told = await play(running, *fills_in("dev", {"How much data?": "900 rows"}), "dev submits", "dev closes")
    told = await play(running, "dev in #data: /data-request DR-1")
    assert "requested: 900 rows in a month, so that each berth has ten (agreed before: 1,000 rows in a month" in told
    assert "Announced: metres become feet" in told
