"""The forms of a card: one aspect, and what an evaluation found."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from handlers.agreements import parsing
from handlers.agreements.clauses import Names, Parts, TermKind, offer_words, part_words
from handlers.agreements.fields import stance_fields
from handlers.checks.sensitive_data import objection
from handlers.requirements.messages import card
from handlers.requirements.messages.card import AGREE, OPEN
from handlers.requirements.messages.measuring import plan_words
from handlers.requirements.messages.shown import Place
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import KINDS, sheet_of
from handlers.requirements.rules.evaluating import DAY, LINK, MODEL_VERSION, STAGE
from handlers.requirements.rules.measuring import STAGE_OPTIONS, in_order
from handlers.requirements.rules.standing import ModelCard, waiting_for
from handlers.slack import blocks
from handlers.slack.action_ids import LOG_DECISION
from handlers.slack.blocks import Block, Modal
from handlers.slack.interactions import Fields, Wrong
from storage.decisions.decisions import Decision
from storage.records.offers import Offer
from storage.requirements.requirements import CADENCES, PRODUCTION, Aspect, Plan, Standing
from storage.responsibilities.responsibilities import Component
from storage.workspaces.webhooks import Webhook

ASPECT = "card_aspect"
EVALUATION = "card_evaluation"
PLAN = "card_plan_form"
OF, STAGES, EVERY, BY, HOW, WEBHOOK = "of", "stages", "every", "by", "how", "webhook"
#: What the form of a plan begins with.
_USUAL = Plan(stages=("before release",))
_BY_HINT = (
    "If nobody is chosen, whoever owns its model evaluation report, in shadow its online testing, in production its "
    "monitoring."
)
_EVERY_HINT = "From the launch day on, I tell whoever measures if no result comes for that long."
CHOSE = "card_chose"
_ASKED = (
    "Both sides have to agree. Saving what the other side wrote means you agree to it. If both agree that it isn't "
    "needed, I log that as a decision."
)
_SHOWN = 600
#: Characters of a line that says how something is measured.
_TEXT = 300
#: Characters that a form remembers beside where it was opened; Slack takes 3,000 in all.
_NOTE = 2900
_TITLE = 24
_TOUCHES = "touches:"
_QUOTED = 150


@dataclass(frozen=True, slots=True)
class Filling:
    """What somebody fills in of a card: one aspect, from the ``version`` of it that they began with.

    ``typed`` is what they typed in fields that the form does not show now, by the ids of the parts. ``beside`` is how
    they said it stands to decisions so far; ``touches`` is a decision about the same, and they may replace it where
    ``may_replace`` says so.
    """

    model: ModelCard
    aspect: Aspect
    user_id: str
    version: int
    typed: Parts = field(default_factory=dict)
    beside: Mapping[str, Standing] = field(default_factory=dict)
    touches: Decision | None = None
    may_replace: bool = False

    @property
    def kind(self) -> TermKind:
        return KINDS[self.aspect]

    @property
    def place(self) -> Place:
        return Place(self.model.component, self.model.card.id, sheet_of(self.aspect))

    @property
    def why(self) -> str:
        """Return what a decision and this have in common."""
        return f"Both are about the {self.aspect} of {self.model.component.name}."

    @property
    def start(self) -> Offer:
        requirement = self.model.requirement(self.aspect)
        return requirement.said if requirement is not None else Offer()


def aspect_form(filling: Filling, entered: Offer, names: Names, told: str = "") -> Modal:
    """One aspect of what is required; what is said so far stands above it. ``told`` is what happened meanwhile."""
    model, aspect, kind = filling.model, filling.aspect, filling.kind
    component, requirement = model.component, model.requirement(aspect)
    lines = [blocks.line(blocks.words(f"{component.name}: {kind.label.lower()}", "bold"))]
    value = f"{component.id}:{aspect}:{model.version_of(aspect)}"
    if requirement is not None:
        words = blocks.cut(offer_words(kind, requirement.said, names), _SHOWN)
        lines.append(blocks.line(blocks.words("Now: ", "bold"), blocks.words(words)))
        if agreement := card.agreement_words(requirement, names):
            lines.append(blocks.line(blocks.words(agreement)))
        if (plan := requirement.plan) is not None:
            lines.append(blocks.line(blocks.words("Measured: ", "bold"), blocks.words(f"{plan_words(plan, names)}.")))
    is_asked = aspect in waiting_for(model, filling.user_id)
    agree = [blocks.button("Agree to this", AGREE, value, "primary")] if is_asked else []
    is_measured = aspect in status.measurable(model.card.requirements)
    to_plan = [blocks.button("Plan the measuring", card.PLAN, f"{component.id}:{aspect}")] if is_measured else []
    buttons = blocks.buttons([*agree, *to_plan, blocks.button("Back to the card", OPEN, filling.place.value)])
    said = [blocks.small_print(told)] if told else []
    head = (blocks.paragraphs(*lines), *said, buttons, *_touched(filling))
    fields = (*head, *stance_fields(kind, entered, CHOSE), blocks.small_print(_ASKED))
    return Modal(ASPECT, kind.label[:_TITLE], fields, submit="Save", private_metadata=value)


def _touched(filling: Filling) -> list[Block]:
    """Ask how a requirement stands to a decision about the same; saving it as it is says that they are unrelated."""
    decision = filling.touches
    if decision is None:
        return []
    state = "still in force" if decision.state == "accepted" else "proposed"
    label = f"This touches {decision.number} “{blocks.cut(decision.title, _QUOTED)}” ({state})."
    answer = filling.beside.get(decision.number, "unrelated")
    options = [(f"It goes with {decision.number}", "goes with"), ("Unrelated", "unrelated")]
    choice = blocks.field(f"{_TOUCHES}{decision.number}", label, blocks.radio(options, answer), filling.why)
    replaces = blocks.button(f"Replace {decision.number}", LOG_DECISION, decision.id)
    return [choice, *([blocks.buttons([replaces])] if filling.may_replace else [])]


def beside(fields: Fields) -> dict[str, Standing]:
    """Return how a requirement stands to decisions, by their numbers, as far as the form asks."""
    asked = {name.removeprefix(_TOUCHES): fields.text(name) for name in fields if name.startswith(_TOUCHES)}
    return {number: "goes with" if answer == "goes with" else "unrelated" for number, answer in asked.items()}


def aspect_form_again(filling: Filling, fields: Fields, names: Names) -> Modal:
    """The same with all that stands in it or stood there, and the version that it began with."""
    begun = filling.start.model_copy(update={"parts": {**filling.start.parts, **filling.typed}})
    entered = parsing.entered(fields, filling.kind, begun)
    note = f"{filling.model.component.id}:{filling.aspect}:{filling.version}"
    typed = f"\n{json.dumps(entered.parts, ensure_ascii=False)}"
    # What is remembered is written as JSON once more, with where the form was opened.
    is_short = len(json.dumps(f"{note}{typed}", ensure_ascii=False)) <= _NOTE
    filling = replace(filling, beside=beside(fields))
    return replace(aspect_form(filling, entered, names), private_metadata=f"{note}{typed}" if is_short else note)


def evaluation_form(component: Component, asked: Mapping[Aspect, Offer]) -> Modal:
    """What was measured, a field for each value that is asked for."""
    short = blocks.text_input(max_length=100)
    fields = (
        blocks.sentence(f"{component.name}: evaluation", "bold"),
        blocks.field(LINK, "Link to the evaluation", blocks.text_input(max_length=300)),
        blocks.field(DAY, "Measured on", blocks.date_picker()),
        blocks.field(MODEL_VERSION, "Model version", short, optional=True),
        blocks.field(STAGE, "Where was it measured?", blocks.choice(STAGE_OPTIONS), optional=True),
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
    return blocks.cut(f"Required: {bar.parts.get('bound', '')} {bar.parts.get('amount', '')}, {words}", 150)


def plan_form(model: ModelCard, aspects: Sequence[Aspect], webhooks: Sequence[Webhook]) -> Modal:
    """How, by whom and when some requirements are measured; it begins with what is planned of the first of them."""
    requirements = model.card.requirements
    asked = [(status.label(each), each) for each in status.measurable(requirements)]
    plans = [plan for each in aspects if (plan := requirements[each].plan) is not None]
    plan = plans[0] if plans else _USUAL
    reports = [(each.label or each.id[:6], each.id) for each in webhooks]
    often = blocks.choice([(each.capitalize(), each) for each in CADENCES], plan.every)
    by_hook = blocks.field(WEBHOOK, "Does a web hook report it?", blocks.choice(reports, plan.webhook), optional=True)
    fields = (
        blocks.field(OF, "Which requirements?", blocks.choices(asked, aspects)),
        blocks.field(STAGES, "When are they measured?", blocks.checkboxes(STAGE_OPTIONS, plan.stages)),
        blocks.field(EVERY, "How often in production?", often, _EVERY_HINT, optional=True),
        blocks.field(BY, "Who measures?", blocks.person_select(plan.by), _BY_HINT, optional=True),
        blocks.field(HOW, "How?", blocks.text_input(plan.how, max_length=_TEXT), "A line, or a link", optional=True),
        *([by_hook] if reports else []),
    )
    return Modal(PLAN, "Plan the measuring", fields, submit="Save", private_metadata=model.component.id)


def plan_in(fields: Fields, webhooks: Sequence[Webhook]) -> Plan | Wrong:
    """Read a plan, or say at each field what is wrong there."""
    stages, how = in_order(fields.ids(STAGES)), fields.text(HOW)
    is_live = PRODUCTION in stages
    errors = {} if stages else {STAGES: "Choose at least one."}
    every = next((each for each in CADENCES if is_live and each == fields.text(EVERY)), "")
    errors |= {EVERY: "Choose how often it is measured in production."} if is_live and not every else {}
    errors |= {HOW: wrong} if (wrong := objection(how)) else {}
    if errors:
        return Wrong(errors)
    webhook = next((each.id for each in webhooks if each.id == fields.text(WEBHOOK)), "")
    return Plan(stages=stages, every=every, by=fields.text(BY), how=how, webhook=webhook)
