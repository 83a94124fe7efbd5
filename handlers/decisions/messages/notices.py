"""What people are told of a decision that concerns them, and what answers a step that they took."""

from handlers.checks.dates import day
from handlers.decisions.messages import lines, record
from handlers.decisions.rules.moves import Act, Move
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
    "pin": "pinned words to",
}
NOT_POSTED = "I didn't post it in that channel: I'm not in it, or guests are. Whoever you asked is told directly."


def of_new(decision: Decision) -> dict[str, Message]:
    """Tell who is asked to agree, who decides what another wrote down, and who must know what is decided."""
    told: dict[str, Message] = {}
    if decision.state == "accepted":
        told |= dict.fromkeys(decision.informed, _new(decision))
    if decision.state == "proposed":
        asked = [each for each in decision.asked if each != decision.decider]
        told[decision.decider] = _to_confirm(decision) if decision.is_reported else _to_decide(decision)
        told |= dict.fromkeys(asked, _proposal(decision))
    return {who: message for who, message in told.items() if who != decision.created_by}


def _to_confirm(decision: Decision) -> Message:
    """Ask somebody whether they decided what another wrote down; until they say so it is that other's report."""
    told = f"{decision.number}: did you decide this? {decision.title}"
    return _asking(decision, told, " reported that you decided: ", "Is that right?", "accept", "reject")


def _to_decide(decision: Decision) -> Message:
    by = f"Please decide by {day(decision.deadline)}." if decision.deadline else ""
    told = f"{decision.number} needs your decision: {decision.title}"
    return _asking(decision, told, " asks you to decide: ", by, "accept", "reject")


def _proposal(decision: Decision) -> Message:
    silence = " Silence counts as consent." if decision.silence_is_consent else ""
    by = f"Please answer by {day(decision.deadline)}.{silence}" if decision.deadline else ""
    told = f"{decision.number}: do you agree? {decision.title}"
    return _asking(decision, told, " asks whether you agree: ", by, "agree", "object")


def _asking(decision: Decision, told: str, asks: str, below: str, *acts: Act) -> Message:
    """Ask somebody for one of two answers; the buttons go once it is settled."""
    head = blocks.line(_by(decision), blocks.words(asks), lines.head(decision))
    said = [head, *lines.why(decision), *([lines.text(below)] if below else [])]
    row = [*(record.act_button(each, decision) for each in acts), blocks.button("More", record.OPEN, decision.id)]
    return Message(blocks.escape(told), (blocks.paragraphs(*said), blocks.in_row(row)), asks=(decision.id,))


def voted(decision: Decision, opinion: Opinion) -> Message:
    """Tell who decides what somebody said to it."""
    did = "agrees with" if opinion.vote == "agree" else "objects to"
    reason = f": {opinion.reason}" if opinion.reason else ""
    return _notice(decision, blocks.person(opinion.user_id), f" {did} {_named(decision)}{reason}")


def noted(decision: Decision, opinion: Opinion, *, is_told: bool) -> Message:
    did = "agreement with" if opinion.vote == "agree" else "objection to"
    knows = ", and the decider knows" if is_told else ""
    return blocks.said(f"Your {did} {decision.number} is recorded{knows}.")


def moved(decision: Decision, made: Move) -> Message:
    """Tell what became of a decision."""
    if not made.by:
        return _notice(decision, f"{_named(decision)} is accepted: {made.note}")
    return _notice(decision, blocks.person(made.by), f" {_did(made, _named(decision))}")


def done(decision: Decision, made: Move) -> Message:
    """Answer who took a step: what they did, and nothing of the record again."""
    return _notice(decision, f"You {_did(made, decision.number)}")


def deed(made: Move) -> str:
    """Say below a message what was done with what it asks, after the name of who did it."""
    return f" {_DID[made.act]} this." if made.by else "This is accepted."


def _did(made: Move, named: str) -> str:
    match made.act:
        case "supersede":
            return f"replaced {named} with {made.note}."
        case "extend":
            return f"gave {named} more time: decide by {day(made.day)}."
        case _:
            return f"{_DID[made.act]} {named}{f': {made.note}' if made.note else '.'}"


def logged(decision: Decision, note: str = "") -> Message:
    """Answer who logged a decision: where it is posted, and who is asked."""
    did = "proposed" if decision.state == "proposed" and not decision.is_reported else "logged"
    where = "the thread" if decision.thread_ts else "the channel"
    posted = f" and posted in {where}" if decision.place and not decision.is_reported else ""
    told = f"{decision.number} is {did}{posted}."
    said = [blocks.line(blocks.words(told), *_asked(decision)), *([lines.text(note)] if note else [])]
    row = blocks.in_row([blocks.button("Open", record.OPEN, decision.id)])
    return Message(blocks.escape(told), (blocks.paragraphs(*said), row))


def _asked(decision: Decision) -> list[Block]:
    if decision.state != "proposed" or decision.decider == decision.created_by:
        return []
    to = " to confirm it." if decision.is_reported else " to decide."
    return [blocks.words(" I've asked "), blocks.person(decision.decider), blocks.words(to)]


def _new(decision: Decision) -> Message:
    return _notice(decision, _by(decision), " logged a decision you should know about: ", lines.head(decision))


def _named(decision: Decision) -> str:
    return f"{decision.number} ({decision.title})"


def _by(decision: Decision) -> Block:
    return blocks.person(decision.created_by) if decision.created_by else blocks.words("An import")


def _notice(decision: Decision, *head: Block | str) -> Message:
    line = blocks.line(*(blocks.words(each) if isinstance(each, str) else each for each in head))
    below = blocks.in_row([blocks.button("Open", record.OPEN, decision.id)])
    return Message(blocks.escape(f"{decision.number}: {decision.title}"), (blocks.paragraphs(line), below))
