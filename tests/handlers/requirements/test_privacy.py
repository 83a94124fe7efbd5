"""The card of a private channel's model stays there, whatever button, form or person it is tried with."""

import pytest

from bot.trial.run import Trial
from handlers.hooks.reminders import Known
from handlers.requirements.hooks.reminders import open_reminders
from storage.decisions import decisions
from storage.records.offers import Offer
from storage.responsibilities.responsibilities import Component
from tests.handlers.data_requests.playing import put
from tests.handlers.requirements.playing import FILLED, LATENCY, TEAM, a_model, agree, card_of, say
from tests.playing import play

GONE = "I can't find that component, or you can't see it here."
FALCON = Offer(parts={**LATENCY, "when": "Falcon flies"})


async def a_secret(trial: Trial) -> Component:
    """Put a model of the private channel into the register; Ana and Chloe are its members, Ben is not."""
    channel = next(each.id for each in trial.slack.workspace.channels.values() if each.name == "secret-launch")
    model = await a_model(trial, "falcon model", visibility=channel, launch_on="2026-01-20")
    await say(trial, model, "latency", FALCON)
    return model


async def pry(trial: Trial, who: str, action: str, value: str) -> str:
    """Press a button of an open model, after its value was changed to another: one that somebody copied."""
    await play(trial, f"{who} in #general: /owner berth model")
    for message in trial.slack.workspace.channels["CGENERAL"].ephemerals.values():
        button = {"type": "button", "text": {"type": "plain_text", "text": "Pry"}, "action_id": action, "value": value}
        message.blocks = [{"type": "actions", "block_id": "b", "elements": [button]}]
    return await play(trial, f'{who} presses "Pry"')


@pytest.mark.parametrize(
    ("action", "after", "shown"),
    [
        ("card_open", "", "Falcon flies"),
        ("card_fill_in:0", ":latency", "Falcon flies"),
        ("card_agree", ":latency:1", "It was agreed or changed meanwhile."),
        ("card_agree", "::1", "It was agreed or changed meanwhile."),
        ("card_evaluate", "", "*falcon model: evaluation*"),
        ("card_history", "", "Falcon flies"),
        ("card_export", "", "[file falcon-model.yaml]"),
    ],
)
async def test_a_button_with_its_id_shows_it_to_members_alone(
    running: Trial, action: str, after: str, shown: str
) -> None:
    await a_model(running)
    secret = await a_secret(running)
    before = card_of(running, secret)
    told = await pry(running, "ben", action, f"{secret.id}{after}")
    assert GONE in told
    assert "alcon" not in told
    assert card_of(running, secret) == before
    assert shown in await pry(running, "ana", action, f"{secret.id}{after}")


async def test_its_name_is_known_to_members_alone(running: Trial) -> None:
    await a_model(running)
    await a_secret(running)
    for line in ("/owner card falcon model", "/owner card", "@Common Ground card of the falcon model"):
        told = await play(running, f"ben in #general: {line}")
        assert "Falcon flies" not in told
        assert "[falcon model]" not in told
    # Ana is shown it alone; where others read, she is not.
    opened = ('ana presses "Open the card"', "ana closes")
    assert "Falcon flies" in await play(running, "ana in #general: /owner card falcon model", *opened)
    assert "falcon model" not in await play(running, "ana in #general: @Common Ground card of Falcon Model")
    line = "ana in #secret-launch: @Common Ground card of the falcon model"
    assert "Falcon flies" in await play(running, line, *opened)


async def test_a_side_outside_the_channel_is_not_told_and_one_inside_is(running: Trial) -> None:
    channel = next(each.id for each in running.slack.workspace.channels.values() if each.name == "secret-launch")
    await a_model(running, "falcon model", visibility=channel, product_side=("UBEN", "UCHLOE"))
    lines = ('presses "Open the card"', 'presses "Set cost"', *FILLED, "submits", "closes")
    told = await play(running, "ana in #general: /owner card falcon model", *(f"ana {line}" for line in lines))
    assert "Common Ground and Ben Okafor" not in told
    assert "Common Ground and Chloe Martin" in told


async def test_people_outside_are_not_told_and_cannot_be_named(running: Trial) -> None:
    secret = await a_secret(running)
    lines = ('presses "Open the card"', 'presses "Set cost"', *FILLED, "submits", "closes")
    told = await play(running, "ana in #general: /owner card falcon model", *(f"ana {line}" for line in lines))
    assert "Common Ground and Ben Okafor" not in told
    named = (
        'presses "Open the card"',
        'presses "Set safety"',
        'chooses "Not known yet" in "Your answer"',
        'enters "Who will find out?": dev',
        'enters "By when?": 2026-01-14',
        "submits",
    )
    told = await play(running, "ana in #general: /owner card falcon model", *(f"ana {line}" for line in named))
    assert "! I can't see them in the channel that this belongs to." in told
    assert "Common Ground and Dev Patel" not in told
    assert list(card_of(running, secret).requirements) == ["latency", "cost"]
    told = await play(running, 'ana enters "Who will find out?": chloe', "ana submits")
    assert "Common Ground and Chloe Martin" in told


