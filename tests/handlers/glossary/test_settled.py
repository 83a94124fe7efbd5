"""What stewards were asked and somebody has settled by another door asks no longer, and says who settled it."""

from bot.trial.run import Trial
from storage.workspaces.workspaces import Steward, choose_settings
from tests.playing import play
from tests.writing import write

TUG = ('enters "Discipline": product', 'enters "Definition in one line": A small boat')


def asked(trial: Trial, who: str) -> list[tuple[str, list[str]]]:
    """Return the messages of the bot to somebody: their words, and what stands on their buttons."""
    messages = trial.slack.workspace.direct_channel(who).messages.values()
    return [(str(each.blocks), _labels(each.blocks)) for each in messages if each.bot_id]


def _labels(listed: list[dict[str, object]]) -> list[str]:
    rows = [each["elements"] for each in listed if each["type"] == "actions"]
    found = [element for row in rows if isinstance(row, list) for element in row]
    return [str(option["text"]["text"]) for each in found for option in each.get("options", [each])]


async def test_a_question_that_is_answered_elsewhere_says_by_whom(running: Trial) -> None:
    await play(running, "dev in #general: /define tug", 'dev presses "Ask the team"')
    assert [labels for _, labels in asked(running, "UCHLOE")] == [
        ["Define it", "I don't know", "Same as another word", "Not a glossary word"]
    ]
    stewards = [Steward(discipline="product", user_id="UBEN")]
    await write(running.bot.store, choose_settings, "T0LOCAL", ("product",), "", stewards)
    await play(running, "ben in #general: /glossary add tug", *(f"ben {each}" for each in TUG), "ben submits")
    ((words, labels),) = asked(running, "UCHLOE")
    assert ("'UBEN'" in words, "defined this." in words, labels) == (True, True, [])


async def test_a_draft_that_is_declined_from_the_list_says_so_to_every_steward(running: Trial) -> None:
    stewards = [Steward(discipline="product", user_id=each) for each in ("UBEN", "UELI")]
    await write(running.bot.store, choose_settings, "T0LOCAL", ("product",), "", stewards)
    await play(running, "dev in #general: /glossary add tug", *(f"dev {each}" for each in TUG), "dev submits")
    assert [labels for _, labels in asked(running, "UELI")] == [["Approve", "Edit", "Decline"]]
    await play(
        running, "ben in #general: /glossary review", 'ben presses "No longer used"', 'ben enters "Why?": a joke'
    )
    await play(running, "ben submits")
    for steward, by in (("UELI", "'UBEN'"), ("UBEN", "'You'")):
        ((words, labels),) = asked(running, steward)
        assert (by in words, "declined this." in words, labels) == (True, True, [])


async def test_a_question_of_a_private_channel_stays_open_beside_the_same_word_of_the_workspace(running: Trial) -> None:
    for where in ("#secret-launch", "#general"):
        await play(running, f"ana in {where}: /define tug", 'ana presses "Ask the team"')
    await play(running, "chloe in #general: /glossary unanswered", 'chloe presses "Not a glossary word"')
    labels = [labels for _, labels in asked(running, "UCHLOE")]
    assert sorted(labels) == [[], ["Define it", "I don't know", "Same as another word", "Not a glossary word"]]
