"""A secret that was logged by mistake goes from everywhere; that it was redacted, by whom and when stays."""

import json
from datetime import timedelta

import pytest

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from storage.data_requests import checks, notes
from storage.data_requests.checks import Check, Finding
from storage.decisions import decisions
from storage.engine.interface import Transaction
from storage.glossary import changes
from storage.outbox import redactions
from storage.records.offers import Agreement, Offer
from storage.requirements.requirements import Plan
from tests.handlers.data_requests.playing import TEAM, fills_in, one, put
from tests.handlers.feedback.playing import reported
from tests.handlers.requirements.playing import BAR, LATENCY, a_model, agree, measure, plan, say
from tests.playing import play
from tests.writing import write

SECRET = "Hunter2000"


def everything(trial: Trial) -> str:
    """Return all that the store holds, table by table."""
    reader = trial.bot.store.reader
    tables = [row["name"] for row in reader.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [name for name in tables if not name.endswith(("_docsize", "_idx", "_config", "_data"))]
    return json.dumps([reader.all(f"SELECT * FROM [{name}]") for name in kept], default=str)


def all_messages(trial: Trial) -> str:
    return json.dumps([
        [message.text, message.blocks]
        for channel in trial.slack.workspace.channels.values()
        for message in channel.messages.values()
    ])  # fmt: skip


async def redact(trial: Trial, who: str, what: str) -> str:
    shown = await play(trial, f"{who} in #general: /common-ground redact {what}")
    label = next(line.strip(" []") for line in shown.splitlines() if line.strip().startswith("[Redact"))
    return shown + await play(trial, f'{who} presses "{label}"', f"{who} submits", f"{who} closes")


async def test_a_decision_is_redacted_everywhere(running: Trial) -> None:
    said = f"ben in thread: @Common Ground decided: {SECRET} it is because {SECRET}"
    await play(running, f"ben in #general: We use {SECRET}", said)
    await play(running, "chloe in #general: /decision D-1", "ana in #general: /decision D-1")
    assert SECRET in everything(running)
    told = await redact(running, "ben", "D-1")
    assert "D-1 is redacted. I edited one of my messages." in told
    assert SECRET not in everything(running)
    messages = all_messages(running)
    # What people wrote themselves is theirs to delete.
    assert messages.count(SECRET) == 3
    assert "Redacted by Ben Okafor, Mon 5 Jan." in messages
    (decision,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert (decision.title, decision.why) == ("(redacted)", "")
    events = decisions.history(running.bot.store.reader, TEAM, decision.id)
    assert [(each.what, each.by) for each in events] == [("redacted it", "UBEN"), ("logged", "UBEN")]
    found = await play(running, f"ana in #general: /decision find {SECRET}")
    assert "No decision you can see here matches that" in found
    (kept,) = redactions.redactions_of(running.bot.store.reader, TEAM, ["workspace"])
    assert (kept.kind, kept.by, kept.at[:10]) == ("decision", "UBEN", "2026-01-05")


@pytest.mark.parametrize("minutes", [0, 5], ids=["before it is known", "once it is known"])
@pytest.mark.parametrize("kind", ["lost_after", "lost_before", "server_error"])
async def test_a_message_that_slack_may_have_is_redacted_too(running: Trial, kind: str, minutes: int) -> None:
    running.slack.faults.arm("chat.postMessage", Fault(kind))
    await play(running, f"ben in #general: /decision We use {SECRET}", "ben submits", "ben closes")
    await running.pass_time(timedelta(minutes=minutes))
    await redact(running, "ben", "D-1")
    for _ in range(3):
        await running.pass_time(timedelta(minutes=5))
    assert SECRET not in all_messages(running)
    said = [each.text for each in running.slack.workspace.channels["CGENERAL"].messages.values() if each.bot_id]
    assert said == ["Redacted by Ben Okafor, Mon 5 Jan."]


async def test_a_data_request_and_a_note_are_redacted_with_their_thread(running: Trial) -> None:
    await put(running, purpose=f"Log in with {SECRET}", entity="logins")
    channel = running.slack.workspace.channels["CDATA"]
    (root,) = channel.messages
    running.slack.people.say(running.slack.workspace.users["UANA"], channel, f"It is {SECRET} today", root)
    await play(running, 'dev uses "Keep as a note on data" on "today"')
    await play(running, f"ana in #data: /data-request DR-1 ask is it {SECRET}")
    assert len(notes.of_data(running.bot.store.reader, TEAM, "arrivals berth", ["workspace"])) == 1
    assert "the note of 2026-01-05" in await redact(running, "ana", "note today")
    assert notes.of_data(running.bot.store.reader, TEAM, "arrivals berth", ["workspace"]) == []
    told = await redact(running, "chloe", "DR-1")
    assert "DR-1 is redacted" in told
    assert one(running).state == "withdrawn"
    assert SECRET not in everything(running)
    assert all_messages(running).count(SECRET) == 1
    assert (one(running).purpose, one(running).terms) == ("(redacted)", {})
    assert "(redacted)" in await play(running, "dev in #data: /data-request DR-1")


async def test_the_decision_that_recorded_an_agreement_is_redacted_with_its_request(running: Trial) -> None:
    agreed = {"requester": Agreement(user_id="UDEV", version=1, at="2026-01-05T09:00:00.000000+00:00")}
    await put(running, purpose=f"Log in with {SECRET}", entity=f"{SECRET} logs", state="negotiating", agreements=agreed)
    await play(running, "ana in #data: /data-request DR-1 agree", "ana in #data: @Common Ground decision D-1")
    assert SECRET in await play(running, "ana in #data: /decision D-1")
    await redact(running, "dev", "DR-1")
    assert SECRET not in everything(running)
    assert SECRET not in await play(running, "ana in #data: /decision D-1")
    assert SECRET not in all_messages(running)


async def test_a_meaning_and_a_question_are_redacted(running: Trial) -> None:
    page = {"Definition in one line": f"the password {SECRET}", "Discipline": "Domain"}
    await play(running, "ana in #general: /glossary add vault", *fills_in("ana", page), "ana submits", "ana closes")
    await play(running, f"ben in #general: /define {SECRET}")
    assert SECRET in everything(running)
    assert len(changes.made_by(running.bot.store.reader, TEAM, ["workspace"], "UANA", 5)) == 1
    assert "password" in await play(running, "ben in #general: /define vault")
    await redact(running, "ana", "vault")
    await redact(running, "chloe", SECRET)
    assert SECRET not in everything(running)
    told = await play(running, "ben in #general: /define vault")
    assert "password" not in told
    assert changes.made_by(running.bot.store.reader, TEAM, ["workspace"], "UANA", 5) == []


async def test_a_component_keeps_its_owners_and_loses_its_words(running: Trial) -> None:
    entered = {"What is it?": "model", "Who leads it?": "chloe"}
    lines = (*fills_in("chloe", entered), "chloe submits", "chloe closes")
    await play(running, f"chloe in #general: /owner add {SECRET}", *lines)
    assert SECRET in everything(running)
    await redact(running, "chloe", SECRET)
    assert SECRET not in everything(running)
    assert "redacted " in await play(running, "ben in #general: /owner map")


async def test_only_its_author_and_admins_redact_and_only_what_they_see(running: Trial) -> None:
    await play(running, f"ben in #general: @Common Ground decided: {SECRET} it is")
    shown = await play(running, "dev in #general: /common-ground redact D-1", 'dev presses "Redact D-1"')
    assert "Only whoever wrote D-1 or an admin can redact it." in shown
    await play(running, "ana in #secret-launch: /decision Falcon", "ana submits", "ana closes")
    every = decisions.all_decisions(running.bot.store.reader, TEAM)
    secret = next(each for each in every if each.visibility != "workspace")
    told = await play(running, f"ben in #general: /common-ground redact {secret.number}")
    assert "I can't find that here." in told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ben in #general: /common-ground redact", "What should I redact? Give a number such as D-34"),
        (
            "ben in #general: /common-ground redact help",
            "What should I redact? Give a number such as D-34",
        ),
        (f"ben in #general: /common-ground redact note {'é' * 301}", "That's too long"),
        ("ben in #general: /common-ground redact !!", "I can't find that here."),
        ("ben in #general: /common-ground redact note nothing", "I can't find that here."),
        ("ben in #general: @Common Ground common-ground redact D-1", "Redact with the slash command"),
    ],
)
async def test_what_cannot_be_redacted_is_said_with_what_can(running: Trial, line: str, told: str) -> None:
    assert told in await play(running, line)


