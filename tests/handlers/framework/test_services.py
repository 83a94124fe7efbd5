"""What the handlers work with: one of each in a running bot, and who sends what they say."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.outbox.relay import Relay
from handlers.access.recipients import Destination, post
from handlers.framework.services import Outbox, Reach, Services
from handlers.slack.blocks import Message
from handlers.slack.directory import Directory
from storage.engine.interface import WORKSPACE, Transaction
from storage.glossary import misses, questions
from storage.outbox import deliveries
from tests.conftest import START
from tests.writing import write


async def test_what_the_outbox_admits_it_sends_once_it_is_committed(services: Services) -> None:
    outbox: Outbox = services.outbox
    assert isinstance(outbox, Relay)
    said = await outbox.admit(post(Destination("T0LOCAL", "UANA"), Message("hello"), START))
    await write(services.store, deliveries.add, [said])
    outbox.announce(said)
    await outbox.idle()
    sent = deliveries.delivery(services.store.reader, said.id)
    assert sent is not None
    assert (sent.state, sent.tries) == ("sent", 1)


def test_two_bots_do_not_count_together(services: Services) -> None:
    again = Services(services.store, services.slack, services.directory, services.outbox, services.hooks, services.now)
    shared = replace(services, command_prefix="")
    services.usage.add("T1", "drift")
    assert [each.usage.take() for each in (again, shared)] == [{}, {("T1", "drift"): 1}]
    assert (again.command_prefix, again.admins, again.team_url) == ("", frozenset(), "")


async def test_small_changes_of_a_moment_are_written_together_and_later_ones_after_them(services: Services) -> None:
    outbox = services.outbox
    assert isinstance(outbox, Relay)

    def count(write: Transaction, asked: Sequence[str]) -> None:
        for word in asked:
            misses.count_miss(write, "T0LOCAL", WORKSPACE, word, START)

    for words in (("kappa", "kappa", "sigma"), ("kappa",)):
        for word in words:
            services.write_soon(count, word)
        await outbox.idle()
    asked = questions.unanswered(services.store.reader, "T0LOCAL", [WORKSPACE])
    assert [(each.word, each.times) for each in asked] == [("kappa", 3), ("sigma", 1)]


async def test_where_many_workspaces_are_served_each_has_its_own_slack(services: Services) -> None:
    alone = await services.at("T0LOCAL")
    assert alone is not None
    assert (alone.slack, alone.directory) == (services.slack, services.directory)
    other = Directory(AsyncWebClient("xoxb-quay"), services.now)

    async def reaching(team_id: str) -> Reach | None:
        return Reach(other.slack, other, "https://quay.example/") if team_id == "T0QUAY" else None

    many = replace(services, reaching=reaching)
    quay = await many.at("T0QUAY")
    assert quay is not None
    assert (quay.slack.token, quay.directory, quay.team_url) == ("xoxb-quay", other, "https://quay.example/")
    assert (quay.usage, quay.soon) == (many.usage, many.soon)
    await quay.store.write(lambda transaction: misses.count_miss(transaction, "T0QUAY", WORKSPACE, "kappa", START))
    assert [each.word for each in questions.unanswered(many.store.reader, "T0QUAY", [WORKSPACE])] == ["kappa"]
    assert await many.at("T0LOCAL") is None
