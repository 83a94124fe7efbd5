"""Where in Slack a delivery goes that belongs to a thread of our own, or changes a message that we posted."""

from bot.outbox.slack_calls import Refused, Sent, Unreached
from storage.engine.interface import Reader
from storage.outbox import deliveries, threads
from storage.outbox.deliveries import Delivery
from storage.outbox.uploads import FILE


def placed_in_slack(reader: Reader, delivery: Delivery) -> Delivery | Sent | Refused | Unreached:
    """Return what goes into a thread with the thread's place in Slack; what opens one has none yet.

    An edit that a newer one has overtaken is done with.
    """
    thread = threads.thread(reader, delivery.thread) if delivery.thread else None
    if thread is None and delivery.thread and delivery.act == "update":
        return _on_post(reader, delivery)
    if thread is None or thread.opener == delivery.id:
        return delivery
    if not thread.ts:
        problem = thread.problem or ("" if deliveries.is_open(reader, thread.opener) else deliveries.NEVER_OPENED)
        return Refused(problem) if problem else Unreached("its thread is not open yet")
    if delivery.act == "update" and deliveries.is_outdated(reader, delivery):
        return Sent()
    at = {"ts": thread.ts} if delivery.act == "update" else {"thread_ts": thread.ts}
    return delivery.model_copy(update={"body": {**delivery.body, "channel": thread.channel, **at}})


def _on_post(reader: Reader, update: Delivery) -> Delivery | Sent | Unreached:
    """Return the edit of a single message with its place in Slack; one that never arrived needs none.

    Of a file only its id is known.
    """
    said = deliveries.delivery(reader, update.thread)
    if said is not None and said.act == "upload":
        file_id = said.body.get(FILE)
        return update.model_copy(update={"body": {**update.body, FILE: file_id}}) if file_id else Sent()
    if said is None or said.state in ("failed", "uncertain") or deliveries.is_outdated(reader, update):
        return Sent()
    if not said.slack_ts:
        return Unreached("its message is not there yet")
    where = {"channel": said.slack_channel or said.lane, "ts": said.slack_ts}
    return update.model_copy(update={"body": {**update.body, **where}})
