"""What the register would have people settle."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.agreements.trajectory import SOON
from handlers.checks.dates import day
from handlers.hooks.reminders import Known, NudgeKind, Reminder, Topic
from handlers.responsibilities.hooks import links
from handlers.responsibilities.hooks.register import Register, unclear_now, until_it_changes
from handlers.responsibilities.messages import register
from handlers.responsibilities.messages.teams import EDIT_TEAM
from handlers.responsibilities.rules import trajectory
from handlers.responsibilities.rules.settling import who_settles
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.responsibilities.rules.unclear import ANSWER_WITHIN, Reason, Unclear, too_many
from handlers.slack import blocks
from handlers.slack.action_ids import DUTIES_REVIEW, EDIT_COMPONENT
from handlers.slack.blocks import Block
from storage.engine.interface import WORKSPACE, Reader, to_text
from storage.records.revisions import remembered
from storage.responsibilities import responsibilities, teams
from storage.responsibilities.responsibilities import Component
from storage.responsibilities.teams import Team

#: A new component is left alone for so long.
GRACE = timedelta(days=7)


def _kind(reason: Reason, label: str) -> NudgeKind:
    return NudgeKind(reason, label, "duties")


KINDS = (
    _kind("launch near", "Duties without an owner before a launch"),
    _kind("owner left", "Duties whose owner has left"),
    _kind("lead left", "Components whose lead has left"),
    _kind("team left", "Teams with nobody accountable"),
    _kind("two owners", "Duties with several owners"),
    _kind("no owner", "Duties without an owner"),
    _kind("declined before", "Duties suggested to somebody who declined them"),
    _kind("needs something", "Duties with a volunteer who needs something first"),
    _kind("unanswered", "Suggested duties without an answer"),
    _kind("too many", "More duties than one person can look after"),
    _kind("not confirmed", "Duties not confirmed for a while"),
    links.KIND,
)
#: What is to be done, in a few words after the name of the duty.
_TOLD: Mapping[Reason, str] = {
    "owner left": "has lost its owner",
    "two owners": "has several owners; one is enough",
    "no owner": "has no owner",
    "declined before": "was suggested to someone who declined it before",
    "needs something": "has a volunteer who needs something first",
    "unanswered": "is yours to accept or pass on",
    "not confirmed": "needs your confirmation",
}
#: The order of the kinds is the order of harm.
_HARM: Mapping[str, int] = {kind.id: 100 - 10 * place for place, kind in enumerate(KINDS)}


def open_reminders(reader: Reader, team_id: str, known: Known, now: datetime) -> Sequence[Reminder]:
    """Return every duty of which it is unclear who has it, everybody who has too many, and links to confirm."""
    unclear = unclear_now(reader, team_id, known.gone, now)

    def find(register: Register) -> list[Reminder]:
        parts = {each.id: _part_of(each, known) for each in register.components}
        found = [_reminder(about, each, parts[about.component.id]) for about, each in unclear]
        told_of = {each.subject for each in found}
        proposed = (each for each in register.listed if each.duty.state == "proposed")
        asked = [_asked(about, parts[about.component.id]) for about in proposed if about.value not in told_of]
        leaderless = [_leaderless(each, known) for each in register.components if each.lead in known.gone]
        every = teams.teams(reader, team_id).values()
        lacking = [_nobodys(each, known) for each in every if not teams.accountable_for(each, known.gone)]
        return [*found, *asked, *leaderless, *lacking, *_burdened(register.listed, known)]

    of_duties = until_it_changes(reader, team_id, "reminders of duties", (now, known), find)
    return [*of_duties, *links.reminders(reader, team_id, known)]


def people(reader: Reader, team_id: str) -> Iterable[str]:
    """Return everybody who has, or is asked to have, something to do with a component."""

    def find() -> frozenset[str]:
        parts = responsibilities.all_components(reader, team_id)
        of_parts = [(each.lead, each.created_by, *each.model_side, *each.product_side) for each in parts]
        duties = responsibilities.all_duties(reader, team_id)
        of_duties = [(each.owner, each.proposed_to, each.backup, *each.claimants) for each in duties]
        of_teams = [(each.accountable, *each.members) for each in teams.teams(reader, team_id).values()]
        return frozenset(person for named in (*of_parts, *of_duties, *of_teams) for person in named)

    return remembered(reader, (team_id, "people of duties"), ("components", "duties", "owner_teams"), find)


@dataclass(frozen=True, slots=True)
class _Part:
    """What the reminders of one component have in common; its early duties are reminded of after ``soon_at``."""

    lead: str
    topic: Topic
    button: Block
    ripe_at: str
    soon_at: str


def _part_of(component: Component, known: Known) -> _Part:
    button = blocks.button("Review", DUTIES_REVIEW, f"{component.id} due")
    topic = Topic(f"duties {component.id}", component.name, "duties need your answer", button)
    return _Part(_lead(component, known), topic, button, _ripe_at(component), _ripe_at(component, SOON))


def _reminder(about: ComponentDuty, found: Unclear, part: _Part) -> Reminder:
    component = about.component
    return Reminder(
        kind=found.reason,
        subject=about.value,
        visibility=component.visibility,
        people=who_settles(about, found.reason),
        lead=part.lead,
        since="" if found.reason in ("owner left", "lead left") else found.since,
        active_at=found.duty.changed_at,
        harm=_HARM[found.reason],
        told=f"{about.kind.name} {_told(component, found.reason)}",
        told_lead=f"{about.kind.name} {_TOLD_LEAD[found.reason]}" if found.reason in _TOLD_LEAD else "",
        button=lambda _person: part.button,
        topic=part.topic,
        ripe_at=part.soon_at if trajectory.comes_first(about) else part.ripe_at,
    )


#: The same, to who is not the one to do it.
_TOLD_LEAD: Mapping[Reason, str] = {
    "unanswered": "was suggested to somebody who hasn't answered",
    "not confirmed": "isn't confirmed by its owner",
}


def _told(component: Component, reason: Reason) -> str:
    return f"has no owner, launch {day(component.launch_on)}" if reason == "launch near" else _TOLD[reason]


def _asked(about: ComponentDuty, part: _Part) -> Reminder:
    """A proposal that may still be answered in good time: it waits, and nobody is reminded yet."""
    at = about.duty.changed_at
    ripe_at = to_text(datetime.fromisoformat(at) + ANSWER_WITHIN)
    return replace(_reminder(about, Unclear(about.duty, "unanswered", at), part), ripe_at=ripe_at)


def _ripe_at(component: Component, after: timedelta = GRACE) -> str:
    return to_text(datetime.fromisoformat(component.created_at) + after)


def _lead(component: Component, known: Known) -> str:
    """Return who hears of it in the end: the lead, else who added the component, else an admin."""
    people = (component.lead, component.created_by, *known.admins)
    return next((each for each in people if each and each not in known.gone), "")


def _leaderless(component: Component, known: Known) -> Reminder:
    """A component whose lead left: its two sides can name another, else the admins."""
    sides = tuple(dict.fromkeys([*component.product_side, *component.model_side, component.created_by]))
    people = tuple(each for each in sides if each and each not in known.gone)[:2]
    return Reminder(
        kind="lead left",
        subject=component.id,
        visibility=component.visibility,
        people=people or known.admins,
        lead=_lead(component, known),
        since="",
        active_at=component.created_at,
        harm=_HARM["lead left"],
        told="has lost its lead",
        button=lambda _person: blocks.button("Name a lead", EDIT_COMPONENT, component.id),
        topic=Topic(f"lead {component.id}", component.name, "components need a lead"),
        ripe_at=_ripe_at(component),
    )


def _nobodys(team: Team, known: Known) -> Reminder:
    """A team whose accountable person left: those who are left name another, else the admins do."""
    people = teams.people_of(team, known.gone) or known.admins
    return Reminder(
        kind="team left",
        subject=team.id,
        visibility=WORKSPACE,
        people=people,
        lead=next(iter(known.admins), ""),
        since="",
        active_at=team.changed_at,
        harm=_HARM["team left"],
        told="has nobody who is accountable",
        button=lambda _person: blocks.button("Name someone", EDIT_TEAM, team.id),
        topic=Topic(f"team {team.id}", team.name, "teams need somebody accountable"),
    )


def _burdened(listed: Sequence[ComponentDuty], known: Known) -> list[Reminder]:
    """Return who has too many duties, as far as everybody may know of them; who leads their work hears no name."""
    about = [each for each in listed if each.component.visibility == WORKSPACE]
    seen = [each.duty for each in about]
    last: dict[str, str] = {}
    leads = defaultdict[str, Counter[str]](Counter)
    for each in about:
        last[each.duty.owner] = max(last.get(each.duty.owner, ""), each.duty.changed_at)
        leads[each.duty.owner][each.component.lead] += 1
    return [
        Reminder(
            kind="too many",
            subject=f"too many:{person}",
            visibility=WORKSPACE,
            people=(person,),
            lead=_lead_of(person, leads[person], known),
            since=last[person],
            active_at=last[person],
            harm=_HARM["too many"],
            told=f"you own {count}, more than one person can look after",
            told_lead="somebody whose work you lead owns more than one person can look after",
            button=lambda _person: blocks.button("Show them", register.MINE),
            topic=Topic("too many", "Duties", "need you"),
        )
        for person, count in too_many(seen).items()
    ]


def _lead_of(person: str, leads: Counter[str], known: Known) -> str:
    """Return who leads most of a person's work, besides themself; where nobody else does, an admin."""
    people = (*(lead for lead, _ in leads.most_common()), *known.admins)
    return next((each for each in people if each != person and each not in known.gone), "")
