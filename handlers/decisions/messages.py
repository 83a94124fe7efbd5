"""What people read of decisions: one in full, a list, its history; and the ids of the buttons below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handlers.decisions.rules.health import Finding
from handlers.slack import blocks
from handlers.slack.action_ids import ASK_FOR_DATA, LOG_DECISION
from handlers.slack.blocks import Block, Message
from storage.decisions.decisions import Decision
from storage.decisions.votes import Opinion

OPEN = "decision_open"
LOG = LOG_DECISION
AMEND = "decision_amend"
SUPERSEDE = "decision_supersede"
DEPRECATE = "decision_deprecate"
ACCEPT = "decision_accept"
REJECT = "decision_reject"
AGREE = "decision_agree"
OBJECT = "decision_object"
HOLDS = "decision_holds"
EXTEND = "decision_extend"
HISTORY = "decision_history"
PIN = "decision_pin"

#: How many decisions a list shows; people of one decision are named up to a count of their own.
LISTED = 15
_PEOPLE = 20
_TEXT_SHOWN, _REASON_SHOWN = 600, 300
_OPINIONS, _AMENDMENTS = 8, 3
NOT_POSTED = "I am not in that channel, so nobody there sees it. Invite me, and those who were asked are told anyway."
_LABELS = {
    "context": "Context", "options": "Options that were considered", "consequences": "Consequences",
    "assumptions": "Assumptions", "expected": "What we expect to see", "outcome": "What happened",
    "links": "Runs and data",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A decision with what stands beside it in the store.

    ``senses`` are lines about the words that it uses; ``sides`` are the people of a model's two sides, empty where the
    decision is about no model.
    """

    decision: Decision
    component: str = ""
    senses: Sequence[str] = ()
    opinions: Sequence[Opinion] = ()
    sides: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    successor: str = ""
    predecessor: str = ""
    is_decider_gone: bool = False
    names: Mapping[str, str] | None = field(default=None)


def record(shown: Shown, user_id: str, *, may_change: bool, note: str = "") -> Message:
    """A decision in full, with what this person can do about it."""
    decision = shown.decision
    head = blocks.line(blocks.words(f"{decision.number}  {decision.title}", "bold"))
    lines = [head, *_facts(shown)]
    said: list[Block] = [blocks.paragraphs(*lines), *_prose(decision)]
    if shown.opinions:
        lines = [_opinion(each, shown.names) for each in shown.opinions[:_OPINIONS]]
        left = len(shown.opinions) - _OPINIONS
        said.append(blocks.paragraphs(*lines, *([blocks.line(blocks.words(f"And {left} more."))] if left > 0 else [])))
    if decision.amendments:
        said.append(blocks.paragraphs(*_amendments(decision)))
    if note:
        said.append(blocks.small_print(note))
    if below := buttons(decision, user_id, may_change=may_change, stands_in=may_change and shown.is_decider_gone):
        said.append(blocks.buttons(below))
    return Message(blocks.escape(f"{decision.number} {decision.title}"), tuple(said))


def buttons(decision: Decision, user_id: str, *, may_change: bool, stands_in: bool = False) -> list[Block]:
    """What a person can do about a decision as it stands."""
    choices: list[tuple[str, str]] = []
    if decision.state == "proposed" and (user_id == decision.decider or stands_in):
        choices = [("Accept", ACCEPT), ("Reject", REJECT), ("Amend", AMEND), ("More time", EXTEND)]
    elif decision.state == "proposed":
        choices = [("Agree", AGREE), ("Object", OBJECT), *([("Amend", AMEND)] if may_change else [])]
    elif decision.state == "accepted" and may_change:
        choices = [
            ("Still holds", HOLDS), ("Amend", AMEND), ("Supersede", SUPERSEDE), ("Deprecate", DEPRECATE),
            ("Pin words", PIN),
        ]  # fmt: skip
    elements = [
        blocks.button(label, route, decision.id, "primary" if label in ("Accept", "Agree") else None)
        for label, route in choices
    ]
    needs_data = decision.needs_data and decision.state in ("proposed", "accepted")
    data = [_ask_for_data(decision, "Ask for data", 0)] if needs_data else []
    return [*elements, *data, blocks.button("History", HISTORY, decision.id)]


def listed(found: Sequence[Decision], nothing: str, title: str, names: Mapping[str, str] | None = None) -> Message:
    """Decisions one below the other, each with a button that shows it in full."""
    if not found:
        return blocks.said(nothing)
    said: list[Block] = [blocks.paragraphs(blocks.line(blocks.words(title, "bold")))]
    for place, each in enumerate(found[:LISTED]):
        told = blocks.line(
            blocks.words(each.number, "bold"), blocks.words(f"  {each.title}"), blocks.words(f"  {_mark(each)} "),
            person(each.decider, names), blocks.words(f", {(each.decided_at or each.created_at)[:10]}"),
        )  # fmt: skip
        said += [
            blocks.paragraphs(told), blocks.buttons([blocks.button("Open", blocks.numbered(OPEN, place), each.id)])
        ]  # fmt: skip
    if len(found) > LISTED:
        said.append(blocks.small_print(f"And {len(found) - LISTED} more. Narrow it down with more words or a filter."))
    return Message(blocks.escape(title), tuple(said))


def voted(decision: Decision, opinion: Opinion) -> Message:
    """Tell who decides what somebody said to a proposal."""
    did = " agrees with " if opinion.vote == "agree" else " objects to "
    why = f": {opinion.reason}" if opinion.reason else ""
    head = blocks.line(
        blocks.person(opinion.user_id), blocks.words(f"{did}{decision.number}, {decision.title}{why}")
    )  # fmt: skip
    below = blocks.buttons([blocks.button("Open", OPEN, decision.id)])
    return Message(blocks.escape(f"{decision.number} {decision.title}"), (blocks.paragraphs(head), below))


