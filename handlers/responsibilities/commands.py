"""Where people ask who has which duty: by command, in a mention, from a message, and as a map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.access.names import names_of
from handlers.access.visibility import Viewpoint
from handlers.framework.context import Context
from handlers.responsibilities.catalogue import asked_about, catalogue_of
from handlers.responsibilities.context import Seen, all_of, found, may_see, seen
from handlers.responsibilities.forms import questions as question_views
from handlers.responsibilities.messages import duties as duty_views
from handlers.responsibilities.messages import map as map_views
from handlers.responsibilities.messages import register
from handlers.slack import blocks, error_messages
from handlers.slack.directory import Directory
from handlers.slack.interactions import Ask, BlockAction, Shortcut, ViewSubmission
from handlers.slack.replies import Open, Reply, Say, Wrote, direct
from storage.engine.interface import Database, Reader, Transaction
from storage.responsibilities import questions as duty_questions
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component

_SHOWN = 30


async def ask_owner(context: Context[Ask]) -> Reply:
    """Say who has a duty; where nobody has it, the component's lead is asked, and the asker is told later."""
    ask, viewpoint = context.interaction, await context.viewpoint()
    if not ask.text:
        return Reply(Say(register.how_to(context.command_prefix)))
    reader, directory = context.store.reader, context.directory
    components = responsibilities.components(reader, ask.team_id, may_see(ask, viewpoint))
    asked = asked_about(ask.text, components, list(catalogue_of(reader, ask.team_id).values()))
    command = f"/{context.command_prefix}owner"
    if asked.component is None and asked.duty is None:
        near = context.commands["owner"].nearest(ask.text)
        told = blocks.said(error_messages.did_you_mean(f"{command} {near}")) if near else None
        return Reply(Say(told or register.no_component(ask.text, components, command)))
    named = [asked.component] if asked.component else components
    listed = await context.store.search(lambda searched: all_of(searched, named))
    about = next((each for each in listed if asked.duty and each.kind.id == asked.duty.id), None)
    if asked.component is not None and about is not None:
        return await _answered(await _asker(ask, directory), about, directory, reader)
    if asked.component is not None:
        names = None if ask.is_private else await _names(reader, directory, listed)
        return Reply(Say(register.which_duty(asked.component, listed, names)))
    alike = [each for each in listed if asked.duty and each.kind.id == asked.duty.id]
    if asked.duty is None or not alike:
        return Reply(Say(register.no_component(ask.text, components, command)))
    names = None if ask.is_private else await _names(reader, directory, alike[:_SHOWN])
    return Reply(Say(register.everywhere(asked.duty, alike, asked.rest, names)))


async def tell_how(context: Context[Ask]) -> Reply:
    return Reply(Say(register.how_to(context.command_prefix)))


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks about a duty, and where: a channel that everybody may know of, or nowhere."""

    user_id: str
    place: str
    is_private: bool = True


async def _asker(interaction: Ask | ViewSubmission, directory: Directory) -> Asker:
    described = await directory.described(interaction.team_id, interaction.place)
    place = interaction.place.channel_id if described.openness == "public" else ""
    return Asker(interaction.user_id, place, interaction.is_private)


async def _answered(asker: Asker, about: Seen, directory: Directory, reader: Reader) -> Reply:
    """Answer; a duty without an owner becomes a question to the component's lead, once."""
    component = about.component
    members = await directory.who_may_hear(component.team_id, component.visibility)
    to = next((each for each in _to_ask(about) if members is None or each in members), "")
    names = None if asker.is_private else await _names(reader, directory, [about])
    if about.present.state != "unowned" or to == asker.user_id:
        return Reply(Say(register.answer(about, asker.user_id, names)))

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        current = found(transaction, component, about.kind.id) or about
        if current.present.state != "unowned":
            return Wrote(Say(register.answer(current, asker.user_id, names)))
        is_first = duty_questions.ask(transaction, current.duty, asker.user_id, asker.place, now)
        message = duty_views.asked_for(current, asker.user_id, asker.place, to)
        told = [direct(component.team_id, to, message, now)] if is_first and to else []
        asked = question_views.was_asked(to, component.lead, names) if to else question_views.nobody_to_ask()
        return Wrote(Say(register.answer(current, asker.user_id, names, [asked])), told)

    return Reply(write=keep)


def _to_ask(about: Seen) -> list[str]:
    """Return who can be asked about a duty without an owner: the lead, else who added the component, else its sides."""
    component = about.component
    people = [component.lead, component.created_by, *component.product_side, *component.model_side]
    return [each for each in people if each and each not in about.gone]


