"""The fields in which somebody says something of a term: a value in its parts, why none is needed, or who finds out."""

from collections.abc import Sequence

from handlers.agreements.clauses import Part, Parts, TermKind
from handlers.agreements.parsing import FINDER, REASON, STANCE, UNTIL
from handlers.slack import blocks
from handlers.slack.blocks import Block
from storage.records.offers import Offer

STANCE_LABEL = "What do you say?"
_STANCES = [("A value", "value"), ("Not needed, because …", "not needed"), ("Unknown yet", "unknown")]
_TEXT = 300


def stance_fields(kind: TermKind, entered: Offer, route: str) -> list[Block]:
    """The stance, and the fields that go with it; ``route`` hears of what is chosen."""
    stances = blocks.radio(_STANCES, entered.stance)
    stance = blocks.watched(STANCE, STANCE_LABEL, stances, f"{route}:{STANCE}", optional=False)
    return [stance, *_fields_of(kind, entered, route)]


def _fields_of(kind: TermKind, entered: Offer, route: str) -> list[Block]:
    match entered.stance:
        case "not needed":
            return [blocks.field(REASON, "Why is it not needed?", blocks.text_input(entered.reason, multiline=True))]
        case "unknown":
            finder, until = blocks.person_select(entered.finder), blocks.date_picker(entered.until)
            return [
                blocks.watched(FINDER, "Who finds it out?", finder, f"{route}:{FINDER}", optional=False),
                blocks.watched(UNTIL, "By when?", until, f"{route}:{UNTIL}", optional=False),
            ]
        case _:
            return part_fields(kind.parts, entered.parts, route)


def part_fields(parts: Sequence[Part], told: Parts, route: str) -> list[Block]:
    return [_part_field(each, told.get(each.id, ""), route) for each in parts]


def _part_field(part: Part, told: str, route: str) -> Block:
    action_id = f"{route}:{part.id}"
    match part.kind:
        case "choice" | "person":
            menu = blocks.choice(part.options, told) if part.kind == "choice" else blocks.person_select(told)
            field = blocks.watched(part.id, part.label, menu, action_id, optional=part.may_lack)
            return {**field, "hint": blocks.plain(part.hint)} if part.hint else field
        case "long" | "lines":
            element = blocks.text_input(told, multiline=True)
        case _:
            element = blocks.text_input(told, max_length=_TEXT)
    return blocks.field(part.id, part.label, element, part.hint, optional=part.may_lack)
