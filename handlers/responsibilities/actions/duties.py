"""Where people say what they do with a duty: take it, decline it, suggest somebody, and so on."""

from collections.abc import Callable, Iterable

from handlers.access.settling import is_shown
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context, Handler
from handlers.responsibilities.context import Asker, asking
from handlers.responsibilities.forms.duties import MISSING, PEOPLE, PERSON, REASON, YOURSELF
from handlers.responsibilities.forms.teams import NO_TEAM, OWNER_TEAM
from handlers.responsibilities.messages import duties as duty_messages
from handlers.responsibilities.messages import register
from handlers.responsibilities.messages import teams as team_messages
from handlers.responsibilities.rules.duties import Act, Step
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.responsibilities.service import steps, teams
from handlers.responsibilities.service.steps import Taken
from handlers.slack.blocks import Modal
from handlers.slack.interactions import BlockAction, ViewSubmission
from handlers.slack.replies import Answer, Done, Open, Refuse, Replace, Reply, Say, Wrote
from storage.engine.interface import Transaction
from storage.responsibilities import responsibilities
from storage.responsibilities.teams import Team

_FOR_MEMBERS: tuple[Act, ...] = ("claim", "dispute", "not needed")


async def open_duty(context: Context[BlockAction]) -> Reply:
    about = await (await asking(context)).duty(context.interaction.value)
    return Reply(Say(register.answer(about, context.user_id)))


async def claim(context: Context[BlockAction]) -> Reply:
    return await _taken(await asking(context), context.interaction.value, Step("claim", context.user_id))


async def dispute(context: Context[BlockAction]) -> Reply:
    return await _taken(await asking(context), context.interaction.value, Step("dispute", context.user_id))


async def confirm(context: Context[BlockAction]) -> Reply:
    return await _taken(await asking(context), context.interaction.value, Step("confirm", context.user_id))


def opening(form: Callable[[ComponentDuty], Modal], act: Act) -> Handler[BlockAction]:
    """Return what opens the form for a step, for those who may take it."""

    async def open_form(context: Context[BlockAction]) -> Reply:
        it = await asking(context)
        if refused := await _why_barred(it, act):
            return Reply(refused)
        return Reply(Open(form(await it.duty(context.interaction.value))))

    return open_form


def opening_for_teams(form: Callable[[ComponentDuty, Iterable[Team]], Modal]) -> Handler[BlockAction]:
    """Return what opens a form in which a duty can be taken for a team."""

    async def open_form(context: Context[BlockAction]) -> Reply:
        it = await asking(context)
        about = await it.duty(context.interaction.value)
        known = await context.read(teams.known, it.team_id, it.visible)
        return Reply(Open(form(about, known.values())))

    return open_form


def noting(act: Act, *, needs_reason: bool = False) -> Handler[ViewSubmission]:
    """Return what takes a step with the reason that its form was given."""

    async def note(context: Context[ViewSubmission]) -> Reply:
        reason = context.interaction.fields.text(REASON)
        if needs_reason and not reason:
            return Reply(Refuse({REASON: MISSING}))
        return await _taken(await asking(context), context.interaction.note, Step(act, context.user_id, note=reason))

    return note


async def suggest(context: Context[ViewSubmission]) -> Reply:
    it, fields = await asking(context), context.interaction.fields
    person = fields.text(PERSON)
    if not person or person == it.user_id:
        return Reply(Refuse({PERSON: YOURSELF if person else MISSING}))
    team = await _team(it)
    if isinstance(team, Team) and person not in team.members:
        return Reply(Refuse({PERSON: team_messages.not_of(team)}))
    step = Step("suggest", it.user_id, person, fields.text(REASON), team=_named(team))
    return await _taken(it, context.interaction.note, step, [(PERSON, person)])


async def help_with(context: Context[ViewSubmission]) -> Reply:
    it, fields = await asking(context), context.interaction.fields
    helpers, backup, team = fields.ids(PEOPLE), fields.text(PERSON), await _team(it)
    if isinstance(team, Team) and it.user_id not in team.members:
        return Reply(Refuse({OWNER_TEAM: team_messages.YOU_ARE_NOT_OF_IT}))
    named = [*((PEOPLE, each) for each in helpers), *([(PERSON, backup)] if backup else [])]
    return await _taken(
        it, context.interaction.note, Step("help", it.user_id, backup, people=tuple(helpers), team=_named(team)), named
    )


async def _team(it: Asker) -> Team | str | None:
    """Return the team that a form names, an empty text for no team; None where it says nothing of that."""
    chosen = (
        it.context.interaction.fields.text(OWNER_TEAM) if isinstance(it.context.interaction, ViewSubmission) else ""
    )
    if not chosen or chosen == NO_TEAM:
        return "" if chosen else None
    return await it.wanted(teams.seen, chosen, register.GONE)


def _named(team: Team | str | None) -> str | None:
    return team.id if isinstance(team, Team) else team


async def read_history(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    about = await it.duty(context.interaction.value)
    steps = await context.read(responsibilities.history, it.team_id, about.component.id, about.kind.id)
    names = await it.names_of(person for each in steps for person in (each.by, each.person))
    return Reply(Say(duty_messages.history(about, steps, names)))


async def _why_barred(it: Asker, act: Act) -> Refused | None:
    """Say why somebody who isn't a member can't take a step that settles a duty for all."""
    return await it.actor.why_barred() if act in _FOR_MEMBERS else None


async def _taken(it: Asker, value: str, step: Step, named: list[tuple[str, str]] | None = None) -> Reply:
    """Take a step, unless somebody whom the form names, by its field, cannot be asked to take anything on."""
    if refused := await _why_barred(it, step.act):
        return Reply(refused)
    facts = await it.facts_about([await it.duty(value)], step.person)
    if errors := await it.why_unfit(named or [], facts.audience):
        return Reply(Refuse(errors))

    def take(transaction: Transaction, _now: object) -> Wrote:
        taken = steps.take(transaction, it.team_id, [(value, step)], facts)
        return Wrote(_shown(it, taken), [*taken.edits, *taken.messages])

    return Reply(write=take)


def _shown(it: Asker, taken: Taken) -> Answer:
    """Say what was done where it was pressed: in that message where it changes, or can be changed, else below it."""
    interaction = it.context.interaction
    if taken.refused:
        return taken.refused[0]
    told = [register.answer(each, it.user_id) for each in taken.late] or list(map(duty_messages.done, taken.changes))
    if not isinstance(interaction, BlockAction) or interaction.view is not None:
        is_own = interaction.place.channel_id.startswith("D") and any(each.lane == it.user_id for each in taken.edits)
        return Done() if is_own else Say(told[0])
    if is_shown(taken.edits, interaction.place.channel_id, interaction.message_ts):
        return Done()
    return Replace(told[0]) if interaction.is_private and interaction.response_url else Say(told[0])
