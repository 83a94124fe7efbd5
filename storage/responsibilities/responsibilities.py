"""Components of an ML system, the duties around each, and who has accepted what."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, get_args

from pydantic import StringConstraints

from storage.engine.interface import WORKSPACE, Reader, Record, Transaction, in_list
from storage.engine.statements import workspaces_with
from storage.finding import finding
from storage.glossary.glossary import look_up_key
from storage.records.revisions import remembered
from storage.records.rows import InColumns
from storage.records.versioned import HistoryEntry, Versioned, VersionedStore

Kind = Literal["product", "model", "language model", "dataset", "pipeline", "service"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: What is required of a model is required of these: a language model is mostly bought, and steered by prompts.
MODELS: tuple[Kind, ...] = ("model", "language model")
SetUp = Literal["model first", "product first", "parallel"]
SET_UPS: tuple[SetUp, ...] = get_args(SetUp)
State = Literal["unowned", "proposed", "accepted", "disputed", "not needed"]

Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)]


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


class Component(NewComponent, Versioned):
    """A part of the system, as the store knows it. Times are ISO 8601 UTC text.

    ``retires_on`` is its last day, or that of ``retires_version`` where only one version goes; ``replaced_by`` is the
    id of what takes its place. All are empty while it stays, and ``retired_at`` until that day is over.
    """

    id: str
    look_up_key: str
    created_by: str
    created_at: str
    retires_on: str = ""
    retires_version: Annotated[str, StringConstraints(max_length=80, strip_whitespace=True)] = ""
    replaced_by: str = ""
    retired_at: str = ""

    @property
    def is_retired(self) -> bool:
        return bool(self.retired_at)


class Duty(Versioned):
    """Who has one duty of a component.

    ``owner`` is accountable once the duty is accepted; ``proposed_to`` is asked while it is proposed; ``claimants``
    are those who say at once that it is theirs. ``need`` is what the owner needs to do it, ``reason`` why it is not
    needed. ``since`` is when it was accepted, ``confirmed_at`` when that was last confirmed, ``changed_at`` when
    anything about it changed. ``owner_team`` is the id of the team that it belongs to, if any.
    """

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
    owner_team: str = ""
    since: str = ""
    confirmed_at: str = ""
    changed_at: str = ""


class DutyEntry(HistoryEntry):
    """One step in the history of a duty; ``person`` is the user id of whom it is about."""

    person: str = ""


COMPONENTS = VersionedStore(
    InColumns(Component),
    "components",
    "name, id",
    entries=HistoryEntry,
    history_table="component_events",
    key={"id": "component_id"},
)
#: A duty begins with its component, without a step of its own.
DUTIES = VersionedStore(
    InColumns(Duty),
    "duties",
    "component_id, duty",
    entries=DutyEntry,
    history_table="duty_events",
    key={"component_id": "component_id", "duty": "duty"},
)
history = DUTIES.history


def add_component(transaction: Transaction, component: Component, duties: Sequence[Duty]) -> bool:
    """Add a component with its duties; False when its name is taken where it is seen."""
    if not COMPONENTS.insert(transaction, component):
        return False
    entry = HistoryEntry(at=component.created_at, by=component.created_by, what="added")
    COMPONENTS.note(transaction, [component], entry)
    add_duties(transaction, duties)
    return True


def change_component(
    transaction: Transaction, old: Component, new: NewComponent, entry: HistoryEntry
) -> Component | None:
    """Change a component; None when its new name is taken.

    Raises ConflictError when ``old`` was not read in this transaction.
    """
    key = new_key(new.name)
    named = COMPONENTS.one(transaction, old.team_id, [old.visibility], look_up_key=key)
    if named is not None and named.id != old.id:
        return None
    finding.rename_component(transaction, old.team_id, old.id, new.name)
    return COMPONENTS.change(transaction, old, {**new.model_dump(), "look_up_key": key}, entry)


def components(reader: Reader, team_id: str, visibilities: Sequence[str]) -> list[Component]:
    """Return the components that may be seen, by name."""
    return [each for each in all_components(reader, team_id) if each.visibility in visibilities]


def add_duties(transaction: Transaction, duties: Sequence[Duty]) -> None:
    """Add duties that a component does not have yet; those that it has stay as they are."""
    DUTIES.insert_missing(transaction, duties)


def all_components(reader: Reader, team_id: str) -> list[Component]:
    """Return every component, of every channel: for the clock and for the person who runs the bot."""
    return list(COMPONENTS.every(reader, team_id))


def due_to_retire(reader: Reader, team_id: str, today: str) -> list[Component]:
    """Return the components whose last day is before an ISO day, and which aren't retired yet."""
    return COMPONENTS.find(reader, team_id, None, f"AND {_LAST_DAY_OVER} ORDER BY id", today=today)


