"""What people read of the register: who has a duty, whose a person's are, and the map of a component."""

from collections.abc import Mapping, Sequence
from typing import Literal

from handlers.responsibilities.catalogue import DutyKind
from handlers.responsibilities.rules.duties import Act
from handlers.responsibilities.rules.standing import ComponentDuty, offered, side_of
from handlers.slack import blocks
from handlers.slack.action_ids import EDIT_COMPONENT, OPEN_CARD
from handlers.slack.blocks import Block, Message
from storage.responsibilities.responsibilities import Component, Duty

CLAIM, DISPUTE = "owner_claim", "owner_dispute"
CONFIRM, DECLINE, SUGGEST = "owner_confirm", "owner_decline", "owner_suggest"
NEED, NOT_NEEDED, HELP, HISTORY = "owner_need", "owner_not_needed", "owner_help", "owner_history"
ADD, EDIT, PROPOSE_ALL = "owner_add", EDIT_COMPONENT, "owner_propose_all"
OPEN, MAP, MINE = "owner_open", "owner_map", "owner_mine"

GONE = "That is not there any more, or you may not see it here."
#: Names by user id for what everybody reads; without them people are shown as Slack shows a person.
Names = Mapping[str, str]
#: Two blocks each, and Slack takes fifty in a message.
_LISTED = 20
_NAMED_HERE = 12
#: So many components are listed where one duty is asked about in all of them.
EVERYWHERE = 30
#: What most people should press now.
_FIRST = ("I own this", "Still mine")

_BUTTONS: Mapping[Act, tuple[str, str]] = {
    "claim": ("I own this", CLAIM),
    "dispute": ("It is mine", DISPUTE),
    "confirm": ("Still mine", CONFIRM),
    "decline": ("Not me", DECLINE),
    "need": ("I can, but I need …", NEED),
    "suggest": ("Suggest someone", SUGGEST),
    "not needed": ("Not needed", NOT_NEEDED),
    "help": ("Helpers and backup", HELP),
}


def who(user_id: str, names: Names | None = None) -> Block:
    """A person: a name where everybody reads it, since nobody wants to be pinged by a question about them."""
    return blocks.person(user_id) if names is None else blocks.words(names.get(user_id, "somebody"), "bold")


def answer(about: ComponentDuty, asker: str, names: Names | None = None, after: Sequence[Block] = ()) -> Message:
    head = blocks.line(blocks.words(capital(about.name), "bold"))
    lines = [head, *state_lines(about, names), *after]
    below = [*buttons(about, asker), _button("History", HISTORY, about)]
    shown = (blocks.paragraphs(*lines), blocks.in_row(below))
    return Message(blocks.escape(f"{capital(about.name)}"), shown, asks=(about.value,))


def state_lines(about: ComponentDuty, names: Names | None = None) -> list[Block]:
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


def _has_it(about: ComponentDuty, names: Names | None) -> Block:
    duty = about.duty
    told = f" has it since {duty.since[:10]}, confirmed on {duty.confirmed_at[:10]}."
    if duty.owner in about.gone:
        told = f" had it and is gone. {about.kind.why}"
    return blocks.line(who(duty.owner, names), blocks.words(told))


def buttons(about: ComponentDuty, user_id: str) -> list[Block]:
    """What a person can do about a duty as it stands."""
    shown = [_BUTTONS[act] for act in offered(about, user_id)]
    return [_button(label, route, about, "primary" if label in _FIRST else None) for label, route in shown]


def numbered(elements: Sequence[Block], place: int) -> list[Block]:
    """Return the buttons of one duty of several in a message."""
    return [{**each, "action_id": blocks.numbered(str(each["action_id"]), place)} for each in elements]


