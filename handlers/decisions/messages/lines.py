"""The lines in which a decision is told: how it stands, why, what it affects, and what people said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.checks.dates import day
from handlers.slack import blocks
from handlers.slack.blocks import Block
from storage.decisions.decisions import Decision
from storage.decisions.votes import Opinion

#: People of one decision are named up to a count.
_PEOPLE = 20
_TEXT_SHOWN, _REASON_SHOWN = 600, 300
_OPINIONS, _AMENDMENTS = 8, 3
_LABELS = {
    "context": "Context",
    "options": "Options considered",
    "consequences": "Consequences",
    "assumptions": "Assumptions",
    "outcome": "What happened",
    "links": "Runs and data",
}
_REVERSIBLE = {"yes": "Easy to reverse", "no": "Hard to reverse"}
_OPEN = ", not confirmed yet"
Names = Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A decision with what stands beside it in the store.

    ``senses`` are lines about the words that it uses; ``sides`` are the people of a model's two sides, empty where the
    decision is about no model. ``successor``, ``predecessor`` and ``base`` are numbers of other decisions, and so
    are ``additions``, which add to this one.
    """

    decision: Decision
    component: str = ""
    senses: Sequence[str] = ()
    opinions: Sequence[Opinion] = ()
    sides: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    successor: str = ""
    predecessor: str = ""
    base: str = ""
    additions: tuple[str, ...] = ()
    is_decider_gone: bool = False

    @property
    def people(self) -> list[str]:
        """Return who is named in it."""
        each = self.decision
        voters = (opinion.user_id for opinion in self.opinions)
        return [each.decider, each.created_by, *each.consulted, *each.informed, *each.asked, *voters]


def person(user_id: str, names: Names) -> Block:
    return blocks.person(user_id) if names is None else blocks.words(names.get(user_id, "somebody"))


def head(decision: Decision) -> Block:
    return blocks.words(f"{decision.number} · {decision.title}", "bold")


def standing(decision: Decision, names: Names) -> list[Block]:
    """Say in a few words how a decision stands, and by whom, as far as that is known of what came from a file."""
    decider = [person(decision.decider, names)] if decision.decider else []
    if decision.is_reported:
        reporter = person(decision.created_by, names)
        return [*_did("decided", decider), blocks.words(", reported by "), reporter, blocks.words(_OPEN)]
    if decision.state == "proposed":
        proposer = [person(decision.created_by, names)] if decision.created_by else []
        proposed = [blocks.words("proposed by "), *proposer, blocks.words("; ")] if proposer else []
        due = f" by {day(decision.deadline)}" if decision.deadline else ""
        return [*proposed, *decider, blocks.words(f" decides{due}")] if decider else [blocks.words("proposed")]
    did = "rejected" if decision.state == "rejected" else "decided"
    ended = {"superseded": "; replaced", "deprecated": "; deprecated"}.get(decision.state, "")
    on = day(decision.decided_at or decision.created_at)
    return [*_did(did, decider), blocks.words(f"{',' if decider else ''} {on}{ended}")]


def _did(what: str, people: Sequence[Block]) -> list[Block]:
    return [blocks.words(f"{what} by "), *people] if people else [blocks.words(what)]


def why(decision: Decision) -> list[Block]:
    """Say why, in a sentence where the words make one."""
    if not decision.why:
        return []
    told = blocks.cut(decision.why, _TEXT_SHOWN)
    return [text(f"Because {_ended(told)}" if told[0].islower() else f"Why: {told}")]


def _ended(told: str) -> str:
    return told if told.endswith((".", "!", "?", "…")) else f"{told}."


