"""What people read of a requirement card: the card, its history, what each is told; and the ids of its buttons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers import blocks
from handlers.blocks import Block, Message, Modal
from handlers.requirements import rules
from handlers.requirements.aspects import KINDS
from handlers.terms import Names, offer_words, person_name
from storage.data_requests import DataRequest
from storage.decisions import Decision
from storage.requirements import ASPECTS, Aspect, Card, Evaluation, Requirement
from storage.responsibilities import Component
from storage.terms import Agreement
from storage.versioned import Event

OPEN = "card_open"
FILL_IN = "card_fill_in"
AGREE = "card_agree"
EVALUATE = "card_evaluate"
HISTORY = "card_history"
EXPORT = "card_export"
CARD = "card_shown"

#: Slack takes 12,000 characters in all blocks of a message; eleven rows and the lists below them share them.
_TEXT, _ROW, _LISTED, _TITLE, _EVENTS = 600, 800, 6, 100, 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A card with what stands beside it; ``evaluations`` and ``decisions`` are the latest first."""

    component: Component
    card: Card
    evaluations: Sequence[Evaluation]
    decisions: Sequence[Decision]
    requests: Sequence[DataRequest]
    names: Names
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """A model and the id of its card, by which what tells of it is found again; empty before there is one."""

    component: Component
    card_id: str

    @property
    def name(self) -> str:
        return self.component.name

    @property
    def value(self) -> str:
        """Return what a button carries that opens the card."""
        return f"{self.component.id}:{self.card_id}"


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody said of one aspect, and the words for it."""

    place: Place
    aspect: Aspect
    requirement: Requirement
    words: str

    @property
    def what(self) -> str:
        return rules.label(self.aspect).lower()


def card(shown: Shown, user_id: str, *, is_private: bool) -> Message:
    """What is required of a model, with what this person can do about it; where others read too, a door for each."""
    title = f"{shown.component.name}: what is required of it"
    door = blocks.buttons([blocks.button("What waits for me?", OPEN, Place(shown.component, shown.card.id).value)])
    return Message(blocks.escape(title), (*_card_blocks(shown, user_id, title), *(() if is_private else (door,))))


def card_form(shown: Shown, user_id: str, told: str = "") -> Modal:
    """The same as a form without fields, in which one aspect after another is filled in."""
    title = f"{shown.component.name}: what is required of it"
    said = [blocks.small_print(told)] if told else []
    return Modal(CARD, "Requirement card", (*said, *_card_blocks(shown, user_id, title)))


def _card_blocks(shown: Shown, user_id: str, title: str) -> list[Block]:
    part, card = shown.component, shown.card
    launch = f"It launches on {part.launch_on}. " if part.launch_on else ""
    settled = [each for each in ASPECTS if rules.state_of(card.requirements.get(each)) == "agreed"]
    head = [
        blocks.line(blocks.words(title, "bold")),
        blocks.line(blocks.words(f"{launch}{len(settled)} of {len(ASPECTS)} are agreed.")),
    ]
    said: list[Block] = [blocks.paragraphs(*head)]
    said += [_row(shown, aspect, place) for place, aspect in enumerate(ASPECTS)]
    if beside := _beside(shown):
        said.append(blocks.paragraphs(*beside))
    sides = rules.sides_of(part, user_id, shown.gone)
    mine = rules.waiting(card, sides)
    label, value = f"Agree to all that waits for you: {len(mine)}", f"{part.id}::{card.version}"
    below = [
        *([blocks.button(label, AGREE, value, "primary")] if mine else []),
        blocks.button("Enter an evaluation", EVALUATE, part.id),
        blocks.button("Get it as files", EXPORT, part.id), blocks.button("History", HISTORY, part.id),
    ]  # fmt: skip
    return [*said, blocks.buttons(below)]


def _row(shown: Shown, aspect: Aspect, place: int) -> Block:
    requirement = shown.card.requirements.get(aspect)
    told = "\n".join(
        [f"{rules.label(aspect)}: {_said(shown, aspect, requirement)}", *_notes(shown, aspect, requirement)]
    )
    label = "Fill in" if requirement is None else "Change"
    button = blocks.button(label, blocks.numbered(FILL_IN, place), f"{shown.component.id}:{aspect}")
    return blocks.row(blocks.cut(told, _ROW), blocks.spoken(button, f"{label} {rules.label(aspect).lower()}"))


def _said(shown: Shown, aspect: Aspect, requirement: Requirement | None) -> str:
    if requirement is None:
        return "nothing is said yet"
    return blocks.cut(offer_words(KINDS[aspect], requirement.said, shown.names), _TEXT)


def _notes(shown: Shown, aspect: Aspect, requirement: Requirement | None) -> list[str]:
    """Say whose agreement is there or missing, what goes until then, and how it compares with what was measured."""
    if requirement is None:
        return []
    notes = [agreement_words(requirement, shown.names)]
    measured = rules.judged(aspect, requirement, shown.evaluations)
    if measured is not None:
        found = measured.evaluation
        on = f": {measured.value} on {found.measured_on}" if found is not None else ""
        notes.append(f"{measured.verdict.capitalize()}{on}")
    before = requirement.agreed
    if before is not None and not before.says_the_same(requirement.said):
        words = offer_words(KINDS[aspect], before, shown.names)
        notes.append(f"Until then goes what was agreed before: {blocks.cut(words, _TEXT)}")
    return [each for each in notes if each]


def agreement_words(requirement: Requirement, names: Names) -> str:
    """Say by whom a requirement was agreed, or for whom it waits; empty for what is unknown."""
    said = requirement.said
    if said.stance == "unknown":
        return ""
    if left := rules.sides_left(requirement):
        sides = " and ".join(f"the {side} side" for side in left)
        return f"{person_name(said.by, names)} says so since {said.at[:10]}. It waits for {sides}."
    recorded = f" The reason is in the decision log as {requirement.decision}." if requirement.decision else ""
    return f"Agreed by {_agreed_by(requirement.agreed_by.values(), names)}.{recorded}"


def _agreed_by(agreements: Iterable[Agreement], names: Names) -> str:
    return " and ".join(dict.fromkeys(f"{person_name(each.user_id, names)} on {each.at[:10]}" for each in agreements))


def _beside(shown: Shown) -> list[Block]:
    """The latest evaluation, the decisions that set it, and the data requests that feed the model."""
    lines = []
    if shown.evaluations:
        lines.append(_evaluation_line(shown.evaluations[0], shown.names))
    groups = (
        ("Decisions", [f"{each.number} {each.title}" for each in shown.decisions]),
        ("Data requests that feed it", [f"{each.number} {each.entity} ({each.state})" for each in shown.requests]),
    )
    for heading, listed in groups:
        if listed:
            more = f"; and {len(listed) - _LISTED} more" if len(listed) > _LISTED else ""
            told = blocks.words(f"{'; '.join(blocks.cut(each, _TITLE) for each in listed[:_LISTED])}{more}")
            lines.append(blocks.line(blocks.words(f"{heading}: ", "bold"), told))
    return lines


def _evaluation_line(found: Evaluation, names: Names) -> Block:
    is_link = found.link.startswith("http")
    link = blocks.link(found.link, "report") if is_link else blocks.words(found.link)
    version = f", version {found.model_version}" if found.model_version else ""
    by = f", entered by {person_name(found.by, names)}" if found.by else ""
    values = "; ".join(f"{rules.label(aspect).lower()} {value}" for aspect, value in found.values.items())
    return blocks.line(
        blocks.words("Latest evaluation: ", "bold"), blocks.words(f"{found.measured_on}{version}{by}: {values} ("),
        link, blocks.words(")"),
    )  # fmt: skip


def history(component: Component, events: Sequence[Event], names: Names, begin: int = 0) -> Message:
    """What happened to a card, newest first, a page at a time."""
    title = f"History of what is required of {component.name}"
    lines = [blocks.line(blocks.words(title, "bold"))]
    for each in events[begin : begin + _EVENTS]:
        note = f": {each.note}" if each.note else ""
        told = f"{each.at[:10]} {person_name(each.by, names)} {each.what}{note}"
        lines.append(blocks.line(blocks.words(blocks.cut(told, 400))))
    if not events:
        lines.append(blocks.line(blocks.words("Nothing was said yet.")))
    left = len(events) - begin - _EVENTS
    older = [blocks.button(f"{left} older", HISTORY, f"{component.id}:{begin + _EVENTS}")] if left > 0 else []
    return Message(blocks.escape(title), (blocks.paragraphs(*lines), *([blocks.buttons(older)] if older else [])))


def asked(saying: Saying, *, is_again: bool) -> Message:
    """Ask a side whether it agrees: of one aspect where it had agreed to another value, else to what begins to wait."""
    place, what, said = saying.place, saying.what, saying.requirement.said
    agree = blocks.button(
        "Agree", AGREE, f"{place.component.id}:{saying.aspect}:{saying.requirement.version}", "primary"
    )
    told = f" says what {place.name} is to reach, and it waits for you. More may follow; the card has it all:"
    if is_again:
        told = f" changed what was agreed for {what} of {place.name}. Both sides are asked anew:"
    head = blocks.line(blocks.person(said.by), blocks.words(told))
    quoted = blocks.quotation(blocks.words(f"{rules.label(saying.aspect)}: {blocks.cut(saying.words, _TEXT)}"))
    buttons = [*([agree] if is_again else []), blocks.button("Open the card", OPEN, place.value)]
    title = f"{place.name}: {what} waits for you"
    return Message(blocks.escape(title), (blocks.paragraphs(head, quoted), blocks.buttons(buttons)))


def left_open(saying: Saying) -> Message:
    """Tell the sides that what they had agreed to is said to be unknown now."""
    place, said = saying.place, saying.requirement.said
    told = f" says that what was agreed for {saying.what} of {place.name} is unknown now: {saying.words}."
    return _told(place, f"{place.name}: {saying.what}", said.by, told)


def agreed(place: Place, aspects: Sequence[Aspect], by: str) -> Message:
    listed = ", ".join(rules.label(each).lower() for each in aspects)
    return _told(place, f"{place.name}: agreed", by, f" agrees to what you say of {place.name}: {listed}.")


def named(saying: Saying) -> Message:
    """Tell somebody that they find something out, or sign it."""
    place, what, said = saying.place, saying.what, saying.requirement.said
    if said.stance == "unknown":
        told = f" asks you to find out by {said.until} what {place.name} is to reach: {what}."
    else:
        told = f" names you as who signs the {what} of {place.name}: {blocks.cut(saying.words, _TEXT)}."
    return _told(place, f"{place.name}: {what}", said.by, told)


def missed(place: Place, aspects: Sequence[Aspect], evaluation: Evaluation) -> Message:
    listed = ", ".join(f"{rules.label(each).lower()} ({evaluation.values[each]})" for each in aspects)
    told = f"The evaluation of {evaluation.measured_on} shows that {place.name} misses what is required: {listed}."
    return _told(place, f"{place.name} misses what is required", "", told)


def _told(place: Place, title: str, by: str, told: str) -> Message:
    who = [blocks.person(by)] if by else []
    head = blocks.paragraphs(blocks.line(*who, blocks.words(told)))
    return Message(blocks.escape(title), (head, blocks.buttons([blocks.button("Open the card", OPEN, place.value)])))
