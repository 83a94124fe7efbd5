"""A launch as people meet it: the page, what is decided, the risk that comes back, and what happened afterwards."""

import asyncio
from datetime import timedelta

from bot.local_slack.workspace.state import User
from bot.trial.run import Trial
from storage.decisions import decisions
from storage.engine.statements import alter
from storage.launches import launches
from storage.records.offers import Offer
from storage.responsibilities.responsibilities import Component
from storage.workspaces.workspaces import note_place
from tests.handlers.data_requests.playing import outbox, put
from tests.handlers.nudges.looking import pass_days
from tests.handlers.requirements.playing import LATENCY, a_model, measure, say
from tests.playing import play

TEAM = "T0LOCAL"
READY = "/owner ready berth model"


def ahead(trial: Trial, days: int) -> str:
    return (trial.bot.clock.now() + timedelta(days=days)).date().isoformat()


async def press(trial: Trial, user: User, label: str) -> None:
    await trial.script.act(f'{user.name} presses "{label}"')


async def near(trial: Trial, days: int = 10, lead: str = "UCHLOE") -> Component:
    """Put a model into the register whose latency was missed, and which launches in so many days."""
    model = await a_model(trial, launch_on=ahead(trial, days), lead=lead)
    await say(trial, model, "latency", Offer(parts=LATENCY), by="UANA")
    await measure(trial, model, {"latency": "420 ms"}, ahead(trial, -1))
    return model


def logged(trial: Trial) -> list[tuple[str, str, str]]:
    every = decisions.all_decisions(trial.bot.store.reader, TEAM)
    return sorted((each.number, each.title, each.state) for each in every)


async def test_the_page_says_how_it_stands_the_worst_first(running: Trial) -> None:
    await near(running)
    told = await play(running, f"ben in #general: {READY}")
    assert "*berth model: not ready to launch *Jan 15, 2026" in told
    assert "*✗ Missed*  latency" in told
    assert told.index("✗ Missed") < told.index("✗ Nobody owns") < told.index("? Not set")
    assert "[Go] [Go with risk] [No-go]" in told
    assert "*berth model: not ready" in await play(running, "ben in #general: @Common Ground is the berth model ready?")


async def test_without_a_name_the_launch_that_is_near_is_shown_and_else_it_is_asked_which(running: Trial) -> None:
    await near(running)
    await a_model(running, "tide model")
    assert "*berth model: not ready" in await play(running, "ben in #general: /owner ready")
    told = await play(running, "ben in #general: /owner ready submarine")
    assert "I know no component called “submarine”." in told
    assert "[tide model]" in told
    told = await play(running, "ben in #general: /owner ready tide model")
    assert "tide model: not ready, and it has no launch day" in told
    assert "[Go]" not in told


async def test_only_the_lead_or_an_admin_decides(running: Trial) -> None:
    await near(running)
    await play(running, f"ben in #general: {READY}")
    assert "Only Chloe Martin or an admin can decide that." in await play(running, 'ben presses "Go"')
    assert "Only Chloe Martin or an admin can decide that." in await play(running, 'ben presses "Go with risk"')
    assert logged(running) == []


