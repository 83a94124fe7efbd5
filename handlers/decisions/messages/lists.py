"""Lists of decisions, what is left open in the log, and how to use it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.checks.dates import day
from handlers.decisions.messages.lines import standing
from handlers.decisions.messages.record import OPEN, SHARE, ask_for_data
from handlers.decisions.rules.health import Finding
from handlers.slack import blocks
from handlers.slack.action_ids import LOG_DECISION
from handlers.slack.blocks import Block, Message
from storage.decisions.decisions import Decision

#: How many decisions a list shows, and a finding.
LISTED, _FOUND = 6, 5
GONE = "I can't find that decision, or you can't see it here."
FOUND, LATEST = "Decisions found", "Latest decisions"
NONE_FOUND = "No decision you can see here matches that."
NONE_LOGGED = "No decisions here yet."
NOT_WITH_GUESTS = "Guests read this channel, so I share only its own decisions here, unless an admin allows more."
NOT_TO_SHARE = "I can't share that here. Ask me again."
#: What a shared answer shows: one decision, those of a search, or the latest.
ONE, SEARCH, ALL = "one", "find", "list"


def listed(found: Sequence[Decision], title: str, names: Mapping[str, str], share: str = "") -> Message:
    """Decisions one below the other, each with a button that shows it; ``share`` is what the one for all carries."""
    rows = []
    for place, each in enumerate(found[:LISTED]):
        button = blocks.button("Open", blocks.numbered(OPEN, place), each.id)
        rows.append(blocks.row(_line(each, names), blocks.spoken(button, f"Open {each.number}")))
    left, narrower = len(found) - LISTED, "Narrow it down with more words or a filter."
    more = [blocks.small_print(f"And {left} more. {narrower}")] if left > 0 else []
    shared = [blocks.buttons([blocks.button("Share", SHARE, share)])] if share else []
    return Message(blocks.escape(title), (blocks.sentence(title, "bold"), *rows, *more, *shared))


def _line(decision: Decision, names: Mapping[str, str]) -> str:
    stands = "".join(str(each["text"]) for each in standing(decision, names))
    return f"{decision.number} · {decision.title}\n{stands[:1].upper()}{stands[1:]}"


def none(told: str) -> Message:
    return blocks.offer(told, blocks.button("Log a decision", LOG_DECISION))


def people(found: Sequence[Decision]) -> list[str]:
    return [who for each in found[:LISTED] for who in (each.decider, each.created_by)]


def shared(message: Message, user_id: str) -> Message:
    """Say it to the channel on behalf of who shares it."""
    by: Block = {"type": "context", "elements": [{"type": "mrkdwn", "text": f"Shared by <@{user_id}>"}]}
    return replace(message, blocks=(*message.blocks, by))


def several(added: Sequence[Decision], names: Mapping[str, str]) -> Message:
    """Tell somebody at once of several decisions that came from files."""
    return listed(added, f"{len(added)} decisions that involve you were added to the log", names)


def health(found: Sequence[Finding]) -> Message:
    """What is left open, a heading each, with buttons that open the records."""
    if not found:
        return blocks.said("Nothing is open in the decision log.")
    said = [block for place, each in enumerate(found) for block in _finding(each, 10 * place)]
    return Message("Open in the decision log", tuple(said))


def _finding(found: Finding, first: int) -> tuple[Block, Block]:
    some = list(enumerate(found.decisions[:_FOUND]))
    title = blocks.line(blocks.words(f"{found.told}: {len(found.decisions)}", "bold"))
    lines = [blocks.line(blocks.words(f"{each.number} · {each.title}{_due(each)}")) for _, each in some]
    opened = [blocks.button(each.number, blocks.numbered(OPEN, first + place), each.id) for place, each in some]
    asked = [ask_for_data(each, f"Ask for data for {each.number}", place) for place, each in some]
    return blocks.paragraphs(title, *lines), blocks.in_row(asked if found.lacks_data else opened)


def _due(decision: Decision) -> str:
    due = decision.deadline if decision.state == "proposed" else decision.review_on
    return f" · due {day(due)}" if due else ""


def how_to(command_prefix: str) -> Message:
    command = f"/{command_prefix}decision"
    lines = (
        f"`{command} we retrain monthly because drift is seasonal`: log a decision",
        f"`{command} D-34`: read one",
        f"`{command} find latency budget`: find by words, or by `component:`, `attribute:`, `by:`, `since:2026-01-31`",
        f"`{command} list`: the latest; `{command} health`: what's open",
        "In a thread: `@Common Ground decided: we ship on Friday because the berth is free`",
    )
    told = "*The decision log*\n" + "\n".join(f"• {line}" for line in lines)
    return Message(told, (blocks.markdown(told),))


def how_to_decide() -> Message:
    return blocks.said(
        "Say what was decided and why, for example: decided: we ship on Friday because the berth is free"
    )
