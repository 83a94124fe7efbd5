"""What people read of a session on words: the agenda, that one is planned, and what was clarified."""

from collections.abc import Mapping, Sequence

from handlers.checks.dates import day
from handlers.checks.outcomes import Refused
from handlers.glossary.messages.definitions import short
from handlers.glossary.sessions.rules import MINUTES, Agenda, Confused, Pair
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.glossary.glossary import Sense
from storage.glossary.sessions import Session

PLAN, OPEN, CLARIFY = "glossary_session_plan", "glossary_session_open", "glossary_session_clarify"
GONE = Refused("That session is gone, or you can't see it here.")
NOT_HERE = Refused("The agenda is of the workspace's words, which can't be shown here.")
HELD = blocks.said("That session was held. /glossary agenda shows what is misread now.")
WHICH_DAYS = "Type a number of days, such as `agenda 30`."
_PICTURED = 120
#: So many planned sessions are named.
_LISTED = 3


def nothing(days: int, ahead: Sequence[Session], names: Mapping[str, str]) -> Message:
    told = f"No word was disputed, unclear or asked for in two senses in the last {days} days."
    return Message(told, blocks.apart([blocks.sentence(told), *_ahead(ahead, names)]))


def proposed(told: Agenda, days: int, ahead: Sequence[Session], names: Mapping[str, str]) -> Message:
    """Show what a session would be about, with the button that plans it, and which are planned already."""
    head = f"Words to clarify, from the last {days} days"
    button = blocks.button("Plan a session", PLAN, str(days), None if ahead else "primary")
    return _agenda(told, head, [blocks.buttons([button]), *_ahead(ahead, names)])


def _ahead(sessions: Sequence[Session], names: Mapping[str, str]) -> list[Block]:
    """Name the sessions that are planned, the next one with its agenda."""
    if not sessions:
        return []
    listed = "; ".join(f"{names.get(each.owner, 'somebody')}, {day(each.held_on)}" for each in sessions[:_LISTED])
    button = blocks.button("Open the agenda", OPEN, sessions[0].id)
    return [blocks.sentence(f"Planned: {listed}."), blocks.buttons([button])]


def planned(told: Agenda, session: Session, names: Mapping[str, str]) -> Message:
    """Show the agenda of a planned session, with the button for what was agreed on in it."""
    owner = names.get(session.owner, "somebody")
    head = f"Session on words: {owner}, {day(session.held_on)}"
    button = blocks.button("What was clarified?", CLARIFY, session.id, "primary")
    return _agenda(told, head, [blocks.buttons([button])])


def _agenda(told: Agenda, head: str, below: Sequence[Block]) -> Message:
    minutes = f"{len(told.every) * MINUTES} minutes, {MINUTES} for each word. Each side says first what it means."
    said = [blocks.sentence(head, "bold"), blocks.small_print(minutes)]
    for pair, words in told.words.items():
        said.append(blocks.sentence(_pair(pair), "italic"))
        said += [_word(each, told.examples.get(each.key, ())) for each in words]
    if told.undefined:
        listed = ", ".join(f"“{each.word}”" for each in told.undefined)
        said.append(blocks.small_print(f"Not defined yet: {listed}."))
    return Message(blocks.escape(head), blocks.apart([*said, *below]))


def _pair(pair: Pair) -> str:
    first, second = pair
    return f"{first.capitalize()} and {second}" if first != second else first.capitalize()


def _word(word: Confused, examples: Sequence[str]) -> Block:
    head = blocks.line(blocks.words(word.word, "bold"), blocks.words(f"  {_why(word)}"))
    used = [blocks.line(blocks.words(f"In use: {blocks.cut(each, _PICTURED)}", "italic")) for each in examples]
    return blocks.paragraphs(head, *map(short, word.senses), *used)


def _why(word: Confused) -> str:
    disputed, asked = _times(word.disputed), _times(word.asked)
    people = "one person" if word.unclear == 1 else f"{word.unclear} people"
    found = [f"disputed {disputed}" if disputed else "", f"not clear to {people}" if word.unclear else ""]
    return ", ".join(filter(None, [*found, f"asked for {asked}" if asked else ""]))


def _times(number: int) -> str:
    return {0: "", 1: "once", 2: "twice"}.get(number, f"{number} times")


def yours(session: Session, by: str) -> Message:
    """Tell somebody that a session is theirs."""
    told = f" planned a session on words for you to lead: {day(session.held_on)}."
    line = blocks.line(blocks.person(by), blocks.words(told))
    button = blocks.button("Open the agenda", OPEN, session.id)
    return Message(
        f"A session on words is yours: {day(session.held_on)}", (blocks.paragraphs(line), blocks.buttons([button]))
    )


def saved(session: Session, names: Mapping[str, str], *, is_own: bool) -> Message:
    who = "You lead it, and are" if is_own else f"{names.get(session.owner, 'They')} leads it, and is"
    told = f"Planned: {day(session.held_on)}. {who} reminded on the working day before."
    return blocks.offer(told, blocks.button("Open the agenda", OPEN, session.id))


def clarified(settled: Sequence[Sense], left: Sequence[str]) -> Message:
    told = ", ".join(f"{each.word} ({each.discipline})" for each in settled)
    return blocks.said(f"Clarified: {told}.{_left(left)}")


def nothing_settled(left: Sequence[str]) -> Refused:
    return Refused(f"Nothing was saved.{_left(left)}" if left else "Tick what you agreed on.")


def _left(left: Sequence[str]) -> str:
    return f" Left for their stewards, or changed meanwhile: {', '.join(left)}." if left else ""
