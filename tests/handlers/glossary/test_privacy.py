"""What belongs to a private channel stays there, through every door, with data that could leak."""

import pytest

from bot.trial.run import Trial
from storage.glossary import changes, glossary, questions
from storage.glossary.changes import Change
from storage.glossary.glossary import NewSense
from storage.workspaces.workspaces import Steward, choose_settings, note_place
from tests.sent import sent
from tests.writing import write

SECRET = "CSECRETLAUNCH"


async def play(trial: Trial, *lines: str) -> str:
    return "\n".join([line for each in lines for line in await trial.do(each)])


@pytest.fixture
async def trial(running: Trial) -> Trial:
    """Ben is a steward and not in the private channel; Ana and Chloe (an admin) are in it."""
    team_id, now = running.bot.identity.team_id, running.bot.clock.now()
    stewards = [Steward(discipline="product", user_id="UBEN")]
    await write(running.bot.store, choose_settings, team_id, ("product", "data science"), "", stewards)
    falcon = NewSense(
        word="falcon",
        discipline="product",
        gloss="the launch of the premium tier in May",
        visibility=SECRET,
        status="draft",
    )
    await write(running.bot.store, changes.add_senses, team_id, [falcon], now, "UANA")
    await write(running.bot.store, note_place, team_id, SECRET)
    return running


@pytest.mark.parametrize(
    "line",
    [
        "ben in #general: /define falcon",
        "ben in #general: /define falcon vs bias",
        "ben in #general: /define what we call the launch of the premium tier",
        "ben in #general: /glossary history falcon",
        "ben in #general: /glossary edit falcon",
        "ben in #general: /glossary review",
        "ben in #general: /glossary unanswered",
        "ana in #general: @Common Ground define falcon",
        "ana in #general: @Common Ground glossary unanswered",
        "ana in #general: @Common Ground glossary history falcon",
    ],
)
async def test_a_private_meaning_shows_through_no_door(trial: Trial, line: str) -> None:
    await play(trial, "ana in #secret-launch: /define osprey", 'ana presses "Ask the team"')
    told = await play(trial, line)
    assert "premium tier in May" not in told
    assert "osprey" not in told
    assert "[falcon]" not in told
    seen = await play(trial, f"chloe in #secret-launch: {line.partition(': ')[2].replace('@Common Ground ', '/')}")
    assert "premium tier in May" in seen or "osprey" in seen


async def test_a_private_word_in_a_message_is_explained_to_members_alone(trial: Trial) -> None:
    await play(trial, "ben in #general: when is the falcon?")
    told = await play(trial, 'ben uses "Explain the words" on "when is the falcon"')
    assert "premium" not in told
    assert "the launch of the premium tier" in await play(trial, 'ana uses "Explain the words" on "when is the falcon"')


async def test_a_private_question_goes_to_stewards_who_are_in_the_channel_and_to_nobody_else(trial: Trial) -> None:
    told = await play(trial, "ana in #secret-launch: /define osprey", 'ana presses "Ask the team"')
    assert "Common Ground and Chloe Martin" in told
    assert "Common Ground and Ben Okafor" not in told
    assert "osprey" in await play(trial, "ana in #secret-launch: /glossary unanswered")
    (question,) = questions.unanswered(trial.bot.store.reader, "T0LOCAL", [SECRET])
    assert (question.word, question.owner) == ("osprey", "UCHLOE")


async def test_a_meaning_written_in_a_private_channel_stays_there_unless_its_writer_opens_it(trial: Trial) -> None:
    lines = [
        "chloe in #secret-launch: /glossary add kestrel",
        'chloe enters "Discipline": product',
        'chloe enters "Definition in one line": the beta',
    ]
    assert "This channel can see it." in await play(trial, *lines, "chloe submits", "chloe closes")
    assert "the beta" in await play(trial, "ana in #secret-launch: @Common Ground define kestrel")
    assert "the beta" not in await play(trial, "ben in #general: /define kestrel")
    lines = [line.replace("kestrel", "merlin").replace("the beta", "the alpha") for line in lines]
    await play(
        trial, *lines, 'chloe enters "Who sees it?": Everybody in the workspace', "chloe submits", "chloe closes"
    )
    assert "the alpha" in await play(trial, "ben in #general: /define merlin")


