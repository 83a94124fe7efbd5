"""What people read of the register: who has a duty, whose a person's are, and the map of a component."""

from collections.abc import Mapping, Sequence
from typing import Literal

from handlers.responsibilities.catalogue import DutyKind
from handlers.responsibilities.context import Seen
from handlers.slack import blocks
from handlers.slack.action_ids import EDIT_COMPONENT, OPEN_CARD
from handlers.slack.blocks import Block, Message
from storage.responsibilities.responsibilities import Component, Duty

CLAIM = "owner_claim"
DECLINE = "owner_decline"
SUGGEST = "owner_suggest"
NEED = "owner_need"
NOT_NEEDED = "owner_not_needed"
CONFIRM = "owner_confirm"
HELP = "owner_help"
HISTORY = "owner_history"
ADD = "owner_add"
EDIT = EDIT_COMPONENT
OPEN = "owner_open"
MAP = "owner_map"
PROPOSE_ALL = "owner_propose_all"
MINE = "owner_mine"

#: Names by user id for what everybody reads; without them people are shown as Slack shows a person.
Names = Mapping[str, str]
#: Two blocks each, and Slack takes fifty in a message.
_LISTED = 20
_NAMED_HERE = 12


_NEEDS = ("I can, but I need …", NEED)


def who(user_id: str, names: Names | None = None) -> Block:
    """A person: a name where everybody reads it, since nobody wants to be pinged by a question about them."""
    return blocks.person(user_id) if names is None else blocks.words(names.get(user_id, "somebody"), "bold")


def answer(about: Seen, asker: str, names: Names | None = None, after: Sequence[Block] = ()) -> Message:
    """Say who has a duty, with the buttons that can change it."""
    head = blocks.line(blocks.words(capital(about.name), "bold"))
    lines = [head, *state_lines(about, names), *after]
    below = [*buttons(about, asker), _button("History", HISTORY, about)]
    return Message(blocks.escape(f"{capital(about.name)}"), (blocks.paragraphs(*lines), blocks.buttons(below)))


def state_lines(about: Seen, names: Names | None = None) -> list[Block]:
    """Say how it stands with a duty."""
    duty = about.duty
    match duty.state:
        case "accepted":
            return [_has_it(about, names), *_help_lines(duty, names)]
        case "proposed":
            told = " and can, but needs: " + duty.need if duty.need else " and has not answered yet."
            asked = blocks.words(f" was asked on {duty.changed_at[:10]}{told}")
            return [blocks.line(who(duty.proposed_to, names), asked)]
        case "disputed":
            people = _join(duty.claimants, names)
            return [blocks.line(*people, blocks.words(" each say that it is theirs. That is not settled yet."))]
        case "not needed":
            return [blocks.line(blocks.words(f"Not needed here: {duty.reason}"))]
        case _:
            return [blocks.line(blocks.words(f"Nobody has it. {about.kind.why}")), *_default_line(about, names)]


def _has_it(about: Seen, names: Names | None) -> Block:
    duty = about.duty
    told = f" has it since {duty.since[:10]}, confirmed on {duty.confirmed_at[:10]}."
    if duty.owner in about.gone:
        told = f" had it and is gone. {about.kind.why}"
    return blocks.line(who(duty.owner, names), blocks.words(told))


def buttons(about: Seen, user_id: str) -> list[Block]:
    """What a person can do about a duty as it stands."""
    duty = about.present
    choices = [("I own this", CLAIM), ("Suggest someone", SUGGEST), ("Not needed", NOT_NEEDED)]
    match duty.state:
        case "accepted" if duty.owner == user_id:
            choices = [("Still mine", CONFIRM), ("Not me", DECLINE), _NEEDS, ("Helpers and backup", HELP)]
        case "accepted":
            choices = [("It is mine", CLAIM)]
        case "proposed" if duty.proposed_to == user_id:
            choices = [("I own this", CLAIM), ("Not me", DECLINE), _NEEDS, ("Suggest someone", SUGGEST)]
        case "disputed":
            choices = [("Not me", DECLINE)] if user_id in duty.claimants else []
        case "not needed":
            choices = [("I own this", CLAIM)]
        case "unowned" if user_id in side_of(about) and user_id not in duty.declined_by:
            choices.insert(1, ("Not me", DECLINE))
    first = ("I own this", "Still mine")
    return [_button(label, route, about, "primary" if label in first else None) for label, route in choices]


def everywhere(kind: DutyKind, listed: Sequence[Seen], unknown: str, names: Names | None = None) -> Message:
    """Say who has one duty in each component; ``unknown`` is what the question names and the register does not."""
    lines = [blocks.line(blocks.words(capital(kind.name), "bold"))]
    if unknown:
        lines.append(blocks.line(blocks.words(f"I know no component “{unknown[:80]}”. This is who has it elsewhere:")))
    lines += [
        blocks.line(blocks.words(f"{each.component.name}: "), *_short_state(each.duty, names)) for each in listed[:30]
    ]
    return Message(blocks.escape(capital(kind.name)), (blocks.paragraphs(*lines), *_more(len(listed), 30)))


def which_duty(component: Component, listed: Sequence[Seen], names: Names | None = None) -> Message:
    """Say who has what of a component, where the question names no duty that it has."""
    head = blocks.line(blocks.words(f"Which duty of {component.name}? This is how it stands:", "bold"))
    lines = [
        blocks.line(blocks.words(f"{capital(each.kind.name)}: "), *_short_state(each.duty, names)) for each in listed
    ]
    return Message(
        blocks.escape(f"Which duty of {component.name}?"),
        (blocks.paragraphs(head, *lines), blocks.buttons(component_buttons(component))),
    )