async def test_admins_read_what_was_redacted_by_whom_and_when(running: Trial) -> None:
    await play(running, f"ben in #general: @Common Ground decided: {SECRET} it is")
    await redact(running, "ben", "D-1")
    assert "today Ben Okafor: a decision" in await play(running, "chloe in #general: /common-ground redact")


async def add_component(trial: Trial, name: str, who: str) -> None:
    entered = {"What is it?": "model", "Who leads it?": who}
    lines = (*fills_in(who, entered), f"{who} submits", f"{who} closes")
    await play(trial, f"{who} in #general: /owner add {name}", *lines)


@pytest.mark.parametrize("name", ["text", "data", "e", "berth"])
async def test_a_record_with_a_common_name_takes_nothing_else_along(running: Trial, name: str) -> None:
    await put(running)
    await play(running, "ben in #general: @Common Ground decided: Keep the data of berth e in text")
    await add_component(running, name, "eli")
    before = all_messages(running)
    await redact(running, "eli", name)
    assert all_messages(running) == before


async def test_what_was_redacted_is_not_redacted_again_by_somebody_else(running: Trial) -> None:
    await play(running, f"ben in #general: @Common Ground decided: {SECRET} it is", "wait 1 minute")
    await play(running, f"eli in #general: @Common Ground decided: {SECRET}0 it is")
    await redact(running, "ben", "D-1")
    await redact(running, "eli", "D-2")
    told = await play(running, "chloe in #general: /common-ground redact D-1")
    assert "D-1 was redacted by Ben Okafor, today." in told
    assert "[Redact D-1]" not in told
    messages = all_messages(running)
    assert messages.count("Redacted by Ben Okafor") == messages.count("Redacted by Eli Berg") > 0


