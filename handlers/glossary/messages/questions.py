"""What is said of words that nobody has defined yet."""

from collections.abc import Sequence

from handlers.checks.outcomes import NotAllowed
from handlers.glossary.messages.definitions import LOOK_UP
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.engine.interface import WORKSPACE
from storage.glossary.glossary import Sense
from storage.glossary.questions import Question

DEFINE = "glossary_define"
MERGE = "glossary_merge"
NO_WORD = "glossary_no_word"

_SHOWN = 12


def only_stewards(question: Question) -> NotAllowed:
    told = "Only stewards and admins can do that. You can add what you mean by the word."
    return NotAllowed(told, kind="question", visibility=question.visibility)


def asked(word: str, *, is_new: bool, has_owner: bool) -> Message:
    """Tell the asker what happens next."""
    if not is_new:
        return blocks.said(f"“{word}” is an open question already. You are told as soon as it is answered.")
    who = "A steward was told" if has_owner else "It stands in the list of unanswered words"
    told = f"Asked: what does “{word}” mean here? {who}, without your name."
    return blocks.said(f"{told} You are told when there is an answer.")


def to_answer(question: Question, channel_id: str) -> Message:
    """Ask a steward; who asked is not said. ``channel_id`` is where it was asked, empty where that is nobody's."""
    told = f"Somebody asked what “{question.word}” means, and nobody has said it yet."
    where = [blocks.words(" It was asked in "), blocks.channel(channel_id), blocks.words(".")] if channel_id else []
    line = blocks.paragraphs(blocks.line(blocks.words(told), *where))
    due = blocks.small_print(f"Asked {_times(question)}. An answer is due by {question.due_at[:10]}.")
    return Message(blocks.escape(told), (line, due, blocks.buttons(buttons(question, 0))))


def answered(question: Question, sense: Sense) -> Message:
    told = f"You asked what “{question.word}” means. "
    # Whoever asked may have left the channel since; the button shows it to members alone.
    is_for_all = sense.visibility == WORKSPACE
    told += f"For {sense.discipline}: {sense.gloss}" if is_for_all else "There is an answer now, in the channel."
    return blocks.offer(told, blocks.button("Show it all", LOOK_UP, sense.word))


def not_defined(question: Question) -> Message:
    told = f"You asked what “{question.word}” means. The stewards do not define that word here; best ask who used it."
    return blocks.said(told)


def unanswered(questions: Sequence[Question]) -> Message:
    """List what was asked for in vain, most asked first."""
    if not questions:
        return blocks.said("Every word that was asked for has an answer.")
    said: list[Block] = []
    for place, each in enumerate(questions[:_SHOWN]):
        state = f"question, due by {each.due_at[:10]}" if each.state == "open" else "asked for in vain"
        line = blocks.line(blocks.words(each.word, "bold"), blocks.words(f"  {state}, {_times(each)}"))
        said += [blocks.paragraphs(line), blocks.buttons(buttons(each, place))]
    if len(questions) > _SHOWN:
        said.append(blocks.small_print(f"and {len(questions) - _SHOWN} more; they come up when these are done"))
    return Message(f"{len(questions)} words without an answer", tuple(said))


def nothing_to_merge(word: str, question: Question) -> str:
    """Say why there is nothing to merge into; a word of a private channel stays out of everybody's glossary."""
    if question.visibility == WORKSPACE:
        return f"“{word}” is not in the glossary. Name a word that is."
    return f"“{word}” is no word of that channel, and merging into another would show “{question.word}” to everybody."


def merged(question: Question, word: str) -> Message:
    return blocks.said(f"“{question.word}” leads to “{word}” from now on. Those who asked are told.")


def closed(question: Question, _into: str = "") -> Message:
    return blocks.said(f"“{question.word}” is off the list. Those who asked are told.")


def ended(key: str) -> str:
    """Say that a question is none any more, by what a button or a form has of it."""
    return f"“{key.partition(' ')[2]}” is no open question any more."


def key_of(question: Question) -> str:
    """Return what a button carries to name a question."""
    return f"{question.visibility} {question.look_up_key}"


def buttons(question: Question, place: int) -> list[Block]:
    return [
        blocks.button("Define", blocks.numbered(DEFINE, place), key_of(question), "primary"),
        blocks.button("Merge into an existing word", blocks.numbered(MERGE, place), key_of(question)),
        blocks.button("Not a word we define", blocks.numbered(NO_WORD, place), key_of(question)),
    ]


def _times(question: Question) -> str:
    return "once" if question.times == 1 else f"{question.times} times"
