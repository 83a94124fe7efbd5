"""A workspace in which so many things of every kind wait for somebody."""

from datetime import timedelta

from handlers.access.recipients import Facts
from handlers.feedback import service as feedback_service
from handlers.feedback.rules.routing import Report
from handlers.requirements.rules.standing import Read
from handlers.requirements.service import cards
from handlers.responsibilities import catalogue
from handlers.responsibilities.rules import components, duties
from storage.change_notices.change_notices import NOTICES, ChangeNotice
from storage.data_requests import data_requests
from storage.decisions import decisions, votes
from storage.decisions.decisions import NewDecision
from storage.engine.interface import WORKSPACE, Transaction, to_text
from storage.feedback.feedback import ITEMS, Feedback
from storage.glossary import changes, opinions, questions
from storage.glossary.glossary import NewSense
from storage.glossary.questions import Question
from storage.outbox.deliveries import Delivery, add, due_at_once
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry
from storage.requirements import requirements
from storage.requirements.requirements import Evaluation
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, NewComponent
from storage.workspaces import summaries, webhooks, workspaces
from storage.workspaces.nudges import Nudge, record
from tests.conftest import START
from tests.handlers.data_requests.requests import a_request
from tests.handlers.requirements.playing import LATENCY
from tests.storage.workspaces.test_webhooks import webhook

TEAM = "T1"
KINDS = catalogue.standard_catalogue()
LATER = START + timedelta(days=20)
FACTS = Facts("UANA", START, visible=(WORKSPACE,))
STEP = HistoryEntry(at=to_text(START), by="UANA", what="began")


def fill(transaction: Transaction, count: int) -> None:
    workspaces.connect_workspace(transaction, TEAM, "Harbour", "U0BOT", START)
    workspaces.choose_settings(
        transaction, TEAM, ("product",), "", [workspaces.Steward(discipline="product", user_id="UANA")]
    )
    for number in range(count):
        component = _register(transaction, number)
        _card(transaction, component, number)
        _feedback(transaction, component, number)
        _decisions(transaction, number)
        _words(transaction, number)
        _reminders(transaction, number)
        _reports(transaction, component, number)
        _change(transaction, component, number)


def _change(transaction: Transaction, component: Component, number: int) -> None:
    """Let a component's interface change, and somebody not answer."""
    at = to_text(LATER)
    notice = ChangeNotice(
        id=f"n{number}", team_id=TEAM, kind="interface", component_id=component.id, asked={"UBEN": ""},
        created_at=at, changed_at=at,
    )  # fmt: skip
    NOTICES.add(transaction, notice, STEP)


def _reports(transaction: Transaction, component: Component, number: int) -> None:
    """Let one report of a new version come, and none after it."""
    hook = webhook(id=f"w{number}", team_id=TEAM, target_id=component.id)
    webhooks.add(transaction, hook)
    webhooks.note_report(transaction, hook, START + timedelta(days=1), to_text(START), {"version": "2"})
    webhooks.note_late(transaction, hook)


def _register(transaction: Transaction, number: int) -> Component:
    launch = (LATER + timedelta(days=7)).date().isoformat()
    people = {"lead": "UCHLOE", "model_side": ("UANA",), "product_side": ("UBEN",)}
    new = NewComponent.model_validate({"name": f"part {number}", "kind": "model", "launch_on": launch, **people})
    component = components.as_component(new, TEAM, "UCHLOE", START)
    made = duties.duties_for(component, KINDS)
    owned = made[0].model_copy(update={"state": "accepted", "owner": "UANA", "confirmed_at": to_text(START)})
    asked = made[1].model_copy(update={"state": "proposed", "proposed_to": "UANA", "proposed_by": "UBEN"})
    responsibilities.add_component(transaction, component, [owned, asked, *made[2:]])
    return component


