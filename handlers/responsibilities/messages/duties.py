"""What people are told of a duty in direct messages, and the forms in which they answer."""

from collections.abc import Sequence

from handlers.responsibilities.context import Seen
from handlers.responsibilities.messages import register
from handlers.responsibilities.messages.register import capital
from handlers.responsibilities.rules.duties import Step
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal
from storage.responsibilities.responsibilities import DutyEntry

YOURSELF = "To take it yourself, close this form and press “I own this”."
REASON, PERSON, PEOPLE = "reason", "person", "people"
_PROPOSED_AT_ONCE = 15


def proposed(listed: Sequence[Seen], by: str, to: str, note: str = "") -> Message:
    """Ask somebody to take duties."""
    count = "a duty" if len(listed) == 1 else f"{len(listed)} duties"
    theirs = "It is" if len(listed) == 1 else "Each is"
    head = blocks.line(
        blocks.person(by), blocks.words(f" proposes that you take {count}. {theirs} yours once you say so.")
    )
    if not by:
        head = blocks.line(
            blocks.words(f"The register proposes that you take {count}. {theirs} yours once you say so.")
        )
    elif by == to:
        head = blocks.line(blocks.words(f"By default {count} would be yours. {theirs} yours once you say so."))
    said: list[Block] = [blocks.paragraphs(head, *_quoted(note))]
    for place, about in enumerate(listed[:_PROPOSED_AT_ONCE]):
        lines = [
            blocks.line(blocks.words(capital(about.name), "bold")),
            blocks.line(blocks.words(f"Without an owner: {about.kind.why}")),
        ]
        said += [blocks.paragraphs(*lines), blocks.buttons(_numbered(register.buttons(about, to), place))]
    if len(listed) > _PROPOSED_AT_ONCE:
        said.append(blocks.small_print(f"And {len(listed) - _PROPOSED_AT_ONCE} more, in your list of duties."))
    return Message(blocks.escape(f"You are asked to take {count}: {listed[0].name}"), tuple(said))


def asked_for(about: Seen, asker: str, place: str, to: str) -> Message:
    """Tell a lead, or who stands in for one, that somebody wanted to know who has a duty, and nobody has it."""
    where = [blocks.words(" in "), blocks.channel(place)] if place else []
    head = blocks.line(
        blocks.person(asker), blocks.words(f" asked{'' if where else ' me'}"), *where, blocks.words(" who has "),
        blocks.words(about.name, "bold"), blocks.words(f". Nobody has it. {about.kind.why}"),
    )  # fmt: skip
    told = f"Somebody asked who has {about.name}, and nobody has it"
    return Message(blocks.escape(told), (blocks.paragraphs(head), blocks.buttons(register.buttons(about, to))))


def answered(about: Seen) -> Message:
    """Tell who asked what became of it."""
    if about.duty.state == "not needed":
        return blocks.said(f"You asked who has {about.name}. It is not needed: {about.duty.reason}")
    return blocks.said(f" has taken {about.name}, which you asked about.", blocks.person(about.duty.owner))


def told_of(about: Seen, step: Step, to: str) -> Message:
    """Tell somebody who is concerned what another person did with a duty."""
    name = about.name
    sentences = {
        "claim": f" says that {name} is theirs.",
        "decline": f" does not take {name}. {'It is settled:' if about.duty.state == 'accepted' else ''}".rstrip(),
        "suggest": f" does not take {name} and suggests somebody else.",
        "need": f" can take {name}, but needs something:",
        "not needed": f" says that {name} is not needed:",
        "propose": f" asked somebody about {name}:",
    }
    head = blocks.line(blocks.person(step.by), blocks.words(sentences[step.act]))
    body: list[Block] = [blocks.paragraphs(head, *_quoted(step.note), *register.state_lines(about))]
    if below := register.buttons(about, to):
        body.append(blocks.buttons(below))
    return Message(blocks.escape(f"About {name}"), tuple(body))


def done(about: Seen, step: Step) -> Message:
    """Say to who pressed what has become of it."""
    name, duty = about.name, about.duty
    match step.act:
        case "claim" if duty.state == "disputed":
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


def decline_form(about: Seen) -> Modal:
    return _form(about, register.DECLINE, "Not me", [_reason("Why not?", "Who asked you and the lead read it.")])


def need_form(about: Seen) -> Modal:
    return _form(about, register.NEED, "I can, but I need", [_reason("What do you need?", is_needed=True)])


def not_needed_form(about: Seen) -> Modal:
    return _form(about, register.NOT_NEEDED, "Not needed", [_reason("Why is it not needed?", is_needed=True)])


def suggest_form(about: Seen) -> Modal:
    fields = [
        blocks.field(
            PERSON,
            "Who should have it?",
            blocks.person_select(),
            "They are asked, and it is theirs if they agree. Where you were asked, you are free of it.",
        ),
        _reason("Why them?"),
    ]
    return _form(about, register.SUGGEST, "Suggest someone", fields)


def help_form(about: Seen) -> Modal:
    fields = [
        blocks.field(PEOPLE, "Who helps?", blocks.people_select(about.duty.helpers), optional=True),
        blocks.field(
            PERSON, "Who stands in when you are away?", blocks.person_select(about.duty.backup), optional=True
        ),
    ]
    return _form(about, register.HELP, "Helpers and backup", fields)


def history(about: Seen, steps: Sequence[DutyEntry], names: register.Names) -> Message:
    """Say what happened to a duty, newest first."""
    lines = [blocks.line(blocks.words(f"History of {about.name}", "bold"))]
    for step in steps[:20]:
        whom = f" ({names.get(step.person, step.person)})" if step.person else ""
        why = f": {step.note}" if step.note else ""
        by = names.get(step.by, step.by) or "an import"
        told = f"{step.at[:10]} {by}, {step.what}{whom}{why}"
        lines.append(blocks.line(blocks.words(told)))
    if not steps:
        lines.append(blocks.line(blocks.words("Nothing has happened to it yet.")))
    return Message(blocks.escape(f"History of {about.name}"), (blocks.paragraphs(*lines),))


def refused(told: str) -> Message:
    return blocks.said(told)


def _form(about: Seen, callback_id: str, title: str, fields: Sequence[Block]) -> Modal:
    head = blocks.paragraphs(blocks.line(blocks.words(capital(about.name), "bold")))
    return Modal(callback_id, title, (head, *fields), submit="Save", private_metadata=about.value)


def _reason(label: str, hint: str = "", *, is_needed: bool = False) -> Block:
    return blocks.field(REASON, label, blocks.text_input(multiline=True, max_length=500), hint, optional=not is_needed)


def _quoted(note: str) -> list[Block]:
    return [blocks.quotation(blocks.words(note))] if note else []


def _numbered(elements: Sequence[Block], place: int) -> list[Block]:
    return [{**each, "action_id": blocks.numbered(str(each["action_id"]), place)} for each in elements]
