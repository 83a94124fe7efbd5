"""Changes that people were asked about."""

from handlers.hooks.retention import Retained
from storage.change_notices.change_notices import NOTICES
from storage.records.retention import Ended

RETAINS = (
    Retained(
        "change_notices",
        "changes and what was answered to them",
        Ended(
            NOTICES.table,
            "1 = 1",
            "created_at",
            beside={NOTICES.history_table: ("notice_id",), "old_messages": ("record_id",), "nudges": ("subject",)},
        ),
    ),
)
