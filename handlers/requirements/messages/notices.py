"""What people are told of a requirement card in direct messages."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.requirements.messages.card import AGREE, OPEN, Place
from handlers.requirements.rules import status
from handlers.slack import blocks
from handlers.slack.blocks import Message
from storage.requirements.requirements import Aspect, Evaluation, Requirement

_TEXT = 900


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody said of one aspect, and the words for it."""

    place: Place
    aspect: Aspect
    requirement: Requirement
    words: str

    @property
    def what(self) -> str:
        return status.label(self.aspect).lower()


def asked(saying: Saying, *, is_again: bool) -> Message:
    """Ask a side whether it agrees: of one aspect where it had agreed to another value, else to what begins to wait."""
    place, what, said = saying.place, saying.what, saying.requirement.said
    value = f"{place.component.id}:{saying.aspect}:{saying.requirement.version}"
    agree = blocks.button("Agree", AGREE, value, "primary")
    told = f" says what {place.name} is to reach, and it waits for you. More may follow; the card has it all:"
    if is_again:
        told = f" changed what was said for {what} of {place.name}. Both sides are asked anew:"
    head = blocks.line(blocks.person(said.by), blocks.words(told))
    quoted = blocks.quotation(blocks.words(f"{status.label(saying.aspect)}: {blocks.cut(saying.words, _TEXT)}"))
    buttons = [agree, blocks.button("Open the card", OPEN, place.value)]
    title = f"{place.name}: {what} waits for you"
    return Message(blocks.escape(title), (blocks.paragraphs(head, quoted), blocks.buttons(buttons)))


def left_open(saying: Saying) -> Message:
    """Tell the sides that what they had agreed to is said to be unknown now."""
    place, said = saying.place, saying.requirement.said
    told = f" says that what was agreed for {saying.what} of {place.name} is unknown now: {saying.words}."
    return _told(place, f"{place.name}: {saying.what}", said.by, told)


def agreed(place: Place, aspects: Sequence[Aspect], by: str) -> Message:
    listed = ", ".join(status.label(each).lower() for each in aspects)
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
    listed = ", ".join(f"{status.label(each).lower()} ({evaluation.values[each]})" for each in aspects)
    told = f"The evaluation of {evaluation.measured_on} shows that {place.name} misses what is required: {listed}."
    return _told(place, f"{place.name} misses what is required", "", told)


def _told(place: Place, title: str, by: str, told: str) -> Message:
    who = [blocks.person(by)] if by else []
    head = blocks.paragraphs(blocks.line(*who, blocks.words(told)))
    return Message(blocks.escape(title), (head, blocks.buttons([blocks.button("Open the card", OPEN, place.value)])))
