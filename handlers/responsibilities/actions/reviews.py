"""Where people settle many duties of a component in one form."""

from handlers.checks.outcomes import NotAllowed
from handlers.framework.context import Context
from handlers.responsibilities.context import asking
from handlers.responsibilities.forms.review import review_form
from handlers.responsibilities.messages import duties as duty_messages
from handlers.responsibilities.messages import register
from handlers.responsibilities.rules import review as rules
from handlers.responsibilities.rules.settling import needing
from handlers.responsibilities.service import register as service
from handlers.responsibilities.service import steps
from handlers.slack.blocks import said
from handlers.slack.interactions import BlockAction, ViewSubmission, Wrong
from handlers.slack.replies import Done, Open, Refuse, Reply, Say, Wrote
from storage.engine.interface import Transaction


async def review(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    component_id, _, which = context.interaction.value.partition(" ")
    component = await it.component(component_id)
    listed = await it.up_to_them(component)
    due = needing(listed, it.user_id, context.now) if which == "due" else []
    heading, listed = ("Need your answer", due) if due else rules.to_review(listed, it.user_id, is_own=which == "own")
    if not listed:
        return Reply(Say(said(f"You've answered everything about {component.name}.")))
    return Reply(Open(review_form(component, heading, listed, it.user_id)))


async def save(context: Context[ViewSubmission]) -> Reply:
    """Take the steps that were chosen; those that are not possible any more are said, and the others taken."""
    it, fields = await asking(context), context.interaction.fields
    if refused := await it.actor.why_barred():
        return Reply(refused)
    listed = await context.read(service.all_of, [await it.component(context.interaction.note)])
    chosen = rules.steps(listed, fields, it.user_id)
    if isinstance(chosen, Wrong):
        return Reply(Refuse(chosen.errors))
    if not chosen:
        return Reply(Done())
    person = next((step.person for _, step in chosen if step.person), "")
    facts = await it.facts_about([each for each in listed if each.value in dict(chosen)], person)
    if errors := await it.why_unfit([(rules.PERSON, person)] if person else [], facts.audience):
        return Reply(Refuse(errors))

    def keep(transaction: Transaction, _now: object) -> Wrote:
        taken = steps.take(transaction, it.team_id, chosen, facts)
        if not taken.changes and taken.refused:
            return Wrote(next((each for each in taken.refused if isinstance(each, NotAllowed)), taken.refused[0]))
        missed = [each.told for each in taken.refused] + [f"{register.in_short(each)} already." for each in taken.late]
        is_seen = any(edit.lane == it.user_id for edit in taken.edits) and not missed
        answer = Done() if is_seen else Say(duty_messages.reviewed(taken.changes, missed))
        return Wrote(answer, [*taken.edits, *taken.messages])

    return Reply(write=keep)
