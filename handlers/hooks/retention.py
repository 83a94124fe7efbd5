"""What a feature's records become once they have ended: how long that is kept is chosen for each kind by the admins."""

from dataclasses import dataclass

from storage.records.retention import Ended


@dataclass(frozen=True, slots=True)
class Retained:
    """Records of one kind that have ended. ``label`` names them in a sentence, ``kind`` in the store."""

    kind: str
    label: str
    ended: Ended
