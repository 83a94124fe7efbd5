"""What people are told of a requirement card in direct messages."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.checks.dates import day
from handlers.requirements.messages import measuring
from handlers.requirements.messages.card import AGREE, EVALUATE, FILL_IN, OPEN
from handlers.requirements.messages.shown import Place
from handlers.requirements.rules import status
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.requirements.requirements import Aspect, Evaluation, Plan, Requirement

_TEXT = 900


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody said of one aspect, and the words for it."""

    place: Place
    aspect: Aspect
    requirement: Requirement
    words: str

    @property
    def asked(self) -> str:
        """Return the id by which a message that asks about it is found again."""
        return f"{self.place.component.id}:{self.aspect}"

    @property
    def what(self) -> str:
        return status.label(self.aspect).lower()


def asked(saying: Saying) -> Message:
    """Ask a side whether it agrees to what somebody says of an aspect."""
    place, what, said = saying.place, saying.what, saying.requirement.said
    agree = blocks.button("Agree", AGREE, f"{saying.asked}:{saying.requirement.version}", "primary")
    told = f" set {what} of {place.name} and asks you to agree:"
    imported = f"{saying.what.capitalize()} of {place.name} came in from a file. Do you agree?"
    head = blocks.line(blocks.person(said.by), blocks.words(told)) if said.by else blocks.line(blocks.words(imported))
    quoted = blocks.quotation(blocks.words(f"{status.label(saying.aspect)}: {blocks.cut(saying.words, _TEXT)}"))
    buttons = [agree, blocks.button("Open the card", OPEN, place.value)]
    title = f"{place.name}: do you agree to the {what}?"
    return Message(
        blocks.escape(title), (blocks.paragraphs(head, quoted), blocks.in_row(buttons)), asks=(saying.asked,)
    )


def left_open(saying: Saying) -> Message:
    """Tell the sides that what they had agreed to is said to be unknown now."""
    place, said = saying.place, saying.requirement.said
    told = f" marked {saying.what} of {place.name} as unknown, which you had agreed: {saying.words}."
    return _told(place, f"{place.name}: {saying.what}", said.by, told)


def agreed(place: Place, aspects: Sequence[Aspect], by: str) -> Message:
    listed = ", ".join(status.label(each).lower() for each in aspects)
    return _told(place, f"{place.name}: agreed", by, f" agreed to {listed} of {place.name}.")


def named(saying: Saying) -> Message:
    """Tell somebody that they find something out, or sign it."""
    place, what, said = saying.place, saying.what, saying.requirement.said
    is_required = place.sheet in ("", "requirements")
    if said.stance != "unknown":
        told = f"{_asks(saying)} the {what} of {place.name}: {blocks.cut(saying.words, _TEXT)}."
        return _told(place, f"{place.name}: {what}", said.by, told)
    what_of = f"{place.name}'s {what} requirement" if is_required else f"the {what} of {place.name}"
    told = f" asks you to find out {what_of}, by {day(said.until)}."
    answer = blocks.button("Answer", FILL_IN, saying.asked, "primary")
    return _told(place, f"{place.name}: find out the {what}", said.by, told, answer, asks=(saying.asked,))


def _asks(saying: Saying) -> str:
    """Say what somebody is named for: to sign off the adequacy bar, or as the owner of what an aspect is about."""
    is_by_file = not saying.requirement.said.by
    if saying.aspect == "adequacy":
        return "A file names you to sign off" if is_by_file else " asks you to sign off"
    return "A file names you as the owner of" if is_by_file else " names you as the owner of"


def measures(place: Place, aspects: Sequence[Aspect], plan: Plan) -> Message:
    """Tell somebody what they measure from now on, when, and how."""
    how = f": {blocks.cut(plan.how, _TEXT)}" if plan.how else ""
    told = f" asks you to measure {measuring.named(aspects)} of {place.name}, {measuring.stages_words(plan)}{how}."
    enter = blocks.button("Enter an evaluation", EVALUATE, place.component.id)
    return _told(place, f"{place.name}: yours to measure", plan.set_by, told, enter)


def missed(place: Place, missed: Sequence[str], evaluation: Evaluation) -> Message:
    """Tell that an evaluation misses something; ``missed`` are the requirements in words."""
    told = f"{place.name}: {'; '.join(missed)} (measured {day(evaluation.measured_on)})."
    return _told(place, f"{place.name}: {'; '.join(missed)}", "", told)


def met_again(place: Place) -> Message:
    """Tell that nothing is missed any more."""
    return _told(place, f"{place.name}: nothing missed", "", f"{place.name} meets again all that was measured of it.")


def _told(place: Place, title: str, by: str, told: str, *buttons: Block, asks: tuple[str, ...] = ()) -> Message:
    who = [blocks.person(by)] if by else []
    head = blocks.paragraphs(blocks.line(*who, blocks.words(told)))
    row = blocks.in_row([*buttons, blocks.button("Open the card", OPEN, place.value)])
    return Message(blocks.escape(title), (head, row), asks=asks)
