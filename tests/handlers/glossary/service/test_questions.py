"""Who hears how a question ends: all the messages of each way to end it."""

import pytest

from bot.trial.run import Trial
from handlers.glossary.service.questions import Missed, count_misses
from storage.glossary import glossary, questions
from storage.workspaces.workspaces import Steward, choose_settings
from tests.playing import play
from tests.sent import sent
from tests.writing import write

ASKS = 'presses "Ask the team"'
DEFINES = ('chloe enters "Discipline": product', 'chloe enters "Definition in one line": a word', "chloe submits")
UNANSWERED = "chloe in #general: /glossary unanswered"
MERGES = ('chloe presses "Same as another word"', 'chloe enters "Same as which word?": bias', "chloe submits")
WAYS = {
    "answered": ("chloe in #general: /glossary add fnord", *DEFINES),
    "merged": (UNANSWERED, *MERGES),
    "turned down": (UNANSWERED, 'chloe presses "Not a glossary word"'),
}


@pytest.mark.parametrize("way", list(WAYS))
async def test_everybody_who_asked_is_told_once_but_who_did_it_and_who_was_deactivated(
    running: Trial, way: str
) -> None:
    for who in ("ana", "dev", "eli", "chloe"):
        await play(running, f"{who} in #general: /define fnord", f"{who} {ASKS}")
    running.slack.people.change(running.slack.workspace.users["UANA"], deleted=True)
    await running.quiet()
    before = len(sent(running))
    await play(running, *WAYS[way], "chloe closes" if way != "turned down" else "wait 1 minute", "wait 1 minute")
    assert [
        to
        for to, text in sent(running)[before:]
        if "“fnord” is defined now" in text or "“fnord” won't be defined" in text
    ] == ["UDEV", "UELI"]
    assert questions.unanswered(running.bot.store.reader, "T0LOCAL", ["workspace"]) == []
    assert running.bot.store.reader.all("SELECT id FROM outbox WHERE state IN ('failed', 'uncertain')") == []


async def test_a_question_that_another_steward_ended_meanwhile_is_merged_into_nothing(running: Trial) -> None:
    ben = [Steward(discipline="product", user_id="UBEN")]
    await write(running.bot.store, choose_settings, "T0LOCAL", ("product",), "", ben)
    await play(running, "ana in #general: /define fnord", f"ana {ASKS}", UNANSWERED)
    await play(running, 'chloe presses "Same as another word"')
    await play(running, "ben in #general: /glossary unanswered", 'ben presses "Not a glossary word"')
    before = len(sent(running))
    told = await play(running, 'chloe enters "Same as which word?": bias', "chloe submits", "chloe closes")
    assert "“fnord” has been answered or taken off the list already." in told
    assert [to for to, _ in sent(running)[before:] if to.startswith("U")] == []
    (bias, *_) = glossary.senses_named(running.bot.store.reader, "T0LOCAL", "bias", ["workspace"])
    assert "fnord" not in bias.aliases


async def test_who_lost_their_rights_while_the_form_was_open_merges_nothing(running: Trial) -> None:
    ben = [Steward(discipline="product", user_id="UBEN")]
    await write(running.bot.store, choose_settings, "T0LOCAL", ("product",), "", ben)
    await play(running, "ana in #general: /define fnord", f"ana {ASKS}", UNANSWERED.replace("chloe", "ben"))
    await play(running, 'ben presses "Same as another word"')
    await write(running.bot.store, choose_settings, "T0LOCAL", ("product",), "", [])
    told = await play(running, 'ben enters "Same as which word?": bias', "ben submits", "ben closes")
    assert "Only stewards and admins can do that." in told
    assert len(questions.unanswered(running.bot.store.reader, "T0LOCAL", ["workspace"])) == 1


async def test_who_is_asked_to_answer_is_not_told_of_their_own_question(running: Trial) -> None:
    told = await play(running, "chloe in #general: /define fnord", f"chloe {ASKS}")
    assert "Asked: “fnord”. I'll let you know when it's defined." in told
    assert [to for to, text in sent(running) if "What does “fnord” mean?" in text] == []


async def test_a_word_that_was_not_found_is_counted_once_for_each_ask(running: Trial) -> None:
    store = running.bot.store
    now = running.bot.clock.now()

    def missed(word: str, *claims: str, place: str = "workspace", team_id: str = "T0LOCAL") -> Missed:
        return Missed(team_id, place, word, now, claims)

    same = missed("fnord", "event:1", "message:1")
    later = missed("fnord", "event:2", "message:1")
    others = [missed("fnords", "event:3"), missed("kappa", "event:4", place="CCHURN"), missed("zeta", "event:5")]
    away = missed("fnord", "event:6", team_id="TGONE")
    await write(store, count_misses, [same, same, *others, away])
    await write(store, count_misses, [same, later, missed("Fnord", "event:7")])
    found = questions.unanswered(store.reader, "T0LOCAL", ["workspace", "CCHURN"])
    assert [(each.visibility, each.word, each.times) for each in found] == [
        ("workspace", "fnord", 3),
        ("CCHURN", "kappa", 1),
        ("workspace", "zeta", 1),
    ]
    assert questions.unanswered(store.reader, "TGONE", ["workspace"]) == []
