"""What agents may ask of all records at once."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from handlers.finding import rules, service
from handlers.framework import tools
from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.framework.tools import Answer, Arguments, Item, Tool
from handlers.hooks.finding import Hit, Looking
from handlers.slack.interactions import Ask

#: How a hit is called that is a resource by what it is called.
_RESOURCES = {
    "decision": re.compile(r"(?P<name>D-[0-9A-Z]+) · "),
    "data-request": re.compile(r"(?P<name>DR-[0-9A-Z]+) · "),
    "card": re.compile(r"Requirement card of (?P<name>.+)"),
}


class AskedQuestion(Arguments):
    question: Annotated[str, Field(min_length=1, max_length=500, description="A question, or a few words.")]


async def find(context: Context[Ask], asked: AskedQuestion) -> Answer:
    """Look through all that is kept, as ``/common-ground find`` does."""
    it, question = await asking(Asker, context), rules.read(asked.question)
    if not question.telling and not question.kinds:
        return tools.answer("Ask with the words that a record would have.")
    prefix, is_in_doubt = context.command_prefix, bool(context.doubt)
    looking = Looking(context.workspace, it.visible, (it.user_id,), prefix, is_limited=False, is_in_doubt=is_in_doubt)
    finds = context.hooks.finds
    outcome = await context.store.search(lambda reader: service.look(reader, finds, looking, question, ""))
    names = await tools.names_of(context, outcome.people)
    items = [*(_word(each.asked) for each in outcome.words), *(_item(each, names) for each in outcome.hits)]
    told = ("Nothing has all of that. Nearest:" if outcome.is_near else f"{len(items)} found.") if items else "Nothing."
    more = f" {outcome.left} more: narrow it down with more words." if outcome.left > 0 else ""
    return tools.answer(f"{told}{more}{_whom(outcome, names)}", items)


def _whom(outcome: service.Outcome, names: Mapping[str, str]) -> str:
    if outcome.knows is None:
        return ""
    user_id, why = outcome.knows
    return f" Ask {names.get(user_id, 'somebody')}, who {why}."


def _word(asked: str) -> Item:
    return tools.item("word", asked, status="in the glossary: ask define", uri=tools.uri("definition", asked))


def _item(hit: Hit, names: Mapping[str, str]) -> Item:
    # Who owns it stands in how it stands, with those who only have to do with it.
    return tools.item(hit.kind.lower() or "record", hit.name, status=hit.told(names), uri=_uri(hit.name))


def _uri(name: str) -> str:
    named = ((kind, pattern.match(name)) for kind, pattern in _RESOURCES.items())
    return next((tools.uri(kind, match["name"]) for kind, match in named if match is not None), "")


TOOLS = (
    Tool(
        "find",
        "Find records",
        "Definitions, duties, decisions, data requests, requirement cards, feedback and notes on data, by their words.",
        AskedQuestion,
        find,
    ),
)