def _card(transaction: Transaction, component: Component, number: int) -> None:
    said = Offer(parts=LATENCY, by="UANA", at=to_text(START))
    unknown = Offer(stance="unknown", finder="UANA", until="2026-01-20", by="UANA", at=to_text(START))
    for aspect, offer in (("latency", said), ("cost", unknown)):
        read = Read(requirements.ASPECTS[requirements.ASPECTS.index(aspect)], 0)
        assert isinstance(cards.say(transaction, component, read, offer, FACTS), cards.Saved)
    measured = Evaluation(
        id=f"e{number}",
        team_id=TEAM,
        component_id=component.id,
        link="https://harbour.example",
        by="UANA",
        measured_on="2026-01-06",
        values={"latency": "900 ms"},
        at=to_text(START),
    )
    requirements.add_evaluation(transaction, measured)


def _feedback(transaction: Transaction, component: Component, number: int) -> None:
    told = {
        "id": f"f{number}",
        "team_id": TEAM,
        "number": "",
        "component_id": component.id,
        "reporter": "UANA",
        "seen_where": "the plan",
        "input": "a ship",
        "expected": "a berth",
        "got": f"none {number}",
        "severity": "high",
        "how_often": "always",
        "created_at": to_text(START),
        "changed_at": to_text(START),
    }
    given = Report(Feedback.model_validate(told), component)
    others = [each.id for each in ITEMS.every(transaction, TEAM)]
    saved = feedback_service.report(transaction, given, WORKSPACE, others, FACTS)
    assert isinstance(saved, feedback_service.Saved)
    item = saved.report.item
    ITEMS.change(transaction, item, {"state": "needs data"}, STEP)
    for place, more in enumerate(({"feedback_id": item.id, "state": "declined"}, {"needed_by": "2026-01-10"})):
        new = a_request(id=f"r{number}-{place}", team_id=TEAM, number=f"DR-{number}-{place}", requester="UANA", **more)
        data_requests.add(transaction, new, STEP)


def _decisions(transaction: Transaction, number: int) -> None:
    to_review = NewDecision(title=f"Old {number}", decider="UANA", review_on="2026-01-10")
    decisions.write_down(transaction, TEAM, to_review, "UANA", to_text(START))
    proposed = NewDecision(title=f"New {number}", decider="UANA", state="proposed", asked=("UBEN", "UDEV"))
    kept = decisions.write_down(transaction, TEAM, proposed, "UANA", to_text(START))
    votes.vote(transaction, kept, votes.Opinion(user_id="UDEV", vote="agree", at=to_text(START)))


def _words(transaction: Transaction, number: int) -> None:
    words = [
        NewSense(word=f"draft {number}", discipline="product", gloss="x", status="draft"),
        NewSense(word=f"unclear {number}", discipline="product", gloss="x"),
        NewSense(word=f"often {number}", discipline="product", gloss="x"),
    ]
    _, unclear, _ = changes.add_senses(transaction, TEAM, words, START, "UANA")
    for person in ("UBEN", "UDEV", "UCHLOE"):
        opinions.give_opinion(transaction, unclear, opinions.Given(opinion="not clear", by=person), START)
    opinions.add_uses(transaction, {(TEAM, f"often{number}"): 30}, LATER)
    asked = Question(
        team_id=TEAM,
        visibility="workspace",
        look_up_key=f"asked{number}",
        word=f"asked {number}",
        times=1,
        state="open",
        owner="UANA",
        first_at=to_text(START),
        last_at=to_text(START),
    )
    questions.ask(transaction, asked, "UBEN", START)


def _reminders(transaction: Transaction, number: int) -> None:
    due = to_text(LATER + timedelta(hours=5))
    notice = summaries.Notice(
        team_id=TEAM, subject=f"C{number}", period="2026-01-26", due_at=due, person="UANA", count=1
    )
    summaries.note_notices(transaction, [notice])
    lost = Delivery(
        act="post",
        team_id=TEAM,
        visibility="UANA",
        lane="UANA",
        body={},
        state="failed",
        reason="user_not_found",
        **due_at_once(LATER, timedelta(days=1)),
    )
    add(transaction, [lost])
    sent = Nudge(
        id=f"n{number}",
        team_id=TEAM,
        person=f"U{number}",
        kind="no owner",
        subject="s",
        visibility="workspace",
        what="sent",
        at=due,
        delivery_id=lost.id,
    )
    record(transaction, [sent])