def where_due_to_retire(reader: Reader, today: str) -> set[str]:
    return workspaces_with(reader, COMPONENTS.table, _LAST_DAY_OVER, today=today)


#: An index has these alone, so that looking for them at each tick costs nothing.
_LAST_DAY_OVER = "retires_on <> '' AND retires_version = '' AND retired_at = '' AND retires_on < :today"


def component(reader: Reader, team_id: str, component_id: str) -> Component | None:
    return COMPONENTS.one(reader, team_id, id=component_id)


def duties_of(reader: Reader, team_id: str, component_ids: Sequence[str]) -> list[Duty]:
    """Return every duty of some components."""
    listed, values = in_list("component_id", component_ids)
    return DUTIES.find(reader, team_id, None, f"AND {listed}", **values)


def all_duties(reader: Reader, team_id: str) -> list[Duty]:
    """Return every duty of a workspace."""
    return DUTIES.every(reader, team_id)


def duties_named(reader: Reader, team_id: str, name: str) -> Mapping[str, Duty]:
    """Return one duty of every component that has it, by the component's id."""

    def read() -> dict[str, Duty]:
        return {each.component_id: each for each in DUTIES.some(reader, team_id, duty=name)}

    return remembered(reader, (team_id, "duties named", name), ["duties"], read)


def duties_with(reader: Reader, team_id: str, user_id: str) -> list[Duty]:
    """Return the duties that a person has, claims, or is asked to take."""
    such = "AND (owner = :user_id OR proposed_to = :user_id OR claimants LIKE :listed) ORDER BY component_id, duty"
    return DUTIES.find(reader, team_id, None, such, user_id=user_id, listed=f'%"{user_id}"%')


def duties_of_team(reader: Reader, team_id: str, owner_team_id: str) -> list[Duty]:
    """Return the duties of every component that belong to one team of people."""
    return DUTIES.some(reader, team_id, owner_team=owner_team_id)


def duty(reader: Reader, team_id: str, component_id: str, name: str) -> Duty | None:
    return DUTIES.one(reader, team_id, component_id=component_id, duty=name)


def change_duty(transaction: Transaction, old: Duty, new: Duty, entry: DutyEntry) -> Duty:
    """Write a duty and the step that changed it. Raises ConflictError when ``old`` was not read in this transaction."""
    return DUTIES.change(transaction, old, {**new.model_dump(), "changed_at": entry.at}, entry)


def new_key(name: str) -> str:
    """Return what tells components apart: their names without case, spaces and hyphens."""
    return look_up_key(name)


def take_out_texts(transaction: Transaction, component: Component, name: str, entry: HistoryEntry) -> None:
    """Put another name in the place of a component's, and forget what was written about it and its duties."""
    emptied = {"name": name, "look_up_key": new_key(name), "team": "", "retires_version": ""}
    finding.rename_component(transaction, component.team_id, component.id, name)
    COMPONENTS.change(transaction, component, emptied, entry)
    COMPONENTS.take_out(transaction, component, lambda _: emptied)
    said = DutyEntry(**entry.model_dump())
    nothing = {"need": "", "reason": ""}
    for each in duties_of(transaction, component.team_id, [component.id]):
        if each.need or each.reason:
            DUTIES.change(transaction, each, nothing, said)
        DUTIES.take_out(transaction, each, lambda _: nothing)
