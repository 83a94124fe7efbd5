"""A handler says which interaction it takes, and the type checker holds the tables to it."""

import re
from pathlib import Path

from mypy import api

_WRONG = """
from handlers.framework.context import Context
from handlers.framework.routing import Command, Feature
from handlers.slack.interactions import Ask, BlockAction
from handlers.slack.replies import Reply


async def press(context: Context[BlockAction]) -> Reply:
    return Reply()


async def ask(context: Context[Ask]) -> Reply:
    return Reply()


async def ask_or_press(context: Context[Ask | BlockAction]) -> Reply:
    return Reply()


Feature("right", commands=[Command("a", ask, ""), Command("b", ask_or_press, "")], actions={"b": ask_or_press})
Feature("wrong", commands=[Command("a", press, "")])
Feature("wrong", actions={"a": ask})
"""


def test_a_buttons_handler_that_is_registered_as_a_command_is_an_error_of_the_type_checker(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(_WRONG, encoding="utf-8")
    told, _, _ = api.run(["--strict", "--explicit-package-bases", "--hide-error-context", str(wrong)])
    lines = _WRONG.splitlines()
    at = [int(number) for number in re.findall(r"wrong\.py:(\d+): error:", told)]
    assert [lines[number - 1] for number in at] == lines[-2:]
