"""What people are told of a duty in direct messages, and once they have taken a step."""

from collections.abc import Mapping, Sequence

from handlers.responsibilities.messages import register
from handlers.responsibilities.messages.register import capital
from handlers.responsibilities.rules.duties import Act, Step
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.responsibilities.responsibilities import DutyEntry

_PROPOSED_AT_ONCE = 15
_DID: Mapping[Act, str] = {
    "claim": " took this on.",
    "dispute": " says they own this, too.",
    "decline": " passed on this.",
    "need": " can take this on, if something is settled first.",
    "not needed": " marked this as not needed.",
    "suggest": " suggested somebody for this.",
    "propose": " suggested somebody for this.",
    "confirm": " confirmed this.",
    "help": " named who helps with this.",
}


def proposed(listed: Sequence[ComponentDuty], by: str, to: str, note: str = "") -> Message:
    count = "a duty" if len(listed) == 1 else f"{len(listed)} duties"
    theirs = "It is" if len(listed) == 1 else "Each is"
    told, who = f" proposes that you take {count}.", [blocks.person(by)]
    if not by:
        told, who = f"The register{told}", []
    elif by == to:
        told, who = f"By default {count} would be yours.", []
    head = blocks.line(*who, blocks.words(f"{told} {theirs} yours once you say so."))
    said: list[Block] = [blocks.paragraphs(head, *_quoted(note))]
    for place, about in enumerate(listed[:_PROPOSED_AT_ONCE]):
        lines = [
            blocks.line(blocks.words(capital(about.name), "bold")),
            blocks.line(blocks.words(f"Without an owner: {about.kind.why}")),
        ]
        said += [blocks.paragraphs(*lines), blocks.buttons(register.numbered(register.buttons(about, to), place))]
    if len(listed) > _PROPOSED_AT_ONCE:
        said.append(blocks.small_print(f"And {len(listed) - _PROPOSED_AT_ONCE} more, in your list of duties."))
    asks = tuple(each.value for each in listed)
    return Message(blocks.escape(f"You are asked to take {count}: {listed[0].name}"), tuple(said), asks=asks)


def asked_for(about: ComponentDuty, asker: str, place: str, to: str) -> Message:
    """Tell a lead, or who stands in for one, that somebody wanted to know who has a duty, and nobody has it."""
    where = [blocks.words(" in "), blocks.channel(place)] if place else []
    asked = [blocks.person(asker), blocks.words(f" asked{'' if where else ' me'}"), *where, blocks.words(" who has ")]
    name, nobody = blocks.words(about.name, "bold"), blocks.words(f". Nobody has it. {about.kind.why}")
    head = blocks.line(*asked, name, nobody)
    told = f"Somebody asked who has {about.name}, and nobody has it"
    below = blocks.in_row(register.buttons(about, to))
    return Message(blocks.escape(told), (blocks.paragraphs(head), below), asks=(about.value,))


def answered(about: ComponentDuty) -> Message:
    if about.duty.state == "not needed":
        return blocks.said(f"You asked who has {about.name}. It is not needed: {about.duty.reason}")
    return blocks.said(f" has taken {about.name}, which you asked about.", blocks.person(about.duty.owner))


def told_of(about: ComponentDuty, step: Step, to: str) -> Message:
    """Tell somebody who is concerned what another person did with a duty."""
    name = about.name
    sentences = {
        "claim": f" has taken {name}.",
        "dispute": f" says that {name} is theirs.",
        "decline": f" does not take {name}. {'It is settled:' if about.duty.state == 'accepted' else ''}".rstrip(),
        "suggest": f" does not take {name} and suggests somebody else.",
        "need": f" can take {name}, but needs something:",
        "not needed": f" says that {name} is not needed:",
        "propose": f" asked somebody about {name}:",
    }
    head = blocks.line(blocks.person(step.by), blocks.words(sentences[step.act]))
    body: list[Block] = [blocks.paragraphs(head, *_quoted(step.note), *register.state_lines(about))]
    if below := register.buttons(about, to):
        body.append(blocks.in_row(below))
    return Message(blocks.escape(f"About {name}"), tuple(body), asks=(about.value,) if below else ())


def did(step: Step) -> str:
    """Return what somebody did with a duty, behind their name."""
    return _DID[step.act]


def left(about: ComponentDuty, step: Step) -> tuple[Block, ...]:
    """Return what may still be pressed in the messages that asked: who needs something may take it on all the same."""
    return tuple(register.buttons(about, step.by)[:1]) if step.act == "need" else ()


def done(about: ComponentDuty, step: Step) -> Message:
    name = about.name
    match step.act:
        case "dispute":
            told = (
                f"Somebody else says that {name} is theirs. I have told them and the lead; settle it with one another."
            )
        case "claim":
            told = f"Thank you. {capital(name)} is yours."
        case "confirm":
            told = f"Thank you. {capital(name)} stays yours."
        case "decline":
            told = f"You are free of {name}."
        case "need":
            told = f"Noted what you need for {name}. Who asked you is told."
        case "not needed":
            told = f"Noted: {name} is not needed."
        case "help":
            told = f"Saved who helps with {name}."
        case _:
            told = f"I have asked them about {name}. It is theirs once they say so."
    return blocks.said(told)


def history(about: ComponentDuty, steps: Sequence[DutyEntry], names: register.Names) -> Message:
    lines = [blocks.line(blocks.words(f"History of {about.name}", "bold"))]
    for each in steps[:20]:
        whom = f" ({names.get(each.person, each.person)})" if each.person else ""
        why = f": {each.note}" if each.note else ""
        by = names.get(each.by, each.by) or "an import"
        lines.append(blocks.line(blocks.words(f"{each.at[:10]} {by}, {each.what}{whom}{why}")))
    if not steps:
        lines.append(blocks.line(blocks.words("Nothing has happened to it yet.")))
    return Message(blocks.escape(f"History of {about.name}"), (blocks.paragraphs(*lines),))


def _quoted(note: str) -> list[Block]:
    return [blocks.quotation(blocks.words(note))] if note else []
