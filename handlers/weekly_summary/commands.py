"""Where people read their own summary, preview a channel's, and choose when they want one."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta

from handlers.access.recipients import Facts
from handlers.framework.asker import Asker, asking, is_private
from handlers.framework.context import Context
from handlers.slack import blocks, carried
from handlers.slack.interactions import Ask, BlockAction, Fields, Interaction, Place, ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Say, Wrote
from handlers.weekly_summary import rules, service
from handlers.weekly_summary.messages import choosing, summary
from handlers.weekly_summary.messages.mine import mine
from handlers.weekly_summary.rules import Wanted
from handlers.weekly_summary.service import (
    gathered,
    is_limited,
    names_for,
    needing,
    seen_in,
    shown_of,
    span_since,
    visible_in,
)
from storage.engine.interface import WORKSPACE, Transaction, to_text
from storage.workspaces import summaries
from storage.workspaces.summaries import Schedule

_WEEK = timedelta(days=7)


async def show_mine(context: Context[Ask]) -> Reply:
    """Say what needs who asks, now; nonsense is answered with what can be asked."""
    return await (tell_how(context) if context.interaction.text.strip() else show_mine_by_button(context))


async def show_mine_by_button(context: Context[Ask | BlockAction]) -> Reply:
    """Say what needs who asks; what is for stewards where nobody else reads it."""
    viewpoint, actor, is_alone = await context.viewpoint(), await context.actor(), is_private(context.interaction)
    is_steward = is_alone and (actor.is_admin or bool(actor.disciplines))
    visible = viewpoint.visibilities if is_alone else viewpoint.shown_to_all
    span, user_id = span_since(to_text(context.now - _WEEK), context.now, visible), context.user_id
    told = await context.store.search(lambda reader: gathered(reader, context, span, with_stewards=is_steward))
    needs = [each for each in seen_in(await needing(context), visible) if user_id in each.people]
    sections = [each.section for each in rules.for_person(told, user_id)]
    shown = summary.Shown([], {}, (), await names_for(context, told), context.now)
    return Reply(Say(mine(needs, sections, user_id, shown)))


async def preview(context: Context[Ask]) -> Reply:
    """Say to who asks alone what the summary of this channel would say now."""
    ask, viewpoint = context.interaction, await context.viewpoint()
    subject = ask.place.channel_id
    if not ask.is_private or subject.startswith("D") or viewpoint.is_limited:
        return Reply(Say(choosing.NOT_HERE))
    visible = await visible_in(context, subject)
    if visible is None:
        return Reply(Say(summary.NOT_TOLD))
    before = [run for run in await context.read(summaries.runs, context.team_id, subject) if run.state != "folded"]
    visible = tuple(each for each in visible if each in viewpoint.visibilities)
    span = span_since(rules.begin_of(before, context.now), context.now, visible)
    told = await context.store.search(lambda reader: gathered(reader, context, span, with_stewards=False))
    if not rules.keys_of(told):
        return Reply(Say(summary.NOTHING_YET))
    shown = await shown_of(context, told, before, seen_in(await needing(context), visible))
    return Reply(Say(summary.preview(replace(shown, is_limited=is_limited(subject, visible)))))


async def choose_here(context: Context[Ask]) -> Reply:
    """Choose when this channel gets a summary, in the time zone of who chooses."""
    subject, is_off = context.interaction.place.channel_id, rules.says_off(context.interaction.text)
    if subject.startswith("D"):
        return await choose_mine(context)
    if not await _may_choose(context):
        return Reply(choosing.NOT_YOURS)
    if not is_off and not await context.directory.bot_is_in(context.team_id, subject):
        return Reply(Say(choosing.NOT_HERE))
    return await (_ended(context, subject) if is_off else _chosen(context, subject))


async def _may_choose(context: Context[Interaction]) -> bool:
    """Tell whether who asks may choose for this channel."""
    viewpoint, actor = await context.viewpoint(), await context.actor()
    return not viewpoint.is_limited and not await actor.why_unfit(context.user_id)


async def choose_mine(context: Context[Ask]) -> Reply:
    """Choose when one gets a summary of one's own."""
    if rules.says_off(context.interaction.text):
        return await _ended(context, context.user_id)
    if refused := await (await context.actor()).why_barred():
        return Reply(refused)
    return await _chosen(context, context.user_id)


async def open_form(context: Context[BlockAction]) -> Reply:
    return Reply(Open(choosing.form(await context.read(summaries.schedule, context.team_id, context.user_id))))


async def open_form_of_channel(_context: Context[BlockAction]) -> Reply:
    return Reply(Open(choosing.form_of_channel()))


async def save_form_of_channel(context: Context[ViewSubmission]) -> Reply:
    """Keep when a public channel gets a summary, in the time zone of who chooses."""
    fields, subject = context.interaction.fields, context.interaction.fields.text(choosing.CHANNEL)
    described = await context.directory.described(context.team_id, Place(subject)) if subject else None
    is_open = described is not None and described.openness == "public"
    if not (is_open and await _may_choose(context) and await context.directory.bot_is_in(context.team_id, subject)):
        return Reply(replace(choosing.NOT_YOURS, field=choosing.CHANNEL))
    return await _entered(context, subject, fields, None)