async def test_a_summary_loses_the_line_of_what_was_redacted_and_no_other(running: Trial) -> None:
    await play(running, "ben in #general: /summary here weekly monday 09:00")
    for title in (f"{SECRET} it is", "Retrain monthly"):
        await play(running, "wait 1 minute", f"chloe in #general: /decision {title}", "chloe submits", "chloe closes")
    assert SECRET in await play(running, "wait 7 days")
    await redact(running, "chloe", "D-1")
    messages = all_messages(running)
    assert "Retrain monthly" in messages
    assert "Redacted by Chloe Martin, Mon 12 Jan." in messages
    assert SECRET not in messages
    assert SECRET not in everything(running)


async def test_a_short_title_goes_from_a_summary_too_and_from_one_that_was_posted_long_ago(running: Trial) -> None:
    await play(running, "ben in #general: /summary here weekly monday 09:00", "wait 1 minute")
    await play(running, "chloe in #general: /decision Tow it", "chloe submits", "chloe closes", "wait 7 days")
    await play(running, "wait 1 minute", "chloe in #general: /decision Buy it", "chloe submits", "chloe closes")
    assert "decided: Tow it." in all_messages(running)
    await redact(running, "chloe", "D-1")
    assert "Tow it" not in all_messages(running)
    await play(running, "wait 8 days")
    assert "Buy it" in all_messages(running)
    await play(running, "wait 33 days", "wait 1 day")
    await redact(running, "chloe", "D-2")
    assert "Buy it" not in all_messages(running)


async def test_what_was_said_long_ago_is_redacted_too(running: Trial) -> None:
    await play(running, f"ben in #general: @Common Ground decided: {SECRET} it is", "wait 1 minute")
    await put(running, purpose=f"Log in with {SECRET}")
    await play(running, "wait 20 days", "wait 12 days", "wait 1 day")
    reader = running.bot.store.reader
    assert reader.all("SELECT 1 AS found FROM outbox WHERE body LIKE :mark", mark=f"%{SECRET}%") == []
    assert "D-1 is redacted. I edited one of my messages." in await redact(running, "ben", "D-1")
    await redact(running, "dev", "DR-1")
    # What Ben wrote himself is his to delete.
    assert all_messages(running).count(SECRET) == 1
    assert SECRET not in everything(running)


async def test_a_notice_of_what_will_be_listed_does_not_name_it_any_more(running: Trial) -> None:
    await play(running, "ben in #general: /summary here weekly monday 09:00")
    await put(running, entity=f"{SECRET} logins")
    await play(running, "wait 4 days")
    assert SECRET in everything(running)
    await redact(running, "chloe", "DR-1")
    assert SECRET not in everything(running)


