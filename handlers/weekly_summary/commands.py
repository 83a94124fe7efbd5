"""Where people read their own summary, preview a channel's, and choose when they want one."""

from datetime import datetime, timedelta

from handlers.access.permissions import Actor
from handlers.framework.context import Context, WorkspaceContext, put_otherwise
from handlers.slack import blocks
from handlers.slack.interactions import Ask, BlockAction, Place, ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Say
from handlers.weekly_summary import messages, rules
from handlers.weekly_summary.rules import Wanted
from handlers.weekly_summary.service import gathered, names_for, span_since, visible_in
from storage.engine.interface import Transaction, to_text
from storage.workspaces import summaries
from storage.workspaces.summaries import Schedule
from storage.workspaces.workspaces import note_place

_WEEK = timedelta(days=7)


async def show_mine(context: Context[Ask]) -> Reply:
    """Say what waits for who asks, now; nonsense is answered with what can be asked."""
    ask, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    if ask.text.strip():
        return Reply(Say(messages.how_to(context.command_prefix)))
    visible = viewpoint.visibilities if ask.is_private else viewpoint.shown_to_all
    return await _mine(context, actor, visible, is_alone=ask.is_private)


async def show_mine_by_button(context: Context[BlockAction]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    return await _mine(context, actor, viewpoint.visibilities, is_alone=True)


async def _mine(context: WorkspaceContext, actor: Actor, visible: tuple[str, ...], *, is_alone: bool) -> Reply:
    """Say what is somebody's own; what is for stewards where nobody else reads it."""
    begin = to_text(context.now - _WEEK)
    is_steward = is_alone and (actor.is_admin or bool(actor.disciplines))
    span = span_since(begin, context.now, visible)
    told = await context.store.search(lambda reader: gathered(reader, context, span, with_stewards=is_steward))
    sections = [each.section for each in rules.for_person(told, actor.user_id)]
    shown = messages.Shown([], {}, (), await names_for(context, told), context.now)
    return Reply(Say(messages.mine(sections, shown)))


async def preview(context: Context[Ask]) -> Reply:
    """Say to who asks alone what the summary of this channel would say now."""
    ask, viewpoint = context.interaction, await context.viewpoint()
    subject = ask.place.channel_id
    if not ask.is_private or subject.startswith("D") or viewpoint.is_limited:
        return Reply(Say(messages.not_here()))
    visible = await visible_in(context, subject)
    if visible is None:
        return Reply(Say(messages.not_told()))
    before = [run for run in await context.read(summaries.runs, context.team_id, subject) if run.state != "folded"]
    span = span_since(rules.begin_of(before, context.now), context.now, visible)
    told = await context.store.search(lambda reader: gathered(reader, context, span, with_stewards=False))
    if not rules.keys_of(told):
        return Reply(Say(messages.nothing_yet()))
    shown = messages.Shown(
        [each.section for each in told], rules.figures_of(told), before, await names_for(context, told), context.now,
        known=frozenset(before[0].keys) if before else frozenset(),
    )  # fmt: skip
    sections = [part for each in shown.sections if each.told_groups for part in messages.section(each, shown)]
    parts = [messages.lead(shown), *sections]
    listed = [block for part in parts for block in part.blocks][: messages.PREVIEWED]
    return Reply(Say(blocks.Message("What the summary would say here now", tuple(_apart(listed)))))


def _apart(listed: list[blocks.Block]) -> list[blocks.Block]:
    """Give every button of several messages put together an action_id of its own."""
    return [_renumbered(block, place) for place, block in enumerate(listed)]


def _renumbered(block: blocks.Block, place: int) -> blocks.Block:
    button = block.get("accessory")
    if not isinstance(button, dict):
        return block
    route = str(button["action_id"]).partition(":")[0]
    return {**block, "accessory": {**button, "action_id": blocks.numbered(route, place)}}


async def choose_here(context: Context[Ask]) -> Reply:
    """Choose when this channel gets a summary, in the time zone of who chooses."""
    ask, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    subject = ask.place.channel_id
    unfit = await actor.why_unfit(ask.user_id)
    if subject.startswith("D"):
        return await choose_mine(context)
    if rules.says_off(ask.text):
        return await stop(put_otherwise(context, ""))
    if unfit or viewpoint.is_limited or not await context.directory.bot_is_in(subject):
        return Reply(Say(messages.not_here()))
    return await _chosen(ask, context, subject)


async def choose_mine(context: Context[Ask]) -> Reply:
    """Choose when one gets a summary of one's own."""
    ask, actor = context.interaction, await context.actor()
    if rules.says_off(ask.text):
        return await stop(put_otherwise(context, "me"))
    if unfit := await actor.why_unfit(ask.user_id):
        return Reply(Say(blocks.said(unfit)))
    return await _chosen(ask, context, ask.user_id)


async def open_form(context: Context[BlockAction]) -> Reply:
    return Reply(Open(messages.form(await context.read(summaries.schedule, context.team_id, context.user_id))))


async def save_form(context: Context[ViewSubmission]) -> Reply:
    """Keep when a person wants a summary of their own, or that they want none."""
    actor = await context.actor()
    if unfit := await actor.why_unfit(context.user_id):
        return Reply(Refuse({messages.WANTED: unfit}))
    user_id, fields = context.user_id, context.interaction.fields
    if fields.text(messages.WANTED) == "yes":
        old = await context.read(summaries.schedule, context.team_id, user_id)
        day, at = fields.text(messages.DAY), fields.text(messages.AT)
        if unclear := {name: messages.choose() for name, told in ((messages.DAY, day), (messages.AT, at)) if not told}:
            return Reply(Refuse(unclear))
        wanted = Wanted(int(day), at, old is not None and old.is_always)
        return await _kept(context, user_id, user_id, wanted)

    def end(transaction: Transaction, _now: datetime) -> Say:
        return Say(messages.stopped(was_there=summaries.stop(transaction, context.team_id, user_id), is_own=True))

    return Reply(write=end)


async def _chosen(ask: Ask, context: WorkspaceContext, subject: str) -> Reply:
    wanted = rules.wanted(ask.text)
    if isinstance(wanted, str):
        return Reply(Say(blocks.said(wanted)))
    return await _kept(context, subject, ask.user_id, wanted)


async def _kept(context: WorkspaceContext, subject: str, user_id: str, wanted: Wanted) -> Reply:
    """Keep when a summary is due, in the time zone of who chose."""
    person = await context.directory.person(context.team_id, user_id)
    schedule = Schedule(
        team_id=context.team_id, subject=subject, weekday=wanted.weekday, at=wanted.at,
        tz=person.tz if person is not None else "UTC", set_by=user_id, set_at=to_text(context.now),
        is_always=wanted.is_always, is_naming=wanted.is_naming,
    )  # fmt: skip

    is_own = subject == user_id
    place = None if is_own else await context.directory.described(context.team_id, Place(subject))
    old = await context.read(summaries.schedule, context.team_id, subject)
    names = await context.names_of([old.set_by] if old else [])
    before = messages.until_now(old, names.get(old.set_by, "somebody")) if old is not None and not is_own else ""

    def keep(transaction: Transaction, _now: datetime) -> None:
        summaries.choose(transaction, schedule)
        if place is not None and place.openness != "public":
            note_place(transaction, context.team_id, subject)

    return Reply(Say(messages.chosen(schedule, is_own=is_own, before=before)), keep)


async def stop(context: Context[Ask]) -> Reply:
    """End the summary of this channel, or with "me" one's own."""
    ask, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    if ask.text.strip().casefold() not in ("", "me", "here"):
        return Reply(Say(blocks.said("Write /summary off to end this channel's, or /summary off me to end your own.")))
    is_own = ask.text.strip().casefold() == "me" or ask.place.channel_id.startswith("D")
    if not is_own and (viewpoint.is_limited or await actor.why_unfit(ask.user_id)):
        return Reply(Say(messages.not_here()))
    subject = ask.user_id if is_own else ask.place.channel_id

    def end(transaction: Transaction, _now: datetime) -> Say:
        was_there = summaries.stop(transaction, ask.team_id, subject)
        return Say(messages.stopped(was_there=was_there, is_own=is_own))

    return Reply(write=end)


async def tell_how(context: Context[Ask]) -> Reply:
    return Reply(Say(messages.how_to(context.command_prefix)))


async def show_more(context: Context[BlockAction]) -> Reply:
    """Show the rest of a long list as it is now, of what the person and the channel may see."""
    press, viewpoint = context.interaction, await context.viewpoint()
    run_id, section_id, told, begin = press.value.split(":")
    run = await context.read(summaries.run_of, context.team_id, run_id)
    # A preview has no run: it is of the channel in which its button stands.
    subject = run.subject if run is not None else press.place.channel_id
    visible = await visible_in(context, subject) if run is not None or not run_id else ()
    allowed = tuple(each for each in visible or () if each in viewpoint.visibilities)
    if not allowed:
        return Reply(Say(messages.gone()))
    before = [each for each in await context.read(summaries.runs, context.team_id, subject) if each.state != "folded"]
    begin_at = run.begins_at if run is not None else rules.begin_of(before, context.now)
    span = span_since(begin_at, context.now, allowed)
    found = await context.store.search(lambda reader: gathered(reader, context, span, with_stewards=False))
    shown = messages.Shown([], {}, (), await names_for(context, found), context.now, run_id)
    for each in found:
        for group in each.section.told_groups:
            if (each.section.id, group.told) == (section_id, told):
                return Reply(Say(messages.more(each.section, group, int(begin), shown)))
    return Reply(Say(messages.gone()))
