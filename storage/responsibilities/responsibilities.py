"""Components of an ML system, the duties around each, and who has accepted what."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import StringConstraints

from storage.engine.interface import WORKSPACE, Reader, Record, Transaction, in_list
from storage.glossary.glossary import look_up_key

Kind = Literal["product", "model", "dataset", "pipeline", "service"]
KINDS: tuple[Kind, ...] = ("product", "model", "dataset", "pipeline", "service")
SetUp = Literal["model first", "product first", "parallel"]
SET_UPS: tuple[SetUp, ...] = ("model first", "product first", "parallel")
State = Literal["unowned", "proposed", "accepted", "disputed", "not needed"]

Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)]

_COMPONENT_LISTS = ("model_side", "product_side")
_DUTY_LISTS = ("helpers", "claimants", "declined_by")


class NewComponent(Record):
    """A part of the system. People are user ids, ``channel`` is a channel id, ``launch_on`` a date, or empty."""

    name: Name
    kind: Kind
    team: Annotated[str, StringConstraints(max_length=80, strip_whitespace=True)] = ""
    channel: str = ""
    lead: str
    model_side: tuple[str, ...] = ()
    product_side: tuple[str, ...] = ()
    set_up: SetUp = "parallel"
    launch_on: str = ""
    visibility: str = WORKSPACE


class Component(NewComponent):
    """A part of the system, as the store knows it. Times are ISO 8601 UTC text."""

    id: str
    team_id: str
    look_up_key: str
    created_by: str
    created_at: str
    version: int


class Duty(Record):
    """Who has one duty of a component.

    ``owner`` is accountable once the duty is accepted; ``proposed_to`` is asked while it is proposed; ``claimants``
    are those who say at once that it is theirs. ``need`` is what the owner needs to do it, ``reason`` why it is not
    needed. ``since`` is when it was accepted, ``confirmed_at`` when that was last confirmed, ``changed_at`` when
    anything about it changed.
    """

    team_id: str
    component_id: str
    duty: str
    state: State = "unowned"
    owner: str = ""
    backup: str = ""
    helpers: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    declined_by: tuple[str, ...] = ()
    proposed_to: str = ""
    proposed_by: str = ""
    need: Text = ""
    reason: Text = ""
    since: str = ""
    confirmed_at: str = ""
    changed_at: str = ""
    version: int = 1


class DutyEvent(Record):
    """One step in the history of a duty; ``by`` and ``person`` are user ids, ``note`` is the reason given."""

    component_id: str
    duty: str
    at: str
    by: str
    what: str
    person: str = ""
    note: str = ""


def add_component(transaction: Transaction, component: Component, duties: Sequence[Duty]) -> bool:
    """Add a component with its duties; False when its name is taken where it is seen."""
    row = {**component.model_dump(), **_as_json(component, _COMPONENT_LISTS)}
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    added = transaction.run(f"INSERT INTO components ({names}) VALUES ({values}) ON CONFLICT DO NOTHING", **row)
    if added:
        add_duties(transaction, duties)
    return bool(added)


def change_component(transaction: Transaction, old: Component, new: Component, duties: Sequence[Duty]) -> bool:
    """Change a component, and add the duties that it has now; False when its name is taken or it was changed since."""
    row = {**new.model_dump(), **_as_json(new, _COMPONENT_LISTS), "version": old.version + 1}
    named = transaction.one(
        "SELECT id FROM components WHERE team_id = :team_id AND look_up_key = :key AND visibility = :visibility",
        team_id=new.team_id,
        key=new.look_up_key,
        visibility=new.visibility,
    )
    if named is not None and named["id"] != new.id:
        return False
    changes = ", ".join(f"{name} = :{name}" for name in row if name not in ("id", "team_id"))
    changed = transaction.run(
        f"UPDATE components SET {changes} WHERE id = :id AND version = :read_version", **row, read_version=old.version
    )
    if changed:
        add_duties(transaction, duties)
    return bool(changed)


def components(reader: Reader, team_id: str, visibilities: Sequence[str]) -> list[Component]:
    """Return the components that may be seen, by name."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"SELECT * FROM components WHERE team_id = :team_id AND {visible} ORDER BY name, id", team_id=team_id, **values
    )
    return [_component(row) for row in rows]


def add_duties(transaction: Transaction, duties: Sequence[Duty]) -> None:
    """Add duties that a component does not have yet; those that it has stay as they are."""
    transaction.run_many(_INSERT_DUTY, [_duty_row(duty) for duty in duties])


def all_components(reader: Reader, team_id: str) -> list[Component]:
    """Return every component, of every channel: for the clock and for the person who runs the bot."""
    rows = reader.all("SELECT * FROM components WHERE team_id = :team_id ORDER BY name, id", team_id=team_id)
    return [_component(row) for row in rows]


