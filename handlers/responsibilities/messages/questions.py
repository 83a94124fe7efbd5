"""What is said to who asks about a duty without an owner, and where the question was raised."""

from handlers.responsibilities.messages.register import Names, who
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message

NO_SUCH_DUTY = "That component doesn't have this duty. Choose another one."


def was_asked(person: str, lead: str, names: Names | None) -> Block:
    """Say who was asked: the lead, or somebody else where that one is gone or may not see it; empty for nobody."""
    if not person:
        return blocks.line(blocks.words("Its lead has left, and nobody else is named. Edit the component to name one."))
    return blocks.line(blocks.words("I've asked "), who(person, names), blocks.words(f"{_who_leads(person, lead)}."))


def raised(about: ComponentDuty, asker: str, asked: str, names: Names) -> Message:
    """Tell everybody in the thread that the question is open, and who was asked, if anybody."""
    to = f" I've asked {names.get(asked, 'somebody')}{_who_leads(asked, about.component.lead)}." if asked else ""
    begun, name = blocks.words(f"{names.get(asker, 'Somebody')} asks who owns "), blocks.words(about.name, "bold")
    line = blocks.line(begun, name, blocks.words(f". It has no owner.{to}"))
    return Message(blocks.escape(f"Who owns {about.name}?"), (blocks.paragraphs(line),))


def _who_leads(person: str, lead: str) -> str:
    return ", who leads it" if person == lead else ""


def nothing_yet() -> Message:
    return blocks.said("The register is empty so far, so I can't say who owns what. Add a component first.")
