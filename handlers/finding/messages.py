"""What people read when they looked through all records at once."""

from collections.abc import Iterator, Mapping

from handlers.finding.service import Outcome
from handlers.hooks.finding import Hit
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message

_NAMED = 120
_NARROWER = "Narrow it down with more words."


def found(outcome: Outcome, text: str, names: Mapping[str, str], *, is_below: bool = False) -> Message:
    """Say what was found: definitions, then records, a line each with the button that opens it.

    Where it stands below what was said of a word, that needn't be said again.
    """
    if not outcome.words and not outcome.hits:
        return _nothing(outcome, text, names)
    told = [block for each in outcome.words for block in each.told.blocks]
    near = "Nearest:" if is_below else f"Nothing has all of “{text}”. Nearest:"
    first = [blocks.sentence(near)] if outcome.is_near else []
    rows = [_row(each, names) for each in outcome.hits]
    more = [blocks.small_print(f"And {outcome.left} more. {_NARROWER}")] if outcome.left > 0 else []
    more += [blocks.small_print(_whom(outcome, names))] if outcome.knows else []
    title = ("Nearest: " if outcome.is_near else "") + ", ".join(_titles(outcome))
    return Message(blocks.cut(blocks.escape(title), blocks.FALLBACK_LIMIT), blocks.apart([*first, *told, *rows, *more]))


def _titles(outcome: Outcome) -> Iterator[str]:
    yield from (each.asked for each in outcome.words)
    yield from (each.name for each in outcome.hits)


def _row(hit: Hit, names: Mapping[str, str]) -> Block:
    told = hit.told(names)
    stands = f"{hit.kind}, {told}" if hit.kind and told else hit.kind or told
    return blocks.row(f"{blocks.cut(hit.name, _NAMED)}\n{stands[:1].upper()}{stands[1:]}", hit.button)


def _nothing(outcome: Outcome, text: str, names: Mapping[str, str]) -> Message:
    # A word that isn't defined is asked of the team, by its button.
    if outcome.otherwise:
        return outcome.otherwise.told
    return blocks.said(f"I found nothing on “{text}”. {_whom(outcome, names)}")


def _whom(outcome: Outcome, names: Mapping[str, str]) -> str:
    """Say whom to ask; empty where nobody is likely to know."""
    if outcome.knows is None:
        return ""
    user_id, why = outcome.knows
    return f"Ask {names.get(user_id, 'somebody')}, who {why}."


def how_to(command_prefix: str) -> Message:
    command = f"/{command_prefix}common-ground find"
    return Message(
        f"Type `{command} weather` to look through definitions, duties, decisions, data requests, cards, feedback and "
        "notes at once."
    )
