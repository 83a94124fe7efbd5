"""Who makes an interaction about feedback, the form that it opens for them, and what Slack is asked before a write."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.access.placement import visibility_at
from handlers.access.recipients import Facts
from handlers.agreements.components import named
from handlers.feedback import forms, messages, service
from handlers.feedback.forms import MOST, Form, FormNote
from handlers.feedback.rules import routing
from handlers.feedback.rules.parsing import COMPONENT, GOT
from handlers.feedback.rules.routing import Report
from handlers.framework import asker
from handlers.framework.context import Context
from handlers.slack.blocks import Message
from handlers.slack.interactions import Interaction
from handlers.slack.replies import Open, Reply, Say
from storage.engine.interface import WORKSPACE, Reader
from storage.feedback.feedback import Feedback
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import gone_people


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be reported on from a place, what of it was chosen, and what is reported on that already."""

    known: Sequence[Component] = ()
    chosen: Component | None = None
    others: Sequence[Feedback] = ()


@dataclass(frozen=True, slots=True)
class Asker(asker.Asker):
    """A person at an interaction about feedback."""

    async def report(self, feedback_id: str) -> Report:
        """Return feedback with what it is about. Raises GoneError where it may not be seen."""
        return await self.wanted(service.seen, feedback_id, messages.GONE)

    async def home(self, place: str) -> str:
        """Return who sees what is reported from a place."""
        return await visibility_at(self.context.directory, self.team_id, place, await self.context.viewpoint())

    async def facts_about(self, *reports: Report) -> Facts:
        """Ask who may hear of feedback of one place, and what the people in it are called."""
        people = await self.context.read(_people, reports)
        facts = await self.facts(reports[0].item.visibility, named=people, told=people)
        to = {await self.context.read(service.whose_move, each, facts) for each in reports}
        return replace(facts, names={**facts.names, **await self.names_of(to - facts.names.keys())})

    async def facts_by_place(self, reports: Sequence[Report]) -> dict[str, Facts]:
        """Ask it of feedback of several places, by visibility."""
        places = dict.fromkeys(each.item.visibility for each in reports)
        there = {place: [each for each in reports if each.item.visibility == place] for place in places}
        return {place: await self.facts_about(*listed) for place, listed in there.items()}

    async def read(self, report: Report) -> Message:
        facts, today = await self.facts_about(report), await self.context.today()
        return await self.context.read(record_now, report, facts, today)

    async def listed(self, begin: int = 0) -> Message:
        """Return a page of what is open and may be seen, from a place in the list on."""
        every = await self.context.store.search(lambda reader: service.all_open(reader, self.team_id, self.visible))
        page, today = every[begin : begin + messages.LISTED], await self.context.today()
        facts = await self.facts_by_place(page)

        def look(reader: Reader) -> list[messages.Shown]:
            return [service.shown(reader, each, facts[each.item.visibility], today) for each in page]

        return messages.listed(await self.context.read(look), len(every), begin)

    async def choices(self, home: str, component_id: str) -> Choices:
        return await self.context.read(_choices, self, home, component_id)

    async def opened(self, note: FormNote, text: str, entered: Mapping[str, str] | None = None) -> Reply:
        """Open the form; what was typed names the component, or begins with its name and says what was seen."""
        home, entered = await self.home(note.place), entered or {}
        known = (await self.choices(home, "")).known
        if not known:
            return Reply(Say(messages.nothing_to_report_on()))
        component, rest = _meant(text, known)
        chosen = component.id if component is not None else entered.get(COMPONENT, "")
        told = {**entered, **({GOT: rest[:MOST]} if rest else {}), COMPONENT: chosen}
        others = (await self.choices(home, component.id)).others if component is not None else ()
        return Reply(Open(forms.feedback_form(Form(known, told, note, others, is_private=home != WORKSPACE))))


async def asking(context: Context[Interaction]) -> Asker:
    return await asker.asking(Asker, context)


def record_now(reader: Reader, report: Report, facts: Facts, today: date) -> Message:
    """Return feedback in full as it stands, with what who asks can do about it."""
    shown = service.shown(reader, report, facts, today)
    return messages.record(shown, service.roles_of(reader, report, facts), facts.by)


def _people(reader: Reader, reports: Sequence[Report]) -> list[str]:
    """Return who reported something, took the last step with it, or may receive it."""
    gone = gone_people(reader, reports[0].item.team_id)
    to = [who for each in reports for who in routing.receivers(reader, each.component, gone)]
    return [*(who for each in reports for who in service.people_in(each)), *to]


def _choices(reader: Reader, it: Asker, home: str, component_id: str) -> Choices:
    known = service.reportable(reader, it.team_id, it.visible, home)
    chosen = next((each for each in known if each.id == component_id), None)
    return Choices(known, chosen, service.open_on(reader, chosen, home, it.visible) if chosen is not None else ())


def _meant(text: str, known: Sequence[Component]) -> tuple[Component | None, str]:
    """Return the component that a text names, and what else it says; the only one where it names none."""
    begun = [each for each in known if re.match(rf"{re.escape(each.name)}[\s:,;–-]+\S", text, re.IGNORECASE)]
    if begun:
        longest = max(begun, key=lambda each: len(each.name))
        return longest, text[len(longest.name) :].strip(" :,;–-")
    found = named(text, known)
    only = known[0] if len(known) == 1 else None
    return (found[0], "") if found else (only, text)