async def test_a_private_gloss_is_compared_with_no_public_text(trial: Trial) -> None:
    lines = (
        'ben enters "Discipline": product',
        'ben enters "Definition in one line": the launch of the premium tier in May',
        "ben submits",
    )
    told = await play(trial, "ben in #general: /glossary add falcon", *lines)
    assert "Saved “falcon” for product." in told
    assert "Already in the glossary." not in told
    # Now that everybody sees it, the next one is compared with it.
    told = await play(trial, "ben closes", "ben in #general: /glossary add osprey", *lines)
    assert "Already in the glossary." in told


async def test_a_private_meaning_answers_its_own_channels_question_alone(trial: Trial) -> None:
    await play(trial, "ana in #secret-launch: /define osprey", 'ana presses "Ask the team"')
    await play(trial, "dev in #general: /define osprey", 'dev presses "Ask the team"')
    told = await play(
        trial,
        "chloe in #secret-launch: /glossary add osprey",
        'chloe enters "Discipline": product',
        'chloe enters "Definition in one line": the gamma',
        "chloe submits",
    )
    assert "Common Ground and Ana Ruiz" in told
    assert "Common Ground and Dev Patel" not in told


async def test_an_export_from_slack_leaves_private_meanings_out(trial: Trial) -> None:
    await play(trial, "chloe in #general: /glossary export yaml")
    (file,) = trial.slack.workspace.files.values()
    assert (b"falcon" in file.content, b"bias" in file.content) == (False, True)
    every = glossary.all_senses(trial.bot.store.reader, "T0LOCAL", with_private=True)
    assert (len(every), "falcon" in {each.word for each in every}) == (368, True)


async def test_who_left_the_channel_cannot_use_its_old_buttons(trial: Trial) -> None:
    await play(trial, "chloe in #secret-launch: /glossary edit falcon")
    workspace = trial.slack.workspace
    for message in workspace.channels[SECRET].ephemerals.values():
        workspace.whisper(workspace.channels["CGENERAL"], message, "UCHLOE")
    told = await play(trial, 'chloe presses "Edit (product)"', "chloe closes")
    assert "[the launch of the premium tier in May]" in told
    workspace.channels[SECRET].members.discard("UCHLOE")
    await play(trial, "wait 11 minutes")
    told = await play(trial, 'chloe presses "Edit (product)"')
    assert "That definition is gone, or you can't see it here." in told


async def test_a_private_word_is_merged_into_no_public_one(trial: Trial) -> None:
    await play(trial, "ana in #secret-launch: /define osprey", 'ana presses "Ask the team"')
    told = await play(
        trial,
        "chloe in #secret-launch: /glossary unanswered",
        'chloe presses "Same as another word"',
        'chloe enters "Same as which word?": bias',
        "chloe submits",
    )
    assert "! “bias” isn't defined in that channel. Another word would show “osprey” to everybody." in told
    told = await play(trial, 'chloe enters "Same as which word?": falcon', "chloe submits", "chloe closes")
    assert "“osprey” now leads to “falcon”." in told
    assert "[falcon]" not in await play(trial, "ben in #general: /define osprey")


async def test_a_private_question_is_defined_for_its_channel_alone(trial: Trial) -> None:
    await play(trial, "ana in #secret-launch: /define osprey", 'ana presses "Ask the team"')
    told = await play(
        trial,
        'chloe presses "Define it"',
        'chloe enters "Discipline": product',
        'chloe enters "Definition in one line": the codename of the beta',
        "chloe submits",
        "chloe closes",
    )
    assert "This channel can see it." in told
    assert "“osprey” is defined now, in the channel where you asked." in told
    assert "codename" not in "".join(m.text for m in trial.slack.workspace.channels["DANA"].messages.values())
    assert "codename" not in await play(trial, "ben in #general: /define osprey")
    assert "codename" in await play(trial, 'ana presses "Show it"')


DEFINES_OSPREY = (
    'chloe presses "Define it"',
    'chloe enters "Discipline": product',
    'chloe enters "Definition in one line": the codename of the beta',
    "chloe submits",
    "chloe closes",
)


