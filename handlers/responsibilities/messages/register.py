"""What people read of the register: who owns a duty, which are a person's, and how a component stands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from handlers.checks.dates import day
from handlers.responsibilities.catalogue import DutyKind
from handlers.responsibilities.rules.duties import Act
from handlers.responsibilities.rules.standing import ComponentDuty, offered, side_of
from handlers.slack import blocks
from handlers.slack.action_ids import DUTIES_REVIEW, EDIT_COMPONENT, OPEN_CARD, RETIRE_COMPONENT, SUGGEST_OWNER
from handlers.slack.blocks import Block, Message
from storage.responsibilities.responsibilities import MODELS, Component, Duty, Kind

CLAIM, DISPUTE, CONFIRM, DECLINE = "owner_claim", "owner_dispute", "owner_confirm", "owner_decline"
SUGGEST, NEED, NOT_NEEDED, HELP = SUGGEST_OWNER, "owner_need", "owner_not_needed", "owner_help"
HISTORY, OPEN, MAP, MINE = "owner_history", "owner_open", "owner_map", "owner_mine"
ADD, EDIT, PROPOSE_ALL = "owner_add", EDIT_COMPONENT, "owner_propose_all"

GONE = "It's gone, or you can't see it here."
#: Names by user id for what everybody reads; without them people are shown as Slack shows a person.
Names = Mapping[str, str]
#: So many rows of components, and of one duty in all components, are shown at once.
_COMPONENTS, EVERYWHERE = 20, 30
#: Of a longer list so many stand in a sentence.
_NAMED, _NAMED_HERE = 3, 12
#: So many buttons stand beside the menu where somebody only wanted to know.
_BESIDE_MENU = 2

#: What the card of a component is called on its button, by its kind.
_CARDS: Mapping[Kind, str] = {**dict.fromkeys(MODELS, "Requirements"), "service": "Interface", "product": "Usage"}
_BUTTONS: Mapping[Act, tuple[str, str]] = {
    "claim": ("I'll take it", CLAIM),
    "dispute": ("I own it too", DISPUTE),
    "confirm": ("Still mine", CONFIRM),
    "decline": ("Not me", DECLINE),
    "need": ("Yes, if …", NEED),
    "suggest": ("Suggest someone", SUGGEST),
    "not needed": ("Not needed", NOT_NEEDED),
    "help": ("Helpers and backup", HELP),
}


def who(user_id: str, names: Names | None = None) -> Block:
    """A person: a name where everybody reads it, since nobody wants to be pinged by a question about them."""
    return blocks.person(user_id) if names is None else blocks.words(names.get(user_id, "somebody"), "bold")


def answer(about: ComponentDuty, asker: str, names: Names | None = None, after: Sequence[Block] = ()) -> Message:
    below = [*buttons(about, asker), blocks.button("History", HISTORY, about.value)]
    most = blocks.IN_ROW if about.present.proposed_to == asker else _BESIDE_MENU
    shown = (blocks.paragraphs(*state_lines(about, names), *after), blocks.in_row(below, most))
    return Message(blocks.escape(in_short(about)), shown, asks=(about.value,))


def either(listed: Sequence[ComponentDuty], names: Names | None = None) -> Message:
    """Say how each of some duties of a component stands, where a question may be about any of them."""
    lines = [_stands(capital(each.name), each, names) for each in listed]
    opens = [
        blocks.spoken(blocks.button(capital(each.kind.short), OPEN, each.value), f"Open {each.name}") for each in listed
    ]
    shown = blocks.apart([blocks.paragraphs(*lines), blocks.buttons(opens)])
    return Message(blocks.escape(". ".join(map(in_short, listed))), shown)


def in_short(about: ComponentDuty) -> str:
    """Say how a duty stands, as a notification does."""
    told = {"accepted": "has an owner", "disputed": "has two owners", "not needed": "isn't needed"}
    return f"{capital(about.name)} {told.get(about.present.state, 'has no owner')}"


def state_lines(about: ComponentDuty, names: Names | None = None) -> list[Block]:
    """Say how a duty stands, with its name."""
    duty, name = about.duty, blocks.words(capital(about.name), "bold")
    match duty.state:
        case "accepted":
            return [_owned(about, names), *_help_lines(duty, names)]
        case "proposed":
            asked = blocks.words(f" was asked {day(duty.changed_at)}{about.for_team} and hasn't answered.")
            if duty.need:
                asked = blocks.words(f" would take it on, if: {duty.need}")
            return [
                blocks.line(name, blocks.words(" has no owner yet.")),
                blocks.line(who(duty.proposed_to, names), asked),
            ]
        case "disputed":
            told = blocks.words(f" {'all' if duty.claimants[2:] else 'both'} say they own it.")
            return [blocks.line(name, blocks.words(": "), *joined(duty.claimants, names), told)]
        case "not needed":
            return [blocks.line(name, blocks.words(f" isn't needed: {duty.reason}"))]
        case _:
            nobody = blocks.line(name, blocks.words(" has no owner."))
            return [nobody, blocks.line(blocks.words(about.kind.without_owner)), *_default_line(about, names)]


def _owned(about: ComponentDuty, names: Names | None) -> Block:
    duty, name = about.duty, blocks.words(about.name, "bold")
    if duty.owner in about.gone:
        return blocks.line(
            who(duty.owner, names),
            blocks.words(" owned "),
            name,
            blocks.words(f"{about.for_team} and has left{' it' if about.has_left_team else ''}. "),
            blocks.words(about.kind.without_owner),
        )
    confirmed = "" if duty.confirmed_at[:10] <= duty.since[:10] else f", confirmed {day(duty.confirmed_at)}"
    since = blocks.words(f"{about.for_team}, since {day(duty.since)}{confirmed}.")
    return blocks.line(who(duty.owner, names), blocks.words(" owns "), name, since)


def buttons(about: ComponentDuty, user_id: str) -> list[Block]:
    """What a person can do about a duty as it stands; first what most should press."""
    acts = offered(about, user_id)
    is_asked = bool(user_id) and about.present.proposed_to == user_id
    asked = {**_BUTTONS, "claim": ("Accept", CLAIM)} if is_asked else _BUTTONS
    shown = [blocks.button(*asked[act], about.value) for act in acts]
    return [{**shown[0], "style": "primary"}, *shown[1:]] if acts[:1] in (("claim",), ("confirm",)) else shown


def everywhere(kind: DutyKind, listed: Sequence[ComponentDuty], unknown: str, names: Names | None = None) -> Message:
    """Say who owns one duty in each component; ``unknown`` is what the question names and the register does not."""
    head = f"No component is called “{unknown[:80]}”. Other components have:" if unknown else ""
    # What is only nearest isn't shown as found.
    name = capital(kind.name)
    lines = [blocks.line(blocks.words(name) if unknown else blocks.words(name, "bold"))]
    lines += [blocks.line(blocks.words(head))] if head else []
    lines += [_stands(each.component.name, each, names) for each in listed[:EVERYWHERE]]
    more = len(listed) - EVERYWHERE
    below = [blocks.small_print(f"And {more} more.")] if more > 0 else []
    return Message(blocks.escape(capital(kind.name)), (blocks.paragraphs(*lines), *below))


def overview(
    component: Component, listed: Sequence[ComponentDuty], names: Names | None = None, notes: Sequence[str] = ()
) -> Message:
    """Say who owns what of a component, a person a line, and what has no owner."""
    owned, asked = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for each in listed:
        duty = each.present
        owned[duty.owner].append(each.kind.short)
        asked[duty.proposed_to].append(each.kind.short)
    open_ones = [each.kind.short for each in listed if each.present.state == "unowned"]
    quarrels = [each.kind.short for each in listed if each.present.state == "disputed"]
    has = sum(len(each) for person, each in owned.items() if person)
    lines = [blocks.line(blocks.words(component.name, "bold"), blocks.words(f": {_owners(has, len(listed))}"))]
    lines += [blocks.line(blocks.words(each)) for each in notes]
    lines += [
        blocks.line(who(person, names), blocks.words(f": {few(mine)}")) for person, mine in owned.items() if person
    ]
    lines += [
        blocks.line(blocks.words("Asked: "), who(person, names), blocks.words(f" about {few(theirs)}"))
        for person, theirs in asked.items()
        if person
    ]
    lines += [blocks.line(blocks.words(f"Two owners: {few(quarrels)}"))] if quarrels else []
    lines += [blocks.line(blocks.words(f"No owner: {few(open_ones)}"))] if open_ones else []
    below = blocks.in_row(component_buttons(component))
    return Message(blocks.escape(f"{component.name}: {_owners(has, len(listed))}"), (blocks.paragraphs(*lines), below))


def _owners(has: int, of: int) -> str:
    return (
        f"none of its {of} duties has an owner yet."
        if not has
        else f"{has} of {of} duties {'has' if has == 1 else 'have'} an owner."
    )


def _stands(name: str, about: ComponentDuty, names: Names | None) -> Block:
    return blocks.line(blocks.words(f"{name}: "), *_short_state(about, names))


def no_component(text: str, known: Sequence[Component], command: str) -> Message:
    """Say that a question names no component of the register, and offer to add one."""
    named = ", ".join(each.name for each in known[:_NAMED_HERE])
    told = f"I don't know that component. The register has {named}." if known else "The register is empty so far."
    such = f"Ask like this: {command} churn model deployment. Or add a component:"
    shown = (
        blocks.sentence(told),
        blocks.sentence(such),
        blocks.buttons([blocks.button("Add a component", ADD, text[:80])]),
    )
    return Message(blocks.escape(told), shown)


def mine(listed: Sequence[ComponentDuty], user_id: str) -> Message:
    """List what a person owns, and what they are asked to take on, a component a row."""
    by_component: defaultdict[str, list[ComponentDuty]] = defaultdict(list)
    for each in listed:
        by_component[each.component.id].append(each)
    if not listed:
        return blocks.said("You own no duties, and nobody asks you to take one on.")
    shown = [_own_row(each, user_id) for each in list(by_component.values())[:_COMPONENTS]]
    more = len(by_component) - _COMPONENTS
    below = [blocks.small_print(f"And {more} more component{'s' if more > 1 else ''}.")] if more > 0 else []
    return Message("Your duties", blocks.apart([*shown, *below]))


def _own_row(listed: Sequence[ComponentDuty], user_id: str) -> Block:
    component = listed[0].component
    own = [each.kind.short for each in listed if each.present.owner == user_id]
    asked = [each.kind.short for each in listed if each.present.proposed_to == user_id]
    quarrels = [each.kind.short for each in listed if user_id in each.present.claimants]
    told = [f"You own {few(own)}."] if own else []
    told += [f"You're asked to take on {few(asked)}."] if asked else []
    told += [f"You and somebody else both own {few(quarrels)}."] if quarrels else []
    review = blocks.spoken(blocks.button("Review", DUTIES_REVIEW, f"{component.id} own"), f"Review {component.name}")
    return blocks.row(f"{component.name}: {' '.join(told)}", review)


def no_components(command: str) -> Message:
    told = f"The register is empty so far. Add the first component with {command} add."
    return blocks.offer(told, blocks.button("Add a component", ADD))


def not_for_guests(admins: Sequence[str], names: Names | None) -> Message:
    """Tell a guest why they see nothing, and whom they can ask."""
    ask = [blocks.words(" Ask "), *joined(admins[:2], names, " or "), blocks.words(".")] if admins else []
    told = "Guests don't see the register of duties."
    return Message(told, (blocks.paragraphs(blocks.line(blocks.words(told), *ask)),))


def how_to(command_prefix: str) -> Message:
    command = f"/{command_prefix}owner"
    lines = (
        f"`{command} churn model deployment`: who owns it (typos and synonyms are fine)",
        f"`{command} churn model`: who owns what, and what has no owner",
        f"`{command} map`: everything as a table",
        f"`{command} retire churn model`: when it goes, and what takes its place",
        f"`{command} card NAME`, `{command} card NAME interface`: what a model must reach, and how it's called",
        f"`{command} feedback NAME`: a form for what users saw",
    )
    told = "*Who owns which duty*\n" + "\n".join(f"• {line}" for line in lines)
    below = [blocks.button("My duties", MINE), blocks.button("Map", MAP), blocks.button("Add a component", ADD)]
    return Message(told, (blocks.markdown(told), blocks.buttons(below)))


def few(names: Sequence[str]) -> str:
    """Return a list in a sentence, without what is too much for one: "labelling, evaluation and 6 more"."""
    if len(names) > _NAMED + 1:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _short_state(about: ComponentDuty, names: Names | None) -> list[Block]:
    duty = about.duty
    match duty.state:
        case "accepted":
            return [who(duty.owner, names), *([blocks.words(about.for_team)] if about.team is not None else [])]
        case "proposed":
            return [blocks.words("no owner yet, asked "), who(duty.proposed_to, names)]
        case "disputed":
            return [*joined(duty.claimants, names), blocks.words(", undecided")]
        case "not needed":
            return [blocks.words("not needed")]
        case _:
            return [blocks.words("no owner", "italic")]


def _help_lines(duty: Duty, names: Names | None) -> list[Block]:
    lines = []
    if duty.helpers:
        helps = " helps." if len(duty.helpers) == 1 else " help."
        lines.append(blocks.line(*joined(duty.helpers, names), blocks.words(helps)))
    if duty.backup:
        lines.append(blocks.line(blocks.words("Backup: "), who(duty.backup, names)))
    return [*lines, *([blocks.line(blocks.words(f"Needs: {duty.need}"))] if duty.need else [])]


def _default_line(about: ComponentDuty, names: Names | None) -> list[Block]:
    if about.team is not None:
        return [blocks.line(blocks.words(f"It belongs to {about.team.name}."))]
    people = side_of(about)
    return [blocks.line(blocks.words("Suggested: "), *joined(people, names), blocks.words("."))] if people else []


def joined(people: Sequence[str], names: Names | None, last: str = " and ") -> list[Block]:
    joined: list[Block] = []
    for place, each in enumerate(people):
        comma = "" if place == 0 else last if place == len(people) - 1 else ", "
        joined += [*([blocks.words(comma)] if comma else []), who(each, names)]
    return joined


def component_buttons(component: Component, *, has_map: bool = True) -> list[Block]:
    """The doors from a component: its map, and its card where it has one."""
    shown = [blocks.button("Map", MAP, component.id)] if has_map else []
    label = _CARDS.get(component.kind, "")
    shown += [blocks.button(label, OPEN_CARD, component.id)] if label else []
    return [*shown, *([blocks.button("Retirement", RETIRE_COMPONENT, component.id)] if component.retires_on else [])]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
