"""Who sees what, with records that could leak: through both interactions, in every kind of place."""

import pytest

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from storage.glossary import changes, questions
from storage.glossary.glossary import NewSense
from storage.workspaces import workspaces
from tests.conftest import StartTrial
from tests.writing import write

SECRET = "CSECRETLAUNCH"
FALCON = NewSense(word="falcon", discipline="product", gloss="the launch in May", visibility=SECRET)


@pytest.fixture
async def secret(running: Trial) -> Trial:
    """A word that is known in the private channel only; Ana and Chloe are in it."""
    store, team_id = running.bot.store, running.bot.identity.team_id
    await write(store, changes.add_senses, team_id, [FALCON], running.bot.clock.now())
    await write(store, workspaces.note_place, team_id, SECRET)
    return running


async def seen(trial: Trial, line: str) -> str:
    return "\n".join(await trial.do(line))


async def test_a_private_word_is_told_in_its_channel(secret: Trial) -> None:
    assert "the launch in May" in await seen(secret, "ana in #secret-launch: /define falcon")
    assert "the launch in May" in await seen(secret, "ana in #secret-launch: @Common Ground define falcon")


async def test_a_private_word_is_told_privately_to_a_member_elsewhere(secret: Trial) -> None:
    assert "the launch in May" in await seen(secret, "chloe in #general: /define falcon")


async def test_a_private_word_is_told_to_a_member_who_writes_to_the_bot(secret: Trial) -> None:
    assert "the launch in May" in await seen(secret, "chloe to the bot: define falcon")
    told = await seen(secret, "ben to the bot: define falcon")
    assert "“falcon” isn't defined yet" in told
    assert "the launch" not in told


async def test_a_private_decision_is_told_to_a_member_who_writes_to_the_bot_and_to_nobody_else(secret: Trial) -> None:
    await seen(secret, "ana in #secret-launch: @Common Ground decided: falcon flies in May because the quay is free")
    assert "Falcon flies in May" in await seen(secret, "chloe to the bot: when did we decide that falcon flies?")
    for line in ("ben to the bot", "chloe in #general", "ben in #general"):
        asked = "when did we decide that falcon flies?"
        question = asked if "bot" in line else f"@Common Ground {asked}"
        assert "Falcon flies" not in await seen(secret, f"{line}: {question}")


async def test_a_private_word_is_not_told_to_others_not_even_as_a_suggestion(secret: Trial) -> None:
    for word, shown in (("falcon", "the launch in May"), ("falcn", "[falcon]")):
        told = await seen(secret, f"ben in #general: /define {word}")
        assert "the launch" not in told
        assert "[falcon]" not in told
        assert shown in await seen(secret, f"chloe in #general: /define {word}")


async def test_nothing_is_told_to_somebody_deactivated_though_slack_told_of_no_channel_that_they_left(
    secret: Trial,
) -> None:
    ana = secret.slack.workspace.users["UANA"]
    assert "the launch in May" in await seen(secret, "ana in #general: /define falcon")
    secret.slack.people.change(ana, deleted=True)
    await secret.quiet()
    told = await seen(secret, "ana in #general: /define falcon")
    assert "the launch" not in told
    assert "Slack didn't tell me who you are" in told


async def test_a_private_word_is_not_told_aloud_outside_its_channel(secret: Trial) -> None:
    told = await seen(secret, "ana in #general: @Common Ground define falcon")
    assert "“falcon” isn't defined yet" in told
    assert "the launch" not in told
    assert "the launch in May" in await seen(secret, "ana in #general: /define falcon")


async def test_a_private_word_cannot_be_shared_outside_its_channel(secret: Trial) -> None:
    await seen(secret, "ana in #general: /define falcon")
    told = await seen(secret, 'ana presses "Share"')
    assert "I can't share “falcon” here. A private channel's definitions stay in it" in told
    assert "Common Ground:" not in told
    await seen(secret, "ana in #secret-launch: /define falcon")
    told = await seen(secret, 'ana presses "Share"')
    assert told.startswith("#secret-launch\n  Common Ground:\n")
    assert "the launch in May" in told


async def test_a_typo_of_a_private_word_is_put_right_for_a_member(secret: Trial) -> None:
    assert "[falcon]" in await seen(secret, "ana in #general: /define falcn")


async def test_a_word_asked_for_in_a_private_channel_stays_there(secret: Trial) -> None:
    await seen(secret, "ana in #secret-launch: /define osprey")
    await seen(secret, "ana in #secret-launch: @Common Ground define osprey")
    store, team_id = secret.bot.store, secret.bot.identity.team_id
    assert questions.unanswered(store.reader, team_id, ["workspace"]) == []
    assert [(miss.word, miss.times) for miss in questions.unanswered(store.reader, team_id, [SECRET])] == [
        ("osprey", 2)
    ]


async def test_a_word_asked_for_in_a_public_channel_is_counted_for_all(running: Trial) -> None:
    await seen(running, "ana in #general: /define osprey")
    await seen(running, "ben in #churn-model: @Common Ground define osprey")
    (miss,) = questions.unanswered(running.bot.store.reader, running.bot.identity.team_id, ["workspace"])
    assert (miss.word, miss.times) == ("osprey", 2)


