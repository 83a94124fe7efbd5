"""The history of a record as people read it: newest first, a page at a time, with a button to what is older."""

from collections.abc import Mapping, Sequence

from handlers.slack import blocks
from handlers.slack.blocks import Message
from storage.records.versioned import HistoryEntry

_PAGE, _TEXT = 20, 400


def history(
    title: str, events: Sequence[HistoryEntry], names: Mapping[str, str], door: tuple[str, str], begin: int = 0
) -> Message:
    """Return a page of what happened; ``door`` are the button that opens it and the id of the record."""
    lines = [blocks.line(blocks.words(title, "bold"))]
    for each in events[begin : begin + _PAGE]:
        who = names.get(each.by, each.by) if each.by else "Common Ground"
        note = f": {each.note}" if each.note else ""
        lines.append(blocks.line(blocks.words(blocks.cut(f"{each.at[:10]} {who}, {each.what}{note}", _TEXT))))
    if not events:
        lines.append(blocks.line(blocks.words("No history yet.")))
    action_id, record_id = door
    left = len(events) - begin - _PAGE
    older = blocks.button(f"{left} older", action_id, f"{record_id}:{begin + _PAGE}")
    return Message(blocks.escape(title), (blocks.paragraphs(*lines), *([blocks.buttons([older])] if left > 0 else [])))
