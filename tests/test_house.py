"""What the house promises of itself and no linter knows: who writes to people, and how store and forms are read."""

import ast
from functools import cache
from pathlib import Path

HANDLERS = Path(__file__).parents[1] / "handlers"


@cache
def nodes() -> list[tuple[str, ast.AST]]:
    """Return every node of the handlers' code, with the file that it stands in."""
    found: list[tuple[str, ast.AST]] = []
    for path in sorted(HANDLERS.rglob("*.py")):
        where = path.relative_to(HANDLERS).as_posix()
        found += [(where, node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    return found


def named(node: ast.AST) -> str:
    """Return the last word of a name such as ``deliveries.Delivery``; empty for what is none."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def test_nothing_but_the_notifier_and_the_answer_to_who_asked_makes_a_message() -> None:
    made = {where for where, node in nodes() if isinstance(node, ast.Call) and named(node.func) == "Delivery"}
    assert made == {"access/recipients.py", "slack/placing.py"}


def test_no_handler_reads_the_store_without_waiting_for_it() -> None:
    of_store = [
        (where, node.attr)
        for where, node in nodes()
        if isinstance(node, ast.Attribute) and named(node.value) in ("store", "_store")
    ]
    assert [where for where, name in of_store if name == "reader"] == []
    assert len([where for where, name in of_store if name == "search"]) > 10


def test_a_forms_fields_are_read_by_what_they_should_hold() -> None:
    of_fields = [
        (where, node.attr)
        for where, node in nodes()
        if isinstance(node, ast.Attribute) and named(node.value) == "fields"
    ]
    by_name = [where for where, node in nodes() if isinstance(node, ast.Subscript) and named(node.value) == "fields"]
    raw = [*by_name, *(where for where, name in of_fields if name == "get")]
    assert [where for where in raw if "/formats/" not in where and "importing" not in where] == []
    assert len([where for where, name in of_fields if name == "text"]) > 30
