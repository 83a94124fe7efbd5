"""What a component must say, checked at its fields."""

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import ValidationError

from handlers.checks.dates import is_past
from handlers.slack.interactions import Wrong
from storage.engine.interface import to_text
from storage.records.ids import new_id
from storage.responsibilities.responsibilities import Component, NewComponent, new_key


def written(
    fields: Mapping[str, str | list[str]], visibility: str, today: date, old: Component | None
) -> NewComponent | Wrong:
    """Read what somebody entered. A launch that was in the past already may stay; a new one lies ahead."""
    told = {name: tuple(value) if isinstance(value, list) else value.strip() for name, value in fields.items()}
    try:
        new = NewComponent.model_validate({**told, "visibility": visibility})
    except ValidationError as error:
        return Wrong({str(each["loc"][0]): "Please fill this in." for each in error.errors(include_url=False)})
    if not any(character.isalnum() for character in new.name):
        return Wrong({"name": "A name needs letters or digits."})
    is_kept = old is not None and old.launch_on == new.launch_on
    if new.launch_on and not is_kept and is_past(new.launch_on, today):
        return Wrong({"launch_on": "That day is in the past. Choose a day ahead, or leave this empty."})
    return new


def as_component(new: NewComponent, team_id: str, by: str, now: datetime) -> Component:
    """Return a new component as it is kept."""
    told = {
        **new.model_dump(), "id": new_id(), "team_id": team_id, "look_up_key": new_key(new.name), "created_by": by,
        "created_at": to_text(now), "version": 1,
    }  # fmt: skip
    return Component.model_validate(told)