async def test_a_guest_sees_nothing_of_the_workspace(running: Trial) -> None:
    told = await seen(running, "gus in #churn-model: /define bias")
    assert "“bias” isn't defined in this channel." in told
    assert "Systematic error" in await seen(running, "ana in #churn-model: /define bias")
    reader, team_id = running.bot.store.reader, running.bot.identity.team_id
    assert questions.unanswered(reader, team_id, ["workspace"]) == []
    assert [each.word for each in questions.unanswered(reader, team_id, ["CCHURNMODEL"])] == ["bias"]


async def test_a_channel_shared_with_another_organisation_hears_nothing_of_the_workspace(running: Trial) -> None:
    running.slack.workspace.channels["CGENERAL"].is_shared = True
    told = await seen(running, "ana in #general: @Common Ground define bias")
    assert "“bias” isn't defined in this channel." in told


async def test_membership_is_asked_again_after_two_minutes(secret: Trial) -> None:
    assert "the launch in May" in await seen(secret, "ana in #general: /define falcon")
    secret.slack.workspace.channels[SECRET].members.discard("UANA")
    await seen(secret, "wait 2 minutes")
    assert "the launch" not in await seen(secret, "ana in #general: /define falcon")


@pytest.mark.parametrize("fault", [Fault("server_error"), Fault("garbled"), Fault("rate_limited")])
async def test_in_doubt_nothing_private_is_shown(secret: Trial, fault: Fault) -> None:
    secret.slack.faults.arm("conversations.members", fault)
    assert "the launch" not in await seen(secret, "ana in #general: /define falcon")
    await seen(secret, "wait 1 second")
    assert "the launch in May" in await seen(secret, "ana in #general: /define falcon")


async def test_without_slacks_word_on_who_asks_nothing_is_answered(running: Trial) -> None:
    running.slack.faults.arm("users.info", Fault("server_error"))
    told = await seen(running, "ana in #general: /define bias")
    assert "Slack didn't tell me who you are" in told


async def test_a_place_that_slack_does_not_describe_is_private(running: Trial) -> None:
    running.slack.faults.arm("conversations.info", Fault("server_error"))
    await seen(running, "ana in #general: /define osprey")
    reader, team_id = running.bot.store.reader, running.bot.identity.team_id
    assert questions.unanswered(reader, team_id, ["workspace"]) == []
    assert [miss.word for miss in questions.unanswered(reader, team_id, ["CGENERAL"])] == ["osprey"]


async def test_what_was_kept_private_stays_so_after_a_restart(start: StartTrial) -> None:
    async with start() as first:
        store, team_id = first.bot.store, first.bot.identity.team_id
        await write(store, changes.add_senses, team_id, [FALCON], first.bot.clock.now())
        await write(store, workspaces.note_place, team_id, SECRET)
    async with start() as second:
        assert "the launch in May" in await seen(second, "ana in #general: /define falcon")
        assert "the launch" not in await seen(second, "ben in #general: /define falcon")


async def test_a_button_that_all_can_see_tells_nothing_private(secret: Trial) -> None:
    await seen(secret, "ben in #general: @Common Ground define falcan")
    sense = NewSense(word="falcons", discipline="domain", gloss="birds of prey")
    store, team_id = secret.bot.store, secret.bot.identity.team_id
    await write(store, changes.add_senses, team_id, [sense], secret.bot.clock.now())
    assert "[falcons]" in await seen(secret, "ben in #general: @Common Ground define falconz")
    hidden = NewSense(word="falcons", discipline="product", gloss="the launch in May", visibility=SECRET)
    await write(store, changes.add_senses, team_id, [hidden], secret.bot.clock.now())
    told = await seen(secret, 'ana presses "falcons"')
    assert "birds of prey" in told
    assert "the launch" not in told


async def test_nothing_of_the_workspace_is_shared_with_another_organisation(running: Trial) -> None:
    running.slack.workspace.channels["CGENERAL"].is_shared = True
    assert "Systematic error" in await seen(running, "ana in #general: /define bias")
    told = await seen(running, 'ana presses "Share"')
    assert "I can't share “bias” here." in told
    assert "Common Ground:" not in told


async def test_where_slack_does_not_say_who_reads_along_nothing_is_shared(running: Trial) -> None:
    await seen(running, "ana in #general: /define bias")
    running.slack.faults.arm("conversations.info", *[Fault("server_error")] * 2)
    assert "isn't shared where I can't see who reads along" in await seen(running, 'ana presses "Share"')


async def test_a_person_of_another_team_is_no_member(running: Trial) -> None:
    running.slack.workspace.users["UELI"].team_id = "TOTHER"
    assert "“bias” isn't defined in this channel" in await seen(running, "eli in #general: /define bias")


async def test_guests_and_public_threads_hear_no_names_of_stewards(running: Trial) -> None:
    told = await seen(running, "gus in #churn-model: /common-ground status")
    assert "This channel has *0* words with *0* definitions." in told
    assert "Stewards" not in await seen(running, "ana in #general: @Common Ground common-ground status")
    assert "Stewards: none, so admins approve definitions" in await seen(
        running, "ana in #general: /common-ground status"
    )
