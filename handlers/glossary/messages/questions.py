"""What is said of words that nobody has defined yet."""

import hashlib
from collections.abc import Sequence

from handlers.checks.dates import day
from handlers.checks.outcomes import NotAllowed
from handlers.glossary.messages.definitions import ASK, LOOK_UP
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.engine.interface import WORKSPACE
from storage.glossary.glossary import Sense
from storage.glossary.questions import Question

DEFINE = "glossary_define"
MERGE = "glossary_merge"
NO_WORD = "glossary_no_word"
NOT_ME = "glossary_not_me"
ASK_ANYWAY = "glossary_ask_anyway"

_SHOWN = 5


def only_stewards(question: Question) -> NotAllowed:
    told = "Only stewards and admins can do that. You can define the word yourself."
    return NotAllowed(told, kind="question", visibility=question.visibility)


def asked(question: Question, *, is_new: bool, has_owner: bool, is_open: bool) -> Message:
    """Tell the asker what happens next; the answer comes to a question asked openly (``is_open``) where it stands."""
    tell = "I'll tell you here" if is_open else "I'll let you know"
    if not is_new:
        told = f"“{question.word}” has already been asked. The answer is due {day(question.due_at)},"
        return blocks.said(f"{told} and {tell}.")
    if not has_owner:
        return blocks.said(f"Asked: “{question.word}”. {tell} when it's defined.")
    return blocks.said(f"Asked: “{question.word}”. A steward will answer by {day(question.due_at)}, and {tell}.")


def is_it_that(word: str, known: str) -> Message:
    """Offer a question that is open and differs by a slip of the hand."""
    told = f"“{word}” isn't defined. “{known}” was asked already. Is it that?"
    return blocks.offer(told, blocks.button("Yes, it is", ASK, known), blocks.button("No, ask", ASK_ANYWAY, word))


def to_answer(question: Question, because: str) -> Message:
    """Ask a steward, ``because`` they may know; who asked is not said."""
    told = f"What does “{question.word}” mean? It isn't defined yet."
    place = question.channel
    where = [blocks.words(" Asked in "), blocks.channel(place), blocks.words(".")] if place else []
    due = blocks.words(f" Answer due {day(question.due_at)}.{f' {because}' if because else ''}")
    line = blocks.paragraphs(blocks.line(blocks.words(told), *where, due))
    first, *others = buttons(question, 0)
    below = blocks.in_row([first, blocks.button("I don't know", NOT_ME, _value(question)), *others], most=2)
    return Message(blocks.escape(told), (line, below), asks=(id_of(question),))


def answered(question: Question, sense: Sense, *, is_here: bool) -> Message:
    """Say that a word is defined; ``is_here``: in the thread where it was asked."""
    # Whoever asked may have left the channel since; the button shows it to members alone.
    is_shown = is_here or sense.visibility == WORKSPACE
    told = f"“{question.word}” is defined now"
    told += f" for {sense.discipline}: {sense.gloss}" if is_shown else ", in the channel where you asked."
    return blocks.offer(told, blocks.button("Show it", LOOK_UP, sense.word))


def still_open(waiting: Sequence[tuple[Question, str]]) -> Message:
    """Tell somebody once that what they asked is still open, and with whom it lies."""
    with_whom = [(each.word, f"with {whom}" if whom else "with nobody yet") for each, whom in waiting]
    if len(waiting) == 1:
        told = "“{}” still isn't defined. It's {}.".format(*with_whom[0])
    else:
        told = f"Still not defined: {', '.join(f'“{word}” ({whom})' for word, whom in with_whom)}."
    said = f"{told} A colleague who uses {'it' if len(waiting) == 1 else 'them'} may know."
    below = [
        blocks.button(
            "Define it" if len(waiting) == 1 else f"Define {each.word}", blocks.numbered(DEFINE, place), _value(each)
        )
        for place, (each, _) in enumerate(waiting)
    ]
    listed = tuple(id_of(each) for each, _ in waiting)
    return Message(blocks.escape(told), (blocks.sentence(said), blocks.in_row(below)), asks=listed)


def not_defined(question: Question) -> Message:
    told = f"“{question.word}” won't be defined: the stewards don't see it as a word of the glossary."
    return blocks.said(f"{told} Best ask whoever used it.")


def unanswered(questions: Sequence[Question]) -> Message:
    """List what isn't defined yet, most asked first."""
    if not questions:
        return blocks.said("Every word people asked for is defined.")
    said: list[Block] = []
    for place, each in enumerate(questions[:_SHOWN]):
        due = f", answer due {day(each.due_at)}" if each.state == "open" else ""
        line = blocks.line(blocks.words(each.word, "bold"), blocks.words(f"  asked {_times(each)}{due}"))
        said += [blocks.paragraphs(line), blocks.buttons(buttons(each, place))]
    if len(questions) > _SHOWN:
        said.append(blocks.small_print(f"And {len(questions) - _SHOWN} more, once these are done."))
    return Message(f"{len(questions)} words aren't defined yet", tuple(said))


def nothing_to_merge(word: str, question: Question) -> str:
    """Say why there is nothing to merge into; a word of a private channel stays out of everybody's glossary."""
    if question.visibility == WORKSPACE:
        return f"“{word}” isn't in the glossary. Name a word that is."
    return f"“{word}” isn't defined in that channel. Another word would show “{question.word}” to everybody."


def merged(question: Question, word: str) -> Message:
    return blocks.said(f"“{question.word}” now leads to “{word}”. I've told everybody who asked.")


def passed(question: Question, then: str) -> Message:
    told = "Thanks. I've asked somebody else." if then else "Thanks. Nobody else looks after words here: it stays open."
    return blocks.said(f"{told} “{question.word}” is due {day(question.due_at)}.")


def with_another(question: Question) -> str:
    return f"Somebody else has “{question.word}” now."


def closed(question: Question, _into: str = "") -> Message:
    return blocks.said(f"“{question.word}” is off the list. I've told everybody who asked.")


def ended(key: str) -> str:
    """Say that a question is none any more, by what a button or a form has of it."""
    return f"“{read_key(key)[1]}” has been answered or taken off the list already."


def key_of(question: Question) -> str:
    """Return what names a question: its visibility and its word's look-up key."""
    return f"{question.visibility} {question.look_up_key}"


def id_of(question: Question) -> str:
    """Return an id that doesn't tell the word: what is on record of a question may outlive it."""
    return hashlib.sha256(f"{question.visibility}:{question.look_up_key}".encode()).hexdigest()[:16]


def read_key(value: str) -> tuple[str, str]:
    """Return the visibility and the look-up key that a button or a form has of a question."""
    visibility, look_up_key, *_ = (*value.split(" "), "", "")
    return visibility, look_up_key


def buttons(question: Question, place: int) -> list[Block]:
    value = _value(question)
    return [
        blocks.button("Define it", blocks.numbered(DEFINE, place), value, "primary"),
        blocks.button("Same as another word", blocks.numbered(MERGE, place), value),
        blocks.button("Not a glossary word", blocks.numbered(NO_WORD, place), value),
    ]


def _value(question: Question) -> str:
    return f"{key_of(question)} {id_of(question)}"


def _times(question: Question) -> str:
    return {1: "once", 2: "twice"}.get(question.times, f"{question.times} times")
