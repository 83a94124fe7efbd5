"""What a person, and who leads their work, read of who carries too much and who always gives way: never a ranking."""

from collections.abc import Mapping

from handlers.responsibilities.messages.register import Names
from handlers.responsibilities.rules.load import Load
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message

_ONLY_YOU = "Only you see this, and who leads the component."
_YOU_AND_ADMINS = "Only you see this, and admins, since nobody else leads the component."
_ONLY_BOTH = "Only they see this, and who leads their component."
_THEY_AND_ADMINS = "Only they see this, and who leads their component, or admins where nobody else does."


def below(told: Message, own: Load, others: Mapping[str, Load], names: Names) -> Message:
    """Say below a person's duties what there is to say of them, and of those whose work they lead, by their names."""
    yours = [blocks.line(blocks.words("You", "bold"), blocks.words(each)) for each in _said(own, "own", "you")]
    led = sorted(others.items(), key=lambda each: names.get(each[0], each[0]).casefold())
    theirs = [
        blocks.line(blocks.words(names.get(person, "Somebody"), "bold"), blocks.words(each))
        for person, load in led
        for each in _said(load, "owns", "they")
    ]
    more: list[Block] = []
    with_whom = _ONLY_YOU if own.leads else _YOU_AND_ADMINS
    more += [blocks.paragraphs(*yours), blocks.small_print(with_whom)] if yours else []
    are_all_led = all(each.leads for each in others.values())
    both = _ONLY_BOTH if are_all_led else _THEY_AND_ADMINS
    more += [blocks.paragraphs(*theirs), blocks.small_print(both)] if theirs else []
    return Message(told.text, blocks.apart([*told.blocks, *more]), asks=told.asks) if more else told


def _said(load: Load, owns: str, who: str) -> list[str]:
    said = [f" {owns} {load.owned} duties, more than one person can look after."] if load.is_too_much else []
    differed = f"{who} and somebody else disagreed about a duty, a data request or a card"
    back = f" gave way each of the {load.quarrels} times that {differed}."
    return [*said, *([back] if load.always_gives_way else [])]
