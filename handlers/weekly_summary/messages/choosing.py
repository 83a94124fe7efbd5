"""What people read when they choose when a weekly summary comes, and for whom."""

from handlers.checks.outcomes import NotAllowed
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal
from handlers.weekly_summary.rules import DAYS, WEEKDAYS
from storage.workspaces.summaries import Schedule

FORM, FORM_OF_CHANNEL = "summary_form", "summary_channel_form"
WANTED, DAY, AT, CHANNEL = "wanted", "day", "at", "channel"
_WHERE = "Only members can choose that, in a channel I'm in. Type /invite @Common Ground there first."
NOT_HERE, NOT_YOURS = blocks.said(_WHERE), NotAllowed(_WHERE, kind="summary")
HOW_TO_END = blocks.said("Type /summary off to end this channel's summary, or /summary off me to end your own.")
CHOOSE = "Choose one of these."


def how_to(command_prefix: str) -> Message:
    command = f"/{command_prefix}summary"
    lines = (
        f"`{command}`: what needs you, and what of yours changed this week",
        f"`{command} here monday 09:00`: a summary in this channel every week, in your time zone",
        "add `always` for one line even in a quiet week; add `naming` to notify those it's waiting on",
        f"`{command} preview`: what it would say here now; only you see it",
        f"`{command} me monday 09:00`: one just for you; `{command} off` and `{command} off me` turn them off",
    )
    told = "*The weekly summary*\n" + "\n".join(f"• {line}" for line in lines)
    return Message(told, (blocks.markdown(told),))


def form(schedule: Schedule | None) -> Modal:
    """When a person wants a summary of their own, if at all."""
    is_wanted, weekday, at = ("no", 0, "09:00") if schedule is None else ("yes", schedule.weekday, schedule.at)
    wanted = blocks.radio([("Every week", "yes"), ("None", "no")], is_wanted)
    fields = (blocks.field(WANTED, "A summary just for you", wanted), *_day_and_time(weekday, at))
    return Modal(FORM, "Your summary", fields, submit="Save")


def form_of_channel() -> Modal:
    """Which public channel gets a summary, and when."""
    channel = blocks.field(CHANNEL, "Channel", blocks.channel_select(), "I need to be in it: /invite @Common Ground")
    return Modal(FORM_OF_CHANNEL, "Weekly summary", (channel, *_day_and_time(0, "09:00")), submit="Save")


def _day_and_time(weekday: int, at: str) -> tuple[Block, Block]:
    days = [(name.capitalize(), place) for name, place in zip(DAYS, WEEKDAYS, strict=True)]
    hours = [f"{hour:02d}:00" for hour in range(24)]
    known = [(each, each) for each in (hours if at in hours else [at, *hours])]
    return (
        blocks.field(DAY, "Day", blocks.choice(days, str(weekday))),
        blocks.field(AT, "Time", blocks.choice(known, at), "In your Slack time zone."),
    )


def chosen(schedule: Schedule, *, is_own: bool, more: str = "") -> Message:
    """Say what was chosen, and what is to be known besides."""
    before = () if is_own else (blocks.channel(schedule.subject),)
    where = "You'll get" if is_own else " gets"
    always = f" In a quiet week I {'post one line' if schedule.is_always else 'post nothing'}."
    naming = " It notifies those it's waiting on." if schedule.is_naming else ""
    return blocks.said(f"{where} a summary {_when(schedule)}.{always}{naming}{more}", *before)


def limited(command_prefix: str) -> str:
    """Say that a summary will leave out what guests may not read."""
    return (
        " Guests are in that channel, so the summary only lists what belongs to it. An admin can allow more with "
        f"/{command_prefix}common-ground guests allow."
    )


def _when(schedule: Schedule) -> str:
    return f"every {DAYS[schedule.weekday].capitalize()} at {schedule.at} ({schedule.tz})"


def tell_who_set(old: Schedule, new: Schedule | None, by: str) -> Message:
    """Tell whoever set a channel's summary up that somebody else changed it; None turned it off."""
    did = "turned off" if new is None else "changed"
    end = f", which you set up.{f' It now comes {_when(new)}.' if new is not None else ''}"
    what = (blocks.words(f" {did} the weekly summary of "), blocks.channel(old.subject), blocks.words(end))
    line = blocks.line(blocks.person(by), *what)
    return Message(f"The weekly summary that you set up was {did}", (blocks.paragraphs(line),))


def until_now(old: Schedule, by: str) -> str:
    """Say what a new choice takes the place of."""
    return f" Until now it came {_when(old)}, set up by {by}."


def stopped(*, was_there: bool, is_own: bool) -> Message:
    if not was_there:
        return blocks.said("There's no summary to turn off. See /summary help for how to get one.")
    return blocks.said("Your weekly summary is off." if is_own else "This channel's weekly summary is off.")
