"""What people read of a launch: the page, what was decided, and the question what happened."""

from collections.abc import Mapping, Sequence

from handlers.checks.dates import day
from handlers.checks.outcomes import Refused
from handlers.hooks.readiness import Point, Standing
from handlers.launches import rules
from handlers.slack import blocks
from handlers.slack.action_ids import EDIT_COMPONENT, OPEN_CARD, OPEN_COMPONENT
from handlers.slack.blocks import Block, Message
from storage.launches.launches import Launch
from storage.responsibilities.responsibilities import Component

OPEN, GO, RISK, NO_GO, HAPPENED = "launch_open", "launch_go", "launch_risk", "launch_no_go", "launch_happened"
GONE = "That component is gone, or you can't see it here."
ALREADY_TOLD = Refused("Somebody has said that already.")
NO_DAY = Refused("It has no launch day yet. Set one with Edit, then decide.")
#: How each standing is named, and a mark beside it that needs no colour.
_NAMED: Mapping[Standing, str] = {
    "missed": "✗ Missed",
    "breached": "✗ Contract breached",
    "overdue": "✗ Overdue",
    "unowned": "✗ Nobody owns",
    "never measured": "? Never measured",
    "not planned": "? No plan to measure",
    "not agreed": "? Not agreed",
    "not set": "? Not set",
    "unknown": "? Unknown",
    "undocumented": "? Not documented",
    "met": "✓ Met",
}
_DECIDED = {"go": "Go", "go with risk": "Go, with a risk", "no-go": "No-go"}
#: Of what stands alike so much is named.
_SHOWN = 8


def page(
    component: Component, launch: Launch, points: Sequence[Point], names: Mapping[str, str], number: str = ""
) -> Message:
    """Show how a component stands before its launch, and the buttons for whoever decides."""
    if component.is_retired:
        return blocks.offer(retired(component).told, blocks.button("Open", OPEN_COMPONENT, component.id))
    standing, on, is_ready = rules.by_standing(points), component.launch_on, rules.is_ready(points)
    ready = "ready" if is_ready else "not ready"
    head = f"{component.name}: {ready}{f' to launch {day(on)}' if on else ', and it has no launch day'}"
    lines = [_line(name, told) for name, told in standing.items()]
    said = [blocks.sentence(head, "bold"), *([blocks.paragraphs(*lines)] if lines else [])]
    said += [blocks.sentence(_decided(launch, names, number))] if launch.verdict else []
    return Message(
        blocks.escape(head), blocks.apart([*said, blocks.in_row(_buttons(component, launch, is_ready=is_ready))])
    )


def retired(component: Component) -> Refused:
    return Refused(f"{component.name} retired {day(component.retires_on)}. It doesn't launch any more.")


def _line(standing: Standing, told: Sequence[str]) -> Block:
    shown, left = ", ".join(told[:_SHOWN]), len(told) - _SHOWN
    more = f" and {left} more" if left > 0 else ""
    return blocks.line(blocks.words(_NAMED[standing], "bold"), blocks.words(f"  {shown}{more}"))


def _decided(launch: Launch, names: Mapping[str, str], number: str) -> str:
    who, recorded = names.get(launch.by, "somebody"), f" ({number})" if number else ""
    risk = f", owned by {names.get(launch.owner, 'somebody')} until {day(launch.until)}" if launch.owner else ""
    return f"{_DECIDED[launch.verdict]}{risk}: decided by {who}, {day(launch.at)}{recorded}."


def _buttons(component: Component, launch: Launch, *, is_ready: bool) -> list[Block]:
    """Return what can be done; without a day there is nothing to decide."""
    value = f"{component.id}:{rules.as_read(launch)}"
    decide = [
        blocks.button("Go", GO, value, "primary" if is_ready else None),
        blocks.button("Go with risk", RISK, value),
        blocks.button("No-go", NO_GO, value),
    ]
    card = blocks.button("Card", OPEN_CARD, component.id)
    edit = blocks.button("Edit", EDIT_COMPONENT, component.id)
    return [*(decide if component.launch_on else []), card, edit]


def which(known: Sequence[Component], text: str) -> Message:
    """Ask which component is meant."""
    told = f"I know no component called “{text}”." if text else "Which component?"
    shown = [blocks.button(each.name, blocks.numbered(OPEN, place), each.id) for place, each in enumerate(known[:10])]
    return blocks.offer(told, *shown) if shown else blocks.said("There is no component yet. /owner add adds one.")


def saved(component: Component, launch: Launch, number: str) -> Message:
    told = f"{_DECIDED[launch.verdict]} for {component.name}: kept as {number}."
    return blocks.said(f"{told} It comes back {day(launch.until)}." if launch.until else told)


def overtaken(component: Component, launch: Launch, number: str) -> Message:
    """Say that what somebody would decide was decided meanwhile, and by whom, or that the launch has another day."""
    open_ = blocks.button("Open", OPEN, component.id)
    if not launch.verdict:
        told = f"{component.name} launches {day(component.launch_on)} now. Look again before you decide."
        return blocks.offer(told, open_)
    told, when = (
        f"{_DECIDED[launch.verdict]} for {component.name} was decided meanwhile",
        f", {day(launch.at)} ({number}).",
    )
    line = blocks.line(blocks.words(f"{told} by "), blocks.person(launch.by), blocks.words(when))
    return Message(blocks.escape(f"{told}."), (blocks.paragraphs(line), blocks.buttons([open_])))


def too_early(launch: Launch) -> Refused:
    """Say why nobody can tell what happened after a launch: it has another day by now, or doesn't happen."""
    if launch.verdict == "no-go":
        return Refused("It was decided that it doesn't launch, so there's nothing to look back on.")
    if not launch.launch_on:
        return Refused("It has no launch day any more, so there's nothing to look back on.")
    return Refused(f"Its launch day is {day(launch.launch_on)} now, so it's too early to say what happened.")


def yours(component: Component, launch: Launch, number: str, why: str) -> Message:
    """Tell somebody that a risk is theirs."""
    told = f" decided to launch {component.name} with a risk that you own until {day(launch.until)} ({number}): {why}"
    line = blocks.line(blocks.person(launch.by), blocks.words(told))
    button = blocks.button("Open", OPEN, component.id)
    head = f"A risk of {component.name} is yours until {day(launch.until)}"
    return Message(blocks.escape(head), (blocks.paragraphs(line), blocks.buttons([button])))


def told(component: Component) -> Message:
    return blocks.said(f"Kept with the decision to launch {component.name}.")
