"""Where an answer about some data is kept, for the next who asks for it."""

import asyncio
from datetime import datetime

from handlers.checks.outcomes import Refused
from handlers.checks.sensitive_data import objection
from handlers.data_requests.context import Asker, asking
from handlers.data_requests.messages import thread
from handlers.data_requests.service import samples
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import Quote, Shortcut
from handlers.slack.message_text import link_to, people_in, readable
from handlers.slack.replies import Answer, Reply, Say
from storage.data_requests.data_requests import DataRequest
from storage.data_requests.notes import Note
from storage.engine.interface import Reader, Transaction, to_text
from storage.outbox import threads
from storage.records.ids import new_id


async def keep_note(context: Context[Shortcut]) -> Reply:
    it, quoted = await asking(context), context.interaction.quote
    request = await context.read(_of_thread, it, quoted) if quoted is not None else None
    if quoted is None or request is None:
        return Reply(Say(blocks.said("Use this on a message in the thread of a data request.")))
    note = await _noted(it, request, quoted)
    wrong = await it.actor.why_unfit(it.user_id) or await asyncio.to_thread(objection, note.text)
    if wrong or not note.text:
        return Reply(Say(blocks.said(wrong or "There are no words in this message to keep.")))
    facts = await it.facts_of(request)

    def keep(transaction: Transaction, _now: datetime) -> Answer:
        kept = samples.keep_note(transaction, request, note, facts)
        return Say(blocks.said(kept.told) if isinstance(kept, Refused) else thread.noted(request, kept))

    return Reply(write=keep)


def _of_thread(reader: Reader, it: Asker, quoted: Quote) -> DataRequest | None:
    place = it.context.interaction.place.channel_id
    found = threads.at(reader, it.team_id, place, quoted.thread_ts or quoted.ts)
    return it.seen(reader, found.about) if found is not None else None


async def _noted(it: Asker, request: DataRequest, quoted: Quote) -> Note:
    context, place = it.context, it.context.interaction.place.channel_id
    names = await it.names_of([*people_in(quoted.text), quoted.author_id])
    return Note(
        id=new_id(),
        team_id=it.team_id,
        visibility=request.visibility,
        data_key=request.data_key,
        text=readable(quoted.text, names).strip()[:3000],
        author=quoted.author_id,
        link=link_to(context.team_url, place, quoted.ts) or f"{place}/{quoted.ts}",
        kept_by=it.user_id,
        at=to_text(context.now),
    )
