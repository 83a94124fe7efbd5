"""The report on how long things wait: over the weeks, by component, never by person."""

import csv
import io

from bot.trial.run import Trial
from handlers.nudges import messages
from storage.data_requests import checks, data_requests
from storage.data_requests.checks import Check, Finding
from storage.engine.interface import to_text
from storage.glossary import questions
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry
from storage.requirements.requirements import Plan
from storage.workspaces.nudges import Figures
from tests.handlers.data_requests.playing import one, put
from tests.handlers.nudges.looking import pass_days
from tests.handlers.requirements.playing import LATENCY, a_model, measure, plan, say
from tests.playing import play

TEAM = "T0LOCAL"
REPORT = "/nudges report"
DUTIES_OF_DATA = ("ownership", "data documentation", "data quality", "labelling", "privacy", "data budget")


async def add(trial: Trial, name: str = "churn data", where: str = "#general", lead: str = "ana") -> None:
    lines = ['ana enters "What is it?": dataset', f'ana enters "Who leads it?": {lead}', "ana submits", "ana closes"]
    await play(trial, f"ana in {where}: /owner add {name}", *lines)


async def rows(trial: Trial, who: str = "chloe") -> list[dict[str, str]]:
    """Return what the file says that somebody gets by the button of the report."""
    await play(trial, f"{who} in #general: {REPORT}", f'{who} presses "As CSV"')
    named = [each for each in trial.slack.workspace.files.values() if each.name == "waits.csv"]
    return list(csv.DictReader(io.StringIO(named[-1].content.decode())))


async def this_week(trial: Trial, what: str, component: str) -> tuple[str, str] | None:
    """Return how many waited, and for how many days."""
    wanted = what, component, trial.bot.clock.now().date().isoformat()
    found = [each for each in await rows(trial) if (each["what"], each["component"], each["week until"]) == wanted]
    return next(((each["waited"], each["median days"]) for each in found), None)


async def becomes(trial: Trial, state: str, by: str = "") -> None:
    request, at = one(trial), to_text(trial.bot.clock.now())
    event = HistoryEntry(at=at, by=by, what="was put so")
    await trial.bot.store.write(lambda transaction: data_requests.change(transaction, request, {"state": state}, event))


async def test_a_duty_is_unclear_until_somebody_takes_it(running: Trial) -> None:
    await add(running)
    await pass_days(running, 4)
    assert await this_week(running, "Unclear duties", "churn data") == ("6", "4.0")
    for duty in DUTIES_OF_DATA:
        await play(running, f"ben in #general: /owner churn data {duty}", 'ben presses "I\'ll take it"')
    await pass_days(running, 2)
    assert await this_week(running, "Unclear duties", "churn data") == ("6", "4.0")
    await pass_days(running, 7)
    assert await this_week(running, "Unclear duties", "churn data") is None


async def test_a_duty_is_unclear_from_the_day_its_owner_left_until_somebody_takes_it(running: Trial) -> None:
    await add(running)
    for duty in DUTIES_OF_DATA:
        await play(running, f"ben in #general: /owner churn data {duty}", 'ben presses "I\'ll take it"')
    await pass_days(running, 9)
    assert await this_week(running, "Unclear duties", "churn data") is None
    running.slack.people.change(running.slack.workspace.user_named("ben"), deleted=True)
    await running.quiet()
    await pass_days(running, 3)
    assert await this_week(running, "Unclear duties", "churn data") == ("6", "3.0")
    for duty in DUTIES_OF_DATA:
        await play(running, f"ana in #general: /owner churn data {duty}", 'ana presses "I\'ll take it"')
    await pass_days(running, 2)
    assert await this_week(running, "Unclear duties", "churn data") == ("6", "3.0")


async def test_the_report_draws_the_weeks_and_names_components_but_nobody(running: Trial) -> None:
    await add(running)
    await pass_days(running, 15)
    told = await play(running, f"chloe in #general: {REPORT}")
    assert "[a chart: Days waited]" in told
    assert "*churn data*  unclear duties 6 (15 days)" in told
    assert "Ana" not in told.partition("[a chart")[2]


async def test_a_lead_is_told_of_the_components_that_they_lead(running: Trial) -> None:
    await add(running)
    await add(running, "berth data", lead="dev")
    await pass_days(running, 2)
    told = await play(running, f"ana in #general: {REPORT}")
    assert "*churn data*  unclear duties 6 (2 days)" in told
    assert "berth data" not in told
    assert "Reminders so far" not in told
    assert {each["component"] for each in await rows(running, "ana")} == {"churn data"}
    assert "Only stewards, workspace admins and leads" in await play(running, f"eli in #general: {REPORT}")


