"""Where somebody shows to all what answered them alone."""

from datetime import datetime

from handlers.framework.context import Context
from handlers.slack.interactions import BlockAction
from handlers.slack.replies import Reply, Say, Share
from handlers.workspace.messages import answers
from storage.engine.interface import Transaction
from storage.outbox import claims, deliveries


async def share_answer(context: Context[BlockAction]) -> Reply:
    """Show to all in a thread what answered the mention of who presses, once, as far as it may be shown there now."""
    press, viewpoint = context.interaction, await context.viewpoint()
    answer_id, _, thread_ts = press.value.partition(" ")
    answer, channel_id = await context.read(deliveries.delivery, answer_id), press.place.channel_id
    is_own = answer is not None and (answer.team_id, answer.lane) == (context.team_id, context.user_id)
    members = await context.directory.members(context.team_id, channel_id)
    if answer is None or not is_own or answer.body.get("channel") != channel_id or context.user_id not in members:
        return Reply(Say(answers.NOT_TO_SHARE))
    if viewpoint.is_limited or (await context.directory.described(context.team_id, press.place, afresh=True)).is_shared:
        return Reply(Say(answers.NOT_TO_SHARE))
    is_member = context.directory.knows_bot_in(context.team_id, channel_id)
    shared, claim = Share(answers.shared(answer), is_member, thread_ts), f"share:{answer.id}"

    def share(transaction: Transaction, now: datetime) -> Share | Say:
        is_first = claims.claim(transaction, context.team_id, [claim], now)
        return shared if is_first else Say(answers.SHARED_ALREADY)

    return Reply(write=share)
