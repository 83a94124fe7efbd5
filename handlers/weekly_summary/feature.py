"""What the weekly summary answers to."""

from handlers.framework.routing import Command, Feature, phrases
from handlers.slack.action_ids import SUMMARY_MINE, SUMMARY_OF_CHANNEL, SUMMARY_SETTINGS
from handlers.weekly_summary import commands
from handlers.weekly_summary.hooks.jobs import JOBS
from handlers.weekly_summary.messages import choosing, summary

#: "what needs me?", however it is put.
_MINE = (
    r"what(?:['’]?s| is)? (?:needs|wait(?:s|ing) for|(?:open|due|left|there) for) me|"
    r"(?:what|anything|is there anything) (?:do|should|must) i (?:have|need) to (?:do|answer|decide)|"
    r"what(?:['’]?s| is) on my (?:plate|list|desk)|"
    r"(?:is there )?anything (?:that needs me|(?:wait(?:ing)? |open )?for me(?: to do)?)"
)

FEATURE = Feature(
    name="weekly summary",
    commands=[
        Command(
            "summary",
            commands.show_mine,
            "What needs you, and what changed this week",
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
    phrases=phrases("summary", "", rf"(?:{_MINE})(?P<text>)", takes_all=True),
    actions={
        summary.MORE: commands.show_more,
        SUMMARY_MINE: commands.show_mine_by_button,
        SUMMARY_SETTINGS: commands.open_form,
        SUMMARY_OF_CHANNEL: commands.open_form_of_channel,
    },
    views={choosing.FORM: commands.save_form, choosing.FORM_OF_CHANNEL: commands.save_form_of_channel},
    jobs=JOBS,
)
