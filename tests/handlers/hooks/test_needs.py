"""What is up to somebody is up to them everywhere: a summary, a Home and the reminders go by the same."""

from datetime import timedelta

import pytest

from handlers import FEATURES
from handlers.framework.routing import join
from handlers.hooks.digest import Line, Span
from handlers.hooks.reminders import Known, Reminder
from storage.decisions import decisions
from storage.decisions.decisions import NewDecision
from storage.engine.interface import WORKSPACE, Database, to_text
from storage.workspaces import workspaces
from tests.handlers.hooks.filling import LATER, TEAM, fill
from tests.writing import write

HOOKS = join(FEATURES).hooks
SPAN = Span(to_text(LATER - timedelta(days=30)), to_text(LATER), LATER, (WORKSPACE,))


def is_told_of(line: Line, person: str, needs: list[Reminder]) -> bool:
    """Tell whether a person is reminded of what a line says is up to them."""
    record, button = line.key.split()[1].partition(":")[0], line.button or {}
    return any(
        person in each.people
        and (record in f"{each.subject} {each.topic.key}" or each.button(person).get("value") == button.get("value"))
        for each in needs
    )


@pytest.mark.parametrize("section", ["requests", "decisions", "duties", "requirements", "glossary", "feedback"])
async def test_whoever_a_summary_says_has_to_act_finds_it_on_their_home(store: Database, section: str) -> None:
    await write(store, fill, 2)
    reader = store.reader
    needs = [each for hook in HOOKS.reminders for each in hook(reader, TEAM, Known(frozenset(), ("UCHLOE",)), LATER)]
    told = [digest(reader, TEAM, SPAN).section for digest in HOOKS.digests]
    (found,) = (each for each in told if each.id == section)
    lines = [line for group in found.groups if group.is_waiting for line in group.lines]
    assert lines
    missing = [(line.key, who) for line in lines for who in line.people if not is_told_of(line, who, needs)]
    assert missing == []


async def test_a_proposal_on_which_nobody_is_asked_or_everybody_was_heard_is_up_to_its_decider(store: Database) -> None:
    await write(store, workspaces.connect_workspace, TEAM, "Harbour", "U0BOT", LATER)
    new = NewDecision(title="Batches only", decider="UANA", state="proposed")
    await write(store, decisions.write_down, TEAM, new, "UBEN", to_text(LATER))
    needs = [each for hook in HOOKS.reminders for each in hook(store.reader, TEAM, Known(), LATER)]
    assert [(each.people, each.told) for each in needs] == [(("UANA",), "ready for your decision")]
