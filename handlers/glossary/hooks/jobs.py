"""What time asks of the glossary.

Names that came with a file are filed by what is near them, some at a time. Whoever asked for a word hears once, a week
later, that it is still open: that is the hour at which they ask such things, so no other rule of hours is needed.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from handlers.access.recipients import Facts, audience_of, notify
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, Run
from handlers.framework.services import Services
from handlers.glossary.messages.questions import still_open
from storage.engine.interface import Reader, Transaction
from storage.glossary import changes, near, questions
from storage.glossary.questions import ANSWER_WITHIN, Question, Waiting
from storage.outbox.deliveries import Delivery
from storage.workspaces.workspaces import held, stewards_of


async def file_names(context: WorkspaceContext) -> Run | None:
    """File what is not filed yet; other writes go in between."""
    is_filed = False
    while (some := await context.store.search(lambda reader: near.unfiled(reader, context.team_id))) is not None:
        await context.store.write(held(context.team_id, partial(near.file_some, some=some)))
        is_filed = True
    if is_filed:
        # What was offered in place of a word is remembered.
        await context.store.write(held(context.team_id, lambda write: changes.note_revision(write, context.team_id)))
    return None


async def remind_askers(context: WorkspaceContext) -> Run | None:
    """Look who has waited for a week, and ask Slack who is still there to hear of it."""
    team_id, directory = context.team_id, context.directory
    before = context.now - ANSWER_WITHIN
    waiting = await context.store.search(lambda reader: questions.waiting_since(reader, team_id, before))
    if not waiting:
        return None
    places = sorted({each.question.visibility for each in waiting})
    people = sorted({each.user_id for each in waiting})
    audiences = await asyncio.gather(*(audience_of(directory, team_id, each) for each in places))
    found = await asyncio.gather(*(directory.person(team_id, each) for each in people))
    left = frozenset(who for who, person in zip(people, found, strict=True) if person is not None and person.is_guest)
    facts = {place: Facts("", context.now, each, left=left) for place, each in zip(places, audiences, strict=True)}
    return partial(_tell, waiting, facts)


def _tell(
    waiting: Sequence[Waiting], facts: Mapping[str, Facts], transaction: Transaction, team_id: str, now: datetime
) -> list[Delivery]:
    """Tell each once of all that they wait for in one place."""
    listed: defaultdict[tuple[str, str], list[Question]] = defaultdict(list)
    for each in waiting:
        if questions.note_told(transaction, each, now):
            listed[each.question.visibility, each.user_id].append(each.question)
    told: list[Delivery] = []
    for (place, who), asked in listed.items():
        message = still_open([(each, _with_whom(transaction, each)) for each in asked])
        told += notify(transaction, team_id, {who: message}, facts[place])
    return told


def _with_whom(reader: Reader, question: Question) -> str:
    """Return who is to answer, by what they look after; empty where nobody is."""
    own = [each.discipline for each in stewards_of(reader, question.team_id) if each.user_id == question.owner]
    return f"the stewards of {own[0]}" if own else "an admin" if question.owner else ""


def _where_waiting(reader: Reader, services: Services) -> set[str]:
    return questions.where_waiting(reader, services.now() - ANSWER_WITHIN)


JOBS = (
    Job(
        "near names",
        lambda now: now.isoformat(),
        file_names,
        where=lambda reader, _services: near.where_unfiled(reader),
    ),
    Job("questions", lambda now: f"{now:%Y-%m-%dT%H}:{now.minute // 10}", remind_askers, _where_waiting),
)
