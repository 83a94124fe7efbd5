"""What the weekly summary answers to."""

from handlers.dispatch import Command, Feature
from handlers.doors import SUMMARY_SETTINGS
from handlers.weekly_summary import due, listeners, views
from handlers.weekly_summary.jobs import JOBS

FEATURE = Feature(
    name="weekly summary",
    commands=[
        Command(
            "summary",
            listeners.show_mine,
            "What changed this week, and what waits for whom",
            "[here | me | preview | off | help]",
            {
                "here": listeners.choose_here,
                "me": listeners.choose_mine,
                "preview": listeners.preview,
                "off": listeners.stop,
                "help": listeners.tell_how,
            },
        )
    ],
    actions={
        views.MORE: listeners.show_more,
        due.MINE: listeners.show_mine_by_button,
        SUMMARY_SETTINGS: listeners.open_form,
    },
    views={views.FORM: listeners.save_form},
    nudge_kinds=due.KINDS,
    matters=due.matters,
    jobs=JOBS,
)
