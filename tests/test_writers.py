"""Among replicas one change of a workspace is made after another: whatever writes holds it, or says here why not."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: What of the bot is only for trying it out.
_NOT_OURS = ("bot/local_slack/", "bot/trial/")
_STORES = {"store", "_store"}
#: What holds by itself: it says how many workspaces at once, or what becomes of one that isn't active.
HOLDING = {
    "bot/connecting.py connected",
    "bot/deletion.py delete_due",
    "bot/installing/oauth.py _keep",
    "handlers/framework/agents.py _sent",
    "handlers/framework/apologies.py tell_in_private",
    "handlers/framework/boundary.py _look_after",
    "handlers/framework/boundary.py _written",
    "handlers/framework/reports.py _taken",
    "handlers/framework/services.py _write_soon",
    "handlers/framework/timed.py _plan_and_do",
    "handlers/framework/timed.py write_usage",
    "handlers/slack/hearing.py hear",
}
NOT_HOLDING = {
    "bot/cli/glossary.py _stage_all": "nobody sees what is staged, and others write between",
    "bot/cli/people.py _tried": "it is undone",
    "bot/connecting.py _many": "it gives up what the dead were about to do",
    "bot/deletion.py finish": "the workspace is gone",
    "bot/installing/oauth.py _check": "a state of OAuth belongs to no workspace yet",
    "bot/installing/organizations.py _keep_to": "it holds each workspace; an organisation's row is none of theirs",
    "bot/installing/organizations.py _end": "an organisation's row belongs to no workspace",
    "bot/installing/organizations.py heard": "an organisation's row belongs to no workspace",
    "bot/installing/renewing.py keep_up": "states belong to no workspace",
    "bot/installing/renewing.py _asked_anew": "a renewal has a lease of its own",
    "bot/installing/renewing.py _renew": "a renewal has a lease of its own",
    "bot/installing/renewing.py _renewed": "it writes only over what it has read",
    "bot/installing/renewing.py _seal_anew": "it writes only over what it has read",
    "bot/jobs.py _own": "leases say themselves whose they are",
    "bot/jobs.py join": "one's own lease",
    "bot/jobs.py stop": "one's own leases",
    "bot/outbox/attempts.py _keep": "one's own claim of a delivery",
    "bot/outbox/corrections.py follow": "one statement",
    "bot/outbox/relay.py _deliver": "a delivery is claimed",
    "bot/outbox/write_batching.py _write": "one's own claims of deliveries",
    "bot/setback.py look": "a statement each, the same for whoever runs it",
    "bot/webhook_keys.py keep_up": "the same secret under another key",
    "bot/traces.py write": "it passes on what others write",
}


class _Writes(ast.NodeVisitor):
    """Finds what is written to a store without being held, and in which function."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self._functions: list[str] = []

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._functions.append(node.name)
        self.generic_visit(node)
        self._functions.pop()

    def visit_Call(self, node: ast.Call) -> None:
        match node:
            case ast.Call(func=ast.Attribute(attr="write", value=told), args=[change]) if _is_store(told):
                if not _is_held(change):
                    self.found.add(self._functions[-1])
        self.generic_visit(node)


def _is_store(told: ast.expr) -> bool:
    """Tell whether this is the store, or the store of a workspace: ``store.of(team_id)``."""
    match told:
        case ast.Call(func=ast.Attribute(attr="of", value=whole)):
            return _is_store(whole)
    return getattr(told, "attr", getattr(told, "id", "")) in _STORES


def _is_held(change: ast.expr) -> bool:
    return isinstance(change, ast.Call) and getattr(change.func, "id", "") == "held"


def _writers() -> Iterator[str]:
    for room in ("bot", "handlers"):
        for path in sorted((ROOT / room).rglob("*.py")):
            name, writes = path.relative_to(ROOT).as_posix(), _Writes()
            if not name.startswith(_NOT_OURS):
                writes.visit(ast.parse(path.read_text(encoding="utf-8")))
            yield from (f"{name} {function}" for function in writes.found)


def test_every_change_holds_its_workspace_or_it_is_said_why_not() -> None:
    assert set(_writers()) == HOLDING | NOT_HOLDING.keys()
    assert not HOLDING & NOT_HOLDING.keys()
