"""The forms of a requirement card: one aspect, and what an evaluation found."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.agreements.clauses import Names, offer_words, part_words
from handlers.agreements.fields import stance_fields
from handlers.requirements.messages import card
from handlers.requirements.messages.card import AGREE, OPEN
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import KINDS
from handlers.requirements.rules.evaluating import DAY, LINK, MODEL_VERSION
from handlers.slack import blocks
from handlers.slack.blocks import Modal
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
_TITLE = 24


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
    told = [blocks.small_print(form.told)] if form.told else []
    head = (blocks.paragraphs(*lines), *told, blocks.buttons([*agree, back]))
    fields = (*head, *stance_fields(kind, form.entered, CHOSE), blocks.small_print(_ASKED))
    return Modal(ASPECT, kind.label[:_TITLE], fields, submit="Save", private_metadata=value)


def evaluation_form(component: Component, asked: Mapping[Aspect, Offer]) -> Modal:
    """What was measured, a field for each value that is asked for."""
    short = blocks.text_input(max_length=100)
    fields = (
        blocks.paragraphs(blocks.line(blocks.words(f"{component.name}: what was measured", "bold"))),
        blocks.field(LINK, "Where is the evaluation? A link", blocks.text_input(max_length=300)),
        blocks.field(DAY, "When was it measured?", blocks.date_picker()),
        blocks.field(MODEL_VERSION, "Which version of the model?", short, optional=True),
        *(
            blocks.field(each, status.label(each), short, _asked_for(each, bar), optional=True)
            for each, bar in asked.items()
        ),
    )
    return Modal(EVALUATION, "Enter an evaluation", fields, submit="Save", private_metadata=component.id)


def _asked_for(aspect: Aspect, bar: Offer) -> str:
    parts = {part.id: part for part in KINDS[aspect].parts}
    measure = next((each for each in ("measure", "metric") if each in parts), "")
    words = part_words(parts[measure], bar.parts.get(measure, ""), {})
    return blocks.cut(f"Asked for: {bar.parts.get('bound', '')} {bar.parts.get('amount', '')}, {words}", 150)
