"""What people are told of duties in direct messages, and once they have taken a step."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from handlers.checks.dates import day
from handlers.responsibilities.messages import register
from handlers.responsibilities.messages.register import capital, few
from handlers.responsibilities.rules.duties import Act
from handlers.responsibilities.rules.standing import Change, ComponentDuty, is_up_to
from handlers.slack import blocks
from handlers.slack.action_ids import DUTIES_REVIEW
from handlers.slack.blocks import Block, Message
from storage.responsibilities.responsibilities import DutyEntry

#: What somebody did, behind their name.
_DID: Mapping[Act, str] = {
    "claim": "took {} on",
    "dispute": "says they own {} too",
    "decline": "declined {}",
    "need": "would take {} on, if",
    "not needed": "marked {} as not needed",
    "suggest": "suggested someone for {}",
    "propose": "suggested someone for {}",
    "confirm": "confirmed {}",
    "help": "named helpers and backup for {}",
}

#: What somebody answered, before the duties.
_ANSWERED: Mapping[Act, str] = {
    "claim": "Accepted",
    "confirm": "Confirmed",
    "decline": "Declined",
    "need": "Accepted, if …",
    "suggest": "Suggested",
    "not needed": "Not needed",
}


def did(changes: Sequence[Change]) -> str:
    """Return what somebody did, behind their name, in a message that asked for it."""
    acts = {each.step.act for each in changes}
    if len(acts) != 1:
        return " answered."
    if all(each.before.duty.state == "disputed" for each in changes):
        return " stepped back."
    act = acts.pop()
    return f" {_DID[act].format('this' if len(changes) == 1 else 'these')}{' …' if act == 'need' else '.'}"


def proposed(listed: Sequence[ComponentDuty], by: str, to: str, note: str = "") -> Message:
    """Ask somebody to take on duties: one with its buttons, several of a component with one for all."""
    by_component: defaultdict[str, list[ComponentDuty]] = defaultdict(list)
    for each in listed:
        by_component[each.component.id].append(each)
    if len(listed) == 1:
        shown = _proposed_one(listed[0], by, to, note)
    else:
        shown = [block for mine in by_component.values() for block in _proposed_many(mine, by, to)]
    what = listed[0].name if len(listed) == 1 else f"{len(listed)} duties of {listed[0].component.name}"
    told = blocks.escape(f"You're suggested for {what}")
    return Message(told, blocks.apart(shown), asks=tuple(each.value for each in listed))


def _proposed_one(about: ComponentDuty, by: str, to: str, note: str) -> list[Block]:
    head = blocks.line(*_suggests(by, to), blocks.words(about.name, "bold"), blocks.words(f"{about.for_team}."))
    lines = [head, *_quoted(note), blocks.line(blocks.words(about.kind.without_owner))]
    return [blocks.paragraphs(*lines), blocks.in_row(register.buttons(about, to))]


def _proposed_many(listed: Sequence[ComponentDuty], by: str, to: str) -> list[Block]:
    component = listed[0].component
    count = f"{len(listed)} duties" if len(listed) > 1 else "1 duty"
    head = blocks.line(
        *_suggests(by, to), blocks.words(f"{count} of "), blocks.words(component.name, "bold"), blocks.words(":")
    )
    named = blocks.line(blocks.words(f"{', '.join(each.kind.short for each in listed)}."))
    review = blocks.spoken(blocks.button("Review", DUTIES_REVIEW, component.id, "primary"), f"Review {component.name}")
    return [blocks.paragraphs(head, named), blocks.buttons([review])]


def _suggests(by: str, to: str) -> list[Block]:
    if by == to:
        return [blocks.words("You chose yourself for ")]
    return [blocks.person(by), blocks.words(" suggests you for ")] if by else [blocks.words("You're suggested for ")]


def asked_for(about: ComponentDuty, asker: str, place: str, to: str, names: register.Names | None = None) -> Message:
    """Tell a lead, who stands in for one, or a team that somebody wanted to know who owns a duty, and nobody does."""
    where = [blocks.words(" in "), blocks.channel(place)] if place else []
    name, behind = blocks.words(about.name, "bold"), blocks.words(".")
    asked = blocks.line(
        register.who(asker, names), blocks.words(" asked"), *where, blocks.words(" who owns "), name, behind
    )
    nobody = blocks.line(blocks.words(f"It has no owner. {about.kind.without_owner}"))
    below = blocks.in_row(register.buttons(about, to))
    told = f"{capital(about.name)} has no owner, and somebody asked"
    return Message(blocks.escape(told), (blocks.paragraphs(asked, nobody), below), asks=(about.value,))


def told_of(changes: Sequence[Change], to: str) -> Message:
    """Tell somebody who is concerned what another person did: one step, or all that were taken in one form."""
    open_ones = [each.after for each in changes if _asks(each, to)]
    if len(changes) == 1:
        news, lines = _news(changes[0]), _lines_of(changes[0])
        below = [blocks.in_row(register.buttons(open_ones[0], to))] if open_ones else []
    else:
        part = changes[0].after.component
        news = f"{part.name}: answers about {len(changes)} duties"
        told = blocks.words(f" answered about {len(changes)} duties of ")
        by = blocks.line(blocks.person(changes[0].step.by), told, blocks.words(part.name, "bold"), blocks.words(":"))
        lines = [by, *_answers(changes)]
        below = [blocks.buttons([blocks.button("Review", DUTIES_REVIEW, part.id)])] if open_ones else []
    asks = tuple(each.value for each in open_ones)
    return Message(blocks.escape(news), (blocks.paragraphs(*lines), *below), asks=asks)


def _asks(change: Change, to: str) -> bool:
    """Tell whether somebody is asked something by what another did: a duty is free again, or a condition is open."""
    is_open = change.after.present.state in ("unowned", "disputed") or change.step.act == "need"
    return is_open and (is_up_to(change.after, to) or change.step.act == "need")


def _news(change: Change) -> str:
    told = {"claim": "taken on", "need": "accepted, if …", "dispute": "has two owners", "not needed": "not needed"}
    return (
        f"{capital(change.after.name)}: {told.get(change.step.act, 'declined' if change.steps_back else 'suggested')}"
    )


def _lines_of(change: Change) -> list[Block]:
    step, after = change.step, change.after
    head = blocks.line(blocks.person(step.by), *_sentence(change), blocks.words(":" if step.act == "need" else "."))
    lines = [head, *_quoted(step.note)]
    if after.present.state == "unowned":
        lines.append(blocks.line(blocks.words(f"It has no owner now. {after.kind.without_owner}")))
    return lines


def _sentence(change: Change) -> list[Block]:
    """Return what somebody did with a duty, behind their name and without a full stop."""
    step, name, to = change.step, blocks.words(change.after.name, "bold"), blocks.person(change.step.person)
    if step.act == "decline" and change.after.duty.owner:
        return [blocks.words(" left "), name, blocks.words(" to "), blocks.person(change.after.duty.owner)]
    if step.act in ("decline", "suggest") and change.steps_back:
        was_owner = change.before.duty.owner == step.by
        also = [blocks.words(" and suggested "), to] if change.is_proposal else []
        return [blocks.words(" no longer owns " if was_owner else " declined "), name, *also]
    if change.is_proposal:
        return [blocks.words(" suggested "), to, blocks.words(" for "), name]
    before, _, behind = ("took on {}" if step.act == "claim" else _DID[step.act]).partition("{}")
    return [blocks.words(f" {before}"), name, *([blocks.words(behind)] if behind else [])]


def _answers(changes: Sequence[Change]) -> list[Block]:
    """Say of many steps which were taken with which duties, a kind of step a line."""
    by_act: defaultdict[Act, list[str]] = defaultdict(list)
    for each in changes:
        by_act[each.step.act].append(each.after.kind.short)
    note = next((each.step.note for each in changes if each.step.note), "")
    person = next((each.step.person for each in changes if each.step.person), "")
    said = [(_ANSWERED[act], few(names), act) for act, names in by_act.items()]
    lines = [
        blocks.line(
            blocks.words(f"{label}: {names}"),
            *([blocks.words(", to "), blocks.person(person)] if act == "suggest" else []),
        )
        for label, names, act in said
    ]
    return [*lines, *_quoted(note)]


def done(change: Change) -> Message:
    """Say to who took a step what came of it."""
    name, act, person = change.after.name, change.step.act, change.step.person
    if act == "dispute":
        told = blocks.line(blocks.words("I've told them and the lead. Please sort it out between you."))
        return register.answer(change.after, change.step.by, after=[told])
    if act in ("suggest", "propose"):
        asked = blocks.line(blocks.words("I've asked "), blocks.person(person), blocks.words(f" about {name}."))
        return Message(blocks.escape(f"I've asked about {name}."), (blocks.paragraphs(asked),))
    was_owner = change.step.by in (change.before.duty.owner, *change.before.duty.claimants)
    came_of_it = {
        "claim": f"You own {name} now{f', {change.after.for_team.strip()}' if change.after.team is not None else ''}.",
        "confirm": f"You still own {name}.",
        "decline": f"You {'no longer own' if was_owner else 'declined'} {name}.",
        "need": f"Whoever asked you knows what you need for {name}.",
        "not needed": f"{capital(name)} is marked as not needed.",
        "help": f"Saved the helpers and backup for {name}.",
    }
    return blocks.said(came_of_it[act])


def reviewed(changes: Sequence[Change], refused: Sequence[str]) -> Message:
    """Say to who settled many duties at once what came of it."""
    said = [blocks.line(blocks.words("You answered:")), *_answers(changes)] if changes else []
    lines = [*said, *(blocks.line(blocks.words(each)) for each in dict.fromkeys(refused))]
    return Message("Saved", (blocks.paragraphs(*lines),))


def history(about: ComponentDuty, steps: Sequence[DutyEntry], names: register.Names) -> Message:
    lines = [blocks.line(blocks.words(f"History of {about.name}", "bold"))]
    lines += [_past(each, names) for each in steps[:20]]
    if not steps:
        lines.append(blocks.line(blocks.words("Nothing yet.")))
    return Message(blocks.escape(f"History of {about.name}"), (blocks.paragraphs(*lines),))


def _past(entry: DutyEntry, names: register.Names) -> Block:
    by = names.get(entry.by, entry.by) or "An import"
    whom = names.get(entry.person, entry.person)
    said = next((words for act, words in _DID.items() if act == entry.what), entry.what).format("it")
    said = said.replace("somebody", whom) if whom else said
    return blocks.line(blocks.words(f"{day(entry.at)}: {by} {said}{f': {entry.note}' if entry.note else ''}"))


def _quoted(note: str) -> list[Block]:
    return [blocks.quotation(blocks.words(note))] if note else []
