"""The fields in which somebody says something of a term: a value in its parts, why none is needed, or who finds out."""

from collections.abc import Sequence

from handlers.agreements.clauses import Part, Parts, TermKind, entered_text
from handlers.agreements.parsing import FINDER, REASON, STANCE, UNTIL
from handlers.slack import blocks
from handlers.slack.blocks import Block
from storage.records.offers import Offer

STANCE_LABEL = "Your answer"
_STANCES = [("A value", "value"), ("Not needed", "not needed"), ("Not known yet", "unknown")]
_INSTEAD = (("fill in", "value"), ("not needed", "not needed"), ("someone will find out", "unknown"))
_TEXT = 300


def stance_fields(kind: TermKind, entered: Offer, route: str) -> list[Block]:
    """The stance, and the fields that go with it; ``route`` hears of what is chosen."""
    stances = blocks.radio(_STANCES, entered.stance)
    stance = blocks.watched(STANCE, STANCE_LABEL, stances, f"{route}:{STANCE}", optional=False)
    return [stance, *_fields_of(kind, entered, route)]


def _fields_of(kind: TermKind, entered: Offer, route: str) -> list[Block]:
    match entered.stance:
        case "not needed":
            return [blocks.field(REASON, "Why isn't it needed?", blocks.text_input(entered.reason, multiline=True))]
        case "unknown":
            finder, until = blocks.person_select(entered.finder), blocks.date_picker(entered.until)
            asked = ((FINDER, "Who will find out?", finder), (UNTIL, "By when?", until))
            return [_heard(*each, route) for each in asked]
        case _:
            return part_fields(kind.parts, entered.parts, route)


def _heard(name: str, label: str, element: Block, route: str) -> Block:
    if not route:
        return blocks.field(name, label, element)
    return blocks.watched(name, label, element, f"{route}:{name}", optional=False)


def part_fields(parts: Sequence[Part], told: Parts, route: str) -> list[Block]:
    return [_part_field(each, entered_text(each, told), route) for each in parts]


def among_others(kind: TermKind, entered: Offer, parts: Sequence[Part], route: str) -> list[Block]:
    """The fields of one term in a form of several: a menu beside its name says whether it is a value at all.

    ``parts`` are asked for where it is; the form can be saved without them unless they may not lack. ``route`` hears of
    the menu. The fields are named by the term and the part, with a point between them.
    """
    others = [(label, stance) for label, stance in _INSTEAD if stance != entered.stance]
    menu = blocks.overflow(
        [blocks.button(f"{kind.label}: {label}", route, f"{kind.id}:{stance}") for label, stance in others]
    )
    menu["action_id"] = f"{menu['action_id']}:{kind.id}"
    head: Block = {**blocks.markdown(f"*{kind.label}*"), "accessory": menu}
    fields = part_fields(parts, entered.parts, "") if entered.stance == "value" else _fields_of(kind, entered, "")
    return [head, *(_named(f"{kind.id}.{each['block_id']}", each) for each in fields)]


def _named(name: str, field: Block) -> Block:
    element = field["element"]
    if not isinstance(element, dict):
        raise TypeError(field)
    return {**field, "block_id": name, "element": {**element, "action_id": name}}


def _part_field(part: Part, told: str, route: str) -> Block:
    match part.kind:
        case "choice" | "person":
            element = blocks.choice(part.options, told) if part.kind == "choice" else blocks.person_select(told)
            return _chosen(part, element, route)
        case "long" | "lines":
            element = blocks.text_input(told, multiline=True)
        case _:
            element = blocks.text_input(told, max_length=_TEXT)
    return blocks.field(part.id, part.label, element, part.hint, optional=part.may_lack)


def _chosen(part: Part, element: Block, route: str) -> Block:
    field = blocks.field(part.id, part.label, element, part.hint, optional=part.may_lack)
    heard = {"element": {**element, "action_id": f"{route}:{part.id}"}, "dispatch_action": True}
    return {**field, **heard} if route else field
