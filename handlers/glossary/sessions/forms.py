"""The forms of a session on words: who leads it when, and which meanings were agreed on in it."""

from collections.abc import Sequence

from handlers.glossary.messages.stewarding import pin, read_pin
from handlers.glossary.service.meanings import Shown
from handlers.glossary.sessions.rules import Agenda, Confused
from handlers.slack import blocks
from handlers.slack.blocks import Block, Modal
from handlers.slack.interactions import Fields
from storage.glossary.sessions import Session

PLANNING, CLARIFYING = "glossary_session_planning", "glossary_session_clarifying"
OWNER, DAY = "owner", "day"
#: Slack takes ten boxes in one group.
_BOXES = 10


def planning_form(user_id: str, days: int) -> Modal:
    fields = (
        blocks.field(OWNER, "Who leads it?", blocks.person_select(user_id)),
        blocks.field(DAY, "When?", blocks.date_picker()),
    )
    return Modal(PLANNING, "Plan a session", fields, submit="Save", private_metadata=str(days))


def clarifying_form(session: Session, agenda: Agenda) -> Modal:
    """Ask which meanings the people of a session agreed on, word by word."""
    head = blocks.sentence("Tick what you agreed on. Drafts are approved by it, disputes end, the rest is verified.")
    fields = [blocks.field(each.key, each.word, _meanings(each), optional=True) for each in agenda.every]
    return Modal(CLARIFYING, "What was clarified?", (head, *fields), submit="Save", private_metadata=session.id)


def _meanings(word: Confused) -> Block:
    listed = [(f"{each.discipline.capitalize()}: {each.gloss}", pin(each)) for each in word.senses[:_BOXES]]
    return blocks.checkboxes(listed)


def first_in(fields: Fields, words: Sequence[str]) -> str:
    """Return the first word of a session that the form has: of the others there was nothing to clarify any more."""
    return next((each for each in words if each in fields), "")


def ticked(fields: Fields, team_id: str, words: Sequence[str]) -> list[Shown]:
    """Return the meanings that were ticked, in the versions that the form showed."""
    return [Shown(team_id, *read_pin(each)) for word in words if word in fields for each in fields.ids(word)]
