"""What the Home answers to."""

from handlers.app_home import actions
from handlers.app_home.messages import home, settings
from handlers.app_home.tools import TOOLS
from handlers.framework.routing import Feature

FEATURE = Feature(
    name="app home",
    actions={
        home.PAGE: actions.turn,
        settings.DISCIPLINE: actions.choose_discipline,
    },
    events={
        "app_home_opened": actions.open_home,
        "member_joined_channel": actions.join,
        "member_left_channel": actions.leave,
    },
    jobs=actions.JOBS,
    afterwards=actions.look_at,
    tools=TOOLS,
)
