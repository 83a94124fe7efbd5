"""Who hears of a step on a meaning: all the messages that it sent, with somebody who left and somebody who stayed."""

import pytest

from bot.trial.run import Trial
from storage.glossary import changes, glossary
from storage.glossary.glossary import NewSense, Sense, Status
from storage.workspaces.workspaces import Steward, choose_settings, note_place
from tests.playing import play
from tests.sent import sent
from tests.writing import write

SECRET = "CSECRETLAUNCH"
REASON = "the tier has another name since Monday"
REVIEW = "chloe in #secret-launch: /glossary review"
DECLINE = ('chloe presses "No longer used"', f'chloe enters "Why?": {REASON}', "chloe submits", "chloe closes")
EDIT = ('chloe presses "Edit"', f'chloe enters "Definition in one line": {REASON}', "chloe submits", "chloe closes")


def disputes(who: str) -> tuple[str, ...]:
    return (
        f"{who} in #secret-launch: /define falcon",
        f'{who} presses "Not what we mean"',
        f'{who} enters "What do you mean instead?": {REASON}',
        f"{who} submits",
        f"{who} closes",
    )


async def add(trial: Trial, author: str, status: Status = "draft", steward: str = "", where: str = SECRET) -> Sense:
    falcon = NewSense(
        word="falcon", discipline="product", gloss="the launch in May", visibility=where, status=status, steward=steward
    )
    (sense,) = await write(trial.bot.store, changes.add_senses, "T0LOCAL", [falcon], trial.bot.clock.now(), author)
    await write(trial.bot.store, note_place, "T0LOCAL", SECRET)
    trial.slack.workspace.channels[SECRET].members.add("UDEV")
    trial.bot.boundary.forget_settings()
    return sense


async def told_after(trial: Trial, *lines: str) -> list[str]:
    """Return to whom each message about the meaning went, once Ana has left the channel and Slack's word is fresh."""
    trial.slack.workspace.channels[SECRET].members.discard("UANA")
    await play(trial, "wait 11 minutes")
    before = len(sent(trial))
    await play(trial, *lines)
    return [to for to, text in sent(trial)[before:] if to.startswith("U") and ("falcon" in text or REASON in text)]


WHO = pytest.mark.parametrize(("who", "told"), [("UANA", []), ("UDEV", ["UDEV"])], ids=["left", "stayed"])


@WHO
@pytest.mark.parametrize("step", [('chloe presses "Approve"',), DECLINE], ids=["approve", "deprecate"])
async def test_an_author_who_left_the_channel_hears_of_no_step_on_their_draft(
    running: Trial, who: str, told: list[str], step: tuple[str, ...]
) -> None:
    await add(running, who)
    assert await told_after(running, REVIEW, *step) == told


@WHO
async def test_a_meanings_own_steward_who_left_the_channel_hears_of_no_dispute(
    running: Trial, who: str, told: list[str]
) -> None:
    await add(running, "UCHLOE", "approved", who)
    assert await told_after(running, *disputes("chloe")) == told


@WHO
@pytest.mark.parametrize("step", [('chloe presses "Keep as it is"',), DECLINE, EDIT], ids=["keep", "deprecate", "edit"])
async def test_who_disputed_and_left_the_channel_hears_of_no_end_of_it(
    running: Trial, who: str, told: list[str], step: tuple[str, ...]
) -> None:
    await add(running, who, "approved")
    await play(running, *disputes("ana" if who == "UANA" else "dev"))
    # The message that asked Chloe says now what she did.
    assert await told_after(running, REVIEW, *step) == ["UCHLOE", *told]


async def test_who_settles_hears_nothing_of_their_own_step(running: Trial) -> None:
    await add(running, "UCHLOE")
    assert await told_after(running, REVIEW, 'chloe presses "Approve"') == []


@pytest.mark.parametrize("step", ["approve", "decline", "keep"])
async def test_who_was_deactivated_is_written_to_by_no_step(running: Trial, step: str) -> None:
    await add(running, "UANA", "draft" if step != "keep" else "approved", where="workspace")
    if step == "keep":
        await play(
            running, *(line.replace("#secret-launch", "#general") for who in ("ana", "dev") for line in disputes(who))
        )
    people = running.slack.people
    people.change(running.slack.workspace.users["UANA"], deleted=True)
    await running.quiet()
    before = len(sent(running))
    button = {"approve": ('chloe presses "Approve"',), "decline": DECLINE, "keep": ('chloe presses "Keep as it is"',)}
    await play(running, "chloe in #general: /glossary review", *button[step], "wait 1 minute")
    told = [to for to, text in sent(running)[before:] if to.startswith("U") and "falcon" in text]
    assert told == (["UCHLOE", "UCHLOE", "UDEV"] if step == "keep" else [])
    assert running.bot.store.reader.all("SELECT id FROM outbox WHERE state IN ('failed', 'uncertain')") == []


async def test_a_draft_asks_no_steward_who_was_deactivated(running: Trial) -> None:
    stewards = [Steward(discipline="product", user_id=each) for each in ("UBEN", "UELI")]
    await write(running.bot.store, choose_settings, "T0LOCAL", ("product",), "", stewards)
    await play(running, "dev in #general: /glossary add mooring", 'dev enters "Discipline": product')
    running.slack.people.change(running.slack.workspace.users["UBEN"], deleted=True)
    await running.quiet()
    await play(running, 'dev enters "Definition in one line": a place to land', "dev submits", "dev closes")
    assert [to for to, text in sent(running) if "Please approve: “mooring”" in text] == ["UELI"]


@pytest.mark.parametrize("door", ["command", "form"])
async def test_a_meaning_written_where_another_organisation_reads_belongs_to_that_channel(
    running: Trial, door: str
) -> None:
    running.slack.workspace.channels["CGENERAL"].is_shared = True
    running.slack.workspace.channels["CGENERAL"].members.discard("UELI")
    opens = "chloe in #general: /glossary add kestrel"
    if door == "form":
        await play(running, "chloe in #general: the kestrel is late", "wait 1 minute")
        opens = 'chloe uses "Add to glossary" on "the kestrel is late"'
    entered = ('"Word": kestrel', '"Discipline": product', '"Definition in one line": the beta')
    told = await play(running, opens, *(f"chloe enters {each}" for each in entered), "chloe submits", "chloe closes")
    assert "Saved “kestrel” for product. This channel can see it." in told
    (sense,) = glossary.senses_named(running.bot.store.reader, "T0LOCAL", "kestrel", ["workspace", "CGENERAL"])
    assert sense.visibility == "CGENERAL"
    assert "the beta" in await play(running, "ana in #general: @Common Ground define kestrel")
    assert "the beta" not in await play(running, "eli in #data: /define kestrel")
    assert "the beta" in await play(running, "ben in #data: /define kestrel")
