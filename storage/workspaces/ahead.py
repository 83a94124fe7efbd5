"""What was done while the clock was ahead, brought back to now, so that its time comes again.

A clock that is an hour off is read as one that was set back meanwhile: what was done is not done twice.
"""

from datetime import datetime, timedelta

from storage.engine.interface import Transaction, to_text

#: What is further ahead was claimed by a clock that was wrong.
AHEAD = timedelta(hours=2)

_PERIODS = "DELETE FROM finished_periods WHERE finished_at > :ahead"
_RESTS = "DELETE FROM nudge_rests WHERE soon > :ahead"
_NUDGES = "UPDATE nudges SET at = :now WHERE at > :ahead"
#: What a summary told stays under its buttons, while its day is free again; it stands among the others by its begin.
_RUNS = "UPDATE summary_runs SET period = begins_at || ' ' || id, ends_at = :now WHERE ends_at > :ahead"


def bring_back(transaction: Transaction, now: datetime) -> int:
    """Let what was done at a time that is still to come count as done now; return how many rows that were.

    Periods of jobs are given back, and so are the days of summaries; nobody rests.
    """
    ahead = to_text(now + AHEAD)
    given_back = sum(transaction.run(each, ahead=ahead) for each in (_PERIODS, _RESTS))
    return given_back + sum(transaction.run(each, now=to_text(now), ahead=ahead) for each in (_NUDGES, _RUNS))
