"""Gestures round a word that the scripts do not show: long texts, odd questions, people's markup."""

from bot.trial.run import Trial
from storage.engine.interface import Transaction
from storage.glossary import changes, glossary
from storage.glossary.glossary import NewSense
from tests.writing import write

LONG = NewSense(
    word="saga",
    discipline="software engineering",
    gloss="<!channel> *a* <https://evil|story>",
    definition="told at length " * 60,
    example="<@UANA> says `so`",
)


async def add(trial: Trial, sense: NewSense) -> None:
    team_id = trial.bot.identity.team_id
    await write(trial.bot.store, changes.add_senses, team_id, [sense], trial.bot.clock.now())


async def seen(trial: Trial, line: str) -> str:
    return "\n".join(await trial.do(line))


async def test_a_long_text_is_cut_at_a_word_and_shown_in_full_on_request(running: Trial) -> None:
    await add(running, LONG)
    told = await seen(running, "ana in #general: /define saga")
    assert "length told at…" in told
    told = await seen(running, 'ana presses "Show all"')
    assert ("told at length " * 60).strip() in told


async def test_peoples_markup_is_shown_as_they_wrote_it_and_notifies_nobody(running: Trial) -> None:
    await add(running, LONG)
    for line in ("ana in #general: /define saga", "ana in #general: @Common Ground define saga"):
        told = await seen(running, line)
        assert "<!channel> *a* <https://evil|story>" in told
        assert "> <@UANA> says `so`" in told
        assert "everybody is notified" not in told


async def test_a_question_longer_than_a_word_is_told_so(running: Trial) -> None:
    told = await seen(running, f"ana in #general: /define {'very ' * 60}long")
    assert "That is longer than a word." in told


async def test_a_word_that_is_gone_when_its_button_is_pressed_is_told_so(running: Trial) -> None:
    await add(running, LONG)
    await seen(running, "ana in #general: /define saga")

    def forget(transaction: Transaction) -> None:
        transaction.run("DELETE FROM sense_names WHERE look_up_key = 'saga'")
        transaction.run("UPDATE workspaces SET glossary_revision = glossary_revision + 1")

    await running.bot.store.write(forget)
    await seen(running, "ana in #general: /define zugzwang")
    assert "saga is not in the glossary, or you may not see it here" in await seen(running, 'ana presses "Show all"')


async def test_looking_up_changes_no_term(running: Trial) -> None:
    reader = running.bot.store.reader
    before = reader.all("SELECT * FROM senses"), reader.all("SELECT * FROM sense_names")
    for word in ("bias", "bais", "zugzwang"):
        await seen(running, f"ana in #general: /define {word}")
    assert (reader.all("SELECT * FROM senses"), reader.all("SELECT * FROM sense_names")) == before


async def test_the_starter_glossary_is_loaded_once(running: Trial) -> None:
    counts = glossary.count_senses(running.bot.store.reader, running.bot.identity.team_id, ["workspace"])
    assert counts == (199, 305)


async def test_a_day_is_the_day_of_who_asks(running: Trial) -> None:
    """Dev, in Los Angeles, asks about a Monday evening that is Tuesday already in UTC and in Madrid, where Ana is."""
    await running.do("wait 17 hours")
    await add(running, LONG)
    running.slack.people.change(running.slack.workspace.users["UDEV"], tz="America/Los_Angeles")
    await running.quiet()
    for who, day, told in (
        ("dev", "2026-01-05", "What “saga” meant on 2026-01-05"),
        ("ana", "2026-01-05", "On 2026-01-05, “saga” had no meaning here yet."),
        ("ana", "2026-01-06", "What “saga” meant on 2026-01-06"),
    ):
        assert told in await seen(running, f"{who} in #general: /glossary history saga {day}")
    assert "*2026-01-05* software engineering, v1" in await seen(running, "dev in #general: /glossary history saga")
    assert "*2026-01-06* software engineering, v1" in await seen(running, "ana in #general: /glossary history saga")
