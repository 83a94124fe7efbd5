"""What is said to who asks about a duty that nobody has, and where the question was raised."""

from handlers.responsibilities.messages.register import Names, who
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message

NO_SUCH_DUTY = "That component does not have this duty: it applies to components of other kinds."


def was_asked(person: str, lead: str, names: Names | None) -> Block:
    """Say who was asked: the lead, or somebody else where that one is gone or may not see it; empty for nobody."""
    if not person:
        told = "Its lead is not here any more, and I know of nobody else to ask. Edit it to name one."
        return blocks.line(blocks.words(told))
    after = blocks.words(f"{_who_leads(person, lead)}. You are told who takes it.")
    return blocks.line(blocks.words("I have asked "), who(person, names), after)


def raised(about: ComponentDuty, asker: str, asked: str, names: Names) -> Message:
    """Tell everybody in the thread that the question is open, and who was asked, if anybody."""
    to = f"; I have asked {names.get(asked, 'somebody')}{_who_leads(asked, about.component.lead)}" if asked else ""
    begun, name = blocks.words(f"{names.get(asker, 'somebody')} asks who has "), blocks.words(about.name, "bold")
    line = blocks.line(begun, name, blocks.words(f". Nobody has it yet{to}."))
    return Message(blocks.escape(f"Open question: who has {about.name}?"), (blocks.paragraphs(line),))


def _who_leads(person: str, lead: str) -> str:
    return ", who leads it" if person == lead else ""


def nothing_yet() -> Message:
    return blocks.said("No component is in the register yet, so I cannot say who is responsible. Add one first.")
