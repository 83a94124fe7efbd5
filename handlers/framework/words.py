"""What a button or a form asks in plain words: answered as a command of the same person is, to them alone."""

from dataclasses import replace
from functools import partial

from handlers.checks.outcomes import Refused
from handlers.framework import doubt
from handlers.framework.choosing import best
from handlers.framework.context import Context, Handler
from handlers.framework.mentions import asked_text, readings, sought
from handlers.framework.of_components import with_components
from handlers.framework.routing import Command, Routes
from handlers.hooks.offers import nearest
from handlers.slack import error_messages
from handlers.slack.action_ids import ASK, FIND
from handlers.slack.blocks import Message
from handlers.slack.interactions import Ask, BlockAction, ViewSubmission
from handlers.slack.replies import Reply, Say

_IN_A_CHANNEL = "Ask me in a channel you're in."


def with_words(routes: Routes) -> Routes:
    """Return the same tables with the button and the form that can ask whatever a command can be asked."""
    press: Handler[BlockAction] = partial(_answer_button, routes)
    submit: Handler[ViewSubmission] = partial(_answer_form, routes)
    return replace(routes, actions={**routes.actions, ASK: press}, views={**routes.views, FIND: submit})


def handler_for(command: Command, words: str) -> tuple[Handler[Ask], str]:
    """Return the handler that words ask for, and what is left for it; a slip of the hand is asked about."""
    near = "" if command.takes_names else nearest(words, command.subcommands.keys())
    return (guessed, f"{command.name} {near}") if near else command.meant_by(words)


async def guessed(context: Context[Ask]) -> Reply:
    """Say the nearest thing that a command can do, in the place of something that it cannot."""
    told = f"/{context.command_prefix}{context.interaction.text}"
    return Reply(Say(Message(error_messages.did_you_mean(told))))


async def _answer_button(routes: Routes, context: Context[BlockAction]) -> Reply:
    press = context.interaction
    return await _answer(routes, context, press.value, press.trigger_id, press.response_url)


async def _answer_form(routes: Routes, context: Context[ViewSubmission]) -> Reply:
    asked = context.interaction.fields.text(FIND)
    return await _answer(routes, context, asked) if asked else Reply()


async def _answer(
    routes: Routes, context: Context[BlockAction | ViewSubmission], text: str, trigger_id: str = "", url: str = ""
) -> Reply:
    who = context.interaction
    if told := await context.why_not_here():
        return Reply(Refused(told))
    # A Home is in no channel, and guests are shown what belongs to one.
    if not who.place.channel_id and (await context.viewpoint()).is_limited:
        return Reply(Refused(_IN_A_CHANNEL))
    asked = asked_text(text, context.workspace.bot_user_id)

    async def answered(command: Command, words: str, offered: tuple[str, ...] = (), *, is_below: bool = False) -> Reply:
        handler, rest = handler_for(command, words)
        ask = Ask(who.team_id, who.user_id, who.place, rest, who.claims, None, trigger_id, url)
        ask = replace(ask, offered=offered, is_below=is_below)
        asking = Context(context.services, context.team_id, context.now, ask, context.workspace)
        return await doubt.answered(handler, asking)

    routes = await with_components(context, routes, asked)
    return await best(readings(asked, routes, [sought(asked, routes, context.command_prefix)]), answered)
