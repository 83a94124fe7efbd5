"""Where people make, list and revoke the tokens with which agents ask in their name."""

from datetime import datetime

from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.slack.interactions import Ask, BlockAction
from handlers.slack.replies import Reply, Say
from handlers.workspace.messages import tokens as messages
from handlers.workspace.service import tokens as service
from storage.engine.interface import Transaction
from storage.workspaces import tokens

_KINDS = ("new", "public")


async def show_or_make(context: Context[Ask]) -> Reply:
    """List a person's tokens, or make one."""
    ask = context.interaction
    if not context.services.serves_agents:
        return Reply(Say(messages.SWITCHED_OFF))
    if not ask.is_private or not ask.response_url:
        # What a mention or a form is answered stays in Slack, or waits in the outbox.
        return Reply(messages.typed_alone(context.command_prefix))
    if (refused := await (await context.actor()).why_barred()) is not None:
        return Reply(refused)
    kind, _, label = ask.text.strip().partition(" ")
    if kind.casefold() not in _KINDS:
        found = await context.read(tokens.of_person, context.team_id, context.user_id, context.now)
        return Reply(Say(messages.listed(found, context.command_prefix)))
    if ask.is_late:
        return Reply(messages.SLOW)
    return _made(context, label.strip(), is_public=kind.casefold() == "public")


def _made(context: Context[Ask], label: str, *, is_public: bool) -> Reply:
    def make(transaction: Transaction, now: datetime) -> Say | Refused:
        made = service.make(transaction, context.team_id, label, Facts(context.user_id, now), is_public=is_public)
        return made if isinstance(made, Refused) else Say(messages.made(made))

    return Reply(write=make)


async def revoke(context: Context[BlockAction]) -> Reply:
    token_id = context.interaction.value

    def end(transaction: Transaction, now: datetime) -> Say:
        is_gone = service.revoke(transaction, context.team_id, token_id, Facts(context.user_id, now))
        return Say(messages.revoked() if is_gone else messages.GONE)

    return Reply(write=end)
