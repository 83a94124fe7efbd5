"""Feedback in the store of a running bot, and what people enter in its form."""

from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.feedback import service
from handlers.feedback.rules.routing import Report
from handlers.feedback.service import Saved
from storage.engine.interface import WORKSPACE, Transaction
from storage.feedback.feedback import ITEMS, Feedback
from storage.outbox import deliveries
from storage.records.ids import new_id
from storage.responsibilities.responsibilities import Component
from tests.handlers.requirements.playing import TEAM

REPORT = (
    'enters "Where did you see it?": the berth plan',
    'enters "What was the input?": a ship of 200 m from the north',
    'enters "What did you expect?": a berth of 220 m',
    'enters "What did you get?": a berth of 150 m',
    'enters "How bad is it?": High: people act on a wrong result, or get hurt',
    'enters "How often?": Now and then',
)


def lines(who: str, *told: str) -> list[str]:
    return [f"{who} {each}" for each in told]


async def reported(trial: Trial, component: Component, by: str = "UBEN", **changes: object) -> Feedback:
    """Put feedback into the store, and tell who it goes to."""
    told = {
        "id": new_id(),
        "team_id": TEAM,
        "number": "",
        "component_id": component.id,
        "reporter": by,
        "visibility": component.visibility,
        "seen_where": "the berth plan",
        "input": "a ship of 200 m from the north",
        "expected": "a berth of 220 m",
        "got": "a berth of 150 m",
        "severity": "high",
        "how_often": "sometimes",
        "created_at": "",
        "changed_at": "",
        **changes,
    }
    facts = Facts(by, trial.bot.clock.now(), visible=(component.visibility, WORKSPACE))
    new = Report(Feedback.model_validate(told), component)

    def write(transaction: Transaction) -> Feedback:
        offered = [each.id for each in ITEMS.some(transaction, TEAM)]
        kept = service.report(transaction, new, new.item.visibility, offered, facts)
        assert isinstance(kept, Saved)
        deliveries.add(transaction, kept.messages)
        return kept.report.item

    item = await trial.bot.store.write(write)
    await trial.quiet()
    trial.screen.news()
    return item


def every(trial: Trial) -> list[Feedback]:
    return ITEMS.some(trial.bot.store.reader, TEAM)