async def test_who_has_left_the_channel_changes_nothing(running: Trial) -> None:
    secret = await a_secret(running)
    await play(
        running,
        "ana in #secret-launch: /owner card falcon model",
        'ana presses "Open the card"',
        'ana presses "Change latency"',
    )
    await play(running, "ana leaves #secret-launch", "wait 11 minutes")
    told = await play(running, "ana submits")
    assert "I can't find that component, or you can't see it here." in told
    assert card_of(running, secret).version == 1


async def test_its_waiver_is_a_decision_of_the_channel(running: Trial) -> None:
    secret = await a_secret(running)
    await say(running, secret, "cost", Offer(stance="not needed", reason="Falcon is free"))
    await agree(running, secret)
    (made,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert made.visibility == secret.visibility
    told = await play(running, "ben in #general: /decision list", f"ben in #general: /decision {made.number}")
    assert "alcon" not in told
    assert "alcon" in await play(running, "ana in #secret-launch: /decision list")


async def test_its_reminders_and_its_summary_stay_in_the_channel(running: Trial) -> None:
    secret = await a_secret(running)
    found = open_reminders(running.bot.store.reader, TEAM, Known(), running.bot.clock.now())
    assert {each.visibility for each in found} == {secret.visibility}
    assert "alcon" not in await play(running, "ben in #general: /summary preview", "ben opens the Home")
    told = await play(running, "ana in #secret-launch: /summary preview")
    assert "falcon model: latency, waiting on the product side" in told


async def test_a_guest_sees_no_card_of_the_workspace(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    for line in ("/owner card berth model", "@Common Ground card of the berth model"):
        assert "300 ms" not in await play(running, f"gus in #churn-model: {line}")
        assert "300 ms" in await play(running, f"ben in #churn-model: {line}")


async def test_who_has_no_part_in_a_model_changes_nothing_of_its_card(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    only = "Only Chloe Martin, who leads it, its two sides and admins can change the card of berth model."
    told = await play(running, "eli in #general: /owner card berth model")
    assert all(label not in told for label in ("[Set]", "[Change]", "[Enter an evaluation]"))
    # Where others read the card too, a door leads each to what they may do.
    await play(running, "ben in #general: @Common Ground card of the berth model")
    told = await play(running, 'eli presses "Open the card"', "eli closes")
    assert all(label not in told for label in ("[Set]", "[Change]", "[Enter an evaluation]"))
    for action, value in (("card_fill_in", f"{model.id}:cost"), ("card_evaluate", model.id)):
        assert only in await pry(running, "eli", action, value)
    for value in (f"{model.id}:latency:1", f"{model.id}::1"):
        assert only in await pry(running, "eli", "card_agree", value)
    # Whoever was of its people when the form opened, and is not when it is sent, is told so there.
    await play(running, "ben in #general: /owner card berth model", 'ben presses "Enter an evaluation"')
    await running.bot.store.write(
        lambda transaction: transaction.run("UPDATE components SET product_side = '[]' WHERE id = :id", id=model.id)
    )
    values = (
        'enters "Link to the evaluation": https://x.example',
        'enters "Measured on": 2026-01-05',
        'enters "Latency": 9 ms',
        "submits",
    )
    assert f"! {only}" in await play(running, *(f"ben {line}" for line in values))
    assert card_of(running, model).version == 1


async def test_a_guest_reads_on_a_card_of_their_channel_nothing_of_the_workspace(running: Trial) -> None:
    channel = next(each.id for each in running.slack.workspace.channels.values() if each.name == "churn-model")
    model = await a_model(running, "vendor model", visibility=channel)
    await say(running, model, "latency", Offer(parts=LATENCY))
    lines = ('enters "What was decided?": Fire the vendor', 'presses "More"')
    await play(running, "ben in #churn-model: /decision", *(f"ben {line}" for line in lines))
    await play(running, 'ben chooses "vendor model" in "Which component is it about?"', "ben submits", "ben closes")
    await put(running, component_id=model.id, entity="vendor invoices")
    for line in ("/owner card vendor model", "@Common Ground card of the vendor model"):
        told = await play(running, f"gus in #churn-model: {line}")
        told += await play(running, 'gus presses "Open the card"', "gus closes")
        assert "when a ship reports its position" in told
        assert "Fire the vendor" not in told
        assert "vendor invoices" not in told
    lines = ("ben in #churn-model: /owner card vendor model", 'ben presses "Open the card"')
    assert "Fire the vendor" in await play(running, *lines)
    # In a form and in files it is the same.
    await play(running, "gus in #churn-model: /owner card vendor model", 'gus presses "Get as files"')
    assert all(b"Fire" not in file.content for file in running.slack.workspace.files.values())
    assert len(running.slack.workspace.files) == 3