async def show_map(context: Context[Ask]) -> Reply:
    ask, viewpoint = context.interaction, await context.viewpoint()
    known = responsibilities.components(context.store.reader, ask.team_id, may_see(ask, viewpoint))
    if not known:
        return Reply(Say(register.no_components(f"/{context.command_prefix}owner")))
    asked = asked_about(ask.text, known, []).component if ask.text else None
    if ask.text and asked is None:
        return Reply(Say(register.no_component(ask.text, known, f"/{context.command_prefix}owner")))
    return await _mapped(context.store, context.directory, [asked] if asked else known, is_one=asked is not None)


async def show_map_by_button(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    component = responsibilities.component(context.store.reader, context.team_id, context.interaction.value)
    if component is None or component.visibility not in viewpoint.visibilities:
        return Reply(Say(register.gone()))
    return await _mapped(context.store, context.directory, [component], is_one=True)


async def open_duty(context: Context[BlockAction]) -> Reply:
    """Show one duty as it stands, with what the person can do about it."""
    viewpoint = await context.viewpoint()
    about = seen(context.store.reader, context.team_id, context.interaction.value, viewpoint)
    return Reply(Say(register.gone() if about is None else register.answer(about, context.user_id)))


async def _mapped(store: Database, directory: Directory, known: list[Component], *, is_one: bool) -> Reply:
    listed = await store.search(lambda reader: all_of(reader, known))
    names = await _names(store.reader, directory, listed)
    shown = map_views.component_map(known[0], listed, names) if is_one else map_views.whole_map(listed, names)
    return Reply(Say(shown))


async def list_mine(context: Context[Ask]) -> Reply:
    viewpoint = await context.viewpoint()
    return Reply(
        Say(register.mine(_mine(context.store.reader, context.team_id, context.user_id, viewpoint), context.user_id))
    )


async def list_mine_by_button(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return Reply(
        Say(
            register.mine(
                _mine(context.store.reader, context.team_id, context.user_id, viewpoint),
                context.user_id,
                int(context.interaction.value or 0),
            )
        )
    )


def _mine(reader: Reader, team_id: str, user_id: str, viewpoint: Viewpoint) -> list[Seen]:
    duties = responsibilities.duties_with(reader, team_id, user_id)
    listed = [seen(reader, team_id, f"{each.component_id}:{each.duty}", viewpoint) for each in duties]
    return [each for each in listed if each is not None]


async def ask_from_message(context: Context[Shortcut]) -> Reply:
    """Say who is responsible for what a message is about; where that is not clear, ask what is meant."""
    shortcut, viewpoint = context.interaction, await context.viewpoint()
    known = responsibilities.components(context.store.reader, shortcut.team_id, viewpoint.visibilities)
    if shortcut.quote is None or not known:
        return Reply(Say(question_views.nothing_yet()))
    asked = asked_about(shortcut.quote.text, known, list(catalogue_of(context.store.reader, shortcut.team_id).values()))
    about = found(context.store.reader, asked.component, asked.duty.id) if asked.component and asked.duty else None
    if about is not None and about.duty.state != "unowned":
        return Reply(Say(register.answer(about, shortcut.user_id)))
    note = question_views.Note(shortcut.quote.thread_ts or shortcut.quote.ts, shortcut.response_url)
    kinds = list(catalogue_of(context.store.reader, shortcut.team_id).values())
    return Reply(Open(question_views.question_form(known, kinds, asked, note)))


async def ask_by_form(context: Context[ViewSubmission]) -> Reply:
    """Answer, or open the question where it was raised: in the thread of the message, and to the lead."""
    submission, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    component_id, duty = (str(submission.fields.get(each, "")) for each in (question_views.WHICH, question_views.DUTY))
    about = seen(context.store.reader, submission.team_id, f"{component_id}:{duty}", viewpoint)
    if about is None:
        return Reply(Say(question_views.no_such_duty()))
    reply = await _answered(await _asker(submission, actor.directory), about, actor.directory, context.store.reader)
    is_hidden = about.component.visibility not in viewpoint.shown_to_all
    if is_hidden or about.present.state != "unowned":
        return reply
    names = await names_of(
        context.store.reader, actor.directory, actor.team_id, [submission.user_id, about.component.lead]
    )
    raised = question_views.raised(submission, question_views.read_note(submission.note), about, names)
    answered = reply.write

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        wrote = answered(transaction, now) if answered is not None else None
        told = wrote if isinstance(wrote, Wrote) else Wrote(None)
        return replace(told, messages=[*told.messages, *raised(now)])

    return Reply(reply.answer, keep)


async def _names(reader: Reader, directory: Directory, listed: Sequence[Seen]) -> dict[str, str]:
    return await names_of(reader, directory, listed[0].component.team_id, _people(listed)) if listed else {}


def _people(listed: Sequence[Seen]) -> Iterable[str]:
    for each in listed:
        yield from (each.duty.owner, each.duty.proposed_to, each.duty.backup, each.component.lead)
        yield from (*each.duty.claimants, *each.duty.helpers, *register.side_of(each))
