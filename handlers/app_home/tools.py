"""What agents may ask of what needs their person."""

from handlers.app_home import service
from handlers.framework import tools
from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.framework.tools import Answer, Arguments, Item, Page, Tool
from handlers.hooks.digest import Group, Line
from handlers.hooks.reminders import Reminder
from handlers.slack.interactions import Ask

_NOBODYS = "This token is bound to nobody, so it has no open items."


class AskedItems(Arguments):
    page: Page = 1


async def open_items(context: Context[Ask], asked: AskedItems) -> Answer:
    """Say what needs a person and what is theirs, as their Home does."""
    if not context.user_id:
        return tools.answer(_NOBODYS)
    it = await asking(Asker, context)
    admins = tuple(sorted(await context.directory.admins(it.team_id) | context.admins))
    whose = service.Whose(it.user_id, it.visible, admins, is_listed=True)
    shown = await context.store.search(lambda reader: service.gathered(reader, context, whose))
    needing = [_reminder(each, it.user_id) for each in shown.reminders]
    theirs = [_line(group, line) for group in shown.groups if not group.is_teams for line in group.lines]
    told = f"{len(needing)} need you; {len(theirs)} more are yours."
    return tools.answer(told, [*needing, *theirs], asked.page)


def _reminder(each: Reminder, user_id: str) -> Item:
    return tools.item("open", each.name, each.told_to(user_id), status="needs you", date=(each.due or each.since)[:10])


def _line(group: Group, line: Line) -> Item:
    status = "needs you" if group.is_waiting else group.one or group.told
    return tools.item("yours", line.told, status=status, date=line.since[:10], link=line.link)


TOOLS = (
    Tool(
        "open_items",
        "What needs me",
        "What needs the person in whose name is asked, and what they own or asked for.",
        AskedItems,
        open_items,
    ),
)
