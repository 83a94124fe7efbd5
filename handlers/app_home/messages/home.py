"""What a Home looks like: what needs a person, what is theirs, how to begin; and on further pages all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.app_home.messages.settings import ForAll, Own, of_all, of_person
from handlers.hooks.digest import Group, Line
from handlers.hooks.grouping import Grouped, grouped, heading, line
from handlers.hooks.reminders import Reminder
from handlers.slack import action_ids, blocks
from handlers.slack.blocks import Block

PAGE = "home_page"
#: The page of the settings; those before it have everything that needs a person or is theirs.
SETTINGS_PAGE = 999
#: A Home takes 100 blocks; what stands on every page takes some of them.
_BLOCKS = 90
#: What needs a person, on the first page; and rows of each kind of what is theirs, on the others.
_LINES, _ROWS = 10, 12
_ABOUT = "Common Ground keeps your team's words, data agreements, owners and decisions where you work. Try:"


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a Home shows to one person; ``tries`` are questions, and how they read on a button."""

    user_id: str
    reminders: Sequence[Reminder]
    groups: Sequence[Group]
    own: Own
    disciplines: Sequence[str]
    for_all: ForAll | None
    today: date
    tries: Sequence[tuple[str, str]] = ()


def home(shown: Shown, page: int) -> tuple[Block, ...]:
    """Return the blocks of one page of a Home, 100 at most; a page that is not there is the last one."""
    if page == SETTINGS_PAGE:
        return blocks.apart([*of_person(shown.own, shown.disciplines), *of_all(shown.for_all), _back()])
    if page > 0 and (pages := _paged(_everything(shown))):
        place = min(page, len(pages))
        return blocks.apart([*pages[place - 1], *_turning(place, len(pages))])
    return blocks.apart(_overview(shown))


#: Below a Home that is watched no longer.
LATER = blocks.small_print("What belongs to your private channels appears here in a moment.")


def guests() -> tuple[Block, ...]:
    """Say to guests where they can ask; they don't see what belongs to the workspace."""
    told = "Guests don't see the workspace's records here. Mention me in a channel you're in, and I'll answer there."
    return (blocks.sentence(told),)


def _overview(shown: Shown) -> list[Block]:
    needs, groups = grouped(shown.reminders), [group for group in shown.groups if group.lines]
    if not needs and not groups:
        return [blocks.sentence(_ABOUT), *_tries(shown), blocks.divider(), _doing(shown)]
    below = [*_yours(groups), *_team(groups)]
    return [*_needs(needs, shown), *([blocks.divider()] if below else []), *below, blocks.divider(), _doing(shown)]


def _tries(shown: Shown) -> list[Block]:
    asked = [blocks.button(label, action_ids.ASK, question) for question, label in shown.tries]
    return [blocks.buttons(asked)] if asked else []


def _needs(needs: Sequence[Grouped], shown: Shown) -> list[Block]:
    """What needs the person, a line a topic, each with the one button that settles it."""
    lines = [line(each, shown.user_id, shown.today) for each in needs[:_LINES]]
    left = len(needs) - _LINES
    more = [blocks.row(f"{left} more", blocks.button("See all", PAGE, "1"))] if left > 0 else []
    return [blocks.heading(heading(len(needs))), *lines, *more]


def _yours(groups: Sequence[Group]) -> list[Block]:
    own = [group.counted for group in groups if not group.is_teams]
    if not own:
        return []
    button = blocks.spoken(blocks.button("See all", PAGE, "1"), "See everything that is yours")
    return [{**blocks.markdown(f"*Yours*  {' · '.join(own)}"), "accessory": button}]


def _team(groups: Sequence[Group]) -> list[Block]:
    lines = [each for group in groups if group.is_teams for each in group.lines]
    return [blocks.sentence("Your team", "bold"), *map(_row, lines)] if lines else []


def _doing(shown: Shown) -> Block:
    """The four things that people come for, and the settings behind three dots."""
    can_change = shown.for_all is not None and shown.for_all.may_change
    menu = [
        blocks.button("Reminders and hours", action_ids.REMINDER_SETTINGS),
        blocks.button("My weekly summary", action_ids.SUMMARY_SETTINGS),
        blocks.button("All settings", PAGE, str(SETTINGS_PAGE)),
        *([blocks.button("Workspace settings", action_ids.WORKSPACE_SETTINGS)] if can_change else []),
        blocks.button("Help", action_ids.ASK, "help"),
    ]
    return blocks.buttons(
        [
            blocks.button("Define a word", action_ids.ADD_WORD),
            blocks.button("Log a decision", action_ids.LOG_DECISION),
            blocks.button("Ask for data", action_ids.ASK_FOR_DATA),
            blocks.button("Find", action_ids.FIND),
            blocks.overflow(menu),
        ]
    )


def _everything(shown: Shown) -> list[list[Block]]:
    """All that needs a person and all that is theirs, in parts that stay together."""
    needs = grouped(shown.reminders)
    parts = [[blocks.heading(heading(len(needs)))], *([line(each, shown.user_id, shown.today)] for each in needs)]
    return parts + [_listed(group, len(group.lines) - _ROWS) for group in shown.groups if group.lines]


def _listed(group: Group, left: int) -> list[Block]:
    more = [blocks.small_print(f"And {left} more.")] if left > 0 else []
    title = group.told if group.is_teams else f"Your {group.told}: {len(group.lines)}"
    return [blocks.heading(title), *map(_row, group.lines[:_ROWS]), *more]


def _row(line: Line) -> Block:
    if line.button is None:
        return blocks.sentence(line.told)
    return blocks.row(line.told, blocks.spoken(line.button, f"Open {line.told}"))


def _paged(parts: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """Put parts onto pages, none of which is cut in two."""
    pages: list[list[Block]] = [[]]
    for part in parts:
        if pages[-1] and len(pages[-1]) + len(part) > _BLOCKS:
            pages.append([])
        pages[-1].extend(part)
    return pages


def _back() -> Block:
    return blocks.buttons([blocks.button("Back", PAGE, "0")])


def _turning(place: int, count: int) -> list[Block]:
    back = [blocks.button("Back", PAGE, str(place - 1))]
    forth = [blocks.button("More", PAGE, str(place + 1))] if place < count else []
    small = [blocks.small_print(f"Page {place} of {count}")] if count > 1 else []
    return [*small, blocks.buttons([*back, *forth])]
