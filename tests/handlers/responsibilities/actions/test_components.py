"""Components saved by form: whose they are where other organisations read along, and which days are ahead."""

import pytest

from bot.trial.run import Trial
from storage.decisions import decisions
from storage.responsibilities import responsibilities
from tests.handlers.nudges.looking import pass_days
from tests.handlers.responsibilities.test_commands import TEAM, component
from tests.playing import let_fields_be_empty, play

ENTERED = ('ana enters "What is it?": model', 'ana enters "Who leads it?": ana')


@pytest.mark.parametrize(
    "begun",
    [
        ("ana in #general: /owner add tide model",),
        ("ana in #general: /owner tide model", 'ana presses "Add a component"', 'ana enters "Name": tide model'),
        ("ana in #general: @Common Ground owner add", 'ana presses "Add a component"', 'ana enters "Name": tide model'),
    ],
    ids=["by command", "by a button", "after a mention"],
)
async def test_a_component_made_where_another_organisation_reads_belongs_there(
    running: Trial, begun: tuple[str, ...]
) -> None:
    running.slack.workspace.channels["CGENERAL"].is_shared = True
    running.slack.workspace.channels["CGENERAL"].members.discard("UELI")
    told = await play(running, *begun, *ENTERED, "ana submits", "ana closes")
    assert "Saved tide model. Only this channel can see it." in told
    assert component(running, "tide model").visibility == "CGENERAL"
    assert "has no owner." in await play(running, "ana in #general: /owner tide model monitoring")
    assert "tide model" not in await play(running, "eli in #data: /owner map")
    assert "tide model" in await play(running, "ana in #churn-model: /owner map")


async def test_whoever_is_not_in_a_shared_channel_cannot_lead_what_belongs_to_it(running: Trial) -> None:
    running.slack.workspace.channels["CCHURNMODEL"].is_shared = True
    assert "UELI" not in running.slack.workspace.channels["CCHURNMODEL"].members
    lines = ("ana in #churn-model: /owner add tide model", ENTERED[0], 'ana enters "Who leads it?": eli')
    assert "They aren't in the channel that this belongs to." in await play(running, *lines, "ana submits")


async def test_a_component_that_is_added_beside_the_bot_alone_is_everybodys(running: Trial) -> None:
    told = await play(running, "ana to the bot: owner add", 'ana presses "Add a component"')
    told = await play(running, 'ana enters "Name": tide model', *ENTERED, "ana submits")
    assert "Saved tide model. Everybody can see it." in told


async def test_today_is_a_launch_day_where_it_is_still_today(running: Trial) -> None:
    running.slack.workspace.user_named("ana").tz = "America/Los_Angeles"
    await play(running, "wait 20 hours")
    lines = ("ana in #general: /owner add tide model", *ENTERED, 'ana enters "When does it launch?": 2026-01-05')
    assert "Saved tide model." in await play(running, *lines, "ana submits", "ana closes")
    assert component(running, "tide model").launch_on == "2026-01-05"
    late = (
        "ben in #general: /owner add late model",
        'ben enters "What is it?": model',
        'ben enters "Who leads it?": ben',
    )
    told = await play(running, *late, 'ben enters "When does it launch?": 2026-01-05', "ben submits")
    assert "That day is in the past. Choose a day ahead, or leave this empty." in told


async def test_a_form_without_a_field_that_it_should_have_says_so_at_that_field(running: Trial) -> None:
    await play(running, "ana in #general: /owner add tide model", ENTERED[0])
    let_fields_be_empty(running, "UANA")
    assert "Please fill this in." in await play(running, "ana submits")
    assert responsibilities.all_components(running.bot.store.reader, TEAM) == []
    assert "Saved tide model." in await play(running, ENTERED[1], "ana submits")


FIRST = 'ana enters "Which comes first?": Model first: a product grows around it'


async def test_what_comes_first_decides_what_is_settled_early_and_asked_for_soon(running: Trial) -> None:
    told = await play(running, "ana in #general: /owner add tide model", *ENTERED, FIRST, "ana submits", "ana closes")
    assert "Model first: who uses it, and how, comes up late." in told
    told = await pass_days(running, 3)
    assert "*tide model*  3 duties need your answer" in told
    told = await play(running, "ana in #general: /owner map tide model")
    assert told.index("Usability of predictions") < told.index("Labelling and label quality")
    told = await play(running, "ana in #general: /summary preview")
    assert "tide model (model first): " in told


async def test_choosing_another_way_is_logged_as_a_decision(running: Trial) -> None:
    await play(running, "ana in #general: /owner add tide model", *ENTERED, "ana submits", "ana closes")
    lines = ("ana in #general: /owner edit tide model", FIRST)
    await play(running, *lines, "ana submits", "ana closes")
    (decision,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert decision.title == "tide model: model first instead of model and product at once"
    assert decision.decider == "UANA"
    await play(running, *lines, "ana submits", "ana closes")
    assert len(decisions.all_decisions(running.bot.store.reader, TEAM)) == 1
