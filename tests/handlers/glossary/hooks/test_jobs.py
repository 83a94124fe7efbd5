"""What came with a file is offered for its typos soon after, without anybody asking for it."""

from bot.trial.run import Trial
from storage.glossary import importing, near
from storage.glossary.glossary import NewSense


async def seen(trial: Trial, line: str) -> str:
    return "\n".join(await trial.do(line))


async def test_a_word_of_an_import_is_offered_on_its_typo_after_a_tick(running: Trial) -> None:
    team_id, now = running.bot.identity.team_id, running.bot.clock.now()
    words = [NewSense(word=word, discipline="product", gloss=f"What {word} is") for word in ("quaywall", "tariff lane")]
    await running.bot.store.write(lambda each: importing.begin(each, team_id, "B1", now))
    await running.bot.store.write(lambda each: importing.stage(each, team_id, "B1", words, now))
    await running.bot.store.write(lambda each: importing.switch_over(each, team_id, "B1", now))
    await running.bot.tick()
    assert near.unfiled(running.bot.store.reader, team_id) is None
    told = await seen(running, "ana in #general: /define quaywal")
    assert "“quaywal” isn't in the glossary. Did you mean:" in told
    assert "[quaywall]" in told
    assert "Similar: tariff lane." in await seen(running, "ana in #general: /define tariffs")
