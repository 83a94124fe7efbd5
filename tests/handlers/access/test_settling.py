"""No stale button: once something is done, every message that asks for it says so and asks no more."""

from bot.local_slack.faults import Fault
from bot.outbox.relay import Relay
from bot.trial.run import Trial
from handlers.access.recipients import Destination, Facts, Members, post
from handlers.access.settling import Deed, is_shown, settle
from handlers.slack import blocks
from handlers.slack.blocks import Message
from storage.engine.interface import Transaction
from storage.outbox import asks, backlog, claims, deliveries, losses, redactions
from storage.outbox.deliveries import Delivery
from tests.conftest import START
from tests.writing import write

TEAM = "T0LOCAL"
ONE, TWO = "a" * 24, "b" * 24
BEN_DID = Facts("UBEN", START)


def asking(*records: str, text: str = "Who takes it?") -> Message:
    pressed = [blocks.button(f"Take {each[0]}", f"take:{place}", each) for place, each in enumerate(records)]
    rows = [blocks.buttons([each]) for each in pressed]
    settings = blocks.buttons([blocks.button("Settings", "settings")])
    return Message(text, (blocks.sentence(text), *rows, settings), asks=records)


async def say(running: Trial, message: Message, to: str = "UANA") -> Delivery:
    said = post(Destination(TEAM, to), message, running.bot.clock.now())
    await write(running.bot.store, deliveries.add, [said])
    return said


async def sent(running: Trial, message: Message, to: str = "UANA") -> Delivery:
    said = await say(running, message, to)
    await running.bot.relay.look_for_due()
    await running.bot.idle()
    return said


async def done(running: Trial, *deeds: Deed, facts: Facts = BEN_DID) -> list[Delivery]:
    def keep(transaction: Transaction) -> list[Delivery]:
        edits = settle(transaction, TEAM, deeds, facts)
        deliveries.add(transaction, edits)
        return edits

    edits = await running.bot.store.write(keep)
    await running.bot.relay.look_for_due()
    await running.bot.idle()
    return edits


def shown(running: Trial, user: str = "UANA") -> list[str]:
    """Return all texts of the newest message to somebody, buttons among them."""
    message = list(running.slack.workspace.direct_channel(user).messages.values())[-1]
    return [each for block in message.blocks for each in texts(block)]


def texts(node: object) -> list[str]:
    if isinstance(node, list):
        return [each for part in node for each in texts(part)]
    if not isinstance(node, dict):
        return []
    told = [node["user_id"]] if "user_id" in node else [node["text"]] if isinstance(node.get("text"), str) else []
    return [*told, *(each for value in node.values() for each in texts(value))]


async def test_the_buttons_go_and_the_message_says_what_was_done_by_whom(running: Trial) -> None:
    await sent(running, asking(ONE))
    assert shown(running) == ["Who takes it?", "Take a", "Settings"]
    edits = await done(running, Deed((ONE,), " took this on."))
    assert shown(running) == ["Who takes it?", "UBEN", " took this on.", "Settings"]
    (message,) = running.slack.workspace.direct_channel("UANA").messages.values()
    assert is_shown(edits, running.slack.workspace.direct_channel("UANA").id, message.ts)
    assert await done(running, Deed((ONE,), " took this on.")) == []


async def test_who_did_it_reads_you_and_what_time_did_names_nobody(running: Trial) -> None:
    await sent(running, asking(ONE), "UBEN")
    await done(running, Deed((ONE,), " took this on."))
    assert shown(running, "UBEN") == ["Who takes it?", "You", " took this on.", "Settings"]
    await sent(running, asking(TWO), "UBEN")
    await done(running, Deed((TWO,), "This is over."), facts=Facts("", START))
    assert shown(running, "UBEN") == ["Who takes it?", "This is over.", "Settings"]


async def test_of_several_things_asked_only_what_is_done_loses_its_button(running: Trial) -> None:
    await sent(running, asking(ONE, TWO))
    await done(running, Deed((ONE,), " took this on."))
    assert shown(running) == ["Who takes it?", "UBEN", " took this on.", "Take b", "Settings"]
    await done(running, Deed((TWO,), " withdrew this."))
    assert shown(running)[-3:] == ["UBEN", " withdrew this.", "Settings"]


async def test_a_button_for_a_whole_stays_until_each_part_of_it_is_done(running: Trial) -> None:
    review = blocks.buttons([blocks.button("Review", "review", ONE), blocks.overflow([blocks.button("No", "no", ONE)])])
    await sent(running, Message("Two", (review,), asks=(f"{ONE}:x", f"{ONE}:x-y")))
    assert await done(running, Deed((f"{ONE}:x",), " took this on.")) == []
    assert shown(running) == ["Review", "No"]
    await done(running, Deed((f"{ONE}:x-y",), " took this on."))
    assert shown(running) == ["UBEN", " took this on."]


async def test_a_button_beside_a_text_goes_and_the_text_stays(running: Trial) -> None:
    await sent(running, Message("Row", (blocks.row("A row", blocks.button("Open", "open", ONE)),), asks=(ONE,)))
    await done(running, Deed((ONE,), " closed this.", (blocks.button("History", "history", ONE),)))
    assert shown(running) == ["A row", "UBEN", " closed this.", "History"]
    await done(running, Deed((ONE,), " opened this again."))
    assert shown(running) == ["A row", "UBEN", " closed this.", "UBEN", " opened this again."]