async def test_a_meaning_that_was_edited_or_cut_is_redacted_in_what_was_said_before(running: Trial) -> None:
    await play(running, "ben in #general: /summary here weekly monday 09:00", "wait 1 minute")
    page = {"Definition in one line": f"{SECRET} opens it, {'as everybody says, ' * 6}", "Discipline": "Domain"}
    await play(running, "ana in #general: /glossary add vault", *fills_in("ana", page), "ana submits", "ana closes")
    await play(running, "ben in #general: @Common Ground define vault", "wait 7 days")
    assert all_messages(running).count(SECRET) > 1
    better = 'ana enters "Definition in one line": A room with a lock'
    edited = ("ana in #general: /glossary edit vault", 'ana presses "Edit (domain)"', better)
    await play(running, *edited, "ana submits", "ana closes")
    await redact(running, "ana", "vault")
    assert SECRET not in all_messages(running)
    assert SECRET not in everything(running)


async def test_a_word_that_is_the_secret_is_not_counted_any_more(running: Trial) -> None:
    page = {"Definition in one line": "It opens the vault", "Discipline": "Domain"}
    await play(running, f"ana in #general: /glossary add {SECRET}", *fills_in("ana", page), "ana submits", "ana closes")
    await play(running, f"ben in #general: /define {SECRET}", "wait 11 minutes")
    assert running.bot.store.reader.all("SELECT 1 AS found FROM word_uses WHERE look_up_key = :key", key=SECRET.lower())
    await redact(running, "ana", SECRET)
    assert SECRET not in everything(running)


async def test_what_a_check_found_goes_with_its_request(running: Trial) -> None:
    request = await put(running, state="delivered", turn="requester")
    finding = Finding(expected=f"{SECRET} is a column", found="no", is_kept=False)
    check = Check(
        id="c", team_id=TEAM, request_id=request.id, file_id="F", file_name=f"{SECRET}.csv", by="UDEV",
        at=request.changed_at, state="done", findings=(finding,),
    )  # fmt: skip
    await running.bot.store.write(lambda transaction: checks.add(transaction, check))
    assert SECRET in everything(running)
    assert SECRET in await play(running, "dev in #data: /data-request DR-1")
    await redact(running, "dev", "DR-1")
    assert SECRET not in everything(running)
    assert SECRET not in await play(running, "dev in #data: /data-request DR-1")


async def test_the_card_of_a_model_is_redacted_with_its_evaluations_and_the_decision_that_repeats_it(
    running: Trial,
) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts={**LATENCY, "when": f"{SECRET} arrives"}))
    await say(running, model, "cost", Offer(stance="not needed", reason=f"{SECRET} pays"))
    await agree(running, model)
    await plan(running, model, "latency", Plan(stages=("before release",), how=f"{SECRET} by hand"))
    await measure(running, model, {"latency": "420 ms"})
    lines = ('enters "amount, with its unit": 200 ms', "submits", "closes")
    await play(
        running,
        "ana in #general: /owner card berth model",
        'ana presses "Open the card"',
        'ana presses "Change latency"',
    )
    await play(running, *(f"ana {line}" for line in lines))
    assert SECRET in all_messages(running)
    told = await redact(running, "ana", "card berth model")
    assert "the card of berth model is redacted." in told
    assert SECRET not in everything(running)
    assert SECRET not in all_messages(running)
    told = await play(running, "ana in #general: /owner card berth model", 'ana presses "Open the card"')
    assert "when (redacted), under (redacted)" in told
    assert "not needed ((redacted))" in told
    assert "Latest evaluation" not in told
    # Somebody who had no part in it cannot, and an empty card has nothing to take out.
    assert "Only whoever wrote" in await redact_anew(running, "dev")


async def redact_anew(trial: Trial, who: str) -> str:
    """Try to redact another card."""
    other = await a_model(trial, "tide model")
    assert "I can't find that here" in await play(trial, f"{who} in #general: /common-ground redact card tide model")
    await say(trial, other, "latency", Offer(parts=LATENCY))
    shown = await play(trial, f"{who} in #general: /common-ground redact card tide model")
    assert "the card of tide model" in shown
    return await play(trial, f'{who} presses "Redact the card of tide model"')


