"""The forms of a requirement card: one aspect, and what an evaluation found; and what is said without one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.agreements.clauses import Names, offer_words, part_words
from handlers.agreements.fields import stance_fields
from handlers.requirements.messages import card
from handlers.requirements.messages.card import AGREE, OPEN
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import KINDS
from handlers.requirements.rules.evaluating import DAY, LINK, MODEL_VERSION
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal
from storage.records.offers import Offer
from storage.requirements.requirements import Aspect, Requirement
from storage.responsibilities.responsibilities import Component

ASPECT = "card_aspect"
EVALUATION = "card_evaluation"
CHOSE = "card_chose"
_ASKED = (
    "Both sides are asked to agree; whoever saves what the other side says agrees to it. What both agree not to need "
    "goes into the decision log."
)
_SHOWN = 600
_TITLE, _NAMED = 24, 20


@dataclass(frozen=True, slots=True)
class AspectForm:
    """What the form of an aspect shows; ``is_asked``: it waits for the person to agree.

    ``told`` is what happened meanwhile.
    """

    component: Component
    aspect: Aspect
    requirement: Requirement | None
    entered: Offer
    names: Names
    is_asked: bool = False
    told: str = ""


def aspect_form(form: AspectForm) -> Modal:
    """One aspect of what is required; what is said so far stands above it."""
    requirement, kind = form.requirement, KINDS[form.aspect]
    lines = [blocks.line(blocks.words(f"{form.component.name}: {kind.label.lower()}", "bold"))]
    version = requirement.version if requirement is not None else 0
    value = f"{form.component.id}:{form.aspect}:{version}"
    if requirement is not None:
        words = blocks.cut(offer_words(kind, requirement.said, form.names), _SHOWN)
        lines.append(blocks.line(blocks.words("Now: ", "bold"), blocks.words(words)))
        if agreement := card.agreement_words(requirement, form.names):
            lines.append(blocks.line(blocks.words(agreement)))
    agree = [blocks.button("Agree to this", AGREE, value, "primary")] if form.is_asked else []
    back = blocks.button("Back to the card", OPEN, form.component.id)
    fields = (
        blocks.paragraphs(*lines), *([blocks.small_print(form.told)] if form.told else []),
        blocks.buttons([*agree, back]), *stance_fields(kind, form.entered, CHOSE),
        blocks.small_print(_ASKED),
    )  # fmt: skip
    return Modal(ASPECT, kind.label[:_TITLE], fields, submit="Save", private_metadata=value)


def evaluation_form(component: Component, asked: Mapping[Aspect, Offer]) -> Modal:
    """What was measured, a field for each value that is asked for."""
    values = [
        blocks.field(
            aspect, status.label(aspect), blocks.text_input(max_length=100), _asked_for(aspect, bar), optional=True
        )
        for aspect, bar in asked.items()
    ]
    fields = (
        blocks.paragraphs(blocks.line(blocks.words(f"{component.name}: what was measured", "bold"))),
        blocks.field(LINK, "Where is the evaluation? A link", blocks.text_input(max_length=300)),
        blocks.field(DAY, "When was it measured?", blocks.date_picker()),
        blocks.field(MODEL_VERSION, "Which version of the model?", blocks.text_input(max_length=100), optional=True),
        *values,
    )
    return Modal(EVALUATION, "Enter an evaluation", fields, submit="Save", private_metadata=component.id)


def _asked_for(aspect: Aspect, bar: Offer) -> str:
    parts = {part.id: part for part in KINDS[aspect].parts}
    measure = next((each for each in ("measure", "metric") if each in parts), "")
    words = part_words(parts[measure], bar.parts.get(measure, ""), {})
    return blocks.cut(f"Asked for: {bar.parts.get('bound', '')} {bar.parts.get('amount', '')}, {words}", 150)


def nothing_to_measure(component: Component) -> Message:
    told = f"Nothing is asked of {component.name} yet that could be measured. Fill in its card first."
    return _with_card(told, component)


def which(known: Sequence[Component], text: str) -> Message:
    """Offer the models that have a card, where none or several are meant."""
    if not known:
        told = "No model is in the register that you may see here. Members add one with /owner add."
        return blocks.said(told)
    told = f"I know no model “{blocks.cut(text, 80)}”. Which one?" if text else "Whose card?"
    buttons = [
        blocks.button(each.name, blocks.numbered(OPEN, place), each.id) for place, each in enumerate(known[:_NAMED])
    ]
    told += f" There are {len(known) - _NAMED} more; type the name." if len(known) > _NAMED else ""
    return Message(blocks.escape(told), (blocks.paragraphs(blocks.line(blocks.words(told))), blocks.buttons(buttons)))


def no_model(component: Component) -> Message:
    return blocks.said(f"{component.name} is a {component.kind}. Only a model has a card of what is required of it.")


def gone() -> Message:
    return blocks.said("That model is not there any more, or you may not see it here.")


def nothing_waits(component: Component) -> Message:
    return _with_card("Nothing of it waits for you: it was agreed or changed meanwhile. Read it again:", component)


def files_come(component: Component) -> Message:
    return blocks.said(f"The card of {component.name} comes to you as files, in direct messages.")


def evaluated(component: Component, missed: Sequence[Aspect]) -> Message:
    listed = ", ".join(status.label(each).lower() for each in missed)
    told = f"Saved. It misses what is required: {listed}." if missed else "Saved. It meets all that it measured."
    return _with_card(told, component)


def _with_card(told: str, component: Component) -> Message:
    below: Block = blocks.buttons([blocks.button("Open the card", OPEN, component.id)])
    return Message(blocks.escape(told), (blocks.paragraphs(blocks.line(blocks.words(told))), below))
