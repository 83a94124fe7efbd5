"""All that the oracle looks at, in one list of what is wrong."""

from tests.soak.oracle import deliveries, leaks, once, order, over, redacted, stale, wholeness
from tests.soak.oracle.store import opened
from tests.soak.oracle.transcript import Finding, Transcript

KINDS = ("lost", "doubled", "out of order", "leak", "half-written", "unended", "stale", "fault")
_JUDGES = (
    once.judge,
    order.judge,
    leaks.judge,
    wholeness.judge,
    deliveries.judge,
    stale.judge,
    redacted.judge,
    over.judge,
)


def verdict(told: Transcript) -> list[Finding]:
    """Return everything that is wrong with a week."""
    with opened(told.store) as store:
        return [finding for judge in _JUDGES for finding in judge(told, store)]