def component(reader: Reader, team_id: str, component_id: str) -> Component | None:
    row = reader.one("SELECT * FROM components WHERE team_id = :team_id AND id = :id", team_id=team_id, id=component_id)
    return None if row is None else _component(row)


def duties_of(reader: Reader, team_id: str, component_ids: Sequence[str]) -> list[Duty]:
    """Return every duty of some components."""
    listed, values = in_list("component_id", component_ids)
    rows = reader.all(f"SELECT * FROM duties WHERE team_id = :team_id AND {listed}", team_id=team_id, **values)
    return [_duty(row) for row in rows]


def duties_with(reader: Reader, team_id: str, user_id: str) -> list[Duty]:
    """Return the duties that a person has, claims, or is asked to take."""
    rows = reader.all(
        """
        SELECT * FROM duties WHERE team_id = :team_id
        AND (owner = :user_id OR proposed_to = :user_id OR claimants LIKE :listed) ORDER BY component_id, duty
        """,
        team_id=team_id,
        user_id=user_id,
        listed=f'%"{user_id}"%',
    )
    return [_duty(row) for row in rows]


def duty(reader: Reader, team_id: str, component_id: str, name: str) -> Duty | None:
    row = reader.one(
        "SELECT * FROM duties WHERE team_id = :team_id AND component_id = :component_id AND duty = :duty",
        team_id=team_id,
        component_id=component_id,
        duty=name,
    )
    return None if row is None else _duty(row)


def change_duty(transaction: Transaction, old: Duty, new: Duty, event: DutyEvent) -> bool:
    """Write a duty and the step that changed it; False when somebody has changed it since ``old`` was read."""
    changed = transaction.run(
        f"""
        UPDATE duties SET {_DUTY_SET} WHERE team_id = :team_id AND component_id = :component_id AND duty = :duty
        AND version = :read_version
        """,
        **_duty_row(new.model_copy(update={"version": old.version + 1, "changed_at": event.at})),
        read_version=old.version,
    )
    if changed:
        transaction.run(
            """
            INSERT INTO duty_events (team_id, component_id, duty, version, at, by, what, person, note)
            VALUES (:team_id, :component_id, :duty, :version, :at, :by, :what, :person, :note)
            """,
            **event.model_dump(),
            team_id=new.team_id,
            version=old.version + 1,
        )
    return bool(changed)


def history(reader: Reader, team_id: str, component_id: str, name: str) -> list[DutyEvent]:
    """Return what happened to a duty, newest first."""
    rows = reader.all(
        """
        SELECT component_id, duty, at, by, what, person, note FROM duty_events
        WHERE team_id = :team_id AND component_id = :component_id AND duty = :duty ORDER BY version DESC
        """,
        team_id=team_id,
        component_id=component_id,
        duty=name,
    )
    return [DutyEvent.model_validate(row) for row in rows]


def new_key(name: str) -> str:
    """Return what tells components apart: their names without case, spaces and hyphens."""
    return look_up_key(name)


_DUTY_FIELDS = tuple(Duty.model_fields)
_INSERT_DUTY = (
    f"INSERT INTO duties ({', '.join(_DUTY_FIELDS)}) VALUES ({', '.join(f':{name}' for name in _DUTY_FIELDS)}) "
    "ON CONFLICT DO NOTHING"
)
_DUTY_SET = ", ".join(f"{name} = :{name}" for name in _DUTY_FIELDS if name not in ("team_id", "component_id", "duty"))


def _component(row: Mapping[str, object]) -> Component:
    return Component.model_validate({**row, **{name: json.loads(str(row[name])) for name in _COMPONENT_LISTS}})


def _duty(row: Mapping[str, object]) -> Duty:
    return Duty.model_validate({**row, **{name: json.loads(str(row[name])) for name in _DUTY_LISTS}})


def _duty_row(each: Duty) -> dict[str, object]:
    return {**each.model_dump(), **_as_json(each, _DUTY_LISTS)}


def _as_json(record: Record, names: Sequence[str]) -> dict[str, str]:
    return {name: json.dumps(getattr(record, name)) for name in names}


def take_out_texts(transaction: Transaction, team_id: str, component_id: str, name: str) -> None:
    """Put another name in the place of a component's, and forget what was written about it and its duties."""
    transaction.run(
        "UPDATE components SET name = :name, look_up_key = :key, team = '' WHERE team_id = :team_id AND id = :id",
        name=name,
        key=look_up_key(name),
        team_id=team_id,
        id=component_id,
    )
    transaction.run(
        "UPDATE duties SET need = '', reason = '' WHERE team_id = :team_id AND component_id = :id",
        team_id=team_id,
        id=component_id,
    )
    transaction.run(
        "UPDATE duty_events SET note = '' WHERE team_id = :team_id AND component_id = :id",
        team_id=team_id,
        id=component_id,
    )
