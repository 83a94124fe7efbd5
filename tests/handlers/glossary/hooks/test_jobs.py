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


async def test_what_was_offered_before_the_names_of_an_import_were_filed_is_offered_no_more(running: Trial) -> None:
    team_id, now = running.bot.identity.team_id, running.bot.clock.now()
    word = NewSense(word="quaywall", discipline="product", gloss="What quaywall is")
    await running.bot.store.write(lambda each: importing.begin(each, team_id, "B1", now))
    await running.bot.store.write(lambda each: importing.stage(each, team_id, "B1", [word], now))
    await running.bot.store.write(lambda each: importing.switch_over(each, team_id, "B1", now))
    running.bot.boundary.forget_settings()
    assert "“quaywal” isn't defined yet." in await seen(running, "ana in #general: /define quaywal")
    await running.bot.tick()
    running.bot.boundary.forget_settings()
    assert "[quaywall]" in await seen(running, "ana in #general: /define quaywal")
