"""Tokens with which agents ask in a person's name: made, shown once, listed, revoked, and over in time."""

import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.trial.run import Trial
from handlers.slack.interactions import Ask, Place
from handlers.workspace.actions.tokens import show_or_make
from storage.workspaces import audit, tokens
from tests.conftest import StartTrial
from tests.playing import play

TEAM = "T0LOCAL"
SECRET = re.compile(r"common-ground-[\w-]{43}")


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(mcp=True) as running:
        yield running


async def made(trial: Trial, who: str = "ana", more: str = "new laptop") -> str:
    """Make a token; return it."""
    (secret,) = SECRET.findall(await play(trial, f"{who} in #general: /common-ground tokens {more}"))
    return str(secret)


def stored(trial: Trial) -> str:
    """Return all that the store holds."""
    reader = trial.bot.store.reader
    named = [row["name"] for row in reader.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return str([[dict(row) for row in reader.all(f"SELECT * FROM [{name}]")] for name in named if "_fts" not in name])


async def test_a_token_is_shown_once_to_who_made_it_and_is_kept_nowhere(trial: Trial) -> None:
    secret = await made(trial)
    await trial.quiet()
    assert "laptop" in stored(trial)
    assert secret not in stored(trial)
    assert secret not in await play(trial, "ana in #general: /common-ground tokens")
    assert secret not in json.dumps(
        [str(each) for each in trial.slack.workspace.channels["CGENERAL"].messages.values()]
    )


async def test_a_person_lists_and_revokes_their_own(trial: Trial) -> None:
    await made(trial)
    assert "You have no tokens." in await play(trial, "ben in #general: /common-ground tokens")
    shown = await play(trial, "ana in #general: /common-ground tokens")
    assert "You have 1 token." in shown
    assert "laptop" in shown
    assert "Opens what you can see" in shown
    assert "Revoked." in await play(trial, 'ana presses "Revoke"')
    assert "You have no tokens." in await play(trial, "ana in #general: /common-ground tokens")


async def test_making_and_revoking_one_stands_in_the_audit_trail_without_the_token(trial: Trial) -> None:
    await made(trial)
    await play(trial, "ana in #general: /common-ground tokens", 'ana presses "Revoke"')
    found = audit.entries(trial.bot.store.reader, TEAM, None)
    assert [(each.actor, each.action) for each in found] == [("UANA", "token-made"), ("UANA", "token-revoked")]
    told = await play(trial, "chloe in #general: /common-ground audit")
    assert "Ana Ruiz made a token for agents." in told
    assert "Ana Ruiz revoked a token for agents." in told


async def test_nobody_revokes_the_token_of_another(trial: Trial) -> None:
    await made(trial)
    (token,) = tokens.of_person(trial.bot.store.reader, TEAM, "UANA", trial.bot.clock.now())
    assert not await trial.bot.store.write(lambda transaction: tokens.end(transaction, TEAM, "UBEN", token.id))
    assert tokens.of_person(trial.bot.store.reader, TEAM, "UANA", trial.bot.clock.now()) == [token]


async def test_a_token_ends_after_ninety_days_and_goes(trial: Trial) -> None:
    await made(trial)
    (token,) = tokens.of_person(trial.bot.store.reader, TEAM, "UANA", trial.bot.clock.now())
    await trial.pass_time(timedelta(days=89))
    assert tokens.with_digest(trial.bot.store.reader, token.digest, trial.bot.clock.now()) == token
    await trial.pass_time(timedelta(days=2))
    assert tokens.with_digest(trial.bot.store.reader, token.digest, trial.bot.clock.now()) is None
    assert "You have no tokens." in await play(trial, "ana in #general: /common-ground tokens")
    assert trial.bot.store.reader.all("SELECT * FROM agent_tokens") == []


async def test_ten_are_enough(trial: Trial) -> None:
    for number in range(10):
        await made(trial, "ana", f"new {number}")
    told = await play(trial, "ana in #general: /common-ground tokens new more")
    assert "You have 10 tokens. Revoke one first." in told


@pytest.mark.parametrize(
    "line", ["ana in #general: @Common Ground common-ground tokens new", "ana to the bot: common-ground tokens new"]
)
async def test_what_stays_in_slack_shows_no_token(trial: Trial, line: str) -> None:
    told = await play(trial, line)
    assert "Type /common-ground tokens new yourself: only you see its answer." in told
    assert not SECRET.search(told)
    assert trial.bot.store.reader.all("SELECT * FROM agent_tokens") == []


async def test_a_guest_makes_none(trial: Trial) -> None:
    told = await play(trial, "gus in #churn-model: /common-ground tokens new")
    assert "Only members of this workspace can do that, not guests." in told
    assert trial.bot.store.reader.all("SELECT * FROM agent_tokens") == []


async def test_where_agents_may_not_ask_there_are_no_tokens(running: Trial) -> None:
    told = await play(running, "ana in #general: /common-ground tokens new")
    assert "Agents can't ask me here: the person who runs me hasn't set MCP=true." in told
    assert running.bot.store.reader.all("SELECT * FROM agent_tokens") == []


async def test_no_token_is_made_for_an_answer_that_comes_late_and_waits_in_the_outbox(trial: Trial) -> None:
    late = Ask(TEAM, "UANA", Place("CGENERAL", "public"), "new", ("late",), response_url="https://late", is_late=True)
    await trial.bot.boundary.handle(late, show_or_make)
    assert trial.bot.store.reader.all("SELECT * FROM agent_tokens") == []
    assert "Slack is slow right now, so I made no token." in stored(trial)
