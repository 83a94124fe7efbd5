"""What people read of a card, a sheet of it at a time; and the ids of its buttons."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers.agreements.change_records import standing
from handlers.agreements.clauses import Names, offer_words, person_name
from handlers.checks.dates import day
from handlers.requirements.messages import measuring
from handlers.requirements.messages.shown import Shown
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import CARDS, KINDS, sheets_of
from handlers.requirements.rules.early import why
from handlers.slack import blocks
from handlers.slack.action_ids import FILL_IN_ASPECT, OPEN_CARD
from handlers.slack.blocks import Block, Message, Modal
from storage.outbox.redactions import REDACTED
from storage.records.offers import Agreement
from storage.requirements.requirements import Aspect, Requirement

OPEN = OPEN_CARD
FILL_IN = FILL_IN_ASPECT
AGREE = "card_agree"
EVALUATE = "card_evaluate"
PLAN = "card_plan"
HISTORY = "card_history"
EXPORT = "card_export"
CARD = "card_shown"

#: Slack takes 12,000 characters in all blocks of a message; the rows, and the lists below them, share them.
_ROWS = 8800
_TEXT, _ROW, _LISTED, _TITLE, _SHORT = 600, 800, 6, 100, 160
#: So many aspects a message lists, and which of them first.
_LINES = 5
_URGENCY = ("missed", "waits", "unknown", "never measured", "met", "agreed")


def card(shown: Shown, user_id: str, *, is_private: bool) -> Message:
    """A sheet in a few lines, with what this person can do about it; where others read, a door."""
    title = _title(shown)
    door = blocks.button("Open the card", OPEN, shown.place.value)
    first = why(shown.component, shown.card, shown.sheet)
    said = [blocks.line(blocks.words(title, "bold"), blocks.words(_head(shown))), *([_line(first)] if first else [])]
    said += _summary(shown)
    below = [*_agree(shown, user_id), door, *_below(shown)] if is_private else [door]
    return Message(blocks.escape(title), (blocks.paragraphs(*said), blocks.in_row(below)))


def card_form(shown: Shown, user_id: str, told: str = "") -> Modal:
    """A whole sheet as a form without fields, in which one aspect after another is filled in."""
    said = [blocks.small_print(told)] if told else []
    early = why(shown.component, shown.card, shown.sheet)
    lines = [blocks.line(blocks.words(_title(shown), "bold"), blocks.words(_head(shown)))]
    head = blocks.paragraphs(*lines, *([_line(early)] if early else []))
    agree = _agree(shown, user_id)
    mine = _mine(shown, user_id)
    rows = [block for place, aspect in enumerate(shown.aspects) for block in _rows(shown, aspect, place, mine)]
    beside = _beside(shown)
    listed = [blocks.paragraphs(*beside)] if beside else []
    first = [blocks.buttons(agree)] if agree else []
    title = CARDS[shown.sheet].capitalize()
    return Modal(CARD, title, (*said, head, *first, *rows, *listed, blocks.in_row(_below(shown))))


def _title(shown: Shown) -> str:
    return f"{shown.component.name}: {shown.sheet}"


def _head(shown: Shown) -> str:
    part = shown.component
    is_going = bool(part.retires_on) and not part.retires_version
    launch = f" · launch on {day(part.launch_on)}" if part.launch_on and not is_going else ""
    going = f" · {'retired' if part.is_retired else 'retires'} {day(part.retires_on)}" if is_going else ""
    settled = [each for each in shown.aspects if status.state_of(shown.card.requirements.get(each)) == "agreed"]
    return f"{launch}{going} · {len(settled)} of {len(shown.aspects)} agreed"


def _mine(shown: Shown, user_id: str) -> list[Aspect]:
    """Return what waits on the sheet for the reader."""
    return status.waiting(shown.card, status.sides_of(shown.component, user_id, shown.gone), shown.aspects)


def _agree(shown: Shown, user_id: str) -> list[Block]:
    mine = _mine(shown, user_id)
    label = f"Agree to {status.label(mine[0]).lower()}" if len(mine) == 1 else f"Agree to all {len(mine)}"
    value = f"{shown.component.id}:{shown.sheet}:{shown.card.version}"
    return [blocks.button(label, AGREE, value, "primary")] if mine else []


def _below(shown: Shown) -> list[Block]:
    part = shown.component
    is_measured = shown.sheet == "requirements"
    may_enter = is_measured and (shown.is_editor or shown.measures)
    enter = [blocks.button("Enter an evaluation", EVALUATE, part.id)] if may_enter else []
    may_plan = is_measured and shown.is_editor and bool(status.measurable(shown.card.requirements))
    plan = [blocks.button("Plan the measuring", PLAN, part.id)] if may_plan else []
    others = [replace(shown.place, sheet=each) for each in sheets_of(part.kind) if each != shown.sheet]
    ids = [blocks.numbered(OPEN, number) for number in range(1, 1 + len(others))]
    doors = [blocks.button(each.sheet.capitalize(), id_, each.value) for id_, each in zip(ids, others, strict=True)]
    files, past = blocks.button("Get as files", EXPORT, part.id), blocks.button("History", HISTORY, part.id)
    return [*enter, *doors, *plan, files, past]


def _summary(shown: Shown) -> list[Block]:
    """The aspects in a line each, what needs somebody first, and in one line what is not set."""
    told = [(each, shown.card.requirements[each]) for each in shown.aspects if each in shown.card.requirements]
    ordered = sorted(told, key=lambda each: _URGENCY.index(_kind(shown, *each)))
    lines = [_line(_short(shown, *each)) for each in ordered[:_LINES]]
    more = [_line(f"And {len(ordered) - _LINES} more on the card.")] if len(ordered) > _LINES else []
    unset = [status.label(each).lower() for each in shown.aspects if each not in shown.card.requirements]
    return [*lines, *more, *([_line(f"Not set: {', '.join(unset)}.")] if unset else [])]


def _kind(shown: Shown, aspect: Aspect, requirement: Requirement) -> str:
    measured = status.judged(aspect, requirement, shown.evaluations)
    state = status.state_of(requirement)
    if measured is not None and (state == "agreed" or measured.verdict == "missed"):
        return measured.verdict
    return state


def _short(shown: Shown, aspect: Aspect, requirement: Requirement) -> str:
    """Say in one line how an aspect stands."""
    label, said = status.label(aspect), requirement.said
    if not status.is_bar(aspect) and said.stance == "value":
        words = blocks.cut(offer_words(KINDS[aspect], said, shown.names), _SHORT)
        left = status.sides_left(requirement)
        return f"{label}: {words}{f'. Next: {_sides(left)} to agree' if left else ''}"
    match _kind(shown, aspect, requirement):
        case "unknown":
            return f"{label} unknown: {person_name(said.finder, shown.names)} to find out by {day(said.until)}"
        case "waits":
            bar = " ".join(said.parts.get(each, "") for each in ("bound", "amount")) if said.stance == "value" else ""
            return f"{label}{f', {bar}' if bar else ''}. Next: {_sides(status.sides_left(requirement))} to agree"
        case "agreed":
            recorded = f" ({requirement.decision})" if requirement.decision else ""
            return f"{label} {'not needed' if said.stance == 'not needed' else 'agreed'}{recorded}"
        case _:
            return status.measured_words(aspect, requirement, shown.evaluations)


def _rows(shown: Shown, aspect: Aspect, place: int, mine: Sequence[Aspect]) -> list[Block]:
    """One aspect: its name and how it stands, with a button for who may change it, and below what is said.

    ``mine`` are the aspects that wait for the reader.
    """
    requirement = shown.card.requirements.get(aspect)
    head = blocks.markdown(f"*{status.label(aspect)}*  {_stands(shown, aspect, requirement)}")
    if shown.may_change(aspect):
        label = "Set" if requirement is None else "Agree or change" if aspect in mine else "Change"
        button = blocks.button(label, blocks.numbered(FILL_IN, place), f"{shown.component.id}:{aspect}")
        head["accessory"] = blocks.spoken(button, f"{label} {status.label(aspect).lower()}")
    if requirement is None:
        return [head]
    words = blocks.cut(offer_words(KINDS[aspect], requirement.said, shown.names), _TEXT)
    most = min(_ROW, _ROWS // len(shown.aspects))
    told = blocks.cut("\n".join([words, *_notes(shown, aspect, requirement)]), most)
    return [head, blocks.sentence(told)]


def _stands(shown: Shown, aspect: Aspect, requirement: Requirement | None) -> str:
    """Say in a few words of ours how an aspect stands."""
    match status.state_of(requirement):
        case "unsaid":
            return "not set"
        case "unknown":
            return "unknown"
        case "waits":
            told = f"waiting on {_sides(status.sides_left(requirement))}"
        case _:
            told = "agreed"
    measured = status.judged(aspect, requirement, shown.evaluations)
    if measured is None or requirement is None:
        return told
    verdict = f"*{measured.verdict}*" if measured.verdict == "missed" else measured.verdict
    late = any(each.is_overdue for each in shown.checks if each.aspect == aspect)
    more = ", *overdue*" if late else "" if requirement.plan is not None else ", no plan to measure"
    return f"{told}, {verdict}{more}"


def _sides(sides: Sequence[str]) -> str:
    return " and ".join(f"the {side} side" for side in sides)


def _notes(shown: Shown, aspect: Aspect, requirement: Requirement) -> list[str]:
    """Say whose agreement is there or missing, how it compares with what was measured, and what applies until then."""
    notes = [agreement_words(requirement, shown.names)]
    measured = status.judged(aspect, requirement, shown.evaluations)
    if measured is not None and measured.evaluation is not None:
        notes.append(f"{measured.verdict.capitalize()}: {measured.value}, {day(measured.evaluation.measured_on)}")
    notes += measuring.notes([each for each in shown.checks if each.aspect == aspect], shown.names)
    notes += [f"Goes with {number}." for number, how in requirement.beside.items() if how == "goes with"]
    before = requirement.agreed
    if before is not None and not before.says_the_same(requirement.said):
        words = offer_words(KINDS[aspect], before, shown.names)
        notes.append(f"Until then the earlier agreement applies: {blocks.cut(words, _TEXT)}")
    return [each for each in notes if each]


def agreement_words(requirement: Requirement, names: Names) -> str:
    """Say by whom a requirement was agreed, or who has to; empty for what is unknown."""
    said = requirement.said
    if said.stance == "unknown":
        return ""
    if left := status.sides_left(requirement):
        by = f"Requested by {person_name(said.by, names)}" if said.by else "Imported"
        return f"{by}, {day(said.at)}. Next: {_sides(left)} to agree."
    recorded = f" Recorded as {requirement.decision}." if requirement.decision else ""
    return f"Agreed by {_agreed_by(requirement.agreed_by.values(), names)}.{recorded}"


def _agreed_by(agreements: Iterable[Agreement], names: Names) -> str:
    return " and ".join(dict.fromkeys(f"{person_name(each.user_id, names)} ({day(each.at)})" for each in agreements))


def _beside(shown: Shown) -> list[Block]:
    """The latest evaluation, the decisions that set it, and the data requests that feed the model."""
    lines = [_line(told) for told in _changes(shown)]
    if shown.sheet != "requirements":
        return lines
    if shown.evaluations and shown.evaluations[0].link != REDACTED:
        lines.append(measuring.evaluation_line(shown.evaluations[0], shown.names))
    for heading, listed in shown.beside:
        if listed:
            more = f"; and {len(listed) - _LISTED} more" if len(listed) > _LISTED else ""
            told = blocks.words(f"{'; '.join(blocks.cut(each, _TITLE) for each in listed[:_LISTED])}{more}")
            lines.append(blocks.line(blocks.words(f"{heading}: ", "bold"), told))
    return lines


def _changes(shown: Shown) -> list[str]:
    """Say how the changes that are of this sheet stand with those whom they concern."""
    of_bars = shown.sheet == "requirements"
    return [standing(each, shown.names) for each in shown.changes if (each.kind == "missed") is of_bars]


def _line(text: str) -> Block:
    return blocks.line(blocks.words(text))
