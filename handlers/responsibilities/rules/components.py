"""What a component must say, checked at its fields."""

from datetime import date, datetime

from pydantic import ValidationError

from handlers.checks.dates import is_past
from handlers.slack.interactions import Fields, Wrong
from storage.engine.interface import to_text
from storage.records.ids import new_id
from storage.responsibilities.responsibilities import Component, NewComponent, new_key

_MISSING = "Please fill this in."
_TEXTS = ("name", "kind", "lead", "set_up", "team", "channel", "launch_on")
_SIDES = ("model_side", "product_side")


def written(fields: Fields, visibility: str, today: date, old: Component | None) -> NewComponent | Wrong:
    """Read what somebody entered. A launch that was in the past already may stay; a new one lies ahead."""
    told: dict[str, object] = {name: fields.text(name) for name in _TEXTS}
    told |= {name: tuple(fields.ids(name)) for name in _SIDES}
    try:
        new = NewComponent.model_validate({**told, "visibility": visibility})
    except ValidationError as error:
        return Wrong({str(each["loc"][0]): _MISSING for each in error.errors(include_url=False)})
    if not new.lead:
        return Wrong({"lead": _MISSING})
    if not any(character.isalnum() for character in new.name):
        return Wrong({"name": "A name needs letters or digits."})
    is_kept = old is not None and old.launch_on == new.launch_on
    if new.launch_on and not is_kept and is_past(new.launch_on, today):
        return Wrong({"launch_on": "That day is in the past. Choose a day ahead, or leave this empty."})
    return new


def as_component(new: NewComponent, team_id: str, by: str, now: datetime) -> Component:
    made = {"id": new_id(), "team_id": team_id, "created_by": by, "created_at": to_text(now), "version": 1}
    return Component.model_validate({**new.model_dump(), **made, "look_up_key": new_key(new.name)})
