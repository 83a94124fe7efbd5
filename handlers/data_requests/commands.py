"""Where data requests are begun, read and listed by command: by number, with a step after it, or as a list."""

import re
from typing import cast

from handlers.data_requests.actions import clauses, drafting, more, sending
from handlers.data_requests.actions import steps as taking
from handlers.data_requests.context import Asker, FormNote, asking
from handlers.data_requests.forms import steps
from handlers.data_requests.messages import record, usage
from handlers.data_requests.rules import filters
from handlers.data_requests.rules.moves import ACTS, Act
from handlers.data_requests.service import drafts
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply, Say
from storage.data_requests import data_requests
from storage.engine.interface import Reader
from storage.outbox import threads
from storage.records.ids import new_id

_NUMBERED = re.compile(
    r"(?:(?P<before>[a-z ]{1,20}?)\s+)?(?P<number>dr-[0-9a-z]+|dr ?\d+)(?:\s+(?P<after>.*))?", re.IGNORECASE | re.DOTALL
)


async def ask_for_data(context: Context[Ask]) -> Reply:
    """Show a request, take a step with it, or open the form with what was typed as its purpose."""
    it, ask = await asking(context), context.interaction
    text = await context.read(_in_thread, it, ask)
    match = _NUMBERED.fullmatch(text)
    if match is not None and (not match["before"] or steps.called(match["before"])[0]):
        return await _of_number(it, match["number"], f"{match['before'] or ''} {match['after'] or ''}".strip(), ask)
    if text and filters.wanted(text) is not None:
        return await list_requests(context)
    if text and steps.called(text) == (text.casefold(), ""):
        return Reply(Say(usage.NAME_ONE))
    if ask.thread_ts is not None:
        return Reply(Say(usage.open_form(ask.text)))
    return await drafting.opened(it, FormNote(new_id(), place=ask.place.channel_id), {"purpose": ask.text})


def _in_thread(reader: Reader, it: Asker, ask: Ask) -> str:
    """Return what was asked, with the number of the request in whose thread a step is asked for."""
    text = ask.text.strip()
    if ask.thread_ts is None or not steps.called(text)[0]:
        return text
    thread = threads.at(reader, ask.team_id, ask.place.channel_id, ask.thread_ts)
    request = it.seen(reader, thread.about) if thread is not None else None
    return text if request is None else f"{request.number} {text}"


async def _of_number(it: Asker, number: str, words: str, ask: Ask) -> Reply:
    """Show a request, or take the step that was typed; what is typed after that is its note."""
    request = await it.context.read(it.numbered, re.sub(r"^dr[- ]?", "DR-", number, flags=re.IGNORECASE))
    if request is None:
        return Reply(drafts.GONE)
    step, note = steps.called(words)
    if step in more.BY_NAME:
        return await more.BY_NAME[step](it, request, ask.place.channel_id)
    if step in ACTS:
        is_sent = step == "send" and not note
        return await (sending.sent(it, request) if is_sent else taking.typed(it, request, cast("Act", step), note))
    if step == "terms":
        return await clauses.all_terms(it, request, usage.by_button(request))
    unknown = blocks.said(f"I don't know “{blocks.cut(words, 40)}”. /data-request help lists what you can type.")
    return Reply(Say(unknown)) if words else await more.read(it, request)


async def list_requests(context: Context[Ask]) -> Reply:
    it, wanted, today = await asking(context), filters.wanted(context.interaction.text), await context.today()
    if wanted is None:
        return Reply(Say(blocks.said(filters.CHOICES)))
    every = await context.store.search(
        lambda reader: data_requests.in_states(reader, it.team_id, data_requests.STATES, it.visible)
    )
    found = [each for each in every if it.shows(each) and wanted.keeps(each, it.user_id, today)]
    people = [who for each in found[: record.LISTED] for who in (each.requester, each.owner) if who]
    return Reply(Say(record.listed(found, await it.names_of(people), wanted.heading, wanted.nothing)))


async def tell_how(context: Context[Ask]) -> Reply:
    return Reply(Say(usage.how_to(context.command_prefix)))
