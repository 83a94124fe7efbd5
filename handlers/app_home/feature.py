"""What the Home answers to."""

from handlers.app_home import first_run, listeners, views
from handlers.dispatch import Feature

FEATURE = Feature(
    name="app home",
    actions={
        views.PAGE: listeners.turn,
        views.DISCIPLINE: listeners.choose_discipline,
        first_run.HOW_TO_INVITE: listeners.tell_how_to_invite,
    },
    events={"app_home_opened": listeners.open_home, "member_joined_channel": listeners.join},
    jobs=listeners.JOBS,
)
