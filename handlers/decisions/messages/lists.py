"""Lists of decisions, what is left open in the log, and how to use it."""

from collections.abc import Mapping, Sequence

from handlers.decisions.messages.record import OPEN, ask_for_data, person, reported, state_of
from handlers.decisions.rules.health import Finding
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.decisions.decisions import Decision

#: How many decisions a list shows, and a finding.
LISTED, _FOUND = 15, 5
GONE = "There is no such decision that you may see here."


def listed(found: Sequence[Decision], nothing: str, title: str, names: Mapping[str, str] | None = None) -> Message:
    """Decisions one below the other, each with a button that shows it in full."""
    if not found:
        return blocks.said(nothing)
    said: list[Block] = [blocks.paragraphs(blocks.line(blocks.words(title, "bold")))]
    for place, each in enumerate(found[:LISTED]):
        number = blocks.words(each.number, "bold")
        title_and_state = blocks.words(f"  {each.title}"), blocks.words(f"  ({state_of(each)}) ")
        day = blocks.words(f", {(each.decided_at or each.created_at)[:10]}")
        line = blocks.line(number, *title_and_state, person(each.decider, names), *reported(each, names), day)
        button = blocks.button("Open", blocks.numbered(OPEN, place), each.id)
        said += [blocks.paragraphs(line), blocks.buttons([button])]
    if len(found) > LISTED:
        said.append(blocks.small_print(f"And {len(found) - LISTED} more. Narrow it down with more words or a filter."))
    return Message(blocks.escape(title), tuple(said))


def several(added: Sequence[Decision]) -> Message:
    """Tell somebody at once of several decisions that came from files."""
    return listed(added, "", f"{len(added)} decisions that concern you were added to the log")


def health(found: Sequence[Finding]) -> Message:
    """What is left open, a heading each, with buttons that open the records."""
    if not found:
        return blocks.said("Nothing is left open in the decision log.")
    said = [block for place, each in enumerate(found) for block in _finding(each, 10 * place)]
    return Message("What is left open in the decision log", tuple(said))


def _finding(found: Finding, first: int) -> tuple[Block, Block]:
    some = list(enumerate(found.decisions[:_FOUND]))
    head = blocks.line(blocks.words(f"{found.told}: {len(found.decisions)}", "bold"))
    lines = [blocks.line(blocks.words(f"{each.number}  {each.title}")) for _, each in some]
    opened = [blocks.button(each.number, blocks.numbered(OPEN, first + place), each.id) for place, each in some]
    asked = [ask_for_data(each, f"Ask for data for {each.number}", place) for place, each in some]
    return blocks.paragraphs(head, *lines), blocks.buttons([*opened, *(asked if found.lacks_data else [])])


def how_to(command_prefix: str) -> Message:
    command = f"/{command_prefix}decision"
    lines = (
        f"`{command}`: log a decision; what was decided, why, and who decided",
        f"`{command} D-34`: read one in full",
        f"`{command} find latency budget`: find by words, or by `component:`, `attribute:`, `by:`, `since:2026-01-31`",
        f"`{command} list`: the latest; `{command} health`: what is left open",
        "In a thread: `@Common Ground decided: we ship on Friday because the berth is free`",
    )
    told = "*The decision log*\n" + "\n".join(f"• {line}" for line in lines)
    return Message(told, (blocks.markdown(told),))


def how_to_decide() -> Message:
    return blocks.said("Say what was decided, and why, as in: decided: we ship on Friday because the berth is free")
