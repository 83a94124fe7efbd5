"""Which links wait for whom to confirm them, as reminders and the weekly summary tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.agreements.links import who_knows
from handlers.hooks.digest import Group, Line, Span
from handlers.hooks.reminders import Known, NudgeKind, Reminder, Topic
from handlers.responsibilities.messages.links import OPEN_LINK
from handlers.responsibilities.rules.links import Linked, waits_for
from handlers.slack import blocks
from storage.engine.interface import WORKSPACE, Reader, to_text
from storage.records.revisions import remembered
from storage.responsibilities import links, responsibilities
from storage.workspaces.people import gone_people

KIND = NudgeKind("link to confirm", "Links of components to confirm", "duties")
#: Whoever is asked is left alone for so long.
_GRACE = timedelta(days=7)
#: Nothing breaks for as long as it waits.
_HARM = 5
#: Of a channel's links so many who know may be asked at each end.
_ASKED = 12
_TABLES = ("components", "duties", "component_links")
_TOPIC = Topic("links", "Components", "links need your answer")


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A link that is only proposed, and who can be asked at each end for which nobody has spoken, and its lead."""

    about: Linked
    people: tuple[str, ...]
    lead: str

    @property
    def told(self) -> str:
        return f"{self.about.told}: is that so?"

    @property
    def opens(self) -> blocks.Block:
        return blocks.spoken(blocks.button("Open", OPEN_LINK, self.about.link.id), f"Open: {self.about.told}")


def unconfirmed(reader: Reader, team_id: str, gone: frozenset[str]) -> Sequence[Unconfirmed]:
    """Return the links between what has not retired that wait for an end, the first one first."""

    def find() -> list[Unconfirmed]:
        there = {each.id: each for each in responsibilities.all_components(reader, team_id) if not each.is_retired}
        proposed = [each for each in links.links(reader, team_id) if each.state == "proposed"]
        ends = [(each, there.get(each.source_id), there.get(each.target_id)) for each in proposed]
        joined = [Linked(link, one, other, gone) for link, one, other in ends if one is not None and other is not None]
        return [_unconfirmed(reader, each) for each in joined]

    return remembered(reader, (team_id, "unconfirmed links"), _TABLES, find, gone)


def _unconfirmed(reader: Reader, about: Linked) -> Unconfirmed:
    # Of what belongs to a channel only those in it are told, and who is in it is not known here.
    most = 1 if about.link.visibility == WORKSPACE else _ASKED
    known = (
        [each for each in who_knows(reader, about.joining, end) if each not in about.gone]
        for end in waits_for(about.link)
    )
    people = [each for found in known for each in found[:most]]
    leads = (about.joining.end(end).lead for end in waits_for(about.link))
    lead = next((each for each in leads if each not in about.gone and each not in people), "")
    return Unconfirmed(about, tuple(dict.fromkeys(people)), lead)


def reminders(reader: Reader, team_id: str, known: Known) -> list[Reminder]:
    return [_reminder(each, known) for each in unconfirmed(reader, team_id, known.gone)]


def _reminder(each: Unconfirmed, known: Known) -> Reminder:
    link, opens = each.about.link, each.opens
    return Reminder(
        kind=KIND.id, subject=link.id, visibility=link.visibility, people=each.people or known.admins, lead=each.lead,
        since=link.created_at, active_at=link.changed_at, harm=_HARM, told="is that so?",
        button=lambda _person: opens, topic=_TOPIC, title=each.about.told,
        ripe_at=to_text(datetime.fromisoformat(link.created_at) + _GRACE),
    )  # fmt: skip


def group(reader: Reader, team_id: str, span: Span) -> Group:
    """Return the links that may be seen and wait for somebody, each with whom."""
    every = unconfirmed(reader, team_id, gone_people(reader, team_id))
    shown = [each for each in every if each.about.link.visibility in span.visible]
    lines = [
        Line(
            f"link {each.about.link.id} proposed", each.about.told, each.about.link.created_at, each.people, each.opens
        )
        for each in shown
    ]
    return Group("links to confirm", lines, is_waiting=True)