async def test_another_message_can_stand_in_its_place_and_ask_again(running: Trial) -> None:
    await sent(running, asking(ONE))
    await done(running, Deed((ONE,), "", instead=lambda reader: asking(ONE, text=f"Again, {reader}?")))
    assert shown(running) == ["Again, UANA?", "Take a", "Settings"]
    await done(running, Deed((ONE,), " took this on."))
    assert shown(running) == ["Again, UANA?", "UBEN", " took this on.", "Settings"]


async def test_what_is_not_sent_yet_is_sent_as_it_stands_then_and_only_once(running: Trial) -> None:
    running.slack.faults.arm("chat.postMessage", Fault("rate_limited", retry_after=30))
    await sent(running, asking(ONE))
    assert await done(running, Deed((ONE,), " took this on.")) == []
    await running.pass_time(running.bot.clock.now() - START)
    await running.do("wait 1 minute")
    assert shown(running) == ["Who takes it?", "UBEN", " took this on.", "Settings"]
    assert len(running.slack.workspace.direct_channel("UANA").messages) == 1


async def test_what_a_sender_holds_already_is_read_again_once_it_is_changed(running: Trial) -> None:
    said = await say(running, asking(ONE))
    await running.bot.store.write(lambda transaction: settle(transaction, TEAM, [Deed((ONE,), " did.")], BEN_DID))
    taken = await running.bot.store.write(lambda transaction: deliveries.take(transaction, said, START, claims.KEPT))
    assert taken is False


async def test_what_slack_may_have_is_edited_once_its_place_is_known(running: Trial) -> None:
    running.slack.faults.arm("chat.postMessage", Fault("server_error"))
    await sent(running, asking(ONE), "CGENERAL")
    await done(running, Deed((ONE,), " took this on."))
    assert running.slack.workspace.channels["CGENERAL"].messages == {}
    await running.do("wait 1 minute")
    await running.do("wait 1 minute")
    (message,) = running.slack.workspace.channels["CGENERAL"].messages.values()
    assert texts(message.blocks) == ["Who takes it?", "UBEN", " took this on.", "Settings"]


async def test_an_edit_that_was_kept_before_a_restart_is_sent_after_it(running: Trial) -> None:
    await sent(running, asking(ONE))
    await running.bot.relay.stop(0)
    await done(running, Deed((ONE,), " took this on."))
    assert shown(running) == ["Who takes it?", "Take a", "Settings"]
    restarted = Relay(running.bot.store, running.bot.relay.slack, running.bot.clock)
    await restarted.look_for_due()
    await restarted.idle()
    assert shown(running) == ["Who takes it?", "UBEN", " took this on.", "Settings"]


async def test_a_message_that_is_gone_in_slack_is_nothing_to_complain_of(running: Trial) -> None:
    await sent(running, asking(ONE))
    running.slack.workspace.direct_channel("UANA").messages.clear()
    await done(running, Deed((ONE,), " took this on."))
    assert backlog.count_open(running.bot.store.reader) == 0
    assert losses.ended_badly(running.bot.store.reader, TEAM) == []


async def test_nobody_outside_reads_what_was_done_with_a_private_record(running: Trial) -> None:
    secret = Facts("UBEN", START, Members(frozenset({"UBEN"}), "CSECRET"))
    await sent(running, asking(ONE))
    await sent(running, asking(ONE), "CGENERAL")
    await done(running, Deed((ONE,), " took this on.", instead=lambda _: asking(ONE, text="secret")), facts=secret)
    assert shown(running) == ["Who takes it?", "Settings"]
    (message,) = running.slack.workspace.channels["CGENERAL"].messages.values()
    assert texts(message.blocks) == ["Who takes it?", "Settings"]


async def test_a_redacted_message_stays_redacted(running: Trial) -> None:
    await sent(running, asking(ONE, text="A text that goes"))

    def redact(transaction: Transaction) -> None:
        sought = redactions.sought([ONE], ["A text that goes"])
        redactions.take_out_of_messages(transaction, TEAM, sought, "Redacted.")

    await running.bot.store.write(redact)
    assert await done(running, Deed((ONE,), " did.", instead=lambda _: asking(ONE, text="A text that goes"))) == []
    assert "A text that goes" not in str(running.bot.store.reader.all("SELECT body FROM outbox"))


async def test_a_name_that_only_begins_alike_is_another_record(running: Trial) -> None:
    await sent(running, asking("D-31"))
    assert await done(running, Deed(("D-3",), " decided this.")) == []
    assert [each.asks for each in asks.asking(running.bot.store.reader, TEAM, ["D-31"])] == ["D-31"]


async def test_thousands_of_records_are_settled_at_once(running: Trial) -> None:
    many = [f"{number:024d}" for number in range(2500)]
    await sent(running, asking(many[0], many[-1]))
    assert len(await done(running, Deed(tuple(many), " did."))) == 1
    assert shown(running) == ["Who takes it?", "UBEN", " did.", "Settings"]
