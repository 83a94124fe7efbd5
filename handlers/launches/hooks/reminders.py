"""What launches would have people settle: whether it goes out, two weeks before; and what happened, after 2 and 8."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from handlers.agreements.components import current
from handlers.checks.dates import day, day_in
from handlers.hooks.reminders import Known, NudgeKind, Reminder, Topic
from handlers.launches import rules
from handlers.launches.messages import HAPPENED, OPEN
from handlers.slack import blocks
from handlers.slack.blocks import Block
from storage.engine.interface import Reader
from storage.launches import launches
from storage.launches.launches import Launch
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component

_DECIDE, _REVIEW = "launch to decide", "launch to review"
KINDS = (
    NudgeKind(_DECIDE, "Launches to decide about", "models"),
    NudgeKind(_REVIEW, "Launches to look back on", "models"),
)
_HARM = {_DECIDE: 90, _REVIEW: 50}


def open_reminders(reader: Reader, team_id: str, known: Known, now: datetime) -> Sequence[Reminder]:
    """Return the launches that are near and undecided, and those of which nobody has said what happened."""
    kept, found = launches.all_launches(reader, team_id), list[Reminder]()
    for each in current(responsibilities.all_components(reader, team_id)):
        launch = kept.get((each.id, each.launch_on)) or Launch(
            team_id=team_id, component_id=each.id, launch_on=each.launch_on
        )
        people = tuple(who for who in (each.lead,) if who and who not in known.gone) or known.admins
        if rules.when(each, now.date()) == "near" and not launch.verdict:
            found.append(_to_decide(each, people))
        if weeks := rules.to_review(launch, now.date()):
            found.append(_to_review(each, weeks, people))
    return found


def people(reader: Reader, team_id: str) -> Iterable[str]:
    """Return who leads something that has a launch day."""
    there = current(responsibilities.all_components(reader, team_id))
    return {each.lead for each in there if each.launch_on and each.lead}


def _to_decide(component: Component, who: tuple[str, ...]) -> Reminder:
    told = f"launches {day(component.launch_on)}: go or no-go?"
    button = blocks.button("Open", OPEN, rules.decision_of(component.id))
    return _reminder(_DECIDE, component, (told, component.launch_on, rules.OPENS * -1), who, button)


def _to_review(component: Component, weeks: str, who: tuple[str, ...]) -> Reminder:
    told = f"launched {weeks} weeks ago: what happened?"
    button = blocks.button("Say what happened", HAPPENED, rules.review_of(component.id, weeks))
    return _reminder(_REVIEW, component, (told, "", rules.REVIEWS[weeks]), who, button)


def _reminder(
    kind: str, component: Component, about: tuple[str, str, timedelta], who: tuple[str, ...], button: Block
) -> Reminder:
    told, due, after = about
    began = day_in(component.launch_on)
    ripe = f"{began + after}T00:00:00+00:00" if began is not None else ""
    return Reminder(
        kind=kind, subject=str(button["value"]), visibility=component.visibility, people=who, lead="",
        since=ripe, active_at="", harm=_HARM[kind], told=told, button=lambda _person: button,
        topic=Topic(f"launch {component.id}", component.name, "launches to look at"), due=due, ripe_at=ripe,
    )  # fmt: skip
