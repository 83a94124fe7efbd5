"""What the weekly summary answers to."""

from handlers.framework.routing import Command, Feature
from handlers.slack.action_ids import SUMMARY_MINE, SUMMARY_SETTINGS
from handlers.weekly_summary import commands, messages
from handlers.weekly_summary.hooks.jobs import JOBS

FEATURE = Feature(
    name="weekly summary",
    commands=[
        Command(
            "summary",
            commands.show_mine,
            "What changed this week, and what waits for whom",
            "[here | me | preview | off | help]",
            {
                "here": commands.choose_here,
                "me": commands.choose_mine,
                "preview": commands.preview,
                "off": commands.stop,
                "help": commands.tell_how,
            },
        )
    ],
    actions={
        messages.MORE: commands.show_more,
        SUMMARY_MINE: commands.show_mine_by_button,
        SUMMARY_SETTINGS: commands.open_form,
    },
    views={messages.FORM: commands.save_form},
    jobs=JOBS,
)
