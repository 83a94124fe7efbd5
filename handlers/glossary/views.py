"""What people read of the glossary, and the ids of the buttons that stand below it."""

from collections.abc import Sequence
from functools import lru_cache

from handlers import blocks
from handlers.blocks import Block, Message
from handlers.glossary.rules import DidYouMean, Found, LookUp, NoWord, TooLong, Unknown
from storage.glossary import STARTER, Sense

SHARE = "glossary_share"
SHOW_ALL = "glossary_show_all"
LOOK_UP = "glossary_look_up"

#: Answers to the words that were asked last; what was found is itself remembered, so it is the same object.
_KEPT = 2000
_PROSE_SHOWN = 400
_PROSE_IN_FULL = 2000
#: Slack refuses a message whose blocks hold more than about 12,000 characters together (msg_blocks_too_long).
_PROSE_TOGETHER = 7000
_MEANINGS_SHOWN = 12
_MEANINGS_IN_FULL = 45


def answer(outcome: LookUp, command_prefix: str, *, is_private: bool, is_limited: bool) -> Message:
    """Say what a look-up found; only a private answer has a button for sharing."""
    match outcome:
        case Found():
            return _private_answer(outcome) if is_private else _public_answer(outcome)
        case DidYouMean():
            return _did_you_mean(outcome)
        case Unknown():
            return _unknown_here(outcome.word) if is_limited else _unknown(outcome.word)
        case NoWord():
            return how_to_ask(command_prefix)
        case TooLong():
            return Message("That is longer than a word. Ask for one term, such as `drift` or `feature store`.")


def in_full(found: Found) -> Message:
    """Say everything about a word, as far as one message in Slack can hold it."""
    return _meanings(found, [], prose=_PROSE_IN_FULL, most=_MEANINGS_IN_FULL)


def shared(found: Found, user_id: str) -> Message:
    """Say it to the channel on behalf of who shared it."""
    said = _meanings(found, _show_all(found))
    return Message(said.text, (*said.blocks, _shared_by(user_id)))


def nothing_left(word: str) -> Message:
    return Message(f"{blocks.escape(word)} has gone from the glossary since, or you may not see it here.")


def nothing_to_share(word: str) -> Message:
    return Message(
        f"I did not share {blocks.escape(word)} here. The workspace's glossary stays inside: I share it neither with "
        "another organisation nor where I cannot see who reads along. If this is a private channel, invite me first."
    )


def how_to_ask(command_prefix: str) -> Message:
    return Message(
        f"Type `/{command_prefix}define` and a word, such as `/{command_prefix}define drift`: you see what each "
        "discipline means by it. Only you see the answer, and you can share it. In a thread, mention me: "
        "_what does drift mean?_"
    )


@lru_cache(maxsize=_KEPT)
def _private_answer(found: Found) -> Message:
    return _meanings(found, _asker_buttons(found))


@lru_cache(maxsize=_KEPT)
def _public_answer(found: Found) -> Message:
    return _meanings(found, _show_all(found))


def _meanings(found: Found, below: list[Block], *, prose: int = _PROSE_SHOWN, most: int = _MEANINGS_SHOWN) -> Message:
    senses = found.senses[:most]
    prose = min(prose, _PROSE_TOGETHER // (2 * len(senses)))
    said = [_headline(found.word, found.senses), *(_meaning(sense, prose) for sense in senses)]
    if notes := _notes(found.senses, len(senses)):
        said.append(blocks.small_print(notes))
    if below:
        said.append(blocks.buttons(below))
    return Message(_fallback(found.word, senses), tuple(said))


def _headline(word: str, senses: Sequence[Sense]) -> Block:
    count = len({sense.discipline for sense in senses})
    told = " means different things to different people:" if count > 1 else ""
    return blocks.paragraphs(blocks.line(blocks.words(word, "bold"), *([blocks.words(told)] if told else [])))


def _meaning(sense: Sense, prose: int) -> Block:
    lines = [
        blocks.line(blocks.words(sense.discipline.capitalize(), "bold"), blocks.words(f"\n{sense.gloss}")),
    ]
    if sense.definition:
        lines.append(blocks.line(blocks.words(blocks.cut(sense.definition, prose))))
    if sense.example:
        lines.append(blocks.quotation(blocks.words(blocks.cut(sense.example, prose), "italic")))
    return blocks.paragraphs(*lines)


def _notes(senses: Sequence[Sense], shown: int) -> str:
    notes = []
    if len(senses) > shown:
        notes.append(f"and {len(senses) - shown} more meanings")
    if any(sense.origin == STARTER for sense in senses):
        notes.append("from the starter glossary, not yet checked by your team")
    return ", ".join(notes).capitalize()


def _asker_buttons(found: Found) -> list[Block]:
    return [blocks.button("Share in channel", SHARE, found.word), *_show_all(found)]


def _show_all(found: Found) -> list[Block]:
    return [blocks.button("Show all", SHOW_ALL, found.word)] if _is_cut(found) else []


def _is_cut(found: Found) -> bool:
    shown = min(_PROSE_SHOWN, _PROSE_TOGETHER // (2 * len(found.senses)))
    is_long = any(max(len(sense.definition), len(sense.example)) > shown for sense in found.senses)
    return is_long or len(found.senses) > _MEANINGS_SHOWN


def _did_you_mean(outcome: DidYouMean) -> Message:
    names = outcome.names
    told = f"No word here is written “{outcome.word}”. Did you mean:"
    choices = [
        blocks.button(name, blocks.numbered(LOOK_UP, position), name) for position, name in enumerate(names, start=1)
    ]
    fallback = blocks.escape(f"{told} {', '.join(names)}?")
    return Message(fallback, (blocks.paragraphs(blocks.line(blocks.words(told))), blocks.buttons(choices)))


def _unknown(word: str) -> Message:
    told = (
        f"Nobody has said yet what “{word}” means here. I keep count of the words that are asked for in vain, "
        "so that the most wanted are defined first."
    )
    return Message(blocks.escape(told), (blocks.paragraphs(blocks.line(blocks.words(told))),))


def _unknown_here(word: str) -> Message:
    told = (
        f"I know of no meaning of “{word}” that belongs to this channel. Guests, and channels that are shared with "
        "another organisation, see only what belongs to the channel; the workspace's glossary stays inside."
    )
    return Message(blocks.escape(told), (blocks.paragraphs(blocks.line(blocks.words(told))),))


def _shared_by(user_id: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": f"Shared by <@{user_id}>"}]}


def _fallback(word: str, senses: Sequence[Sense]) -> str:
    glosses = "; ".join(f"{sense.discipline}: {sense.gloss}" for sense in senses)
    return blocks.cut(blocks.escape(f"{word} — {glosses}"), blocks.FALLBACK_LIMIT)
