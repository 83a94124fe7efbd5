"""Where people say what they do with a duty: take it, decline it, suggest somebody, and so on."""

from datetime import datetime
from functools import partial

from handlers.answers import Open, Refuse, Reply, Say, Wrote
from handlers.directory import Directory
from handlers.gestures import Press, Submission
from handlers.responsibilities import duty_views, views
from handlers.responsibilities.finding import Seen, seen
from handlers.responsibilities.names import names_of
from handlers.responsibilities.rules import Refused, Step
from handlers.responsibilities.taking import take
from handlers.roles import Acting
from handlers.visibility import Viewpoint
from storage import responsibilities
from storage.database import WORKSPACE, Reader, Transaction


async def claim(press: Press, viewpoint: Viewpoint, acting: Acting) -> Reply:
    if unfit := await acting.why_unfit(press.user_id):
        return Reply(Say(duty_views.refused(unfit)))
    return Reply(write=partial(_take_by_press, press, viewpoint, Step("claim", press.user_id)))


async def confirm(press: Press, viewpoint: Viewpoint) -> Reply:
    return Reply(write=partial(_take_by_press, press, viewpoint, Step("confirm", press.user_id)))


async def open_decline(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return _opened(press, viewpoint, reader, "decline")


async def open_need(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return _opened(press, viewpoint, reader, "need")


async def open_not_needed(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return _opened(press, viewpoint, reader, "not needed")


async def open_suggest(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return _opened(press, viewpoint, reader, "suggest")


async def open_help(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    return _opened(press, viewpoint, reader, "help")


async def decline(submission: Submission, viewpoint: Viewpoint) -> Reply:
    step = Step("decline", submission.user_id, note=_text(submission, duty_views.REASON))
    return Reply(write=partial(_take_by_form, submission, viewpoint, step))


async def need(submission: Submission, viewpoint: Viewpoint) -> Reply:
    step = Step("need", submission.user_id, note=_text(submission, duty_views.REASON))
    return Reply(write=partial(_take_by_form, submission, viewpoint, step))


async def not_needed(submission: Submission, viewpoint: Viewpoint) -> Reply:
    step = Step("not needed", submission.user_id, note=_text(submission, duty_views.REASON))
    return Reply(write=partial(_take_by_form, submission, viewpoint, step))


async def suggest(submission: Submission, viewpoint: Viewpoint, reader: Reader, acting: Acting) -> Reply:
    person = _text(submission, duty_views.PERSON)
    about = seen(reader, submission.team_id, submission.note, viewpoint)
    if about is not None and (error := await why_not(acting, person, about.component.visibility)):
        return Reply(Refuse({duty_views.PERSON: error}))
    step = Step("suggest", submission.user_id, person, _text(submission, duty_views.REASON))
    return Reply(write=partial(_take_by_form, submission, viewpoint, step))


async def help_with(submission: Submission, viewpoint: Viewpoint, reader: Reader, acting: Acting) -> Reply:
    backup, chosen = _text(submission, duty_views.PERSON), submission.fields.get(duty_views.PEOPLE, [])
    helpers = tuple(chosen) if isinstance(chosen, list) else ()
    about = seen(reader, submission.team_id, submission.note, viewpoint)
    visibility = about.component.visibility if about else WORKSPACE
    for block_id, people in ((duty_views.PEOPLE, helpers), (duty_views.PERSON, (backup,) if backup else ())):
        for each in people:
            if error := await why_not(acting, each, visibility):
                return Reply(Refuse({block_id: error}))
    step = Step("help", submission.user_id, backup, people=helpers)
    return Reply(write=partial(_take_by_form, submission, viewpoint, step))


async def why_not(acting: Acting, user_id: str, visibility: str) -> str:
    """Say why a person cannot be asked to take something; empty when they can."""
    if unfit := await acting.why_unfit(user_id):
        return unfit
    is_out = visibility != WORKSPACE and not await acting.directory.is_in(acting.team_id, user_id, visibility)
    return "They are not in the channel that this belongs to. Invite them first." if is_out else ""


async def read_history(press: Press, viewpoint: Viewpoint, reader: Reader, directory: Directory) -> Reply:
    about = seen(reader, press.team_id, press.value, viewpoint)
    if about is None:
        return Reply(Say(views.gone()))
    events = responsibilities.history(reader, press.team_id, about.component.id, about.kind.id)
    names = await names_of(directory, press.team_id, [person for each in events for person in (each.by, each.person)])
    return Reply(Say(duty_views.history(about, events, names)))


def _opened(press: Press, viewpoint: Viewpoint, reader: Reader, what: str) -> Reply:
    about = seen(reader, press.team_id, press.value, viewpoint)
    return Reply(Say(views.gone()) if about is None else Open(_FORMS[what](about)))


_FORMS = {
    "decline": duty_views.decline_form,
    "need": duty_views.need_form,
    "not needed": duty_views.not_needed_form,
    "suggest": duty_views.suggest_form,
    "help": duty_views.help_form,
}


def _take_by_press(press: Press, viewpoint: Viewpoint, step: Step, transaction: Transaction, now: datetime) -> Wrote:
    about = seen(transaction, press.team_id, press.value, viewpoint)
    return _taken(transaction, about, step, now)


def _take_by_form(
    submission: Submission, viewpoint: Viewpoint, step: Step, transaction: Transaction, now: datetime
) -> Wrote:
    about = seen(transaction, submission.team_id, submission.note, viewpoint)
    return _taken(transaction, about, step, now)


def _taken(transaction: Transaction, about: Seen | None, step: Step, now: datetime) -> Wrote:
    if about is None:
        return Wrote(Say(views.gone()))
    taken = take(transaction, about, step, now)
    if isinstance(taken, Refused):
        return Wrote(Say(duty_views.refused(taken.told)))
    return Wrote(Say(duty_views.done(taken.about, step)), taken.messages)


def _text(submission: Submission, name: str) -> str:
    return str(submission.fields.get(name) or "").strip()
