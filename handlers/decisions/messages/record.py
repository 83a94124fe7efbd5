"""What people read of one decision, with what they may do about it; and the ids of the buttons below."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from handlers.decisions.rules.moves import Act
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

#: People of one decision are named up to a count.
_PEOPLE = 20
_TEXT_SHOWN, _REASON_SHOWN = 600, 300
_OPINIONS, _AMENDMENTS = 8, 3
NOT_POSTED = "I am not in that channel, so nobody there sees it. Invite me, and those who were asked are told anyway."
NOT_FOR_GUESTS = "Guests are in that channel, so I didn't post it there. I tell whoever you asked directly."
_LABELS = {
    "context": "Context",
    "options": "Options that were considered",
    "consequences": "Consequences",
    "assumptions": "Assumptions",
    "expected": "What we expect to see",
    "outcome": "What happened",
    "links": "Runs and data",
}
_BUTTONS: Mapping[Act, tuple[str, str]] = {
    "accept": ("Accept", ACCEPT),
    "reject": ("Reject", REJECT),
    "agree": ("Agree", AGREE),
    "object": ("Object", OBJECT),
    "still holds": ("Still holds", HOLDS),
    "amend": ("Amend", AMEND),
    "extend": ("More time", EXTEND),
    "supersede": ("Supersede", SUPERSEDE),
    "deprecate": ("Deprecate", DEPRECATE),
    "pin": ("Pin words", PIN),
}
#: What the buttons say to whom a decision is only ascribed to.
_CONFIRMING: Mapping[Act, str] = {"accept": "Confirm", "reject": "That's not right"}
_DECIDED = {"proposed": " decides; proposed on ", "rejected": " rejected it on "}
#: What has no button although it may be done: who decides has better ones, and more time is for them to give.
_NO_BUTTON_TO_DECIDER, _NO_BUTTON_TO_OTHERS = ("agree", "object"), ("extend",)


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

    @property
    def people(self) -> list[str]:
        """Return who is named in it."""
        each = self.decision
        voters = (opinion.user_id for opinion in self.opinions)
        return [each.decider, each.created_by, *each.consulted, *each.informed, *each.asked, *voters]


def record(shown: Shown, may: Collection[Act], names: Mapping[str, str] | None = None, note: str = "") -> Message:
    """A decision in full, with what this person may do about it; with ``names`` nobody is pinged."""
    decision = shown.decision
    head = blocks.line(blocks.words(f"{decision.number}  {decision.title}", "bold"))
    said: list[Block] = [blocks.paragraphs(head, *_facts(shown, names)), *_prose(decision)]
    if shown.opinions:
        said.append(blocks.paragraphs(*_opinions(shown.opinions, names)))
    if decision.amendments:
        said.append(blocks.paragraphs(*_amendments(decision)))
    if note:
        said.append(blocks.small_print(note))
    said.append(blocks.buttons(buttons(decision, may)))
    return Message(blocks.escape(f"{decision.number} {decision.title}"), tuple(said))


def buttons(decision: Decision, may: Collection[Act]) -> list[Block]:
    """What a person may do about a decision, as far as a button is offered for it, and what everybody may."""
    left_out = _NO_BUTTON_TO_DECIDER if "accept" in may else _NO_BUTTON_TO_OTHERS
    labels = _CONFIRMING if decision.is_reported else {}
    elements = [
        blocks.button(labels.get(act, label), route, decision.id, "primary" if act in ("accept", "agree") else None)
        for act, (label, route) in _BUTTONS.items()
        if act in may and act not in left_out
    ]
    needs_data = decision.needs_data and decision.state in ("proposed", "accepted")
    data = [ask_for_data(decision, "Ask for data", 0)] if needs_data else []
    return [*elements, *data, blocks.button("History", HISTORY, decision.id)]


def ask_for_data(decision: Decision, label: str, place: int) -> Block:
    return blocks.button(label, blocks.numbered(ASK_FOR_DATA, place), f"decision:{decision.id}")


def person(user_id: str, names: Mapping[str, str] | None) -> Block:
    return blocks.person(user_id) if names is None else blocks.words(names.get(user_id, "somebody"))


def state_of(decision: Decision) -> str:
    return "not confirmed yet" if decision.is_reported else decision.state


def reported(decision: Decision, names: Mapping[str, str] | None) -> list[Block]:
    """Say who wrote down what another is said to have decided, as long as that is not confirmed."""
    by = [blocks.words(", reported by "), person(decision.created_by, names)]
    return by if decision.is_reported else []


def _facts(shown: Shown, names: Mapping[str, str] | None) -> list[Block]:
    decision = shown.decision
    day = (decision.decided_at or decision.created_at)[:10]
    decided = blocks.words(_DECIDED.get(decision.state, " decided on "))
    by_another = [blocks.words("'s decision"), *reported(decision, names), blocks.words(" on ")]
    said = by_another if decision.is_reported else [decided]
    lines = [blocks.line(person(decision.decider, names), *said, blocks.words(f"{day}  ({state_of(decision)})"))]
    if decision.why:
        lines.append(blocks.line(blocks.words("Because: "), blocks.words(blocks.cut(decision.why, _TEXT_SHOWN))))
    lines += [blocks.line(blocks.words(f"{label}: {value}")) for label, value in _labelled(shown).items() if value]
    lines += _people(shown, names)
    lines += [blocks.line(blocks.words(each)) for each in shown.senses]
    if decision.source_link:
        lines.append(blocks.line(blocks.words("From "), blocks.link(decision.source_link, "this message")))
    return lines


def _labelled(shown: Shown) -> dict[str, str]:
    decision = shown.decision
    return {
        "Component": shown.component,
        "About": ", ".join(decision.attributes),
        "Reversible": decision.reversible,
        "Metric": f"{decision.metric} {decision.threshold}".strip(),
        "Review": " or ".join(each for each in (decision.review_on, decision.review_when) if each),
        "Expected by": decision.expected_by,
        "Replaces": shown.predecessor,
        "Replaced by": shown.successor,
        "Why it ended": blocks.cut(decision.reason, _REASON_SHOWN),
        "Deadline": decision.deadline if decision.state == "proposed" else "",
    }


def _people(shown: Shown, names: Mapping[str, str] | None) -> list[Block]:
    decision = shown.decision
    of_sides = zip(("model", "product"), shown.sides or (), strict=False)
    told = {f"Consulted of the {side} side": people for side, people in of_sides}
    listed = {"Consulted": decision.consulted, "Must know": decision.informed, "Asked": decision.asked}
    told |= {label: people for label, people in listed.items() if people}
    return [blocks.line(blocks.words(f"{label}: "), *_listed(people, names)) for label, people in told.items()]


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


def _opinions(said: Sequence[Opinion], names: Mapping[str, str] | None) -> list[Block]:
    lines = [_opinion(each, names) for each in said[:_OPINIONS]]
    left = len(said) - _OPINIONS
    return [*lines, *([blocks.line(blocks.words(f"And {left} more."))] if left > 0 else [])]


def _opinion(each: Opinion, names: Mapping[str, str] | None) -> Block:
    told = " agrees" if each.vote == "agree" else " objects"
    why = f": {blocks.cut(each.reason, _REASON_SHOWN)}" if each.reason else ""
    return blocks.line(person(each.user_id, names), blocks.words(f"{told}{why}"))
