"""Feedback that was answered."""

from handlers.feedback.rules.moves import ENDED
from handlers.hooks.retention import Retained
from storage.feedback.feedback import ITEMS
from storage.records.retention import ended

RETAINS = (Retained("feedback", "closed feedback", ended(ITEMS, ENDED)),)