def everywhere(kind: DutyKind, listed: Sequence[ComponentDuty], unknown: str, names: Names | None = None) -> Message:
    """Say who has one duty in each component; ``unknown`` is what the question names and the register does not."""
    lines = [blocks.line(blocks.words(capital(kind.name), "bold"))]
    if unknown:
        lines.append(blocks.line(blocks.words(f"I know no component “{unknown[:80]}”. This is who has it elsewhere:")))
    lines += [_stands(each.component.name, each, names) for each in listed[:EVERYWHERE]]
    more = len(listed) - EVERYWHERE
    below = [blocks.small_print(f"And {more} more.")] if more > 0 else []
    return Message(blocks.escape(capital(kind.name)), (blocks.paragraphs(*lines), *below))


def which_duty(component: Component, listed: Sequence[ComponentDuty], names: Names | None = None) -> Message:
    """Say who has what of a component, where the question names no duty that it has."""
    head = blocks.line(blocks.words(f"Which duty of {component.name}? This is how it stands:", "bold"))
    lines = [_stands(capital(each.kind.name), each, names) for each in listed]
    below = blocks.buttons(component_buttons(component))
    return Message(blocks.escape(f"Which duty of {component.name}?"), (blocks.paragraphs(head, *lines), below))


def _stands(name: str, about: ComponentDuty, names: Names | None) -> Block:
    return blocks.line(blocks.words(f"{name}: "), *_short_state(about.duty, names))


def no_component(text: str, known: Sequence[Component], command: str) -> Message:
    named = ", ".join(each.name for each in known[:_NAMED_HERE])
    there = f"I know these components: {named}. None of them is named there."
    told = there if known else "No component is in the register yet."
    lines = [
        blocks.line(blocks.words(told)),
        blocks.line(blocks.words(f"Ask for instance: {command} churn model deployment. Or add a component:")),
    ]
    button = blocks.button("Add a component", ADD, text[:80])
    return Message(blocks.escape(told), (blocks.paragraphs(*lines), blocks.buttons([button])))


def mine(listed: Sequence[ComponentDuty], user_id: str, begin: int = 0) -> Message:
    """List what a person has, claims, or is asked to take, a page at a time."""
    if not listed:
        return blocks.said("No duty is yours, and none is proposed to you.")
    shown: list[Block] = []
    for place, about in enumerate(listed[begin : begin + _LISTED]):
        head = blocks.line(blocks.words(capital(about.name), "bold"))
        below = numbered(buttons(about, user_id), place)
        shown += [blocks.paragraphs(head, *state_lines(about)), blocks.buttons(below)]
    left = len(listed) - begin - _LISTED
    more = [blocks.buttons([blocks.button(f"{left} more", MINE, str(begin + _LISTED))])] if left > 0 else []
    return Message("Your duties", (*shown, *more))


def no_components(command: str) -> Message:
    told = f"No component is in the register yet. Add one with {command} add."
    return blocks.offer(told, blocks.button("Add a component", ADD))


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


def _default_line(about: ComponentDuty, names: Names | None) -> list[Block]:
    people = side_of(about)
    if not people:
        return []
    sides = " and ".join(each for each in (about.kind.side, about.kind.with_) if each)
    return [blocks.line(blocks.words(f"By default it falls to the {sides} side: "), *_join(people, names))]


def _join(people: Sequence[str], names: Names | None) -> list[Block]:
    joined: list[Block] = []
    for place, each in enumerate(people):
        comma = "" if place == 0 else " and " if place == len(people) - 1 else ", "
        joined += [*([blocks.words(comma)] if comma else []), who(each, names)]
    return joined


def _button(label: str, route: str, about: ComponentDuty, style: Literal["primary"] | None = None) -> Block:
    return blocks.button(label, route, about.value, style)


def component_buttons(component: Component, *, has_map: bool = True) -> list[Block]:
    """The doors from a component: its map, and what is required of it where it is a model."""
    shown = [blocks.button("Show the map", MAP, component.id)] if has_map else []
    card = blocks.button("What is required of it", OPEN_CARD, component.id)
    return [*shown, *([card] if component.kind == "model" else [])]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