async def test_whoever_may_see_the_report_reads_where_it_is_shown_if_they_ask_where_others_read(running: Trial) -> None:
    for said in ("chloe in #general: @Common Ground nudges report", "chloe to the bot: nudges report"):
        told = await play(running, said)
        assert "The report is for you alone. Type `/nudges report` for it." in told, said
        assert "Only stewards" not in told
    assert "Only stewards" in await play(running, "eli in #general: @Common Ground nudges report")


async def test_what_is_private_is_in_nobodys_report_who_may_not_see_it(running: Trial) -> None:
    await add(running, "falcon data", where="#secret-launch")
    await add(running)
    await pass_days(running, 2)
    assert {each["component"] for each in await rows(running)} == {"churn data", "falcon data"}
    slack = running.slack
    slack.people.leave(slack.workspace.channel_named("secret-launch"), slack.workspace.user_named("chloe"))
    assert {each["component"] for each in await rows(running)} == {"churn data"}
    assert "falcon" not in (await play(running, f"chloe in #general: {REPORT}")).partition("a chart")[2]


async def test_a_request_takes_from_its_sending_until_it_is_agreed_and_accepted(running: Trial) -> None:
    await put(running, state="open", turn="owner")
    for days, state in ((3, "agreed"), (5, "delivered"), (1, "accepted")):
        await pass_days(running, days)
        await becomes(running, state)
    assert await this_week(running, "Data until agreed", messages.NO_COMPONENT) == ("1", "3.0")
    assert await this_week(running, "Data until accepted", messages.NO_COMPONENT) == ("1", "9.0")


async def test_a_breach_waits_for_the_next_step_of_its_request(running: Trial) -> None:
    request = await put(running, state="delivered", turn="requester")
    await pass_days(running, 1)
    at = to_text(running.bot.clock.now())
    found = (Finding(expected="no gaps", found="12 gaps", is_kept=False),)
    check = Check(
        id="c1", team_id=TEAM, request_id=request.id, file_id="F1", file_name="sample.csv", by="UANA", at=at,
        state="done", findings=found,
    )  # fmt: skip
    await running.bot.store.write(lambda transaction: checks.add(transaction, check))
    await pass_days(running, 2)
    assert await this_week(running, "Unanswered breaches", messages.NO_COMPONENT) == ("1", "2.0")
    await becomes(running, "agreed", "UANA")
    await pass_days(running, 3)
    assert await this_week(running, "Unanswered breaches", messages.NO_COMPONENT) == ("1", "2.0")


async def test_a_requirement_waits_for_its_first_measure(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY), by="UANA")
    await pass_days(running, 3)
    assert await this_week(running, "Never measured", "berth model") == ("1", "3.0")
    await measure(running, model, {"latency": "210 ms"}, "2026-01-08")
    await pass_days(running, 8)
    assert await this_week(running, "Never measured", "berth model") is None


async def test_a_requirement_waits_until_it_is_planned_who_measures_it(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY), by="UANA")
    await pass_days(running, 3)
    assert await this_week(running, "No plan to measure", "berth model") == ("1", "3.0")
    await plan(running, model, "latency", Plan(stages=("before release",)))
    await pass_days(running, 2)
    await plan(running, model, "latency", Plan(stages=("in shadow",)))
    assert await this_week(running, "No plan to measure", "berth model") == ("1", "3.0")
    await pass_days(running, 8)
    assert await this_week(running, "No plan to measure", "berth model") is None


async def test_a_question_waits_until_its_word_is_defined(running: Trial) -> None:
    await play(running, "eli in #general: /define laytime", 'eli presses "Ask the team"')
    await pass_days(running, 2)
    assert await this_week(running, "Undefined words", messages.NO_COMPONENT) == ("1", "2.0")
    (question,) = questions.unanswered(running.bot.store.reader, TEAM, ["workspace"])
    now = running.bot.clock.now()
    await running.bot.store.write(lambda transaction: questions.end(transaction, question, "answered", now, "UANA"))
    await pass_days(running, 3)
    assert await this_week(running, "Undefined words", messages.NO_COMPONENT) == ("1", "2.0")


def test_an_hour_is_singular() -> None:
    fared = [Figures(kind=kind, sent=2, settled=2, hours=hours) for kind, hours in (("a", 1.0), ("b", 3.0))]
    told = str(messages.report(fared, {}, {}, []).blocks)
    assert "half of them within 1 hour" in told
    assert "half of them within 3 hours" in told
    assert "1 hours" not in told
