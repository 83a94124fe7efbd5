"""When a component, or a version of it, retires, and what takes its place. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.checks.dates import day, wrong_ahead
from handlers.checks.sensitive_data import objection
from handlers.slack.days import in_words
from handlers.slack.interactions import Fields, Wrong
from storage.engine.interface import WORKSPACE
from storage.responsibilities.responsibilities import Component

WHETHER, LAST_DAY, OF_VERSION, SUCCESSOR = "whether", "last_day", "of_version", "successor"
RETIRES, STAYS, NOTHING = "retires", "stays", "nothing"


@dataclass(frozen=True, slots=True)
class Retirement:
    """The last day (ISO) of a component, or of one version of it, and the id of what takes its place.

    All are empty where it stays.
    """

    on: str = ""
    version: str = ""
    successor_id: str = ""

    @property
    def changes(self) -> dict[str, str]:
        told = {"retires_on": self.on, "retires_version": self.version, "replaced_by": self.successor_id}
        return {**told, "retired_at": ""}


def planned(component: Component) -> Retirement:
    """Return what is said of a component by now."""
    return Retirement(component.retires_on, component.retires_version, component.replaced_by)


def successors(component: Component, known: Sequence[Component]) -> list[Component]:
    """Return what may take the place of a component: what all who see that one may know of."""
    seen = (WORKSPACE, component.visibility)
    return [each for each in known if each.id != component.id and each.visibility in seen and not each.is_retired]


def entered(fields: Fields, component: Component, known: Sequence[Component], today: date) -> Retirement | Wrong:
    if fields.text(WHETHER) == STAYS:
        return Retirement()
    on, version = fields.text(LAST_DAY), fields.text(OF_VERSION)
    told = Retirement(on, version, _chosen(fields.text(SUCCESSOR), component, known))
    if on and told == planned(component):
        return told
    errors = {LAST_DAY: wrong_ahead(on, today), OF_VERSION: objection(version) if version else ""}
    wrong = {name: told for name, told in errors.items() if told}
    return Wrong(wrong) if wrong else told


def _chosen(told: str, component: Component, known: Sequence[Component]) -> str:
    return next((each.id for each in successors(component, known) if each.id == told), "")


def sentence(component: Component, successor: str) -> str:
    """Say when a component retires or did, and what takes its place; empty where it stays."""
    if not component.retires_on:
        return ""
    instead = f" {successor} takes its place." if successor else ""
    if component.retires_version:
        version = f"version {component.retires_version} of {component.name}"
        return f"The last day of {version} is {day(component.retires_on)}.{instead}"
    return f"{component.name} {'retired' if component.is_retired else 'retires'} {day(component.retires_on)}.{instead}"


def retires_in_short(component: Component) -> str:
    """Say the same on a map, where no day is each reader's own; empty of what stays, or loses one version."""
    if not component.retires_on or component.retires_version:
        return ""
    return f"{'retired' if component.is_retired else 'retires'} {in_words(component.retires_on)}"
