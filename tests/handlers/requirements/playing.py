"""Models with their cards, in the store of a running bot, and what people enter in the forms."""

from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.requirements.rules.standing import Read
from handlers.requirements.service import cards as service
from handlers.requirements.service import planning
from handlers.requirements.service.cards import Saved
from handlers.requirements.service.planning import Planned
from handlers.responsibilities.catalogue import standard_catalogue
from handlers.responsibilities.rules import duties
from storage.engine.interface import WORKSPACE, Transaction, to_text
from storage.records.ids import new_id
from storage.records.offers import Offer
from storage.requirements import requirements
from storage.requirements.requirements import Aspect, Card, Evaluation, Plan, Stage
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, new_key
from storage.workspaces.workspaces import note_place

TEAM = "T0LOCAL"
LATENCY = {
    "when": "a ship reports its position",
    "under": "200 ships at once",
    "does": "answers within",
    "bound": "at most",
    "amount": "300 ms",
    "measure": "the 95th percentile",
}
BAR = {
    "when": "a ship reports its position",
    "slice": "cargo ships",
    "bound": "at least",
    "amount": "90 %",
    "metric": "recall",
    "baseline": "the rule of today, 81 %",
    "signer": "UCHLOE",
}
FILLED = (
    'enters "When …": a ship reports its position',
    'enters "under …": 200 ships at once',
    'enters "the model …": answers within',
    'chooses "At most" in "at most or at least"',
    'enters "amount, with its unit": 300 ms',
    'enters "measured by …": the 95th percentile',
)


def fills(who: str, aspect: str, *more: str) -> list[str]:
    """Return the lines with which somebody opens the card and fills in an aspect."""
    return [
        f"{who} in #general: /owner card berth model",
        f'{who} presses "Open the card"',
        f'{who} presses "Set {aspect}"',
        *(f"{who} {line}" for line in (*(more or FILLED), "submits", "closes")),
    ]


async def a_model(trial: Trial, name: str = "berth model", **changes: object) -> Component:
    """Put a model into the register: Chloe leads it, Ana is its model side and Ben its product side."""
    at = to_text(trial.bot.clock.now())
    told = {
        "id": new_id(),
        "team_id": TEAM,
        "name": name,
        "look_up_key": new_key(name),
        "kind": "model",
        "lead": "UCHLOE",
        "model_side": ("UANA",),
        "product_side": ("UBEN",),
        "created_by": "UCHLOE",
        "created_at": at,
        "version": 1,
        **changes,
    }
    component = Component.model_validate(told)

    def add(transaction: Transaction) -> None:
        responsibilities.add_component(transaction, component, duties.duties_for(component, standard_catalogue()))
        if component.visibility != WORKSPACE:
            note_place(transaction, TEAM, component.visibility)

    await trial.bot.store.write(add)
    return component


def _facts(trial: Trial, component: Component, by: str) -> Facts:
    return Facts(by, trial.bot.clock.now(), visible=(component.visibility,), is_admin=True)


async def say(trial: Trial, component: Component, aspect: Aspect, said: Offer, by: str = "UANA") -> Card:
    """Put what somebody says of an aspect onto a card, without telling anybody."""
    facts = _facts(trial, component, by)

    def write(transaction: Transaction) -> object:
        version = service.model_card(transaction, component).version_of(aspect)
        return service.say(transaction, component, Read(aspect, version), said, facts)

    return _card(await trial.bot.store.write(write))


async def agree(trial: Trial, component: Component, by: str = "UBEN") -> Card:
    facts = _facts(trial, component, by)

    def write(transaction: Transaction) -> object:
        return service.agree(transaction, component, (None, service.card_of(transaction, component).version), facts)

    return _card(await trial.bot.store.write(write))


def _card(saved: object) -> Card:
    assert isinstance(saved, Saved)
    return saved.card


async def measure(
    trial: Trial, component: Component, values: dict[Aspect, str], day: str = "2026-01-05", stage: Stage | None = None
) -> Evaluation:
    found = Evaluation(
        id=new_id(),
        team_id=TEAM,
        component_id=component.id,
        link="https://harbour.example/eval",
        measured_on=day,
        values=values,
        by="UANA",
        at=to_text(trial.bot.clock.now()),
        stage=stage or "",
    )
    await trial.bot.store.write(lambda transaction: requirements.add_evaluation(transaction, found))
    return found


def card_of(trial: Trial, component: Component) -> Card:
    return service.card_of(trial.bot.store.reader, component)


async def plan(trial: Trial, component: Component, aspect: Aspect, told: Plan) -> Card:
    """Plan how an aspect is measured, without telling anybody."""
    facts = _facts(trial, component, told.set_by or "UANA")
    new = Planned((aspect,), told)
    return _card(await trial.bot.store.write(lambda transaction: planning.plan(transaction, component, new, facts)))
