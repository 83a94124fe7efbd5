"""A company of twelve people in four time zones, and what they do in four weeks: some answer, and some do not."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

from bot.local_slack.workspace.state import User
from bot.trial.run import Trial
from handlers.hooks.reminders import Reminder
from handlers.nudges.hooks import looking
from handlers.nudges.hooks.looking import Asked, Look
from storage.decisions import decisions
from storage.decisions.decisions import NewDecision
from storage.engine.interface import to_text
from storage.feedback.feedback import ITEMS
from storage.glossary import questions
from storage.glossary.questions import Question
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry
from tests.handlers.data_requests.playing import put
from tests.handlers.feedback.playing import reported
from tests.handlers.nudges.looking import context_of
from tests.handlers.requirements.playing import LATENCY, a_model, measure, say
from tests.playing import play

TEAM = "T0LOCAL"
MONDAY = datetime(2026, 3, 2, 4, tzinfo=UTC)
NEWCOMERS = {
    "fay": "Europe/Berlin",
    "gil": "Europe/Berlin",
    "hana": "America/New_York",
    "ivo": "America/New_York",
    "jun": "Asia/Kolkata",
    "kai": "Asia/Kolkata",
    "lea": "Asia/Kolkata",
}
HOLIDAY = "2026-03-17"
#: Who takes on a duty a day, answers what is reported, and so on; the others read, or do not.
ANSWERING = ("ana", "dev", "hana", "kai")
TAKE = "I'll take it"

Deed = str | Callable[[Trial], Awaitable[object]]


def adds(name: str, kind: str, lead: str, model: str, product: str) -> list[Deed]:
    entered = {"What is it?": kind, "Who leads it?": lead}
    entered |= {"People on the model side": model, "People on the product side": product}
    lines = (f'chloe enters "{label}": {who}' for label, who in entered.items())
    return [f"chloe in #general: /owner add {name}", *lines, "chloe submits", "chloe closes"]


def takes(who: str, duty: str) -> list[Deed]:
    return [f"{who} in #general: /owner {duty}", f'{who} presses "{TAKE}"']


def _deed(act: Callable[[Trial], Awaitable[object]]) -> list[Deed]:
    return [act]


def _decides(title: str, decider: str, **more: object) -> list[Deed]:
    async def act(running: Trial) -> None:
        new = NewDecision.model_validate({"title": title, "decider": decider, **more})
        at = to_text(running.bot.clock.now())
        await running.bot.store.write(lambda transaction: decisions.write_down(transaction, TEAM, new, "UCHLOE", at))

    return _deed(act)


def _asks_for(word: str, owner: str) -> list[Deed]:
    async def act(running: Trial) -> None:
        now = running.bot.clock.now()
        asked = Question(
            team_id=TEAM, visibility="workspace", word=word, look_up_key=word, times=1, state="open", owner=owner,
            first_at=to_text(now), last_at=to_text(now), due_at=to_text(now + timedelta(days=5)),
        )  # fmt: skip
        await running.bot.store.write(lambda transaction: questions.ask(transaction, asked, "UELI", now))

    return _deed(act)


async def _tide_model(running: Trial) -> None:
    """A model that launches in the fourth week, of whose requirements one is not agreed and one was missed."""
    sides = {"model_side": ("UFAY", "UGIL"), "product_side": ("UBEN",)}
    model = await a_model(running, "tide model", lead="UHANA", launch_on="2026-03-27", **sides)
    await say(running, model, "latency", Offer(parts=LATENCY), by="UFAY")
    await say(running, model, "cost", Offer(stance="unknown", finder="UGIL", until="2026-03-11"), by="UFAY")
    await measure(running, model, {"latency": "420 ms"}, "2026-03-02")


async def _reports(running: Trial) -> None:
    model = await a_model(running, "wind model", lead="UIVO", model_side=("UJUN", "UANA"), product_side=("ULEA",))
    await reported(running, model, "ULEA", severity="medium")
    await reported(running, model, "ULEA", got="no wind at all")


async def _wants_data(running: Trial) -> None:
    await put(running, requester="UANA", owner="UDEV", needed_by="2026-03-20")
    await put(running, requester="UFAY", owner="UELI", needed_by="2026-03-12", state="agreed", entity="tug positions")


#: What people do, by the day and the hour (UTC) at which they do it.
DEEDS: Mapping[tuple[int, int], list[Deed]] = {
    (0, 10): [
        "chloe in #general: /summary here weekly monday 09:00",
        *adds("churn model", "model", "chloe", "ana", "ben"),
        *adds("berth data", "dataset", "dev", "jun", "hana"),
        *adds("harbour app", "product", "ivo", "kai", "lea"),
        *_decides("Retrain monthly", "UCHLOE", state="proposed", asked=("UANA", "UFAY", "UGIL"), deadline="2026-03-09"),
    ],
    (1, 10): [*takes("ben", "churn model deployment"), *_deed(_wants_data)],
    (2, 10): [*takes("fay", "churn model monitoring"), *_deed(_tide_model)],
    (2, 12): ["dev in #general: /owner churn model monitoring", 'dev presses "I own it too"'],
    (3, 12): _asks_for("laytime", "UGIL"),
    (4, 10): [*_deed(_reports), *_decides("Drop the weather feed", "UJUN", review_on="2026-03-16")],
    (8, 12): ['ana presses "Snooze a week"'],
    (9, 12): takes("lea", "harbour app fairness"),
    (10, 12): [*takes("hana", "berth data labels"), *_asks_for("demurrage", "UGIL")],
    (14, 10): _decides("One berth plan for all ports", "UBEN", state="proposed", asked=("UDEV", "UKAI", "UELI")),
}


async def arrives(running: Trial) -> None:
    """Let seven people join the five, one of them as a steward, and choose a holiday."""
    for name, tz in NEWCOMERS.items():
        user = User(id=f"U{name.upper()}", name=name, real_name=f"{name.title()} Moe", tz=tz)
        running.slack.workspace.users[user.id] = user
        running.slack.workspace.channels["CGENERAL"].members.add(user.id)
    lines = (f'enters "Holidays": {HOLIDAY}', 'enters "Stewards of product": gil', "submits", "closes")
    await play(running, "chloe in #general: /common-ground settings", *(f"chloe {each}" for each in lines))


async def act(running: Trial, deeds: list[Deed]) -> None:
    for deed in deeds:
        await (play(running, deed) if isinstance(deed, str) else deed(running))


async def answer(running: Trial) -> None:
    """Let everybody who answers settle the first thing that needs them."""
    for name in ANSWERING:
        own = [each for each in look(running).reminders if f"U{name.upper()}" in each.people]
        if own:
            await act(running, _answers(name, own[0]))


def _answers(name: str, first: Reminder) -> list[Deed]:
    if first.topic.key.startswith("duties "):
        duty = f"{first.topic.label} {first.subject.partition(':')[2].replace('-', ' ')}"
        if first.kind == "two owners":
            return [f"{name} in #general: /owner {duty}", f'{name} presses "Not me"', f"{name} submits"]
        return takes(name, duty)
    return [lambda running: _closed(running, first.subject)] if first.kind == "feedback waits" else []


async def _closed(running: Trial, item_id: str) -> None:
    at = to_text(running.bot.clock.now())
    event, changes = HistoryEntry(at=at, by="UANA", what="was answered"), {"state": "answered", "moved_at": at}
    (item,) = [each for each in ITEMS.some(running.bot.store.reader, TEAM) if each.id == item_id]
    await running.bot.store.write(lambda transaction: ITEMS.change(transaction, item, changes, event))


def look(running: Trial) -> Look:
    return looking.look(running.bot.store.reader, context_of(running), Asked(frozenset({"UCHLOE"})))
