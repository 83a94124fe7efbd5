"""Counts and lists say nothing of what their reader may not see.

Chloe and Ana are admins; of #elsewhere, a private channel, Ana alone is a member.
"""

from bot.local_slack.faults import Fault
from bot.local_slack.workspace.state import Channel
from bot.trial.run import Trial
from storage.glossary import changes
from storage.glossary.glossary import NewSense
from tests.conftest import StartTrial
from tests.handlers.feedback.playing import reported
from tests.handlers.requirements.playing import TEAM, a_model
from tests.playing import play
from tests.writing import write

ELSEWHERE = "GELSEWHERE"


async def with_a_channel_that_an_admin_is_not_in(trial: Trial) -> None:
    """Let Ana, an admin, and Dev have a channel with feedback on a model, of which Ana is reminded."""
    trial.slack.workspace.users["UANA"].is_admin = True
    trial.slack.workspace.add_channel(Channel(ELSEWHERE, "elsewhere", "private", {"UANA", "UDEV", "U0BOT"}))
    model = await a_model(trial, "falcon model", visibility=ELSEWHERE, lead="UANA", product_side=("UDEV",))
    await reported(trial, model, "UDEV", got="Falcon lands")


async def test_the_report_of_reminders_counts_what_its_reader_may_see(start: StartTrial) -> None:
    async with start(use_http=True) as trial:
        await with_a_channel_that_an_admin_is_not_in(trial)
        assert "alcon" in await play(trial, "wait 8 days")
        told = await play(trial, "chloe in #general: /nudges report")
        assert "None sent yet." in told
        assert " sent, " not in told
        assert " sent, " in await play(trial, "ana in #general: /nudges report")


async def test_what_could_not_be_delivered_is_told_to_who_may_see_it(start: StartTrial) -> None:
    async with start(use_http=True) as trial:
        await with_a_channel_that_an_admin_is_not_in(trial)
        trial.slack.faults.arm("chat.postMessage", *[Fault("refused", error="restricted_action")] * 3)
        await play(trial, "wait 8 days")
        for line in ("/nudges report", "/summary"):
            told = await play(trial, f"chloe in #general: {line}")
            assert "restricted_action" not in told
            assert "restricted_action" in await play(trial, f"ana in #general: {line}")


async def test_the_list_of_redactions_has_those_of_records_that_its_reader_may_see(start: StartTrial) -> None:
    async with start(use_http=True) as trial:
        await with_a_channel_that_an_admin_is_not_in(trial)
        await play(trial, "ana in #elsewhere: /decision Falcon lands in May", "ana submits", "ana closes")
        found = await play(trial, "ana in #elsewhere: /decision list")
        number = next(word for word in found.split() if word.startswith("D-"))
        redacted = f"ana in #elsewhere: /common-ground redact {number}"
        await play(trial, redacted, f'ana presses "Redact {number}"', "ana submits", "ana closes")
        listed = "today Ana Ruiz: a decision"
        assert listed not in await play(trial, "chloe in #general: /common-ground redact")
        assert listed in await play(trial, "ana in #general: /common-ground redact")
        # In the open it is not told to Ana either.
        assert listed not in await play(trial, "ana in #general: @Common Ground common-ground redact")


async def test_how_often_a_word_was_asked_for_in_private_is_told_to_nobody_once_it_is_everybodys(
    running: Trial,
) -> None:
    await with_a_channel_that_an_admin_is_not_in(running)
    store, now = running.bot.store, running.bot.clock.now()
    private = NewSense(word="falcon", discipline="product", gloss="the launch", visibility=ELSEWHERE)
    await write(store, changes.add_senses, TEAM, [private], now)
    for _ in range(25):
        assert "the launch" in await play(running, "ana in #elsewhere: /define falcon")
    public = NewSense(word="falcon", discipline="domain", gloss="a bird of prey")
    await write(store, changes.add_senses, TEAM, [public], now)
    running.bot.boundary.forget_settings()
    await play(running, "wait 1 minute")
    assert "Nothing to review" in await play(running, "chloe in #general: /glossary review")
    for _ in range(20):
        await play(running, "dev in #general: /define falcon")
    await play(running, "wait 1 minute")
    assert "Looked up 20 times" in await play(running, "chloe in #general: /glossary review")
