"""How long a weekly summary and a Home take in a large workspace, before anything is sent to Slack."""

import json
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.outbox.relay import Relay
from handlers import FEATURES
from handlers.access.recipients import Facts
from handlers.app_home.messages import home as home_views
from handlers.app_home.service import Whose
from handlers.app_home.service import gathered as home_of
from handlers.data_requests.rules.moves import Move
from handlers.data_requests.service import drafts, requests
from handlers.decisions.service import changes as decision_changes
from handlers.decisions.service.changes import Entry
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import join
from handlers.framework.services import Services
from handlers.hooks.digest import Span
from handlers.responsibilities import catalogue
from handlers.responsibilities.rules import components
from handlers.responsibilities.rules import duties as rules
from handlers.slack.directory import Directory
from handlers.weekly_summary import rules as summary_rules
from handlers.weekly_summary.messages.summary import Shown, in_full
from handlers.weekly_summary.service import gathered
from storage import open_store
from storage.decisions.decisions import NewDecision
from storage.engine.interface import WORKSPACE, Database, Reader, Transaction, to_text
from storage.glossary import changes
from storage.glossary.glossary import NewSense
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import NewComponent
from storage.workspaces import workspaces
from tests.bench.table import NOW, Table, words
from tests.handlers.data_requests.requests import a_request

_SENSES, _REQUESTS, _DUTIES, _DECISIONS = 10_000, 2_000, 5_000, 10_000
_ROUNDS = 30
_PEOPLE = 50


async def bench_summaries(table: Table, folder: Path) -> None:
    store = open_store(f"sqlite:///{folder / 'summaries.db'}")
    await store.write(lambda each: workspaces.connect_workspace(each, "T1", "Harbour", "U0BOT", NOW))
    for fill in (_fill_senses, _fill_decisions, _fill_duties, _fill_requests):
        await store.write(fill)
    client = AsyncWebClient("xoxb-none")
    directory, relay = Directory(client, lambda: NOW), Relay(store, client, Clock(NOW))
    services = Services(store, client, directory, relay, join(FEATURES).hooks, lambda: NOW)
    context = WorkspaceContext(services, "T1", NOW)
    span = Span(to_text(NOW - timedelta(days=7)), to_text(NOW), NOW, (WORKSPACE,))
    first = await _timed(store, partial(_summary, context, span), 1)
    floor = await _timed(store, lambda reader: reader.one("SELECT count(*) AS all_rows FROM decisions"))
    summary = await _timed(store, partial(_summary, context, span))
    home = await _timed(store, partial(_home, context))
    of = f"{_SENSES:,} senses, {_REQUESTS:,} requests, {_DUTIES:,} duties, {_DECISIONS:,} decisions"
    _add(table, f"a weekly summary: {of}", "p50 < 100 ms", summary, floor)
    _add(table, "the same, the first time after a start", "", first, floor)
    _add(table, "a Home of the same workspace, before the call", "p50 < 15 ms", home, floor)
    await store.close()


def _summary(context: WorkspaceContext, span: Span, reader: Reader) -> object:
    told = gathered(reader, context, span, with_stewards=False)
    return in_full(Shown([each.section for each in told], summary_rules.figures_of(told), (), {}, context.now))


def _home(context: WorkspaceContext, reader: Reader) -> object:
    return json.dumps(home_views.home(home_of(reader, context, Whose("U7", (WORKSPACE,), ("U1",))), 0))


async def _timed(store: Database, question: Callable[[Reader], object], rounds: int = _ROUNDS) -> float:
    """Return the median of what a question took, in milliseconds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        await store.search(question)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def _add(table: Table, what: str, goal: str, spent: float, floor: float) -> None:
    table.add(what, f"p50 {spent:6.1f} ms, one count {floor:4.2f} ms", goal, p50=spent, floor=floor)


def _fill_senses(transaction: Transaction) -> None:
    named = words(_SENSES)
    senses = [NewSense(word=word, discipline="domain", gloss=f"what {word} is") for word in named]
    changes.add_senses(transaction, "T1", senses, NOW - timedelta(days=3), "U3")


def _fill_decisions(transaction: Transaction) -> None:
    for number in range(_DECISIONS):
        at = NOW - timedelta(hours=number % 4000)
        by = f"U{number % _PEOPLE}"
        new = NewDecision(title=f"Decision {number}", why="It is cheap", decider=by)
        decision_changes.log(transaction, Entry("T1", new), Facts(by, at))


def _fill_duties(transaction: Transaction) -> None:
    kinds, count = catalogue.standard_catalogue(), 0
    while count < _DUTIES:
        new = NewComponent(name=f"part {count}", kind="model", lead=f"U{count % _PEOPLE}")
        component = components.as_component(new, "T1", new.lead, NOW - timedelta(days=50))
        duties = rules.duties_for(component, kinds)
        responsibilities.add_component(transaction, component, duties)
        count += len(duties)


def _fill_requests(transaction: Transaction) -> None:
    for number in range(_REQUESTS):
        people = {"requester": f"U{number % _PEOPLE}", "owner": f"U{(number + 1) % _PEOPLE}"}
        new = a_request(
            id=f"r{number}", team_id="T1", number="", state="draft", thread="", needed_by="2999-01-01", **people
        )
        facts = Facts(by=new.requester, now=NOW - timedelta(days=number % 60), visible=(new.visibility,))
        draft = drafts.draft(transaction, new, facts)
        requests.take(transaction, draft, Move("send", new.requester, frozenset(("requester",))), facts)
