"""What the reminders tell stewards of a week: who could not be reached about what."""

from handlers.hooks.digest import Digest, Group, Line, Section, Span
from storage.engine.interface import Reader
from storage.workspaces import nudges
from storage.workspaces.people import known_people


def tell(reader: Reader, team_id: str, span: Span) -> Digest:
    """Tell which reminders Slack did not deliver, and why; what they are about is settled by others, or by nobody."""
    people = known_people(reader, team_id)
    lost: dict[str, tuple[str, int]] = {}
    for each in nudges.open_nudges(reader, team_id):
        if each.state == "failed" and each.visibility in span.visible:
            lost[each.person] = (each.reason, lost.get(each.person, ("", 0))[1] + 1)
    lines = []
    for person, (reason, count) in lost.items():
        name, times = people[person].name if person in people else person, "one" if count == 1 else str(count)
        lines.append(Line(f"unreached {person}", f"{name}: {times} reminder{'s' * (count != 1)}, {reason}"))
    return Digest(Section("reminders", "Reminders", (Group("not reached", lines),), order=90, audience="stewards"))
