"""What one person fills in within a few minutes is one reply in the thread, whatever happens meanwhile."""

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.data_requests.rules.moves import mark_of_term
from handlers.data_requests.service import requests
from handlers.data_requests.service.drafts import Said, Saved
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Transaction
from storage.outbox import deliveries
from storage.records.offers import Offer
from tests.handlers.data_requests.playing import every, one, put
from tests.handlers.data_requests.requests import NAMES, a_request
from tests.handlers.data_requests.test_privacy import secret_channel
from tests.handlers.workspace.test_redacting import redact
from tests.playing import play

RETENTION, QUALITY = Offer(parts={"span": "1", "unit": "years"}), Offer(parts={"completeness": "98"})


async def say(trial: Trial, who: str, *, is_limited: bool = False, **offers: Offer) -> DataRequest:
    """Say something of terms for a side, as its form does, and let it be sent."""
    current, places = every(trial)[-1], ("workspace", secret_channel(trial))
    facts = Facts(by=who, now=trial.bot.clock.now(), visible=places, names=NAMES, is_limited=is_limited)

    def write(transaction: Transaction) -> DataRequest:
        said = [Said(name, offer, mark_of_term(current, name)) for name, offer in offers.items()]
        saved = requests.say(transaction, current, said, facts)
        assert isinstance(saved, Saved)
        deliveries.add(transaction, saved.messages)
        return saved.request

    return await trial.bot.store.write(write)


def replies(trial: Trial, channel: str = "CDATA") -> list[str]:
    messages = trial.slack.workspace.channels[channel].messages.values()
    return [str(each.blocks) for each in messages if each.thread_ts not in (None, each.ts)]


async def test_what_is_filled_in_within_five_minutes_is_one_reply(running: Trial) -> None:
    await put(running, terms={name: term for name, term in a_request().terms.items() if name != "quality"})
    await say(running, "UANA", retention=RETENTION)
    await running.quiet()
    (reply,) = replies(running)
    assert "set retention: " in reply
    await play(running, "wait 2 minutes")
    await say(running, "UANA", quality=QUALITY)
    told = await play(running, "wait 1 minute")
    (reply,) = replies(running)
    assert "*Ana Ruiz* set 2 terms: retention " in told
    assert "completeness 98 %" in told
    assert "Differs from the request: retention was " in told
    assert told.count("Next: @Dev Patel to ") == 1


async def test_a_sitting_ends_after_five_minutes_and_with_what_somebody_else_does(running: Trial) -> None:
    await put(running)
    await say(running, "UANA", retention=RETENTION)
    await play(running, "wait 6 minutes")
    await say(running, "UANA", quality=QUALITY)
    await running.quiet()
    assert len(replies(running)) == 2
    await say(running, "UDEV", retention=RETENTION)
    await running.quiet()
    await say(running, "UANA", delivery=Offer(parts={"place": "s3://north", "format": "csv"}))
    await running.quiet()
    assert len(replies(running)) == 4


async def test_changed_is_said_only_of_what_that_side_had_said_before(running: Trial) -> None:
    await put(running)
    await say(running, "UDEV", retention=RETENTION)
    assert "*Dev Patel* changed retention: " in await play(running, "wait 6 minutes")
    await say(running, "UANA", retention=RETENTION)
    assert "*Ana Ruiz* set retention: " in await play(running, "wait 1 minute")


async def test_a_reply_that_is_not_sent_yet_is_sent_as_it_reads_at_last(running: Trial) -> None:
    await put(running)
    running.slack.faults.arm("chat.postMessage", Fault("rate_limited", retry_after=30))
    await say(running, "UANA", retention=RETENTION)
    await say(running, "UANA", quality=QUALITY)
    told = await play(running, "wait 1 minute", "wait 1 minute")
    assert len(replies(running)) == 1
    assert "set 2 terms" in told
    assert "set retention: " not in told


async def test_where_guests_read_the_thread_the_other_side_gets_one_message(running: Trial) -> None:
    await put(running)
    await say(running, "UANA", is_limited=True, retention=RETENTION)
    await say(running, "UANA", is_limited=True, quality=QUALITY)
    told = await play(running, "wait 1 minute")
    assert replies(running) == []
    ims = [each for each in running.slack.workspace.channels.values() if each.kind == "im" and "UDEV" in each.members]
    said = [str(message.blocks) for each in ims for message in each.messages.values() if "terms" in str(message.blocks)]
    assert len(said) == 1
    assert "set 2 terms" in told


async def test_what_was_redacted_meanwhile_does_not_come_back(running: Trial) -> None:
    await put(running, entity="Falcon arrivals", requester="UCHLOE")
    await say(running, "UANA", quality=Offer(stance="not needed", reason="Falcon is late"))
    await running.quiet()
    assert "Falcon" in replies(running)[0]
    await redact(running, "chloe", "DR-1")
    assert (one(running).sitting, one(running).purpose) == (None, "(redacted)")
    assert not any("Falcon" in each for each in replies(running))
