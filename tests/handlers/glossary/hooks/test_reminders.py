"""What stewards are reminded of: disputes, overdue questions, drafts, and meanings to look at again."""

from bot.trial.run import Trial
from storage.glossary.changes import add_senses
from storage.glossary.glossary import NewSense
from tests.conftest import START
from tests.handlers.nudges.looking import pass_days
from tests.playing import play


async def test_a_meaning_that_three_people_find_unclear_comes_up(running: Trial) -> None:
    for who in ("ana", "ben", "dev"):
        await play(running, f"{who} in #general: /define overfitting", f'{who} presses "Not clear"')
        if running.slack.workspace.open_view(f"U{who.upper()}"):
            await play(running, f"{who} submits", f"{who} closes")
    told = await pass_days(running, 8)
    assert "*Words of data science*  unclear, or often asked for and not verified: “overfitting”" in told
    told = await play(running, 'chloe presses "Review"')
    assert "overfitting" in told


async def test_a_dispute_comes_up_with_the_buttons_that_settle_it(running: Trial) -> None:
    await play(running, "dev in #general: /define overfitting", 'dev presses "Not what we mean"')
    await play(
        running, 'dev enters "What do you mean instead?": Too many people on a boat', "dev submits", "dev closes"
    )
    told = await pass_days(running, 5)
    assert "*“overfitting”*  disputed (data science): " in told
    told = await play(running, 'chloe presses "Review"', 'chloe presses "Keep as it is"')
    assert "Kept:" in told
    assert told.count("You kept this.") == 2
    assert "disputed" not in await pass_days(running, 8)


async def test_what_cannot_be_written_in_time_is_left_to_the_command_line(running: Trial) -> None:
    many = [NewSense(word=f"term {number}", discipline="product", gloss=f"Number {number}") for number in range(10_001)]
    await running.bot.store.write(lambda transaction: add_senses(transaction, "T0LOCAL", many, START))
    told = await play(running, "chloe in #general: /glossary export yaml")
    assert "Whoever runs me can export it: python -m bot glossary export --format yaml" in told


async def test_a_draft_in_an_open_channel_reaches_its_stewards_who_are_there(running: Trial) -> None:
    entered = ('"Discipline": product', '"Definition in one line": A place to tie up')
    await play(running, "gus in #churn-model: /glossary add bollard", *(f"gus enters {each}" for each in entered))
    told = await play(running, "gus submits")
    assert "Common Ground and Chloe Martin" in told
    assert "@Gus Lindt defined *bollard* for product:" in told
