"""What is said of a decision in force that looks like one that is being written down, and of what that touches."""

from dataclasses import dataclass

from handlers.checks.nearness import reason
from handlers.decisions.messages import lines
from handlers.decisions.rules.nearness import Found
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.decisions.decisions import Decision

REPLACE_NEAR = "decision_replace_near"
ADD_TO_NEAR = "decision_add_to_near"


@dataclass(frozen=True, slots=True)
class Near:
    """A decision in force that looks like a new one, its component's name, and whether the new one may replace it."""

    found: Found
    component: str
    may_replace: bool

    @property
    def decision(self) -> Decision:
        return self.found.decision

    def words(self, which: str = "This") -> str:
        """Return that they look alike, in one sentence."""
        decision = self.decision
        about = f"{self.component}, " if self.component else ""
        state = "still in force" if decision.state == "accepted" else "proposed"
        return f"{which} looks like {decision.number} “{decision.title}” ({about}{state})."

    @property
    def why(self) -> str:
        return reason(self.found.shared)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a new decision stands beside: one that is near it, and the requirements that it touches, in words.

    ``known`` are the ids of the latest decisions then.
    """

    near: Near | None = None
    requirements: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """Return by what is remembered that it was shown."""
        near = (self.near.decision.id,) if self.near is not None else ()
        return (*near, *self.requirements)

    @property
    def touches(self) -> str:
        """Return in one sentence which requirements it touches; empty where it touches none."""
        listed = " and the ".join(self.requirements)
        return f"This touches the {listed}. If that's fine, press Save." if listed else ""


def offered(new: Decision, near: Near) -> Message:
    """Offer who logged a decision in passing to say how it stands to one that it looks like."""
    value = f"{new.id}:{near.decision.id}"
    number = near.decision.number
    replaces = [blocks.button(f"It replaces {number}", REPLACE_NEAR, value)] if near.may_replace else []
    adds = blocks.button(f"It adds to {number}", ADD_TO_NEAR, value)
    return blocks.offer(f"{near.words(new.number)} {near.why}", *replaces, adds)


def below(message: Message, new: Decision, near: Near | None) -> Message:
    """Put the same below what somebody reads alone."""
    if near is None:
        return message
    more = offered(new, near)
    return Message(f"{message.text} {more.text}", (*message.blocks, *more.blocks), asks=message.asks)


def added(new: Decision, old: Decision) -> Message:
    head: Block = blocks.line(blocks.words(f"{new.number} adds to "), lines.head(old), blocks.words("."))
    return Message(blocks.escape(f"{new.number} adds to {old.number}."), (blocks.paragraphs(head),))