async def test_who_has_left_a_channel_hears_of_no_answer_in_it(trial: Trial) -> None:
    for who in ("ana", "chloe"):
        await play(trial, f"{who} in #secret-launch: /define osprey", f'{who} presses "Ask the team"')
    trial.slack.people.join(trial.slack.workspace.channels[SECRET], trial.slack.workspace.users["UDEV"])
    await play(trial, "dev in #secret-launch: /define osprey", 'dev presses "Ask the team"')
    trial.slack.workspace.channels[SECRET].members.discard("UANA")
    await play(trial, "wait 11 minutes")
    before = len(sent(trial))
    await play(trial, *DEFINES_OSPREY)
    told = [(to, "defined this" in text) for to, text in sent(trial)[before:] if "osprey" in text]
    assert told == [("UCHLOE", True), ("UDEV", False)]


async def test_who_leaves_a_channel_sees_no_answer_of_it_later(trial: Trial) -> None:
    trial.slack.workspace.channels[SECRET].members.add("UDEV")
    for who in ("ana", "dev"):
        await play(trial, f"{who} in #secret-launch: /define osprey", f'{who} presses "Ask the team"')
    await play(trial, *DEFINES_OSPREY)
    trial.slack.workspace.channels[SECRET].members.discard("UANA")
    await play(trial, "wait 11 minutes")
    assert "codename" not in await play(trial, 'ana presses "Show it"')
    assert "codename" in await play(trial, 'dev presses "Show it"')


@pytest.mark.parametrize("form", ["migrations", "migrated", "migrate"])
async def test_a_form_of_what_a_channel_defines_finds_it_there_alone(trial: Trial, form: str) -> None:
    kept = NewSense(word="migration", discipline="product", gloss="to the new tier", visibility=SECRET)
    await write(trial.bot.store, changes.add_senses, "T0LOCAL", [kept], trial.bot.clock.now(), "UANA")
    assert "to the new tier" in await play(trial, f"ana in #secret-launch: /define {form}")
    elsewhere = await play(trial, f"ben in #general: /define {form}", f"ana in #general: @Common Ground {form}?")
    assert elsewhere.count("isn't defined yet") == 2
    assert "tier" not in elsewhere
    assert "migration*" not in elsewhere


async def test_a_steward_outside_the_channel_hears_of_no_dispute_in_it(trial: Trial) -> None:
    store, sense = trial.bot.store, glossary.senses_named(trial.bot.store.reader, "T0LOCAL", "falcon", [SECRET])[0]
    change = Change(what="changed", by="UCHLOE", at="")
    await write(store, changes.change_sense, sense, {"steward": "UBEN", "status": "approved"}, change)
    trial.bot.boundary.forget_settings()
    lines = (
        "ana in #secret-launch: /define falcon",
        'ana presses "Not what we mean"',
        'ana enters "What do you mean instead?": the bird',
        "ana submits",
    )
    told = await play(trial, *lines)
    assert "Sent. A steward of product will decide" in told
    assert "Common Ground and Ben Okafor" not in told
    assert "Common Ground and Ben Okafor" in await play(
        trial, "ben joins #secret-launch", "wait 11 minutes", "ana closes", *lines
    )


async def test_what_is_asked_and_written_to_the_bot_alone_is_for_the_workspace(trial: Trial) -> None:
    told = await play(trial, "dev to the bot: define osprey", 'dev presses "Ask the team"')
    assert "Common Ground and Chloe Martin" in told
    assert "osprey" in await play(trial, "ben in #general: /glossary unanswered")
    await play(
        trial,
        'chloe presses "Define it"',
        'chloe enters "Discipline": product',
        'chloe enters "Definition in one line": a bird of prey',
        "chloe submits",
        "chloe closes",
    )
    assert "a bird of prey" in await play(trial, "ben in #general: /define osprey")


async def test_a_word_of_a_channel_replaces_no_word_of_the_workspace(trial: Trial) -> None:
    kite = NewSense(word="kite", discipline="product", gloss="The trial tier", status="disputed")
    await write(trial.bot.store, changes.add_senses, "T0LOCAL", [kite], trial.bot.clock.now(), "UANA")
    told = await play(
        trial,
        "chloe in #general: /glossary review",
        'chloe presses "No longer used"',
        'chloe enters "Why?": It has another name.',
        'chloe enters "Word to use instead": falcon',
        "chloe submits",
    )
    assert "“falcon” isn't in the glossary." in told
    assert "no longer used" not in await play(trial, "ben in #general: /define kite")
