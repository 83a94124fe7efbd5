"""Many duties settled in one form: which steps follow from what was chosen."""

from collections.abc import Sequence

from handlers.responsibilities.rules.duties import Act, Step
from handlers.responsibilities.rules.standing import ComponentDuty, offered
from handlers.slack.interactions import Fields, Wrong

ALL, PERSON, NOTE = "all", "person", "note"
#: What the form offers; who helps is said where a duty stands alone.
_ACTS: tuple[Act, ...] = ("claim", "confirm", "decline", "need", "suggest", "not needed")
_WITH_NOTE = ("need", "not needed")


def row_of(about: ComponentDuty) -> str:
    """Return the name of a duty's field in the form."""
    return f"duty:{about.kind.id}"


def choices_of(about: ComponentDuty, user_id: str) -> list[Act]:
    """Return what a person can choose for a duty in the form."""
    return [each for each in offered(about, user_id) if each in _ACTS]


def to_review(listed: Sequence[ComponentDuty], user_id: str, *, is_own: bool) -> tuple[str, list[ComponentDuty]]:
    """Return a heading, and the duties below it.

    That is what somebody is asked about; else what has no owner; else what others have not answered; else their own.
    Where they ask for their own (``is_own``), what is nobody's is left out.
    """
    mine = [each for each in listed if choices_of(each, user_id)]
    asked = [each for each in mine if user_id in (each.present.proposed_to, *each.present.claimants)]
    unowned = [each for each in mine if each.present.state == "unowned"]
    others = [each for each in mine if each.present.state == "proposed"]
    own = [each for each in mine if each.present.owner == user_id]
    theirs = [("Without an owner", unowned), ("Not answered yet", others)]
    groups = [("Suggested to you", asked), *([] if is_own else theirs), ("You own", own)]
    return next((group for group in groups if group[1]), ("", []))


def steps(listed: Sequence[ComponentDuty], fields: Fields, by: str) -> list[tuple[str, Step]] | Wrong:
    """Return the step for each duty, by its value, for which one was chosen, alone or for all."""
    chosen = [(about.value, _chosen(about, fields, by)) for about in listed]
    acts, person, note = {act for _, act in chosen}, fields.text(PERSON), fields.text(NOTE)
    if "suggest" in acts and person in ("", by):
        return Wrong({PERSON: "Choose somebody else." if person else "Choose whom you suggest."})
    if acts & {*_WITH_NOTE} and not note:
        return Wrong({NOTE: "Say what you need, or why it isn't needed."})
    return [
        (value, Step(act, by, person if act == "suggest" else "", "" if act in ("claim", "confirm") else note))
        for value, act in chosen
        if act is not None
    ]


def _chosen(about: ComponentDuty, fields: Fields, by: str) -> Act | None:
    """Return what was chosen, also where it is not possible any more: that is said."""
    alone, for_all = fields.text(row_of(about)), fields.text(ALL)
    if row_of(about) not in fields:
        return None
    if for_all == "accept" and not alone:
        return "confirm" if about.present.owner == by else "claim"
    return next((act for act in _ACTS if act == (alone or for_all)), None)
