"""What follows from a change of a meaning: questions that it answers, disputes that it settles, and who is told."""

from datetime import datetime

from handlers.access.permissions import Actor
from handlers.access.visibility import Viewpoint
from handlers.glossary.messages import questions as questions_views
from handlers.glossary.messages import stewarding
from handlers.glossary.rules import naming
from handlers.slack.interactions import BlockAction, ViewSubmission
from handlers.slack.replies import direct
from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.glossary import glossary, opinions
from storage.glossary import questions as glossary_questions
from storage.glossary.glossary import Sense, look_up_key
from storage.glossary.questions import Question
from storage.outbox.deliveries import Delivery
from storage.workspaces.workspaces import known_workspace
from storage.workspaces.workspaces import workspace as find_workspace

_ALL = 100_000


def answer_questions(transaction: Transaction, sense: Sense, now: datetime) -> list[Delivery]:
    """End the questions that an approved meaning answers, and return what their askers are told.

    A meaning for everybody answers the questions of every place; one of a channel answers only that channel's.
    """
    places = known_workspace(transaction, sense.team_id).places
    visibilities = [WORKSPACE, *places] if sense.visibility == WORKSPACE else [sense.visibility]
    keys = {look_up_key(name) for name in (sense.word, *sense.aliases, *sense.misspellings)}
    asked = sorted({form for key in keys for form in naming.asked_as(key)})
    told: dict[str, Delivery] = {}
    for question in glossary_questions.about(transaction, sense.team_id, asked, visibilities):
        if keys.isdisjoint(naming.look_up_keys(question.word)):
            continue
        for asker in glossary_questions.end(transaction, question, "answered"):
            told.setdefault(asker, direct(sense.team_id, asker, questions_views.answered(question, sense), now))
    return list(told.values())


def answer_open_questions(transaction: Transaction, team_id: str, now: datetime) -> list[Delivery]:
    """End the questions that the glossary as it is now answers, after a change of many meanings at once."""
    workspace, told = find_workspace(transaction, team_id), list[Delivery]()
    visibilities = [WORKSPACE, *workspace.places] if workspace else []
    for question in glossary_questions.unanswered(transaction, team_id, visibilities, most=_ALL):
        sense = _approved(transaction, team_id, question)
        if sense is not None:
            message = questions_views.answered(question, sense)
            askers = glossary_questions.end(transaction, question, "answered")
            told += [direct(team_id, each, message, now) for each in askers]
    return told


def _approved(reader: Reader, team_id: str, question: Question) -> Sense | None:
    """Return an approved meaning of what was asked for, where those who asked may see it."""
    for key in naming.look_up_keys(question.word):
        for sense in glossary.senses_named(reader, team_id, key, sorted({WORKSPACE, question.visibility})):
            if sense.status == "approved":
                return sense
    return None


def tell_disputers(transaction: Transaction, sense: Sense, by: str, what: str, now: datetime) -> list[Delivery]:
    """Settle the disputes about a meaning, and return what those who disputed it are told."""
    people = {each.by for each in opinions.settle_disputes(transaction, sense.team_id, sense.id, now)}
    message = stewarding.tell_disputer(sense, by, what)
    return [direct(sense.team_id, each, message, now) for each in sorted(people - {by})]


def seen(
    reader: Reader, interaction: BlockAction | ViewSubmission, viewpoint: Viewpoint, sense_id: str = ""
) -> Sense | None:
    """Return the meaning that a button or a form names, where the person may see it."""
    named = sense_id or (interaction.value.partition(":")[0] if isinstance(interaction, BlockAction) else "")
    sense = glossary.sense(reader, interaction.team_id, named)
    return sense if sense is not None and sense.visibility in viewpoint.visibilities else None


def may_act(actor: Actor, sense: Sense) -> bool:
    """Tell whether a person may settle a meaning: its discipline's stewards, and its own.

    A draft names its own steward itself, so that name gives no rights until somebody else has approved it.
    """
    is_own = sense.status != "draft" and sense.steward == actor.user_id
    return is_own or actor.may_act(sense.discipline)