def noted(decision: Decision, opinion: Opinion) -> Message:
    did = "you agree with" if opinion.vote == "agree" else "you object to"
    return blocks.said(f"Noted: {did} {decision.number}. Who decides is told, and it stays with the decision.")


def health(found: Sequence[Finding]) -> Message:
    """What is left open, a heading each, with buttons that open the records."""
    if not found:
        return blocks.said("Nothing is left open in the decision log.")
    said: list[Block] = []
    for place, each in enumerate(found):
        head = blocks.line(blocks.words(f"{each.told}: {len(each.decisions)}", "bold"))
        lines = [blocks.line(blocks.words(f"{one.number}  {one.title}")) for one in each.decisions[:5]]
        opened = [
            blocks.button(one.number, blocks.numbered(OPEN, 10 * place + number), one.id)
            for number, one in enumerate(each.decisions[:5])
        ]
        if each.lacks_data:
            opened += [_ask_for_data(one, f"Ask for data for {one.number}", number)
                       for number, one in enumerate(each.decisions[:5])]  # fmt: skip
        said += [blocks.paragraphs(head, *lines), blocks.buttons(opened)]
    return Message("What is left open in the decision log", tuple(said))


def _ask_for_data(decision: Decision, label: str, place: int) -> Block:
    return blocks.button(label, blocks.numbered(ASK_FOR_DATA, place), f"decision:{decision.id}")


def gone() -> Message:
    return blocks.said("There is no such decision that you may see here.")


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


def only_where_i_am() -> Message:
    return blocks.said(
        "I am not in this conversation, and what was decided here is seen only here. Invite me with "
        "/invite @Common Ground and try once more, or log it in another channel."
    )


def person(user_id: str, names: Mapping[str, str] | None) -> Block:
    return blocks.person(user_id) if names is None else blocks.words(names.get(user_id, "somebody"))


def _facts(shown: Shown) -> list[Block]:
    decision, names = shown.decision, shown.names
    day = (decision.decided_at or decision.created_at)[:10]
    decided = blocks.words(" decides; proposed on " if decision.state == "proposed" else " decided on ")
    lines = [blocks.line(person(decision.decider, names), decided, blocks.words(f"{day}  {_mark(decision)}"))]
    if decision.why:
        lines.append(blocks.line(blocks.words("Because: "), blocks.words(blocks.cut(decision.why, _TEXT_SHOWN))))
    told = {
        "Component": shown.component, "About": ", ".join(decision.attributes), "Reversible": decision.reversible,
        "Metric": " ".join(each for each in (decision.metric, decision.threshold) if each),
        "Review": " or ".join(each for each in (decision.review_on, decision.review_when) if each),
        "Expected by": decision.expected_by, "Replaces": shown.predecessor, "Replaced by": shown.successor,
        "Why it ended": blocks.cut(decision.reason, _REASON_SHOWN),
        "Deadline": decision.deadline if decision.state == "proposed" else "",
    }  # fmt: skip
    lines += [blocks.line(blocks.words(f"{label}: {value}")) for label, value in told.items() if value]
    lines += _people(shown)
    lines += [blocks.line(blocks.words(each)) for each in shown.senses]
    if decision.source_link:
        lines.append(blocks.line(blocks.words("From "), blocks.link(decision.source_link, "this message")))
    return lines


def _people(shown: Shown) -> list[Block]:
    decision, names = shown.decision, shown.names
    if shown.sides is None:
        sides = []
    else:
        sides = [
            blocks.line(blocks.words(f"Consulted of the {side} side: "), *_listed(people, names))
            for side, people in zip(("model", "product"), shown.sides, strict=True)
        ]
    told = {"Consulted": decision.consulted, "Must know": decision.informed, "Asked": decision.asked}
    return [
        *sides, *(blocks.line(blocks.words(f"{label}: "), *_listed(who, names)) for label, who in told.items() if who)
    ]  # fmt: skip


def _listed(people: Sequence[str], names: Mapping[str, str] | None) -> list[Block]:
    if not people:
        return [blocks.words("nobody", "italic")]
    joined: list[Block] = []
    for place, each in enumerate(people[:_PEOPLE]):
        joined += [*([blocks.words(", ")] if place else []), person(each, names)]
    left = len(people) - _PEOPLE
    return [*joined, *([blocks.words(f" and {left} more")] if left > 0 else [])]


def _prose(decision: Decision) -> list[Block]:
    said = []
    for name, label in _LABELS.items():
        if text := getattr(decision, name):
            head = blocks.line(blocks.words(f"{label}: ", "bold"), blocks.words(blocks.cut(text, _TEXT_SHOWN)))
            said.append(blocks.paragraphs(head))
    if decision.source_text:
        said.append(blocks.paragraphs(blocks.quotation(blocks.words(blocks.cut(decision.source_text, _TEXT_SHOWN)))))
    return said


def _amendments(decision: Decision) -> list[Block]:
    """The last amendments; the history has them all."""
    head = blocks.line(blocks.words("Amended:", "bold"))
    last = [blocks.line(blocks.words(blocks.cut(each, _REASON_SHOWN))) for each in decision.amendments[-_AMENDMENTS:]]
    return [head, *last]


def _opinion(each: Opinion, names: Mapping[str, str] | None) -> Block:
    told = " agrees" if each.vote == "agree" else " objects"
    why = f": {blocks.cut(each.reason, _REASON_SHOWN)}" if each.reason else ""
    return blocks.line(person(each.user_id, names), blocks.words(f"{told}{why}"))


def _mark(decision: Decision) -> str:
    return f"({decision.state})"
