"""Where people ask who has which duty: by command, in a mention, from a message, and as a map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.answers import Open, Reply, Say, Wrote, direct
from handlers.directory import Directory
from handlers.gestures import Ask, Press, Shortcut, Submission
from handlers.responsibilities import duty_views, map_views, question_views, views
from handlers.responsibilities.catalogue import asked_about, catalogue_of
from handlers.responsibilities.finding import Seen, all_of, found, may_see, seen
from handlers.responsibilities.names import names_of
from handlers.responsibilities.views import Names
from handlers.roles import Acting
from handlers.visibility import Viewpoint
from storage import duty_questions, responsibilities
from storage.database import Reader, Transaction
from storage.responsibilities import Component


async def ask_owner(ask: Ask, viewpoint: Viewpoint, reader: Reader, directory: Directory, command_prefix: str) -> Reply:
    """Say who has a duty; where nobody has it, the component's lead is asked, and the asker is told later."""
    if not ask.text:
        return Reply(Say(views.how_to(command_prefix)))
    components = responsibilities.components(reader, ask.team_id, may_see(ask, viewpoint))
    asked = asked_about(ask.text, components, list(catalogue_of(reader, ask.team_id).values()))
    command = f"/{command_prefix}owner"
    if asked.component is None and asked.duty is None:
        return Reply(Say(views.no_component(ask.text, components, command)))
    listed = all_of(reader, [asked.component] if asked.component else components)
    names = None if ask.is_private else await _names(directory, ask.team_id, listed)
    if asked.component is None and asked.duty is not None:
        alike = [each for each in listed if each.kind.id == asked.duty.id]
        told = (
            views.everywhere(asked.duty, alike, names) if alike else views.no_component(ask.text, components, command)
        )
        return Reply(Say(told))
    about = next((each for each in listed if asked.duty and each.kind.id == asked.duty.id), None)
    if asked.component is not None and about is None:
        return Reply(Say(views.which_duty(asked.component, listed, names)))
    return _answered(Asker(ask.user_id, ask.place.channel_id), about, names)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks about a duty, and where."""

    user_id: str
    place: str


def _answered(asker: Asker, about: Seen | None, names: Names | None) -> Reply:
    """Answer; a duty without an owner becomes a question to the component's lead, once."""
    if about is None:
        return Reply(Say(views.gone()))
    if about.duty.state != "unowned" or about.component.lead == asker.user_id:
        return Reply(Say(views.answer(about, asker.user_id, names)))

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        current = found(transaction, about.component, about.kind.id) or about
        if current.duty.state != "unowned":
            return Wrote(Say(views.answer(current, asker.user_id, names)))
        is_first = duty_questions.ask(transaction, current.duty, asker.user_id, asker.place, now)
        lead = current.component.lead
        message = duty_views.asked_for(current, asker.user_id, asker.place)
        told = [direct(current.component.team_id, lead, message, now)] if is_first else []
        said = views.answer(current, asker.user_id, names, [question_views.lead_was_asked(lead, names)])
        return Wrote(Say(said), told)

    return Reply(write=keep)


async def show_map(ask: Ask, viewpoint: Viewpoint, reader: Reader, directory: Directory, command_prefix: str) -> Reply:
    known = responsibilities.components(reader, ask.team_id, may_see(ask, viewpoint))
    if not known:
        return Reply(Say(views.no_components(f"/{command_prefix}owner")))
    asked = asked_about(ask.text, known, []).component if ask.text else None
    return await _mapped(reader, directory, [asked] if asked else known, is_one=asked is not None)


async def show_map_by_button(press: Press, viewpoint: Viewpoint, reader: Reader, directory: Directory) -> Reply:
    component = responsibilities.component(reader, press.team_id, press.value)
    if component is None or component.visibility not in viewpoint.visibilities:
        return Reply(Say(views.gone()))
    return await _mapped(reader, directory, [component], is_one=True)


async def _mapped(reader: Reader, directory: Directory, known: list[Component], *, is_one: bool) -> Reply:
    listed = all_of(reader, known)
    names = await _names(directory, known[0].team_id, listed)
    shown = map_views.component_map(known[0], listed, names) if is_one else map_views.whole_map(listed, names)
    return Reply(Say(shown))


async def list_mine(ask: Ask, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return Reply(Say(views.mine(_mine(reader, ask.team_id, ask.user_id, viewpoint), ask.user_id)))


async def list_mine_by_button(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return Reply(Say(views.mine(_mine(reader, press.team_id, press.user_id, viewpoint), press.user_id)))


def _mine(reader: Reader, team_id: str, user_id: str, viewpoint: Viewpoint) -> list[Seen]:
    duties = responsibilities.duties_with(reader, team_id, user_id)
    listed = [seen(reader, team_id, f"{each.component_id}:{each.duty}", viewpoint) for each in duties]
    return [each for each in listed if each is not None]


async def ask_from_message(shortcut: Shortcut, viewpoint: Viewpoint, reader: Reader) -> Reply:
    """Say who is responsible for what a message is about; where that is not clear, ask what is meant."""
    known = responsibilities.components(reader, shortcut.team_id, viewpoint.visibilities)
    if shortcut.quote is None or not known:
        return Reply(Say(question_views.nothing_yet()))
    asked = asked_about(shortcut.quote.text, known, list(catalogue_of(reader, shortcut.team_id).values()))
    about = found(reader, asked.component, asked.duty.id) if asked.component and asked.duty else None
    if about is not None and about.duty.state != "unowned":
        return Reply(Say(views.answer(about, shortcut.user_id)))
    note = question_views.Note(shortcut.quote.thread_ts or shortcut.quote.ts, shortcut.response_url)
    kinds = list(catalogue_of(reader, shortcut.team_id).values())
    return Reply(Open(question_views.question_form(known, kinds, asked, note)))


async def ask_by_form(submission: Submission, viewpoint: Viewpoint, reader: Reader, acting: Acting) -> Reply:
    """Answer, or open the question where it was raised: in the thread of the message, and to the lead."""
    component_id, duty = (str(submission.fields.get(each, "")) for each in (question_views.WHICH, question_views.DUTY))
    about = seen(reader, submission.team_id, f"{component_id}:{duty}", viewpoint)
    if about is None:
        return Reply(Say(question_views.no_such_duty()))
    reply = _answered(Asker(submission.user_id, submission.place.channel_id), about, None)
    if reply.write is None or about.component.visibility not in viewpoint.shown_to_all:
        return reply
    names = await names_of(acting.directory, acting.team_id, [submission.user_id, about.component.lead])
    raised = question_views.raised(submission, question_views.read_note(submission.note), about, names)
    answered = reply.write

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        wrote = answered(transaction, now)
        if not isinstance(wrote, Wrote) or not wrote.messages:
            return wrote if isinstance(wrote, Wrote) else Wrote(None)
        return replace(wrote, messages=[*wrote.messages, *raised(now)])

    return Reply(write=keep)


async def _names(directory: Directory, team_id: str, listed: Sequence[Seen]) -> dict[str, str]:
    return await names_of(directory, team_id, _people(listed))


def _people(listed: Sequence[Seen]) -> Iterable[str]:
    for each in listed:
        yield from (each.duty.owner, each.duty.proposed_to, each.duty.backup, each.component.lead)
        yield from (*each.duty.claimants, *each.duty.helpers, *views.side_of(each))
