"""Whom a change concerns, and that they hear of it once; what is hidden is told of to its own people alone."""

from bot.trial.run import Trial
from handlers.agreements.change_notices import owners_of
from handlers.agreements.change_records import latest_of
from storage.engine.interface import WORKSPACE
from storage.records.offers import Offer
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import DUTIES, Component, DutyEntry
from tests.handlers.access.secrets import SECRET
from tests.handlers.change_notices.making import FIELDS, OTHER, a_planner, changed, joined, notices, served
from tests.handlers.requirements.playing import LATENCY, TEAM, agree, measure, say
from tests.playing import play
from tests.sent import sent, told

CHANGED = "The interface of berth model changed"


async def own(trial: Trial, component: Component, duty: str, who: str) -> None:
    """Have somebody own a duty of a component."""
    reader = trial.bot.store.reader
    (found,) = [each for each in responsibilities.duties_of(reader, TEAM, [component.id]) if each.duty == duty]
    entry = DutyEntry(at="2026-01-05T09:00:00.000000+00:00", by=who, what="accept")
    await trial.bot.store.write(
        lambda transaction: DUTIES.change(transaction, found, {"state": "accepted", "owner": who}, entry)
    )


async def test_the_owner_of_integration_answers_for_a_component_and_else_its_lead(running: Trial) -> None:
    planner = await a_planner(running)
    assert owners_of(running.bot.store.reader, planner) == ["UELI"]
    await own(running, planner, "integration", "UDEV")
    assert owners_of(running.bot.store.reader, planner) == ["UDEV"]


async def test_the_first_agreement_concerns_nobody_and_the_next_whoever_builds_on_it(running: Trial) -> None:
    await served(running)
    assert notices(running) == []
    await changed(running)
    assert [to for to, text in sent(running) if CHANGED in text] == ["UELI"]
    (notice,) = notices(running)
    assert (notice.kind, notice.aspects, list(notice.asked), notice.visibility) == (
        "interface",
        ("inputs",),
        ["UELI"],
        WORKSPACE,
    )


async def test_what_both_sides_say_again_in_the_same_words_is_no_change(running: Trial) -> None:
    model = await served(running)
    await say(running, model, "inputs", FIELDS, by="UBEN")
    assert notices(running) == []


async def test_what_one_sitting_changes_is_said_in_one_message(running: Trial) -> None:
    model = await served(running)
    await say(
        running, model, "versioning", Offer(parts={"version": "1.0.0", "promise": "every change is announced first"})
    )
    await agree(running, model)
    await changed(running)
    new = {"version": "2.0.0", "promise": "every change is announced first"}
    await say(running, model, "versioning", Offer(parts=new))
    seen = await play(
        running, "ben in #general: /owner card berth model interface", 'ben presses "Agree to version and promise"'
    )
    assert "    The interface of berth model changed to 2.0.0: version and promise. By @Ben Okafor." in seen
    assert len([text for to, text in sent(running) if to == "UELI" and CHANGED in text]) == 2
    messages = running.slack.workspace.direct_channel("UELI").messages.values()
    assert len([each for each in messages if "interface of berth model" in str(each.blocks)]) == 1
    (notice,) = notices(running)
    assert (notice.to_version, notice.aspects) == ("2.0.0", ("inputs", "versioning"))


async def test_a_later_change_is_another_message(running: Trial) -> None:
    model = await served(running)
    await changed(running)
    await play(running, "wait 2 hours")
    await say(running, model, "inputs", Offer(parts={"columns": "width | number"}))
    await play(running, "ben in #general: /owner card berth model interface", 'ben presses "Agree to inputs"')
    assert len(notices(running)) == 2
    assert len(told(running, "UELI", CHANGED)) == 2
    (latest,) = latest_of(running.bot.store.reader, model, (WORKSPACE,))
    assert latest == max(notices(running), key=lambda each: each.created_at)


async def test_what_is_hidden_has_a_notice_that_only_its_own_people_see(running: Trial) -> None:
    model = await served(running)
    hidden = await a_planner(running, name="falcon planner", lead="UCHLOE", visibility=SECRET)
    await joined(running, model, hidden)
    await say(running, model, "inputs", OTHER, by="UBEN")
    await play(running, "ana in #general: /owner card berth model interface", 'ana presses "Agree to inputs"')
    by_place = {each.visibility: list(each.asked) for each in notices(running)}
    assert by_place == {WORKSPACE: ["UELI"], SECRET: ["UCHLOE"]}
    ((who, text),) = [each for each in sent(running) if "falcon" in each[1]]
    assert (who, "You answer for falcon planner, which builds on it." in text) == ("UCHLOE", True)
    card = await play(running, "ana in #general: /owner card berth model interface", 'ana presses "Open the card"')
    assert "Interface changed, today: no answer yet from Eli Berg" in card
    assert "Chloe" not in card
    assert "You said that this is fine." in await play(running, 'chloe presses "Fine"')


async def test_a_bar_that_is_missed_from_now_on_concerns_whoever_builds_on_it(running: Trial) -> None:
    model = await served(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await agree(running, model)
    missed = "berth model: latency missed: 420 ms, limit 300 ms."
    lines = (
        "chloe in #general: /owner card berth model",
        'chloe presses "Enter an evaluation"',
        'chloe enters "Link to the evaluation": https://x.example/{}',
        'chloe enters "Measured on": 2026-01-05',
        'chloe enters "Latency": 420 ms',
        "chloe submits",
        "chloe closes",
    )
    await play(running, *(line.format(1) for line in lines))
    assert [to for to, text in sent(running) if missed in text and "Is what you own affected?" in text] == ["UELI"]
    await play(running, *(line.format(2) for line in lines))
    assert len(told(running, "UELI", missed)) == 1
    await measure(running, model, {"latency": "200 ms"}, "2026-01-06")
    told_card = await play(running, "ana in #general: /owner card berth model", 'ana presses "Open the card"')
    assert "Missed, today: no answer yet from Eli Berg" in told_card