async def test_feedback_is_redacted_with_the_request_that_repeats_it(running: Trial) -> None:
    item = await reported(running, await a_model(running), got=f"{SECRET} was shown")
    needs = ('presses "Needs data"', f'enters "What data is missing?": All of {SECRET}', "submits", "closes")
    await play(running, "ana in #general: /owner feedback FB-1", *(f"ana {line}" for line in needs))
    await put(running, feedback_id=item.id, purpose=f"All of {SECRET}")
    assert SECRET in all_messages(running)
    assert "Only whoever wrote" in await play(
        running, "dev in #general: /common-ground redact FB-1", 'dev presses "Redact FB-1"'
    )
    told = await redact(running, "ben", "FB-1")
    assert "FB-1 is redacted." in told
    assert SECRET not in everything(running)
    assert SECRET not in all_messages(running)
    told = await play(running, "ana in #general: /owner feedback FB-1")
    assert "*Got: *(redacted)" in told
    assert one(running).purpose == "(redacted)"
    # Nobody can go on with it, so it waits for nobody.
    assert "You can't see any open feedback here." in await play(running, "ana in #general: /owner feedback list")


async def test_the_name_of_a_model_goes_from_the_decisions_that_were_written_for_it(running: Trial) -> None:
    model = await a_model(running, f"{SECRET} model")
    await say(running, model, "cost", Offer(stance="not needed", reason="It is small"))
    await agree(running, model)
    assert SECRET in await play(running, "ana in #general: /decision D-1")
    assert SECRET in everything(running)
    told = await redact(running, "chloe", f"{SECRET} model")
    assert f"{SECRET} model is redacted." in told
    assert SECRET not in everything(running)


async def test_the_names_of_a_component_go_from_the_decisions_on_its_launch_and_on_how_it_came_about(
    running: Trial,
) -> None:
    model = await a_model(running, f"{SECRET} model", launch_on="2026-01-15")
    await say(running, model, "inputs", Offer(stance="not needed", reason="It is small"))
    await agree(running, model)
    await play(running, f"chloe in #general: /owner ready {SECRET} model", 'chloe presses "No-go"')
    await play(running, 'chloe enters "What has to happen first?": Halve it', "chloe submits", "chloe closes")
    await play(running, f"chloe in #general: /owner ready {SECRET} model", 'chloe presses "Go"')
    other = ('enters "Which comes first?": model first', "submits", "closes")
    await play(running, f"chloe in #general: /owner edit {SECRET} model", *(f"chloe {each}" for each in other))
    renamed = ('enters "Name": tide model', "submits", "closes")
    await play(running, f"chloe in #general: /owner edit {SECRET} model", *(f"chloe {each}" for each in renamed))
    titles = [each.title for each in decisions.all_decisions(running.bot.store.reader, TEAM)]
    assert [SECRET in each for each in titles] == [True] * 4
    await redact(running, "chloe", "tide model")
    assert SECRET not in everything(running)
    assert SECRET not in all_messages(running)


async def test_what_was_said_on_a_card_before_goes_too_with_every_decision_and_evaluation(running: Trial) -> None:
    model = await a_model(running)
    waived = ('chooses "Not needed" in "Your answer"', f'enters "Why isn\'t it needed?": {SECRET} pays')
    await play(
        running, "ana in #general: /owner card berth model", 'ana presses "Open the card"', 'ana presses "Set cost"'
    )
    await play(running, *(f"ana {line}" for line in (*waived, "submits", "closes")))
    await agree(running, model)
    await say(running, model, "cost", Offer(parts={**LATENCY, "amount": f"400 EUR for {SECRET}"}))
    await agree(running, model)
    await measure(running, model, {"cost": f"500 EUR for {SECRET}"})
    await say(running, model, "cost", Offer(stance="not needed", reason="It is small"))
    await agree(running, model)
    assert SECRET in all_messages(running)
    assert SECRET in everything(running)
    assert len(decisions.all_decisions(running.bot.store.reader, TEAM)) == 2
    told = await redact(running, "ana", "card berth model")
    assert "the card of berth model is redacted. " in told
    assert SECRET not in everything(running)
    assert SECRET not in all_messages(running)
    # What is written on it afterwards can be taken out as well.
    assert "was redacted by Ana Ruiz" in await play(running, "ana in #general: /common-ground redact card berth model")
    await say(running, model, "cost", Offer(stance="not needed", reason=f"{SECRET} again"))
    assert SECRET in everything(running)
    await redact(running, "ana", "card berth model")
    assert SECRET not in everything(running)


