"""What somebody reads alone: what needs them, and what of theirs changed in a week."""

from collections.abc import Sequence

from handlers.hooks.digest import Section
from handlers.hooks.grouping import grouped, heading, line
from handlers.hooks.reminders import Reminder
from handlers.slack import blocks
from handlers.slack.blocks import Message
from handlers.weekly_summary.messages.summary import Shown, bullets

#: Lines of what needs somebody, and of each group of what is theirs.
_LINES, _OWN = 10, 3


def mine(needs: Sequence[Reminder], sections: Sequence[Section], user_id: str, shown: Shown) -> Message:
    """What needs one person, and what of theirs changed; to be read alone."""
    listed = grouped(needs)
    title = heading(len(listed))
    said = [blocks.sentence(title, "bold"), *(line(each, user_id, shown.now.date()) for each in listed[:_LINES])]
    if (left := len(listed) - _LINES) > 0:
        said.append(blocks.small_print(f"And {left} more, in my Home."))
    changed = [(told, group) for told in sections for group in told.told_groups if not group.is_waiting]
    if changed:
        said += [blocks.divider(), blocks.sentence("Yours, this week", "bold")]
    for told, group in changed:
        texts = [blocks.line(blocks.words(each.told)) for each in group.lines[:_OWN]]
        more = f" and {len(group.lines) - _OWN} more" if len(group.lines) > _OWN else ""
        head = blocks.line(blocks.words(f"{told.title}: {group.told}{more}", "italic"))
        said.append(blocks.paragraphs(head, bullets(texts)))
    return Message(title, blocks.apart(said[:50]))
