"""What the Home answers to."""

from handlers.app_home import actions, messages, onboarding
from handlers.framework.routing import Feature

FEATURE = Feature(
    name="app home",
    actions={
        messages.PAGE: actions.turn,
        messages.DISCIPLINE: actions.choose_discipline,
        onboarding.HOW_TO_INVITE: actions.tell_how_to_invite,
    },
    events={
        "app_home_opened": actions.open_home,
        "member_joined_channel": actions.join,
        "member_left_channel": actions.leave,
    },
    jobs=actions.JOBS,
)