async def test_a_risk_has_an_owner_and_comes_back_on_its_day(running: Trial) -> None:
    await near(running)
    await play(running, f"chloe in #general: {READY}", 'chloe presses "Go with risk"')
    why = 'chloe enters "What is the risk, and why take it?": Slow at high tide, few ships then'
    assert "That day is in the past." in await play(
        running, why, 'chloe enters "By when is it over?": 2025-12-01', "chloe submits"
    )
    lines = ('enters "By when is it over?": 2026-02-02', 'enters "Who owns it?": ben', "submits", "closes")
    told = await play(running, why, *(f"chloe {each}" for each in lines))
    assert "Go, with a risk for berth model: kept as D-1." in told
    told_to_ben = [each for each in outbox(running) if each.lane == "UBEN"]
    assert [each.act for each in told_to_ben] == ["post"]
    assert "Slow at high tide" in str(told_to_ben[0].body)
    assert logged(running) == [("D-1", "Launch berth model at a risk", "accepted")]
    (decision,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert (decision.review_on, decision.why) == ("2026-02-02", "Slow at high tide, few ships then")
    assert "missed: latency" in decision.context
    told = await play(running, f"ben in #general: {READY}")
    assert "Go, with a risk, owned by Ben Okafor until Feb 2, 2026: decided by Chloe Martin" in told
    assert "(D-1)" in told


async def test_what_is_decided_anew_takes_the_place_of_what_was(running: Trial) -> None:
    await near(running)
    await play(running, f"chloe in #general: {READY}", 'chloe presses "No-go"')
    await play(running, 'chloe enters "What has to happen first?": Halve the latency', "chloe submits", "chloe closes")
    assert "Go for berth model: kept as D-2." in await play(
        running, f"chloe in #general: {READY}", 'chloe presses "Go"'
    )
    assert logged(running) == [
        ("D-1", "Don't launch berth model yet", "superseded"),
        ("D-2", "Launch berth model", "accepted"),
    ]


async def test_the_lead_is_asked_two_weeks_before_and_after_two_and_eight_weeks(running: Trial) -> None:
    await near(running, days=20)
    assert "go or no-go?" not in await pass_days(running, 4)
    told = await pass_days(running, 4)
    assert "*berth model*  launches Jan 25, 2026: go or no-go?" in told
    await play(running, f"chloe in #general: {READY}", 'chloe presses "Go"')
    assert "go or no-go?" not in await pass_days(running, 20)
    told = await pass_days(running, 9)
    assert "*berth model*  launched 2 weeks ago: what happened?" in told
    lines = ('presses "Say what happened"', 'enters "What happened in 2 weeks?": Fine by day', "submits", "closes")
    told = await play(running, *(f"chloe {each}" for each in lines))
    assert "Kept with the decision to launch berth model." in told
    (decision,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert decision.outcome == "After 2 weeks: Fine by day"
    assert "launched 2 weeks ago" not in await pass_days(running, 14)
    assert "*berth model*  launched 8 weeks ago: what happened?" in await pass_days(running, 30)


async def test_what_was_decided_and_told_is_asked_for_no_longer(running: Trial) -> None:
    await near(running, days=10)
    told = await pass_days(running, 1)
    assert "launches Jan 15, 2026: go or no-go? · due Jan 15, 2026\n    [Open]" in told
    assert "*berth model: not ready to launch" in await play(running, 'chloe presses "Open"')
    told = await play(running, 'chloe presses "Go"')
    assert "go or no-go? · due Jan 15, 2026\n    You decided this.\n    [Snooze a week]" in told
    assert "[Say what happened]" in await pass_days(running, 30)
    lines = ('presses "Say what happened"', 'enters "What happened in 2 weeks?": Fine by day', "submits", "closes")
    told = await play(running, *(f"chloe {each}" for each in lines))
    assert "You said what happened.\n    [Snooze a week]" in told
    assert "[Say what happened]" not in told


async def test_a_launch_that_nobody_decided_gets_a_decision_when_somebody_says_what_happened(running: Trial) -> None:
    model = await near(running, days=-20)
    await pass_days(running, 2)
    lines = ('presses "Say what happened"', 'enters "What happened in 2 weeks?": It holds', "submits", "closes")
    await play(running, *(f"chloe {each}" for each in lines))
    (decision,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert (decision.title, decision.outcome) == ("Launch berth model", "After 2 weeks: It holds")
    kept = launches.launch(running.bot.store.reader, TEAM, model.id, model.launch_on)
    assert kept.reviewed == ("2",)


async def test_a_no_go_is_not_looked_back_on(running: Trial) -> None:
    await near(running)
    await play(running, f"chloe in #general: {READY}", 'chloe presses "No-go"')
    await play(running, 'chloe enters "What has to happen first?": Halve the latency', "chloe submits", "chloe closes")
    assert "what happened?" not in await pass_days(running, 35)


async def test_a_private_component_has_no_page_for_who_may_not_see_it(running: Trial) -> None:
    secret = running.slack.workspace.channel_named("secret-launch").id
    await a_model(running, "falcon model", visibility=secret, launch_on=ahead(running, 5))
    told = await play(running, "dev in #general: /owner ready falcon model", "dev in #general: /owner ready")
    assert "falcon model:" not in told
    assert "[falcon model]" not in told


async def test_a_decision_tells_nothing_of_a_private_request_that_its_decider_sees(running: Trial) -> None:
    model = await near(running)
    secret = running.slack.workspace.channel_named("secret-launch").id
    await running.bot.store.write(lambda transaction: note_place(transaction, TEAM, secret))
    await put(running, state="negotiating", component_id=model.id, visibility=secret, entity="falcon flights")
    assert "falcon flights" in await play(running, f"chloe in #general: {READY}")
    await play(running, 'chloe presses "Go"')
    (decision,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert "falcon" not in decision.model_dump_json()
    assert "missed: latency" in decision.context


async def test_of_two_who_decide_at_once_the_first_does_and_the_other_reads_who_did(running: Trial) -> None:
    await near(running, lead="UBEN")
    await play(running, f"chloe in #general: {READY}", f"ben in #general: {READY}")
    people = [running.slack.workspace.user_named(each) for each in ("chloe", "ben")]
    await asyncio.gather(*(press(running, each, "Go") for each in people))
    await running.quiet()
    news = "\n".join(running.screen.news())
    (decision,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    first = running.slack.workspace.users[decision.decider].real_name
    assert news.count("Go for berth model: kept as D-1.") == 1
    assert f"Go for berth model was decided meanwhile by @{first}, today (D-1)." in news


async def test_a_form_that_was_open_while_somebody_decided_changes_nothing(running: Trial) -> None:
    await near(running, lead="UBEN")
    await play(running, f"chloe in #general: {READY}", f"ben in #general: {READY}", 'ben presses "No-go"')
    await play(running, 'chloe presses "Go"', 'ben enters "What has to happen first?": Halve the latency')
    told = await play(running, "ben submits", "ben closes")
    assert "Go for berth model was decided meanwhile by @Chloe Martin, today (D-1)." in told
    assert logged(running) == [("D-1", "Launch berth model", "accepted")]
    # The page as it is now lets him decide otherwise.
    await play(running, f"ben in #general: {READY}", 'ben presses "No-go"')
    await play(running, 'ben enters "What has to happen first?": Halve the latency', "ben submits", "ben closes")
    assert [state for *_, state in logged(running)] == ["superseded", "accepted"]


async def test_who_leads_no_more_when_it_is_written_does_not_decide(running: Trial) -> None:
    model = await near(running, lead="UBEN")
    await play(running, f"ben in #general: {READY}", 'ben presses "No-go"')
    await play(running, 'ben enters "What has to happen first?": Halve the latency')
    await running.bot.store.write(lambda transaction: alter(transaction, "components", {"id": model.id}, lead="UANA"))
    assert "Only Ana Ruiz or an admin can decide that." in await play(running, "ben submits", "ben closes")
    assert logged(running) == []


async def test_a_launch_that_got_another_day_is_looked_at_again(running: Trial) -> None:
    model = await near(running)
    await play(running, f"chloe in #general: {READY}")
    day = ahead(running, 40)
    await running.bot.store.write(lambda transaction: alter(transaction, "components", {"id": model.id}, launch_on=day))
    told = await play(running, 'chloe presses "Go"')
    assert "berth model launches Feb 14, 2026 now. Look again before you decide." in told
    assert logged(running) == []


async def test_a_risk_of_a_private_component_is_owned_by_somebody_of_its_channel(running: Trial) -> None:
    secret = running.slack.workspace.channel_named("secret-launch").id
    await a_model(running, "falcon model", visibility=secret, launch_on=ahead(running, 5))
    risk = ('enters "What is the risk, and why take it?": Slow', 'enters "By when is it over?": 2026-02-02')
    page = ("in #secret-launch: /owner ready falcon model", 'presses "Go with risk"')
    lines = (*page, *risk, 'enters "Who owns it?": dev', "submits")
    told = await play(running, *(f"chloe {each}" for each in lines))
    assert "I can't see them in the channel that this belongs to." in told
    assert logged(running) == []
    told = await play(running, 'chloe enters "Who owns it?": ana', "chloe submits", "chloe closes")
    assert "Go, with a risk for falcon model: kept as" in told
    assert [each.lane for each in outbox(running)] == ["UANA"]


async def test_nobody_says_what_happened_at_a_launch_that_got_a_day_ahead_or_was_called_off(running: Trial) -> None:
    model = await near(running, days=-20)
    await pass_days(running, 2)
    happened = ('chloe enters "What happened in 2 weeks?": It holds', "chloe submits", "chloe closes")
    await play(running, 'chloe presses "Say what happened"')
    day, pressed = ahead(running, 40), 'chloe presses "Say what happened"'
    await running.bot.store.write(lambda transaction: alter(transaction, "components", {"id": model.id}, launch_on=day))
    told = await play(running, *happened)
    assert "Its launch day is Mon 16 Feb now, so it's too early to say what happened." in told
    told = await play(running, pressed)
    assert "Its launch day is Feb 16, 2026 now, so it's too early to say what happened." in told
    assert "What happened in 2 weeks?" not in told
    await running.bot.store.write(lambda transaction: alter(transaction, "components", {"id": model.id}, launch_on=""))
    assert "It has no launch day any more" in await play(running, pressed)
    day = ahead(running, -15)
    await running.bot.store.write(lambda transaction: alter(transaction, "components", {"id": model.id}, launch_on=day))
    await play(running, f"chloe in #general: {READY}", 'chloe presses "No-go"')
    await play(running, 'chloe enters "What has to happen first?": Halve the latency', "chloe submits", "chloe closes")
    assert "It was decided that it doesn't launch" in await play(running, pressed)
    assert logged(running) == [("D-1", "Don't launch berth model yet", "accepted")]


async def test_who_leads_it_and_is_a_guest_by_now_decides_nothing(running: Trial) -> None:
    secret, gus = running.slack.workspace.channel_named("secret-launch"), running.slack.workspace.user_named("gus")
    running.slack.people.join(secret, gus)
    gus.is_guest = False
    await a_model(running, "falcon model", visibility=secret.id, launch_on=ahead(running, 5), lead="UGUS")
    page = "gus in #secret-launch: /owner ready falcon model"
    await play(running, page, 'gus presses "No-go"', 'gus enters "What has to happen first?": Halve it')
    gus.is_guest, told = True, "Only members of this workspace can do that, not guests."
    assert told in await play(running, "wait 11 minutes", "gus submits", "gus closes")
    for label in ("Go", "Go with risk", "No-go"):
        assert told in await play(running, page, f'gus presses "{label}"')
    assert logged(running) == []
