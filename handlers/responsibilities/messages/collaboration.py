"""The map of who builds what with whom in words: each numbered point with how it stands and a button to its record."""

from collections.abc import Mapping, Sequence

from handlers.hooks.seams import Seam
from handlers.responsibilities.messages.links import LINK, OPEN_LINK
from handlers.responsibilities.messages.register import OPEN, capital
from handlers.responsibilities.rules.plans import Plan, Point, State
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message

DUTIES, MORE_POINTS = "owner_duties", "owner_map_more"
#: So many points stand in a message, and the rest behind a button.
PAGE = 8
NOT_INSTALLED = "There's no picture: drawing needs the extra “maps”, which isn't installed here."
NOT_DRAWN = "I couldn't draw the picture in time. Try again in a minute."
ELSEWHERE = "For the picture, ask in our direct messages, or in a channel that we're both in."
IN_THREAD, SENT_TO_YOU = "The picture is in this thread.", "I've sent you the picture."
_SEAMS: Mapping[Seam, str] = {"requirements": "Requirements", "data": "Data", "integration": "Integration"}
#: What stands before a point that needs somebody.
_SIGNS: Mapping[State, str] = {"broken": "◆ ", "nobody": "! ", "open": "", "good": "✓ "}


def shown(plan: Plan, below: str = "", begin: int = 0) -> Message:
    """List the points of a map, a page at a time, with what is said below, such as where its picture is."""
    listed = plan.points[begin : begin + PAGE]
    head = [blocks.sentence(plan.title, "bold"), blocks.sentence(summary(plan))] if not begin else []
    rows = [_row(each) for each in listed]
    is_last = begin + len(listed) >= len(plan.points)
    notes = [blocks.small_print(each) for each in (_inside(plan) if is_last else "", below) if each]
    doors = _doors(plan, begin + len(listed))
    text = f"{plan.title}. {summary(plan)}"
    return Message(blocks.escape(text), blocks.apart([*head, *rows, *notes, blocks.buttons(doors)]))


def summary(plan: Plan) -> str:
    """Say how many teams meet at how many points, and which of these need somebody first."""
    teams = "1 team" if len(plan.teams) == 1 else f"{len(plan.teams)} teams"
    points = "1 point" if len(plan.points) == 1 else f"{len(plan.points)} points"
    told = [f"{teams} meet at {points}." if len(plan.teams) > 1 else f"{teams}."]
    for state, words in (("nobody", "No owner"), ("broken", "Missed, late or failed")):
        numbers = [str(each.number) for each in plan.points if each.state == state]
        told += [f"{words}: {', '.join(numbers)}."] if numbers else []
    return " ".join(told)


def described(plan: Plan) -> str:
    """Say in words all that the picture shows, for who can't see it."""
    teams = "; ".join(f"{each.name}: {', '.join(part.name for part in each.parts)}" for each in plan.teams)
    points = " ".join(f"{each.number}. {line(each)}" for each in plan.points)
    return " ".join(filter(None, (f"{plan.title}. {summary(plan)} {points} Teams: {teams}.", _inside(plan))))


def _inside(plan: Plan) -> str:
    """Say how components of one team are linked, which is no point where teams meet."""
    told, left = "; ".join(plan.inside[:PAGE]), len(plan.inside) - PAGE
    return f"Inside one team: {told}{f'; {left} more' if left > 0 else ''}." if told else ""


def line(point: Point) -> str:
    return f"{_SEAMS[point.seam]}: {point.sentence}. {how(point)}"


def how(point: Point) -> str:
    """Say how a point stands: its record, who owns the duty of it, and whether the link is confirmed."""
    told = [f"{capital(point.told)}."]
    if point.state == "nobody" and point.duty is not None:
        told.append(f"{capital(point.duty.kind.name)} has no owner.")
    elif point.owner:
        told.append(f"Owner: {point.owner}.")
    return " ".join([*told, *(["The link isn't confirmed yet."] if point.is_proposed else [])])


def _row(point: Point) -> Block:
    text = f"{_SIGNS[point.state]}{_SEAMS[point.seam]} · {point.sentence}\n{how(point)}"
    return blocks.row(text, _opening(point))


def _opening(point: Point) -> Block:
    """Return the button to the record of a point, with the point's number: what has to be settled first there."""
    label, told = str(point.number), f"Open {point.number}: {point.seam}, {point.sentence}"
    if point.duty is not None and (point.state == "nobody" or (point.artefact is None and point.link is None)):
        return blocks.spoken(blocks.button(label, OPEN, point.duty.value), told)
    if point.artefact is not None:
        return blocks.spoken({**point.artefact.button, "text": blocks.plain(label)}, told)
    link_id = point.link.id if point.link is not None else ""
    return blocks.spoken(blocks.button(label, OPEN_LINK, link_id), told)


def _doors(plan: Plan, until: int) -> Sequence[Block]:
    which = plan.system.id if plan.system is not None else ""
    left = len(plan.points) - until
    more = [blocks.button(f"{left} more", MORE_POINTS, f"{which}:{until}")] if left > 0 else []
    return [*more, blocks.button("Duties", DUTIES, which), blocks.button("Link components", LINK, which)]
