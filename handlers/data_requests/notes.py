"""Where an answer about some data is kept, for the next who asks for it."""

from datetime import datetime

from handlers.access.names import names_of
from handlers.checks.sensitive_data import objection
from handlers.data_requests.context import asking
from handlers.data_requests.messages import thread as thread_views
from handlers.data_requests.messages import usage
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import Shortcut
from handlers.slack.message_text import link_to, people_in, readable
from handlers.slack.replies import Reply, Say, Wrote
from storage.data_requests import data_requests, notes
from storage.data_requests.notes import Note
from storage.engine.interface import Transaction, to_text
from storage.outbox import threads
from storage.records.ids import new_id


async def keep_note(context: Context[Shortcut]) -> Reply:
    """Keep a message of a request's thread as a note on its data."""
    shortcut, _viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    it, quoted = await asking(context), shortcut.quote
    place = shortcut.place.channel_id
    thread = threads.at(it.reader, context.team_id, place, quoted.thread_ts or quoted.ts) if quoted else None
    found = data_requests.by_id(it.reader, context.team_id, thread.about) if thread is not None else None
    request = found if found is not None and it.shows(found) else None
    if quoted is None or request is None:
        return Reply(Say(blocks.said("Use this on a message in the thread of a data request.")))
    if unfit := await actor.why_unfit(shortcut.user_id):
        return Reply(Say(blocks.said(unfit)))
    names = await names_of(it.reader, context.directory, context.team_id, [*people_in(quoted.text), quoted.author_id])
    text = readable(quoted.text, names).strip()[:3000]
    if wrong := objection(text) or ("" if text else "There are no words in this message to keep."):
        return Reply(Say(blocks.said(wrong)))

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        current = it.seen(transaction, request.id)
        if current is None:
            return Wrote(Say(usage.gone()))
        note = Note(
            id=new_id(), team_id=context.team_id, visibility=current.visibility, data_key=current.data_key, text=text,
            author=quoted.author_id, link=link_to(context.team_url, place, quoted.ts) or f"{place}/{quoted.ts}",
            kept_by=shortcut.user_id, at=to_text(now),
        )  # fmt: skip
        is_new = notes.keep(transaction, note)
        return Wrote(Say(thread_views.noted(current, note) if is_new else blocks.said("It is kept as a note already.")))

    return Reply(write=keep)
