"""What people read of one decision, with what they may do about it; and the ids of the buttons below."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from handlers.decisions.messages import lines
from handlers.decisions.messages.lines import Names, Shown
from handlers.decisions.rules.moves import Act
from handlers.slack import blocks
from handlers.slack.action_ids import ASK_FOR_DATA, LOG_DECISION
from handlers.slack.blocks import Block, Message
from storage.decisions.decisions import Decision

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
SHARE = "decision_share"

#: So many lines and opinions are shown at first; the rest is behind "More".
_LINES, _FIRST_OPINIONS = 6, 3
_BUTTONS: Mapping[Act, tuple[str, str]] = {
    "accept": ("Accept", ACCEPT),
    "reject": ("Reject", REJECT),
    "agree": ("Agree", AGREE),
    "object": ("Object", OBJECT),
    "still holds": ("Still holds", HOLDS),
    "extend": ("More time", EXTEND),
    "amend": ("Amend", AMEND),
    "supersede": ("Supersede", SUPERSEDE),
    "deprecate": ("Deprecate", DEPRECATE),
    "pin": ("Pin words", PIN),
}
#: What the buttons say to whom a decision is only ascribed to.
_CONFIRMING: Mapping[Act, str] = {"accept": "Confirm", "reject": "That's not right"}
#: What has no button although it may be done: who decides has better ones, and more time is for them to give.
_NO_BUTTON_TO_DECIDER: tuple[Act, ...] = ("agree", "object")
_NO_BUTTON_TO_OTHERS: tuple[Act, ...] = ("extend",)


def brief(shown: Shown, may: Collection[Act], names: Names = None, share: str = "") -> Message:
    """The first lines of a decision, with what this person may do about it; with ``names`` nobody is pinged.

    ``share`` is what a button carries that shows it to everybody in the channel; empty where it cannot be.
    """
    said, is_cut = _first(shown, names)
    first = [blocks.button("Share", SHARE, share)] if share else []
    more = [blocks.button("More", OPEN, shown.decision.id)] if is_cut else []
    acts = buttons(shown.decision, may)
    return _message(shown.decision, said, acts[:2] + first + more + acts[2:])


def in_full(shown: Shown, may: Collection[Act], names: Names = None) -> Message:
    """All of a decision, with what this person may do about it; with ``names`` nobody is pinged."""
    decision = shown.decision
    said = [*_top(shown, names), *lines.details(shown, names), *lines.opinions(shown.opinions, names)]
    return _message(decision, [*said, *lines.amendments(decision)], buttons(decision, may))


def public(shown: Shown, names: Mapping[str, str]) -> Message:
    """A decision where everybody reads it, with what everybody may press; "More" shows each what they may do."""
    decision = shown.decision
    is_open = decision.state in ("proposed", "accepted") and not decision.is_reported
    voting = [act_button("agree", decision), act_button("object", decision)] if is_open else []
    more = blocks.button("More", OPEN, decision.id)
    return replace(_message(decision, _first(shown, names)[0], [*voting, more]), asks=(decision.id,))


def _message(decision: Decision, said: Sequence[Block], below: Sequence[Block]) -> Message:
    return Message(
        blocks.escape(f"{decision.number}: {decision.title}"), (blocks.paragraphs(*said), blocks.in_row(below))
    )


def _top(shown: Shown, names: Names) -> list[Block]:
    decision = shown.decision
    head = blocks.line(lines.head(decision), blocks.words(" · "), *lines.standing(decision, names))
    return [head, *lines.why(decision), *lines.facts(shown)]


def _first(shown: Shown, names: Names) -> tuple[list[Block], bool]:
    """Return the first lines of a decision, and whether there is more to it."""
    said = [*_top(shown, names), *lines.opinions(shown.opinions, names, _FIRST_OPINIONS)]
    said += lines.amendments(shown.decision, 1)
    has_more = len(shown.decision.amendments) > 1 or len(shown.opinions) > _FIRST_OPINIONS
    return said[:_LINES], has_more or len(said) > _LINES or bool(lines.details(shown, names))


def buttons(decision: Decision, may: Collection[Act]) -> list[Block]:
    """What a person may do about a decision, as far as a button is offered for it, and what everybody may."""
    has_better = "accept" in may or "supersede" in may
    left_out = _NO_BUTTON_TO_DECIDER if has_better else _NO_BUTTON_TO_OTHERS
    left_out += () if _is_to_review(decision) else ("still holds",)
    needs_data = decision.needs_data and decision.state in ("proposed", "accepted")
    data = [ask_for_data(decision, "Ask for data", 0)] if needs_data else []
    acts = [act_button(act, decision) for act in _BUTTONS if act in may and act not in left_out]
    return [*acts, *data, blocks.button("History", HISTORY, decision.id)]


def _is_to_review(decision: Decision) -> bool:
    return bool(decision.review_on or decision.review_when or decision.expected_by)


def act_button(act: Act, decision: Decision) -> Block:
    label, route = _BUTTONS[act]
    label = _CONFIRMING.get(act, label) if decision.is_reported else label
    return blocks.button(label, route, decision.id, "primary" if act in ("accept", "agree") else None)


def ask_for_data(decision: Decision, label: str, place: int) -> Block:
    return blocks.button(label, blocks.numbered(ASK_FOR_DATA, place), f"decision:{decision.id}")


def state_of(decision: Decision) -> str:
    return "not confirmed yet" if decision.is_reported else decision.state
