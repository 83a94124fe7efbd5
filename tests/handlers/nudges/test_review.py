"""The several things of one topic, listed from the digest: each with its button, for who needs to settle them alone."""

from bot.trial.run import Trial
from storage.data_requests import data_requests
from storage.engine.interface import Transaction
from storage.records.versioned import HistoryEntry
from tests.handlers.data_requests.playing import every, put
from tests.handlers.nudges.looking import pass_days
from tests.playing import play

SECRET = {"visibility": "CSECRETLAUNCH", "channel": "CSECRETLAUNCH"}


async def two_requests(running: Trial) -> None:
    await put(running, requester="UCHLOE", owner="UANA", entity="falcon logs", **SECRET)
    await put(running, requester="UCHLOE", owner="UANA", entity="falcon crew", needed_by="2026-01-20", **SECRET)


async def test_what_is_in_one_line_is_listed_with_a_button_each(running: Trial) -> None:
    await two_requests(running)
    told = await pass_days(running, 2)
    assert "*Data requests*  2 need you · since Jan 5, 2026" in told
    seen = await play(running, 'ana presses "Review"')
    first, second = (f"{each.number} {each.entity}" for each in every(running))
    assert f"*{first}*  you're next to agree, or change the terms · since" in seen
    assert f"*{second}*  you're next to agree, or change the terms · since" in seen
    button = f"Open: {second}, you're next to agree, or change the terms"
    assert f"*{second.partition(' ')[0]}" in await play(running, f'ana presses "{button}"')


async def test_who_left_the_channel_and_who_is_not_concerned_see_nothing_of_it(running: Trial) -> None:
    await two_requests(running)
    await pass_days(running, 2)
    channel = running.slack.workspace.channels["CSECRETLAUNCH"]
    running.slack.people.leave(channel, running.slack.workspace.user_named("ana"))
    await running.pass_time()
    seen = await play(running, "wait 11 minutes", 'ana presses "Review"')
    assert "None of that needs you any more." in seen
    assert "falcon" not in seen


async def test_what_was_settled_meanwhile_is_listed_no_more(running: Trial) -> None:
    await two_requests(running)
    await pass_days(running, 2)
    ended = {"state": "withdrawn", "turn": ""}

    def end(transaction: Transaction) -> None:
        for each in every(running):
            data_requests.change(transaction, each, ended, HistoryEntry(at=each.changed_at, by="", what="ended"))

    await running.bot.store.write(end)
    assert "None of that needs you any more." in await play(running, 'ana presses "Review"')