async def save_form(context: Context[ViewSubmission]) -> Reply:
    """Keep when a person wants a summary of their own, or that they want none."""
    if refused := await (await context.actor()).why_barred():
        return Reply(replace(refused, field=choosing.WANTED))
    user_id, fields = context.user_id, context.interaction.fields
    if fields.text(choosing.WANTED) != "yes":
        return await _ended(context, user_id)
    return await _entered(context, user_id, fields, await context.read(summaries.schedule, context.team_id, user_id))


async def _entered(context: Context[ViewSubmission], subject: str, fields: Fields, old: Schedule | None) -> Reply:
    day, at = fields.text(choosing.DAY), rules.time_of(fields.text(choosing.AT))
    is_told = {choosing.DAY: day in rules.WEEKDAYS, choosing.AT: bool(at)}
    if unclear := {name: choosing.CHOOSE for name, told in is_told.items() if not told}:
        return Reply(Refuse(unclear))
    weekday = rules.WEEKDAYS.index(day)
    return await _kept(context, subject, Wanted(weekday, at, old is not None and old.is_always))


async def _chosen(context: Context[Ask], subject: str) -> Reply:
    wanted = rules.wanted(context.interaction.text)
    return Reply(Say(blocks.said(wanted))) if isinstance(wanted, str) else await _kept(context, subject, wanted)


async def _kept(context: Context[Interaction], subject: str, wanted: Wanted) -> Reply:
    """Keep when a summary is due, in the time zone of who chose."""
    person = await context.directory.person(context.team_id, context.user_id)
    chosen = {"team_id": context.team_id, "subject": subject, "set_by": context.user_id, **asdict(wanted)}
    tz, set_at = person.tz if person is not None else "UTC", to_text(context.now)
    schedule, is_own = Schedule.model_validate({**chosen, "tz": tz, "set_at": set_at}), subject == context.user_id
    old, visibility, facts = await _before(context, subject)
    names = await context.names_of([old.set_by] if old else [])
    before = choosing.until_now(old, names.get(old.set_by, "somebody")) if old is not None and not is_own else ""
    limited = "" if is_own or not await context.is_limited(subject) else choosing.limited(context.command_prefix)
    told = choosing.chosen(schedule, is_own=is_own, more=f"{before}{limited}")
    return Reply(write=lambda write, _now: Wrote(Say(told), service.choose(write, schedule, visibility, facts)))


async def _before(context: Context[Interaction], subject: str) -> tuple[Schedule | None, str, Facts]:
    """Return what was chosen until now, whose the channel is, and who may hear of a change."""
    old = await context.read(summaries.schedule, context.team_id, subject)
    is_own = subject == context.user_id
    place = None if is_own else await context.directory.described(context.team_id, Place(subject))
    visibility = WORKSPACE if place is None or place.openness == "public" else subject
    it = await asking(Asker, context)
    return old, visibility, await it.facts(visibility, told=[old.set_by] if old is not None else [])


async def stop(context: Context[Ask]) -> Reply:
    """End the summary of this channel, or with "me" one's own."""
    channel_id, which = context.interaction.place.channel_id, context.interaction.text.strip().casefold()
    if which not in ("", "me", "here"):
        return Reply(Say(choosing.HOW_TO_END))
    is_own = which == "me" or channel_id.startswith("D")
    if not is_own and not await _may_choose(context):
        return Reply(choosing.NOT_YOURS)
    return await _ended(context, context.user_id if is_own else channel_id)


async def _ended(context: Context[Interaction], subject: str) -> Reply:
    _, visibility, facts = await _before(context, subject)

    def end(transaction: Transaction, _now: datetime) -> Wrote:
        ended = service.stop(transaction, context.team_id, subject, visibility, facts)
        told = choosing.stopped(was_there=ended is not None, is_own=subject == context.user_id)
        return Wrote(Say(told), ended or ())

    return Reply(write=end)


async def tell_how(context: Context[Ask]) -> Reply:
    return Reply(Say(choosing.how_to(context.command_prefix)))


async def show_more(context: Context[BlockAction]) -> Reply:
    """Show a chapter whole as it is now, of what the person and the channel may see."""
    press, viewpoint = context.interaction, await context.viewpoint()
    run_id, section_id, begin, *_ = (*press.value.split(":"), "", "")
    first = carried.number(begin)
    run = await context.read(summaries.run_of, context.team_id, run_id)
    # A preview has no run: it is of the channel in which its button stands.
    subject = run.subject if run is not None else press.place.channel_id
    visible = await visible_in(context, subject) if run is not None or not run_id else ()
    allowed = tuple(each for each in visible or () if each in viewpoint.visibilities)
    if not allowed:
        return Reply(Say(summary.GONE))
    runs = await context.read(summaries.runs, context.team_id, subject)
    span = span_since(run.begins_at if run else rules.begin_of(runs, context.now), context.now, allowed)
    found = await context.store.search(lambda reader: gathered(reader, context, span, with_stewards=False))
    shown = summary.Shown([], {}, (), await names_for(context, found), context.now, run_id)
    listed = [each.section for each in found if each.section.id == section_id and each.section.told_groups]
    return Reply(Say(summary.more(listed[0], first, shown) if listed else summary.GONE))
