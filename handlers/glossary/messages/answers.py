"""What people read when they have looked something up: definitions, or how to get one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from handlers.glossary.messages.definitions import ADD, ASK, LOOK_UP, Names, called, fallback, in_brief
from handlers.glossary.rules import naming
from handlers.glossary.rules.naming import DidYouMean, Found, LookUp, NoWord, Perhaps, SideBySide, TooLong, Unknown
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message

TOO_LONG = Message("That's longer than a word. Ask for one term, such as `drift` or `feature store`.")
_DISCIPLINES_COMPARED = 12
#: So many words stand on buttons of their own; the others are behind the three dots.
_ON_BUTTONS = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """Where an answer is shown: to one person alone; where the workspace's words are hidden; where others may be.

    ``is_in_doubt``: Slack doesn't say who reads there. What wasn't found may only be out of sight then, so nobody is
    asked for it.
    """

    is_private: bool = False
    is_limited: bool = False
    is_in_doubt: bool = False


def answer(outcome: LookUp, command_prefix: str, names: Names, shown: Shown) -> Message:
    """Say what a look-up found; ``names`` are those of the people who approved it."""
    if shown.is_in_doubt and (told := _hidden(outcome)):
        return told
    is_limited = shown.is_limited or shown.is_in_doubt
    match outcome:
        case Found():
            said = in_brief(outcome, names, is_private=shown.is_private)
        case DidYouMean():
            name = ("did you mean", is_limited)
            said = outcome.keep_if_again(name, lambda: _did_you_mean(outcome, is_limited=is_limited))
        case Unknown() if is_limited:
            said = _unknown_here(outcome.word)
        case Unknown():
            said = outcome.keep_if_again("unknown", lambda: _unknown(outcome))
        case SideBySide():
            said = _side_by_side(outcome, is_limited=is_limited)
        case Perhaps():
            said = _perhaps(outcome, is_limited=is_limited)
        case NoWord():
            said = how_to_ask(command_prefix)
        case TooLong():
            said = TOO_LONG
        case _:
            assert_never(outcome)
    return said


def how_to_ask(command_prefix: str) -> Message:
    define = f"/{command_prefix}define"
    return Message(
        f"Type `{define} drift` to see what each discipline means by a word, or `{define} precision vs recall` to "
        "compare. Only you see the answer until you share it. In a thread, ask me: _what does drift mean?_"
    )


def _did_you_mean(outcome: DidYouMean, *, is_limited: bool) -> Message:
    told = f"“{outcome.word}” isn't in the glossary. Did you mean:"
    below = _choices(outcome.names, [] if is_limited else [_ask_the_team(outcome.word)])
    return Message(blocks.escape(f"{told} {', '.join(outcome.names)}?"), (blocks.sentence(told), below))


def _ask_the_team(word: str) -> Block:
    return blocks.button("Ask the team", ASK, word)


def _define_it(word: str) -> Block:
    return blocks.button("Define it", ADD, word)


def _look_up(words: Sequence[str]) -> list[Block]:
    return [blocks.button(word, blocks.numbered(LOOK_UP, place), word) for place, word in enumerate(words, start=1)]


def _choices(words: Sequence[str], others: Sequence[Block]) -> Block:
    """Offer words to look up; what else can be done stands in the row too, and further words behind the dots."""
    near = _look_up(words)
    return blocks.in_row([*near[:_ON_BUTTONS], *others[:1], *near[_ON_BUTTONS:], *others[1:]])


def _unknown(outcome: Unknown) -> Message:
    told = f"“{outcome.word}” isn't defined yet."
    if outcome.similar:
        told += f" Similar: {', '.join(outcome.similar)}."
    below = []
    if naming.is_word(outcome.word):
        below = [_ask_the_team(outcome.word), _define_it(outcome.word)]
    else:
        told += " That's long for a word: ask for one term of it."
    said = blocks.sentence(told)
    below += _look_up(outcome.similar)
    return Message(blocks.escape(told), (said, *([blocks.in_row(below)] if below else [])))


def _side_by_side(outcome: SideBySide, *, is_limited: bool) -> Message:
    """Compare words by discipline: what each discipline means by which of them."""
    if is_limited and not any(outcome.found):
        return _unknown_here("” or “".join(outcome.words))
    by_word = [(word, found.senses if found else ()) for word, found in zip(outcome.words, outcome.found, strict=True)]
    named = [(word, each) for word, each in zip(outcome.words, outcome.found, strict=True) if each is not None]
    disciplines = dict.fromkeys(sense.discipline for _, each in named for sense in each.senses)
    said: list[Block] = []
    for discipline in list(disciplines)[:_DISCIPLINES_COMPARED]:
        lines = [
            blocks.line(
                *(called(found) if found.asked else [blocks.words(word, "bold")]), blocks.words(f"  {each.gloss}")
            )
            for word, found in named
            for each in found.senses
            if each.discipline == discipline
        ]
        head = blocks.line(blocks.words(discipline.capitalize(), "italic"))
        said += [*([blocks.divider()] if said else []), blocks.paragraphs(head, *lines)]
    missing = [word for word, senses in by_word if not senses]
    if missing:
        similar = [f"Similar: {', '.join(outcome.near)}."] if outcome.near else []
        said.append(blocks.sentence(" ".join([*(f"“{word}” isn't defined yet." for word in missing), *similar])))
    known = [word for word, senses in by_word if senses]
    below = [blocks.button(word, LOOK_UP, word) for word in (*known, *outcome.near)]
    below += [] if is_limited else [blocks.button(f"Ask the team about {word}", ASK, word) for word in missing]
    told = [fallback(word, senses) for word, senses in by_word if senses]
    text = blocks.cut(
        " / ".join(told) or blocks.escape(f"Not defined yet: {', '.join(missing)}"), blocks.FALLBACK_LIMIT
    )
    return Message(text, blocks.apart([*said, blocks.buttons(below)]))


def _perhaps(outcome: Perhaps, *, is_limited: bool) -> Message:
    told = [(each.word, f" ({each.discipline}): {each.gloss}") for each in outcome.senses]
    lines = [blocks.line(blocks.words("That sounds like:"))]
    lines += [blocks.line(blocks.words(word, "bold"), blocks.words(rest)) for word, rest in told]
    words = list(dict.fromkeys(sense.word for sense in outcome.senses))
    may_ask = naming.is_word(outcome.text) and not is_limited
    others = [_ask_the_team(outcome.text), _define_it(outcome.text)] if may_ask else []
    text = blocks.escape(f"That sounds like: {', '.join(words)}")
    return Message(text, (blocks.paragraphs(*lines), _choices(words, others)))


def _hidden(outcome: LookUp) -> Message | None:
    """Say that nothing was found which may only be out of sight; None where something was found."""
    match outcome:
        case Unknown():
            words: Sequence[str] = [outcome.word]
        case SideBySide() if not any(outcome.found):
            words = outcome.words
        case _:
            return None
    return blocks.said(f"I can't show what “{'” or “'.join(words)}” means right now.")


def _unknown_here(word: str) -> Message:
    return blocks.said(
        f"“{word}” isn't defined in this channel. The workspace's glossary isn't shown to guests, or where another "
        "company reads along: ask a colleague who is a member of the workspace."
    )
