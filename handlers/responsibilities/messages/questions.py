"""What is said to who asks about a duty without an owner, and where the question was raised."""

from handlers.responsibilities.messages.register import Names, who
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message

NO_SUCH_DUTY = "That component doesn't have this duty. Choose another one."


def was_asked(person: str, about: ComponentDuty, names: Names | None) -> Block:
    """Say who was asked: the lead, or somebody else where that one is gone or may not see it; empty for nobody.

    A team is asked in its channel.
    """
    if about.team is not None and person == about.team.channel != "":
        return blocks.line(blocks.words(f"I've asked {about.team.name} in "), blocks.channel(person), blocks.words("."))
    if not person:
        return blocks.line(blocks.words("Its lead has left, and nobody else is named. Edit the component to name one."))
    return blocks.line(blocks.words("I've asked "), who(person, names), blocks.words(f"{_who_leads(person, about)}."))


def raised(about: ComponentDuty, asker: str, asked: str, names: Names) -> Message:
    """Tell everybody in the thread that the question is open, and who was asked, if anybody."""
    to = f" I've asked {_called(asked, about, names)}{_who_leads(asked, about)}." if asked else ""
    begun, name = blocks.words(f"{names.get(asker, 'Somebody')} asks who owns "), blocks.words(about.name, "bold")
    line = blocks.line(begun, name, blocks.words(f". It has no owner.{to}"))
    return Message(blocks.escape(f"Who owns {about.name}?"), (blocks.paragraphs(line),))


def _called(asked: str, about: ComponentDuty, names: Names) -> str:
    is_team = about.team is not None and asked == about.team.channel
    return about.team.name if is_team and about.team is not None else names.get(asked, "somebody")


def _who_leads(person: str, about: ComponentDuty) -> str:
    return ", who leads it" if person == about.component.lead else ""


def nothing_yet() -> Message:
    return blocks.said("The register is empty so far, so I can't say who owns what. Add a component first.")
