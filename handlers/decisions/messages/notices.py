"""What people are told of a decision that concerns them."""

from handlers.decisions.messages.record import OPEN, buttons
from handlers.decisions.rules.moves import Move
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.decisions.decisions import Decision
from storage.decisions.votes import Opinion

_DID = {
    "accept": "accepted",
    "reject": "rejected",
    "deprecate": "deprecated",
    "supersede": "replaced",
    "amend": "amended",
    "still holds": "confirmed",
    "extend": "gave more time to",
}


def of_new(decision: Decision) -> dict[str, Message]:
    """Tell who is asked to agree, who decides what another wrote down, and who must know what is decided."""
    told: dict[str, Message] = {}
    if decision.state == "accepted":
        told |= dict.fromkeys(decision.informed, _new(decision, " logged a decision that you should know of: "))
    if decision.state == "proposed":
        asked = [each for each in decision.asked if each != decision.decider]
        wants = _new(decision, " proposes something for you to decide: ")
        told[decision.decider] = _to_confirm(decision) if decision.is_reported else wants
        told |= dict.fromkeys(asked, proposal(decision))
    return {who: message for who, message in told.items() if who != decision.created_by}


def _to_confirm(decision: Decision) -> Message:
    """Ask somebody whether they decided what another wrote down; until they say so it is that other's report."""
    title, number = blocks.words(decision.title, "bold"), blocks.words(f" ({decision.number}).")
    head = blocks.line(_by(decision), blocks.words(" reported that you decided: "), title, number)
    asks = blocks.line(blocks.words("Is that right?"))
    below = [*buttons(decision, ("accept", "reject"))[:2], blocks.button("Open", OPEN, decision.id)]
    text = blocks.escape(f"Did you decide {decision.number}: {decision.title}?")
    return Message(text, (blocks.paragraphs(head, *_why(decision), asks), blocks.buttons(below)))


def proposal(decision: Decision) -> Message:
    """Ask whether somebody agrees: each who is asked, and everybody in its conversation."""
    silence = " Silence is taken as consent." if decision.silence_is_consent else ""
    until = f" Please say so until {decision.deadline}.{silence}" if decision.deadline else ""
    asks, title = blocks.words(" asks whether you agree: "), blocks.words(decision.title, "bold")
    head = blocks.line(_by(decision), asks, title, blocks.words(f" ({decision.number}).{until}"))
    below = blocks.buttons(buttons(decision, ("agree", "object")))
    return Message(blocks.escape(f"Do you agree: {decision.title}?"), (blocks.paragraphs(head, *_why(decision)), below))


def _why(decision: Decision) -> list[Block]:
    return [blocks.line(blocks.words(f"Because: {decision.why}"))] if decision.why else []


def voted(decision: Decision, opinion: Opinion) -> Message:
    """Tell who decides what somebody said to a proposal."""
    did = " agrees with " if opinion.vote == "agree" else " objects to "
    why = f": {opinion.reason}" if opinion.reason else ""
    return _notice(decision, blocks.person(opinion.user_id), f"{did}{decision.number}, {decision.title}{why}")


def noted(decision: Decision, opinion: Opinion) -> Message:
    did = "you agree with" if opinion.vote == "agree" else "you object to"
    return blocks.said(f"Noted: {did} {decision.number}. Who decides is told, and it stays with the decision.")


def moved(decision: Decision, made: Move) -> Message:
    """Tell what became of a decision."""
    by = blocks.person(made.by) if made.by else blocks.words("Agreement")
    why = f": {made.note or made.day}" if made.note or made.day else ""
    return _notice(decision, by, f" {_DID[made.act]} {decision.number}, {decision.title}{why}")


def _new(decision: Decision, told: str) -> Message:
    title = blocks.words(decision.title, "bold")
    return _notice(decision, _by(decision), told, title, f" ({decision.number}).")


def _by(decision: Decision) -> Block:
    return blocks.person(decision.created_by) if decision.created_by else blocks.words("An import")


def _notice(decision: Decision, *head: Block | str) -> Message:
    line = blocks.line(*(blocks.words(each) if isinstance(each, str) else each for each in head))
    below = blocks.buttons([blocks.button("Open", OPEN, decision.id)])
    return Message(blocks.escape(f"{decision.number} {decision.title}"), (blocks.paragraphs(line), below))
