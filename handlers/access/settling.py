"""No stale button: what was asked of people is done, and every message that still asks for it says so.

A message names in ``Message.asks`` the records that its buttons are about; those buttons carry the record's id, alone
or as a part of their value. The service that moves a record calls ``settle`` in the same write.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.access.recipients import Destination, Facts, Members, edit
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from handlers.slack.placing import as_body
from storage.engine.interface import Transaction
from storage.outbox import asks, deliveries
from storage.outbox.deliveries import OTHERWISE, Delivery

#: Slack takes so many in a message.
_MOST_BLOCKS = 50


def _nothing(_reader: str) -> Message | None:
    return None


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did with records.

    ``did`` follows their name, such as " took this on."; it has no words of the record, since all who have the message
    read it. Where it is empty, the buttons go without a word. ``left`` are buttons that may still be pressed there.
    ``instead`` returns what a message that asked of this alone says from now on, by its reader (a person's or a
    conversation's id); None where it keeps its words.
    """

    records: tuple[str, ...]
    did: str
    left: tuple[Block, ...] = ()
    instead: Callable[[str], Message | None] = _nothing


def settle(
    transaction: Transaction,
    team_id: str,
    deeds: Sequence[Deed],
    facts: Facts,
    among: Collection[str] | None = None,
) -> list[Delivery]:
    """Take the buttons out of every message that asks for what is done now; return the edits that Slack must be told.

    ``among`` are the ids of the messages that are meant; None means all. A message that is not sent yet is sent
    without them. What was redacted has no buttons any more, and stays as it is.
    """
    by_record = {record: deed for deed in deeds for record in deed.records}
    asking = asks.asking(transaction, team_id, list(by_record)) if by_record else []
    found = [each for each in asking if among is None or each.id in among]
    pairs = [(said, _settled(said, by_record, facts)) for said in found]
    asks.rewrite(transaction, [now for _, now in pairs])
    return [_edited(now, facts) for said, now in pairs if now.body != said.body and said.state != "waiting"]


def say_anew(transaction: Transaction, delivery_id: str, message: Message, facts: Facts) -> list[Delivery] | None:
    """Put a message in the place of one that was said; None where that never arrived, or was redacted.

    Returns the edit that Slack must be told, if Slack has it.
    """
    said = deliveries.delivery(transaction, delivery_id)
    if said is None or said.state in ("failed", "uncertain") or "blocks" not in said.body:
        return None
    now = _in_place_of(said, message)
    asks.rewrite(transaction, [now])
    return [_edited(now, facts)] if said.state != "waiting" else []


def is_shown(edits: Iterable[Delivery], channel_id: str, ts: str) -> bool:
    """Tell whether a message that was pressed is among those that say now what was done."""
    return any((each.body["channel"], each.body.get("ts", "")) == (channel_id, ts) for each in edits)


def _settled(said: Delivery, by_record: Mapping[str, Deed], facts: Facts) -> Delivery:
    """Return a message as it stands once some of what it asks is done."""
    asked = said.asks.split()
    done, left = [each for each in asked if each in by_record], [each for each in asked if each not in by_record]
    if not _may_read(said, facts):
        return _without_buttons(said, dict.fromkeys(done, ()), left)
    instead = by_record[asked[0]].instead(said.lane) if len(asked) == 1 else None
    told = _without_buttons(said, {each: _line(by_record[each], said.lane, facts) for each in done}, left)
    if instead is None or told.body == said.body:
        still = " ".join(each for each in asked if each in left or by_record[each].left)
        return told.model_copy(update={"asks": still})
    return _in_place_of(told, instead)


def _in_place_of(said: Delivery, message: Message) -> Delivery:
    kept = {name: value for name, value in said.body.items() if name not in ("text", "blocks", OTHERWISE)}
    return said.model_copy(update={"asks": " ".join(message.asks), "body": {**kept, **as_body(message)}})


def _may_read(said: Delivery, facts: Facts) -> bool:
    """Tell whether who reads a message may hear what was done; a channel of its own record alone."""
    if said.lane.startswith(("U", "W")):
        return facts.may_hear(said.lane)
    return not isinstance(facts.audience, Members) or facts.audience.conversation == said.lane


def _line(deed: Deed, reader: str, facts: Facts) -> tuple[Block, ...]:
    if not deed.did:
        return ()
    by = [] if not facts.by else [blocks.words("You") if facts.by == reader else blocks.person(facts.by)]
    told = blocks.paragraphs(blocks.line(*by, blocks.words(deed.did)))
    return told, *([blocks.buttons(deed.left)] if deed.left else [])


def _without_buttons(said: Delivery, done: Mapping[str, Sequence[Block]], left: Sequence[str]) -> Delivery:
    shown = said.body.get("blocks")
    listed = _stripped(shown if isinstance(shown, list) else [], done, left)
    body = {**said.body, **as_body(Message(str(said.body.get("text", "")), tuple(listed)))} if listed else said.body
    return said.model_copy(update={"asks": " ".join(left), "body": body})


def _stripped(listed: Iterable[Block], done: Mapping[str, Sequence[Block]], left: Sequence[str]) -> list[Block]:
    """Return blocks without the buttons for what is done, and below the first of each what was done."""
    kept: list[Block] = []
    for block in listed:
        stale = [each for each in done if any(_is_stale(element, each, left) for element in _elements(block))]
        rest = block if not stale else _without(block, stale, left)
        told = [each for record in stale[:1] for each in done[record]]
        kept += [*([rest] if rest is not None else []), *(each for each in told if each not in kept)]
    return kept[:_MOST_BLOCKS]


def _elements(block: Block) -> list[Block]:
    elements, accessory = block.get("elements"), block.get("accessory")
    listed = elements if block["type"] == "actions" and isinstance(elements, list) else [accessory]
    return [each for each in listed if isinstance(each, dict)]


def _without(block: Block, stale: Sequence[str], left: Sequence[str]) -> Block | None:
    if block["type"] != "actions":
        return {name: value for name, value in block.items() if name != "accessory"}
    rest = [each for each in _elements(block) if not any(_is_stale(each, record, left) for record in stale)]
    return {**block, "elements": rest} if rest else None


def _is_stale(element: Block, record: str, left: Sequence[str]) -> bool:
    """Tell whether a button, or a menu, is for a record and for none of which something is still asked."""
    values = _values(element)
    return any(_names(each, record) for each in values) and not any(
        _names(each, other) for each in values for other in left
    )


def _values(element: Block) -> list[str]:
    options = element.get("options")
    carrying = options if isinstance(options, list) else [element]
    told = (str(each.get("value") or "").split(" ") for each in carrying if "url" not in each)
    return [each for value in told for each in value if each]


def _names(value: str, record: str) -> bool:
    """Tell whether one names the other, or a part of it: a duty its component."""
    short, long = sorted((value, record), key=len)
    return re.search(rf"(?<![\w-]){re.escape(short)}(?![\w-])", long) is not None


def _edited(said: Delivery, facts: Facts) -> Delivery:
    """Return the edit of a message; where Slack does not have it yet, its place is found when it does."""
    update = edit(Destination(said.team_id, said.slack_channel or said.lane, said.slack_ts), Message(""), facts.now)
    where = {"lane": said.lane, "visibility": said.visibility, "thread": said.id}
    told = {name: value for name, value in said.body.items() if name in ("text", "blocks", OTHERWISE)}
    return update.model_copy(update={**where, "body": {**update.body, **told}})
