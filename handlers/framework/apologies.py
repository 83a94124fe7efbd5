"""What is said to who waits where no message or form stands to be answered."""

from handlers.access.recipients import Destination, post
from handlers.framework.services import Services
from handlers.slack.blocks import Message
from handlers.slack.interactions import Interaction
from storage.engine.interface import Transaction
from storage.outbox import claims, deliveries
from storage.workspaces.workspaces import hold


async def tell_in_private(services: Services, interaction: Interaction, sentence: str) -> None:
    """Say it in a direct message; the same once a minute, however often somebody presses."""
    now, team_id, user_id = services.now(), interaction.team_id, interaction.user_id
    once = f"told:{user_id}:{now:%Y-%m-%dT%H:%M}:{sentence}"
    said, origin = post(Destination(team_id, user_id), Message(sentence), now), services.origin()

    def keep(transaction: Transaction) -> bool:
        is_new = hold(transaction, team_id) and claims.claim(transaction, team_id, [once], now)
        deliveries.add(transaction, [said] if is_new else [], origin)
        return is_new

    if await services.store.write(keep):
        services.outbox.announce(said, is_answer=True)