def no_component(text: str, known: Sequence[Component], command: str) -> Message:
    """Say that a question names nothing that is in the register."""
    named = ", ".join(each.name for each in known[:_NAMED_HERE])
    told = (
        f"I know these components: {named}. None of them is named there."
        if known
        else "No component is in the register yet."
    )
    lines = [
        blocks.line(blocks.words(told)),
        blocks.line(blocks.words(f"Ask for instance: {command} churn model deployment. Or add a component:")),
    ]
    button = blocks.button("Add a component", ADD, text[:80])
    return Message(blocks.escape(told), (blocks.paragraphs(*lines), blocks.buttons([button])))


def mine(listed: Sequence[Seen], user_id: str, begin: int = 0) -> Message:
    """List what a person has, claims, or is asked to take, a page at a time."""
    if not listed:
        return blocks.said("No duty is yours, and none is proposed to you.")
    shown: list[Block] = []
    for place, about in enumerate(listed[begin : begin + _LISTED]):
        head = blocks.line(blocks.words(capital(about.name), "bold"))
        told = [*buttons(about, user_id)]
        numbered = [{**each, "action_id": blocks.numbered(str(each["action_id"]), place)} for each in told]
        shown += [blocks.paragraphs(head, *state_lines(about)), blocks.buttons(numbered)]
    left = len(listed) - begin - _LISTED
    more = [blocks.buttons([blocks.button(f"{left} more", MINE, str(begin + _LISTED))])] if left > 0 else []
    return Message("Your duties", (*shown, *more))


def no_components(command: str) -> Message:
    told = f"No component is in the register yet. Add one with {command} add."
    button = blocks.button("Add a component", ADD)
    return Message(told, (blocks.paragraphs(blocks.line(blocks.words(told))), blocks.buttons([button])))


def gone() -> Message:
    return blocks.said("That is not there any more, or you may not see it here.")


def how_to(command_prefix: str) -> Message:
    command = f"/{command_prefix}owner"
    lines = (
        f"`{command} churn model deployment`: who has a duty; typos and synonyms are understood",
        f"`{command} add`, `{command} edit NAME`: a product, model, dataset, pipeline or service, and its people",
        f"`{command} map`, `{command} map NAME`: who has what, as a table",
        f"`{command} mine`: your duties, and what is proposed to you",
        f"`{command} card NAME`: what is required of a model, agreed by both sides, and what was measured",
        f"`{command} feedback NAME`: tell the model team what you saw in use; `feedback list`, `feedback FB-3`",
    )
    told = "*Who has which duty*\n" + "\n".join(f"• {line}" for line in lines)
    return Message(told, (blocks.markdown(told),))


def _short_state(duty: Duty, names: Names | None) -> list[Block]:
    match duty.state:
        case "accepted":
            return [who(duty.owner, names)]
        case "proposed":
            return [who(duty.proposed_to, names), blocks.words(" was asked")]
        case "disputed":
            return [*_join(duty.claimants, names), blocks.words(", not settled")]
        case "not needed":
            return [blocks.words("not needed")]
        case _:
            return [blocks.words("nobody", "italic")]


def _help_lines(duty: Duty, names: Names | None) -> list[Block]:
    lines = []
    if duty.helpers:
        lines.append(blocks.line(*_join(duty.helpers, names), blocks.words(" help.")))
    if duty.backup:
        lines.append(blocks.line(blocks.words("Backup: "), who(duty.backup, names)))
    return [*lines, *_need_line(duty)]


def _need_line(duty: Duty) -> list[Block]:
    return [blocks.line(blocks.words(f"They need: {duty.need}"))] if duty.need else []


def _default_line(about: Seen, names: Names | None) -> list[Block]:
    people = side_of(about)
    if not people:
        return []
    sides = " and ".join(each for each in (about.kind.side, about.kind.with_) if each)
    return [blocks.line(blocks.words(f"By default it falls to the {sides} side: "), *_join(people, names))]


def side_of(about: Seen) -> tuple[str, ...]:
    """Return who a duty falls to by default: its side first, then the side that shares it."""
    component, kind = about.component, about.kind
    sides = {"product": component.product_side, "model": component.model_side, "lead": (component.lead,)}
    people = [each for side in (kind.side, kind.with_) if side for each in sides.get(side, ())]
    return tuple(each for each in dict.fromkeys(people) if each not in about.gone)


def _join(people: Sequence[str], names: Names | None) -> list[Block]:
    joined: list[Block] = []
    for place, each in enumerate(people):
        comma = "" if place == 0 else " and " if place == len(people) - 1 else ", "
        joined += [*([blocks.words(comma)] if comma else []), who(each, names)]
    return joined


def _button(label: str, route: str, about: Seen, style: Literal["primary"] | None = None) -> Block:
    return blocks.button(label, route, about.value, style)


def component_buttons(component: Component, *, has_map: bool = True) -> list[Block]:
    """The doors from a component: its map, and what is required of it where it is a model."""
    shown = [blocks.button("Show the map", MAP, component.id)] if has_map else []
    card = blocks.button("What is required of it", OPEN_CARD, component.id)
    return [*shown, *([card] if component.kind == "model" else [])]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _more(count: int, shown: int) -> tuple[Block, ...]:
    return (blocks.small_print(f"And {count - shown} more."),) if count > shown else ()
