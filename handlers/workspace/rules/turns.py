"""When in a day a workspace is tidied: in the small hours, each at another minute. Pure."""

from datetime import datetime, timedelta
from zlib import crc32

#: By then all have had their turn, as UTC counts hours.
_ENDS = timedelta(hours=4)
_TURN = timedelta(minutes=1)


def has_come(team_id: str, now: datetime) -> bool:
    """Tell whether the turn of a workspace has come today."""
    passed = now - now.replace(hour=0, minute=0, second=0, microsecond=0)
    return passed >= _TURN * (crc32(team_id.encode()) % (_ENDS // _TURN))