def facts(shown: Shown) -> list[Block]:
    """Say in one line what a decision affects, when it is reviewed, and how it hangs together with others."""
    decision, about = shown.decision, ", ".join(shown.decision.attributes)
    affected = f"{shown.component} ({about})" if shown.component and about else shown.component or about
    is_open = decision.state in ("proposed", "accepted")
    told = {
        "Affects": affected,
        "Review": _review(decision) if is_open else "",
        "Replaces": shown.predecessor,
        "Replaced by": shown.successor,
        "Adds to": shown.base,
    }
    sentences = [f"{label} {value}." for label, value in told.items() if value]
    said = " ".join([*sentences, *(f"{each} adds to it." for each in shown.additions)])
    ended = [text(f"Reason: {blocks.cut(decision.reason, _REASON_SHOWN)}")] if decision.reason else []
    return [*([text(said)] if said else []), *ended]


def _review(decision: Decision) -> str:
    when = decision.review_when.removeprefix("when ").rstrip(".")
    told = [day(decision.review_on) if decision.review_on else "", f"when {when}" if when else ""]
    return " or ".join(each for each in told if each)


def opinions(said: Sequence[Opinion], names: Names, most: int = _OPINIONS) -> list[Block]:
    told = [_opinion(each, names) for each in said[:most]]
    left = len(said) - most
    return [*told, *([text(f"And {left} more.")] if left > 0 else [])]


def _opinion(each: Opinion, names: Names) -> Block:
    told = " agrees" if each.vote == "agree" else " objects"
    reason = f": {blocks.cut(each.reason, _REASON_SHOWN)}" if each.reason else ""
    return blocks.line(person(each.user_id, names), blocks.words(f"{told}{reason}"))


def amendments(decision: Decision, most: int = _AMENDMENTS) -> list[Block]:
    """The last amendments; the history has them all."""
    told = (each.partition(" ") for each in decision.amendments[-most:])
    return [text(f"Amended {day(at)}: {blocks.cut(words, _REASON_SHOWN)}") for at, _, words in told]


def details(shown: Shown, names: Names) -> list[Block]:
    """What a decision says beyond the first lines."""
    decision = shown.decision
    by = f" by {day(decision.expected_by)}" if decision.expected_by else ""
    told = {
        f"Expected{by}": decision.expected,
        "Metric": f"{decision.metric} {decision.threshold}".strip(),
        **{label: getattr(decision, name) for name, label in _LABELS.items()},
    }
    reversible = _REVERSIBLE.get(decision.reversible, "")
    said = [text(f"{reversible}.")] if reversible else []
    said += [_labelled(label, value) for label, value in told.items() if value]
    return [*said, *_people(shown, names), *(text(each) for each in shown.senses), *_source(decision)]


def _labelled(label: str, value: str) -> Block:
    return blocks.line(blocks.words(f"{label}: ", "bold"), blocks.words(blocks.cut(value, _TEXT_SHOWN)))


def _people(shown: Shown, names: Names) -> list[Block]:
    decision = shown.decision
    sides = shown.sides if shown.sides and any(shown.sides) else ()
    of_sides = zip(("model", "product"), sides, strict=False)
    told = {f"Consulted on the {side} side": people for side, people in of_sides}
    listed = {"Consulted": decision.consulted, "Informed": decision.informed, "Asked": decision.asked}
    told |= {label: people for label, people in listed.items() if people}
    return [blocks.line(blocks.words(f"{label}: "), *_listed(people, names)) for label, people in told.items()]


def _listed(people: Sequence[str], names: Names) -> list[Block]:
    if not people:
        return [blocks.words("nobody", "italic")]
    joined: list[Block] = []
    for place, each in enumerate(people[:_PEOPLE]):
        joined += [*([blocks.words(", ")] if place else []), person(each, names)]
    left = len(people) - _PEOPLE
    return [*joined, *([blocks.words(f" and {left} more")] if left > 0 else [])]


def _source(decision: Decision) -> list[Block]:
    link = decision.source_link
    from_there = [blocks.line(blocks.words("From "), blocks.link(link, "this message"))] if link else []
    quoted = blocks.words(blocks.cut(decision.source_text, _TEXT_SHOWN))
    return [*from_there, *([blocks.quotation(quoted)] if decision.source_text else [])]


def text(told: str) -> Block:
    return blocks.line(blocks.words(told))
