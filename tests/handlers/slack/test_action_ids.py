"""The buttons that lead from one feature into another: each has a handler, and leads where its name says."""

import pytest

from handlers import FEATURES
from handlers.slack import action_ids

LEADS_TO = {
    action_ids.ASK_FOR_DATA: "data_requests",
    action_ids.LOG_DECISION: "decisions",
    action_ids.EDIT_COMPONENT: "responsibilities",
    action_ids.OPEN_COMPONENT: "responsibilities",
    action_ids.RETIRE_COMPONENT: "responsibilities",
    action_ids.SUGGEST_OWNER: "responsibilities",
    action_ids.DUTIES_REVIEW: "responsibilities",
    action_ids.OPEN_CARD: "requirements",
    action_ids.FILL_IN_ASPECT: "requirements",
    action_ids.OPEN_REQUEST: "data_requests",
    action_ids.CHANGE_FINE: "change_notices",
    action_ids.CHANGE_NEEDS_WORK: "change_notices",
    action_ids.CHANGE_BLOCKED: "change_notices",
    action_ids.REMINDER_SETTINGS: "nudges",
    action_ids.REMINDERS_FOR_ALL: "nudges",
    action_ids.REVIEW_NEEDS: "nudges",
    action_ids.SUMMARY_SETTINGS: "weekly_summary",
    action_ids.SUMMARY_MINE: "weekly_summary",
    action_ids.SUMMARY_OF_CHANNEL: "weekly_summary",
    action_ids.ADD_WORD: "glossary",
    action_ids.FIND: "workspace",
    action_ids.SHARE_ANSWER: "workspace",
    action_ids.WORKSPACE_SETTINGS: "workspace",
}


def test_every_button_that_leads_into_another_feature_is_looked_at_here() -> None:
    named = {value for name, value in vars(action_ids).items() if name.isupper()}
    # What is asked in words is answered by the feature that the words name: framework/words.
    assert named == {*LEADS_TO, action_ids.ASK}


@pytest.mark.parametrize(("action_id", "room"), LEADS_TO.items())
def test_a_button_is_answered_by_the_feature_that_it_leads_to(action_id: str, room: str) -> None:
    (answering,) = (each.actions[action_id] for each in FEATURES if action_id in each.actions)
    assert answering.__module__.split(".")[:2] == ["handlers", room]
