"""Asks every feature what it tells, and Slack who may read it where; and keeps when a summary is due."""

from collections.abc import Sequence
from datetime import datetime

from handlers.access.guests import leaves_out
from handlers.access.recipients import Facts, notify
from handlers.access.visibility import visible_alone
from handlers.framework.context import WorkspaceContext
from handlers.hooks.digest import Digest, Span
from handlers.hooks.reminders import Known, Reminder
from handlers.slack.interactions import Place
from handlers.slack.message_text import link_to
from handlers.weekly_summary.messages import choosing
from handlers.weekly_summary.messages.summary import SHOWN, Shown
from handlers.weekly_summary.rules import figures_of, waiting_on
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox import threads
from storage.outbox.deliveries import Delivery
from storage.workspaces import audit, summaries
from storage.workspaces.people import gone_people
from storage.workspaces.summaries import Run, Schedule, is_of_channel
from storage.workspaces.workspaces import known_workspace, note_place


async def visible_in(context: WorkspaceContext, subject: str) -> tuple[str, ...] | None:
    """Return what a summary may tell of: of a private channel only in that channel's own, and to its members.

    ``subject`` is a channel's id or a person's. A channel that other organisations read, or guests without an admin's
    permission, gets only its own. None where Slack does not say who may read there: that is not the same as nothing.
    """
    workspace = await context.read(known_workspace, context.team_id)
    if not subject.startswith(("C", "G")):
        person = await context.directory.person(context.team_id, subject)
        return None if person is None else (await visible_alone(context.directory, workspace, subject)).visibilities
    described = await context.directory.described(context.team_id, Place(subject), afresh=True)
    if context.directory.channel_known(context.team_id, subject) is None:
        return None
    own = (subject,) if subject in workspace.places else ()
    if described.is_shared:
        return own
    left_out = await leaves_out(context.store, context.directory, context.team_id, subject)
    return None if left_out is None else own if left_out else (WORKSPACE, *own)


def is_limited(subject: str, visible: Sequence[str]) -> bool:
    """Tell whether a channel's summary leaves out the workspace's records."""
    return is_of_channel(subject) and WORKSPACE not in visible


def gathered(reader: Reader, context: WorkspaceContext, span: Span, *, with_stewards: bool) -> list[Digest]:
    """Return what every feature tells of a span of time; what is for stewards only where it is asked for."""
    told = [digest(reader, context.team_id, span) for digest in context.hooks.digests]
    seen = [each for each in told if with_stewards or each.section.audience == "all"]
    return sorted(seen, key=lambda each: each.section.order)


async def needing(context: WorkspaceContext) -> list[Reminder]:
    """Return what needs somebody, for ``seen_in`` to choose from: the same that reminders and Homes go by."""
    admins = await context.directory.admins(context.team_id) | context.admins

    def find(reader: Reader) -> list[Reminder]:
        gone = gone_people(reader, context.team_id)
        known = Known(gone, tuple(sorted(admins - gone)))
        return [each for hook in context.hooks.reminders for each in hook(reader, context.team_id, known, context.now)]

    return await context.store.search(find)


def seen_in(needs: Sequence[Reminder], visible: Sequence[str]) -> list[Reminder]:
    return [each for each in needs if each.visibility in visible]


async def shown_of(
    context: WorkspaceContext, told: Sequence[Digest], before: Sequence[Run], needs: Sequence[Reminder]
) -> Shown:
    """Return what is told, with all that its words need: names, links, and on whom something of ``needs`` waits."""
    waiting = waiting_on(needs)
    names = {**await names_for(context, told), **await context.names_of(person for person, _ in waiting)}
    links = await context.store.search(lambda reader: _links(reader, context, told))
    sections = [each.section for each in told]
    return Shown(sections, figures_of(told), before, names, context.now, waiting=waiting, links=links)


def _links(reader: Reader, context: WorkspaceContext, told: Sequence[Digest]) -> dict[str, str]:
    """Return the addresses of the threads of what is named, by their ids."""
    news = {news.thread for each in told for news in each.section.news}
    listed = {line.thread for each in told for group in each.section.groups for line in group.lines[:SHOWN]}
    found = threads.standing(reader, context.team_id, sorted((news | listed) - {""}))
    return {each.id: link_to(context.services.team_url, each.channel, each.ts) for each in found}


async def names_for(context: WorkspaceContext, told: Sequence[Digest]) -> dict[str, str]:
    """Return the names of those who have to act, and of others that are known."""
    groups = [group for each in told for group in each.section.groups]
    return await context.names_of({person for group in groups for line in group.lines for person in line.people})


def span_since(begin: str, now: datetime, visible: Sequence[str]) -> Span:
    return Span(begin, to_text(now), now, tuple(visible))


def choose(transaction: Transaction, new: Schedule, visibility: str, facts: Facts) -> list[Delivery]:
    """Keep when a summary is due, and tell whoever had set it up; ``visibility`` is whose the channel is."""
    old = summaries.schedule(transaction, new.team_id, new.subject)
    summaries.choose(transaction, new)
    if new.subject == visibility:
        note_place(transaction, new.team_id, new.subject)
    return _followed(transaction, (old, new), visibility, facts)


def stop(transaction: Transaction, team_id: str, subject: str, visibility: str, facts: Facts) -> list[Delivery] | None:
    """End a summary, and tell whoever had set it up; None where there was none."""
    old = summaries.schedule(transaction, team_id, subject)
    if old is None:
        return None
    summaries.stop(transaction, team_id, subject)
    return _followed(transaction, (old, None), visibility, facts)


def _followed(
    transaction: Transaction, change: tuple[Schedule | None, Schedule | None], visibility: str, facts: Facts
) -> list[Delivery]:
    """Note what became of a channel's summary; nobody but the person themself changes that of a person."""
    old, new = change
    about = old or new
    if about is None or about.subject == facts.by:
        return []
    action: audit.Action = "summary-ended" if new is None else "summary-set" if old is None else "summary-changed"
    target = {"target_kind": "channel", "target_id": about.subject, "visibility": visibility}
    who = {"team_id": about.team_id, "actor": facts.by, "at": to_text(facts.now)}
    audit.note(transaction, audit.Entry(action=action, **who, **target))
    told = {old.set_by: choosing.tell_who_set(old, new, facts.by)} if old is not None else {}
    return notify(transaction, about.team_id, told, facts)
