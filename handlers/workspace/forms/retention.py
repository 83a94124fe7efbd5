"""The form for how long records are kept, and the one that shows what that would delete before it is saved."""

import json
from collections.abc import Mapping, Sequence

from handlers.hooks.retention import Retained
from handlers.slack import blocks, carried
from handlers.slack.blocks import Modal
from handlers.slack.interactions import Fields
from handlers.workspace.rules.retention import PERIODS, Retention, label_of

CHOOSE = "retention_form"
REVIEW = "retention_review"
_HOLD = "legal_hold"
_TITLE = "Retention"
_ABOUT = (
    "How long after their last change are these deleted for good, with their history? Open records always stay. "
    "Messages in Slack follow Slack's own retention."
)
_KEPT_ALL = "While a legal hold is on, nothing is deleted: no record, no redacted text, and nothing after an uninstall."

_FOR_GOOD = "Deleting starts within a day of saving and can't be undone."
_LIFTED = "This lifts the legal hold."
_COUNTED = "Only records that you can see are counted. Those of other private channels follow the same rule."


def choosing(kinds: Sequence[Retained], now: Retention, told: str) -> Modal:
    """The form for admins; ``told`` says who has set a hold."""
    periods = (
        blocks.field(each.kind, f"Delete {each.label}", blocks.choice(PERIODS, now.days[each.kind])) for each in kinds
    )
    on_off = blocks.radio((("Off", "off"), ("On: keep everything", "on")), "on" if told else "off")
    hold = blocks.field(_HOLD, "Legal hold", on_off, told or _KEPT_ALL)
    note = _HOLD if told else ""
    return Modal(CHOOSE, _TITLE, (blocks.sentence(_ABOUT), *periods, hold), submit="Next", private_metadata=note)


def entered(kinds: Sequence[Retained], fields: Fields, note: str) -> Retention:
    """Read the form; a hold is lifted only by who was shown it, not by a form that was opened before it was set."""
    days = {each.kind: fields.text(each.kind) for each in kinds}
    if fields.text(_HOLD) == "on":
        return Retention(days, "set")
    return Retention(days, "lift" if note == _HOLD else "")


def reviewing(kinds: Sequence[Retained], asked: Retention, counts: Mapping[str, int]) -> Modal:
    """Show what would be deleted, and ask once more, since it cannot be undone."""
    deleted = [each for each in kinds if each.kind in counts]
    lines = [blocks.sentence(_line(each, asked, counts[each.kind])) for each in deleted]
    rest = blocks.sentence("Everything else is kept." if deleted else "Everything is kept.")
    warning = _KEPT_ALL if asked.hold == "set" else _FOR_GOOD if deleted else ""
    bold = [blocks.sentence(each, "bold") for each in (_LIFTED if asked.hold == "lift" else "", warning) if each]
    below = [blocks.small_print(_COUNTED)] if deleted else []
    note = json.dumps({"days": dict(asked.days), "hold": asked.hold})
    return Modal(REVIEW, _TITLE, (*lines, rest, *bold, *below), submit="Save", private_metadata=note)


def reviewed(note: str) -> Retention:
    return carried.read(Retention, note)


def saved() -> Modal:
    return Modal(REVIEW, _TITLE, (blocks.sentence("Saved."),))


def _line(kind: Retained, asked: Retention, number: int) -> str:
    period = label_of(asked.days[kind.kind]).lower()
    return f"Delete {kind.label} {period}: {number or 'none'} now."
