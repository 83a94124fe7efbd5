"""The form for how long records are kept, and the one that shows what that would delete before it is saved."""

import json
from collections.abc import Mapping, Sequence

from handlers.hooks.retention import Retained
from handlers.slack import blocks
from handlers.slack.blocks import Modal
from handlers.slack.interactions import Fields
from handlers.workspace.rules.retention import PERIODS, Retention, label_of

CHOOSE = "retention_form"
REVIEW = "retention_review"
_HOLD = "legal_hold"
_TITLE = "Retention"
_ABOUT = (
    "Choose when records that have ended are deleted for good, with their history. The time counts from their last "
    "step. Records that are still open stay. Messages in Slack follow Slack's own retention."
)
_KEPT_ALL = "Nothing is deleted for good while the legal hold is on: no record, no redaction, not this workspace."


def choosing(kinds: Sequence[Retained], now: Retention, told: str) -> Modal:
    """The form for admins; ``told`` says who has set a hold."""
    periods = (
        blocks.field(each.kind, f"Delete: {each.label}", blocks.choice(PERIODS, now.days[each.kind])) for each in kinds
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
    lines = [blocks.sentence(_line(each, asked, counts)) for each in kinds]
    outside = "Only what you can see is counted. Records of other private channels follow the same rule."
    told = (
        _KEPT_ALL if asked.hold == "set" else "The first records go within a day of saving, and can't be brought back."
    )
    lifted = [blocks.sentence("The legal hold ends.", "bold")] if asked.hold == "lift" else []
    note = json.dumps([dict(asked.days), asked.hold])
    fields = (*lines, *lifted, blocks.sentence(told, "bold"), blocks.small_print(outside))
    return Modal(REVIEW, _TITLE, fields, submit="Save", private_metadata=note)


def reviewed(note: str) -> Retention:
    days, hold = json.loads(note)
    return Retention(days, hold)


def saved() -> Modal:
    return Modal(REVIEW, _TITLE, (blocks.sentence("Saved."),))


def _line(kind: Retained, asked: Retention, counts: Mapping[str, int]) -> str:
    if kind.kind not in counts:
        return f"{kind.label}: never deleted."
    period, number = label_of(asked.days[kind.kind]).lower(), counts[kind.kind]
    return f"{kind.label}: deleted {period}. {number or 'None'} would go now."