async def test_redacting_a_card_leaves_what_others_wrote_in_the_same_words_of_ours(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "adequacy", Offer(parts={**BAR, "metric": SECRET}))
    await reported(running, await a_model(running, "tide model"), expected="at least three berths for UCHLOE")
    await redact(running, "ana", "card berth model")
    assert "at least three berths" in all_messages(running)


async def test_a_waiver_that_has_ended_loses_the_name_of_its_model_too(running: Trial) -> None:
    model = await a_model(running, f"{SECRET} model")
    await say(running, model, "cost", Offer(stance="not needed", reason="It is small"))
    await agree(running, model)
    await say(running, model, "cost", Offer(parts=LATENCY))
    await agree(running, model)
    assert SECRET in everything(running)
    await redact(running, "chloe", f"{SECRET} model")
    assert SECRET not in everything(running)


async def test_redacting_feedback_reaches_a_request_that_began_with_an_earlier_word(running: Trial) -> None:
    await reported(running, await a_model(running))
    needs = ('presses "Needs data"', f'enters "What data is missing?": All of {SECRET}', "submits")
    await play(running, "ana in #general: /owner feedback FB-1", *(f"ana {line}" for line in needs))
    await play(running, 'ana presses "Ask for data"', 'ana enters "Needed by": 2026-02-02', "ana submits", "ana closes")
    fixed = ('presses "Will fix"', 'enters "What will you do?": wait', "submits", "closes")
    await play(running, "ana closes", "ana in #general: /owner feedback FB-1", *(f"ana {line}" for line in fixed))
    assert SECRET in everything(running)
    assert "FB-1 is redacted." in await redact(running, "ana", "FB-1")
    assert SECRET not in everything(running)


async def test_a_text_is_found_in_any_case_and_gone_in_every_case(running: Trial) -> None:
    channel = running.slack.workspace.channels["CDATA"]
    await put(running)
    (root,) = channel.messages
    running.slack.people.say(running.slack.workspace.users["UANA"], channel, "Ärger am Kai", root)
    await play(running, 'dev uses "Keep as a note on data" on "am Kai"')
    assert len(notes.of_data(running.bot.store.reader, TEAM, "arrivals berth", ["workspace"])) == 1
    assert "the note of 2026-01-05 is redacted." in await redact(running, "ana", "note ÄRGER")
    assert notes.of_data(running.bot.store.reader, TEAM, "arrivals berth", ["workspace"]) == []
    await play(running, "ben in #general: @Common Ground decided: ärger am kai", "wait 1 minute")
    await play(running, "ben in #general: @Common Ground decided: No more ÄRGER AM KAI, please")
    said = all_messages(running)
    assert (counted(said), said.count("\\u00c4RGER AM KAI")) == (3, 3)
    await redact(running, "ben", "D-1")
    # What Ben wrote himself is his to delete.
    said = all_messages(running)
    assert (counted(said), said.count("\\u00c4RGER AM KAI")) == (1, 1)


def counted(said: str) -> int:
    """Count a title as it was written, and as it begins where it is told."""
    return said.count("\\u00e4rger am kai") + said.count("\\u00c4rger am kai")


async def test_whether_somebody_may_redact_is_asked_again_when_the_form_comes_back(running: Trial) -> None:
    await play(running, f"ben in #general: @Common Ground decided: {SECRET} it is")
    await play(running, "ben in #general: /common-ground redact D-1", 'ben presses "Redact D-1"')
    await write(running.bot.store, give_to, "UDEV")
    told = await play(running, "ben submits", "ben closes")
    assert "Only whoever wrote D-1 or an admin can redact it." in told
    assert decisions.all_decisions(running.bot.store.reader, TEAM)[0].title == f"{SECRET} it is"
    await write(running.bot.store, give_to, "UBEN")
    assert "D-1 is redacted." in await redact(running, "ben", "D-1")


def give_to(transaction: Transaction, user_id: str) -> None:
    """Let a decision be somebody else's."""
    transaction.run("UPDATE decisions SET decider = :user_id, created_by = :user_id", user_id=user_id)
