"""What the register tells of a week, and which duties are somebody's own."""

from collections.abc import Sequence

from handlers.hooks.digest import Digest, Group, Line, Section, Span
from handlers.responsibilities.hooks.register import register_of, unclear_now, until_it_changes
from handlers.responsibilities.hooks.reminders import who_settles
from handlers.responsibilities.messages import register
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.responsibilities.rules.unclear import Unclear
from handlers.slack import blocks
from storage.engine.interface import Reader
from storage.workspaces.people import gone_people

_UNOWNED = ("no owner", "launch near")


def tell(reader: Reader, team_id: str, span: Span) -> Digest:
    """Tell which duties nobody has, which are unclear, which were settled, and how many are settled at all."""
    listed = [each for each in register_of(reader, team_id).listed if each.component.visibility in span.visible]
    unclear = unclear_now(reader, team_id, gone_people(reader, team_id), span.now)
    lines = until_it_changes(
        reader, team_id, "lines of duties", (span.now, None), lambda _: [_unclear(*each) for each in unclear]
    )
    found = [
        (each.reason in _UNOWNED, line)
        for (about, each), line in zip(unclear, lines, strict=True)
        if about.component.visibility in span.visible
    ]
    unowned = [line for is_unowned, line in found if is_unowned]
    others = [line for is_unowned, line in found if not is_unowned]
    settled = [
        _line(about, about.duty.changed_at, (about.duty.owner,) if about.duty.owner else ())
        for about in listed
        if about.duty.state in ("accepted", "not needed") and span.holds(about.duty.changed_at)
    ]
    groups = (
        Group("newly settled", settled),
        Group("unclear", others, is_waiting=True),
        Group("that nobody has", unowned, is_waiting=True),
    )
    figures = {"Unowned duties": len(unowned)}
    needed = [about for about in listed if about.duty.state != "not needed"]
    has_owner = [about for about in needed if about.present.state == "accepted"]
    note = ""
    if needed:
        figures["Duties with an owner, in %"] = share = len(has_owner) * 100 // len(needed)
        note = f"{share} % of {len(needed)} duties have an owner."
    return Digest(Section("duties", "Duties", groups, note, order=30), figures)


def own(reader: Reader, team_id: str, user_id: str, span: Span) -> Sequence[Group]:
    every = register_of(reader, team_id).by_person.get(user_id, ())
    mine = [about for about in every if about.component.visibility in span.visible]
    taken = [_line(about, about.duty.changed_at) for about in mine if about.duty.owner == user_id]
    asked = [_line(about, about.duty.changed_at) for about in mine if about.duty.owner != user_id]
    return [Group("Your duties", taken), Group("Duties that you are asked to take", asked)]


def _unclear(about: ComponentDuty, found: Unclear) -> Line:
    reason = "" if found.reason in _UNOWNED else found.reason
    return _line(about, found.since, tuple(each for each in who_settles(about, found.reason) if each), reason)


def _line(about: ComponentDuty, since: str, people: tuple[str, ...] = (), reason: str = "") -> Line:
    duty = about.duty
    told = f"{register.capital(about.kind.name)} of {about.component.name}{f' ({reason})' if reason else ''}"
    button = blocks.button("Open", register.OPEN, about.value)
    return Line(f"duty {about.value} {duty.state}", told, since, people, button)
