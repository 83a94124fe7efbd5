"""What agents may ask of the decision log."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field

from handlers.decisions.context import asking
from handlers.decisions.messages import proposing
from handlers.decisions.messages.proposing import Offered
from handlers.decisions.service import showing
from handlers.framework import tools
from handlers.framework.context import Context
from handlers.framework.tools import Answer, Arguments, Item, Page, Proposed, Tool
from handlers.slack.interactions import Ask
from storage.decisions.decisions import Decision
from storage.engine.interface import Reader

_DECISION = "decision"
_NUMBER = re.compile(r"(?:d[- ]?)?(?P<digits>\d+)|d-(?P<letters>[0-9a-z]+)", re.IGNORECASE)
_PROSE = ("why", "context", "options", "consequences", "assumptions", "outcome", "reason")
_LOOKED_AT = "Your person is sent that in Slack. Nothing is written before they log it."
_REPORTED = "reported, not confirmed by whoever decided it"


class AskedDecision(Arguments):
    decision: Annotated[
        str, Field(min_length=1, max_length=300, description="A number such as D-12, or words that it has.")
    ]
    page: Page = 1


async def decision(context: Context[Ask], asked: AskedDecision) -> Answer:
    """Read a decision out by its number, or find decisions by words, as ``/decision`` does."""
    it = await asking(context)
    match = _NUMBER.fullmatch(asked.decision)

    def look(reader: Reader) -> list[Decision] | str:
        if match is None:
            return it.found_by(reader, asked.decision)
        found = it.numbered(reader, f"D-{(match['digits'] or match['letters']).upper()}")
        return [] if found is None else [found]

    found = await context.store.search(look)
    if isinstance(found, str):
        return tools.answer(found)
    numbers = await context.store.search(lambda reader: _replacements(reader, found))
    names = await tools.names_of(context, {who for each in found for who in (each.decider, each.created_by)})
    told = (
        f"{len(found)} decision{'s' * (len(found) != 1)} found." if found else "No decision that you can see is that."
    )
    return tools.answer(told, [_item(each, names, numbers) for each in found], asked.page)


def _replacements(reader: Reader, found: Sequence[Decision]) -> dict[str, str]:
    """Return the numbers of what took the place of replaced decisions, by the ids of these."""
    replaced = [each for each in found[: tools.PAGE * 5] if each.superseded_by]
    return {each.id: showing.shown(reader, each).successor for each in replaced}


def _item(each: Decision, names: Mapping[str, str], numbers: Mapping[str, str]) -> Item:
    prose = ((name, getattr(each, name)) for name in _PROSE)
    return tools.item(
        _DECISION,
        f"{each.number} · {each.title}",
        "\n".join(f"{name.capitalize()}: {text}" for name, text in prose if text),
        status=_status(each, numbers.get(each.id, "")),
        owner=names.get(each.decider, "somebody") if each.decider else "",
        date=(each.decided_at or each.created_at)[:10],
        source=each.origin or (f"written down by {names[each.created_by]}" if each.created_by in names else ""),
        link=each.source_link,
        uri=tools.uri(_DECISION, each.number),
    )


def _status(each: Decision, successor: str) -> str:
    if each.is_reported:
        return _REPORTED
    if each.state == "superseded":
        return f"replaced by {successor}" if successor else "replaced"
    return "proposed, not decided yet" if each.state == "proposed" else each.state


class NewProposal(Arguments):
    title: Annotated[str, Field(min_length=1, max_length=proposing.TITLE, description="What would be decided.")]
    why: Annotated[str, Field(max_length=proposing.WHY, description="Why, in a few sentences.")] = ""


async def propose(_context: Context[Ask], asked: NewProposal) -> Proposed:
    """Offer a person to propose a decision: by a button that opens the form, filled in."""
    told = Offered(title=tools.plain(asked.title, proposing.TITLE), why=tools.plain(asked.why, proposing.WHY))
    return Proposed(tools.answer(_LOOKED_AT), proposing.offered(told))


TOOLS = (
    Tool(
        "decision",
        "Read decisions",
        "What was decided, by whom and why: one decision by its number, or those that have some words.",
        AskedDecision,
        decision,
        _DECISION,
        "decision",
    ),
    Tool(
        "propose_decision",
        "Propose a decision",
        "Offer your person to propose a decision. They look at it in Slack, change it, and log it or not.",
        NewProposal,
        propose,
        proposes=True,
    ),
)
