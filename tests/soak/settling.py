"""How much time is let pass until everything is said."""

from datetime import timedelta

from tests.soak.stores import Store

#: After the first two waits, what Slack sends late, or anew, has come.
AT_LEAST = 2
#: What is put off is tried again for some minutes before the week goes on, and at its end for some hours.
SHORT = [timedelta(seconds=each) for each in (5, 62, 5, 10, 20, 40, 60, 120, 200)]
LONG = [*SHORT, *[timedelta(minutes=6)] * 40]

_OPEN = "SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'failed', 'uncertain')"


async def still_open(store: Store) -> int:
    """Count what the bot still has to say."""
    ((count,),) = await store.rows(_OPEN)
    return int(count)
