"""What people read of the glossary, and the ids of the buttons that stand below it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import assert_never

from handlers.glossary.rules.naming import DidYouMean, Found, LookUp, NoWord, Perhaps, SideBySide, TooLong, Unknown
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.glossary.glossary import STARTER, WORD_LENGTH, Sense

SHARE = "glossary_share"
SHOW_ALL = "glossary_show_all"
LOOK_UP = "glossary_look_up"
HELPFUL = "glossary_helpful"
NOT_CLEAR = "glossary_not_clear"
DISPUTE = "glossary_dispute"
ADD = "glossary_add"
HISTORY = "glossary_history"
ASK = "glossary_ask"
EDIT = "glossary_edit"

THANKS = Message("Thank you. That helps those who look after the words.")
#: Answers to the words that were asked last; what was found is itself remembered, so it is the same object.
_KEPT = 2000
_PROSE_SHOWN = 400
_PROSE_IN_FULL = 2000
#: Slack refuses a message whose blocks hold more than about 12,000 characters together (msg_blocks_too_long).
_PROSE_TOGETHER = 7000
_MEANINGS_SHOWN = 12
_MEANINGS_IN_FULL = 45
_WORDS_EXPLAINED = 12
_GLOSSES_EXPLAINED = 5


def answer(outcome: LookUp, command_prefix: str, *, is_private: bool, is_limited: bool) -> Message:
    """Say what a look-up found; only a private answer has buttons for sharing and for opinions."""
    match outcome:
        case Found():
            said = _found(outcome, is_private=is_private)
        case DidYouMean():
            said = _did_you_mean(outcome, is_limited=is_limited)
        case Unknown():
            said = _unknown_here(outcome.word) if is_limited else _unknown(outcome.word)
        case SideBySide():
            said = _side_by_side(outcome, is_limited=is_limited)
        case Perhaps():
            said = _perhaps(outcome, is_limited=is_limited)
        case NoWord():
            said = how_to_ask(command_prefix)
        case TooLong():
            said = Message("That is longer than a word. Ask for one term, such as `drift` or `feature store`.")
        case _:
            assert_never(outcome)
    return said


def in_full(found: Found) -> Message:
    """Say everything about a word, as far as one message in Slack can hold it."""
    return _meanings(found, [], prose=_PROSE_IN_FULL, most=_MEANINGS_IN_FULL)


def shared(found: Found, user_id: str) -> Message:
    """Say it to the channel on behalf of who shared it."""
    said = _meanings(found, _show_all(found))
    by: Block = {"type": "context", "elements": [{"type": "mrkdwn", "text": f"Shared by <@{user_id}>"}]}
    return Message(said.text, (*said.blocks, by))


def explained(words: Sequence[Found]) -> Message:
    """Say what the words of a message mean, in a few words each."""
    if not words:
        return Message("None of the words in this message is in the glossary.")
    shown = words[:_WORDS_EXPLAINED]
    lines = [blocks.line(blocks.words(each.word, "bold"), blocks.words(_glosses(each.senses))) for each in shown]
    if len(words) > _WORDS_EXPLAINED:
        lines.append(blocks.line(blocks.words(f"and {len(words) - _WORDS_EXPLAINED} more words")))
    told = f"Words in this message: {', '.join(found.word for found in words)}"
    return Message(blocks.cut(blocks.escape(told), blocks.FALLBACK_LIMIT), tuple(map(blocks.paragraphs, lines)))


def short(sense: Sense) -> Block:
    """Say a meaning in one line, for forms and for who settles it."""
    return blocks.line(blocks.words(f"{sense.word}, {sense.discipline}: ", "bold"), blocks.words(sense.gloss))


def _glosses(senses: Sequence[Sense]) -> str:
    told = "".join(f"\n{sense.discipline.capitalize()}: {sense.gloss}" for sense in senses[:_GLOSSES_EXPLAINED])
    left = len(senses) - _GLOSSES_EXPLAINED
    return f"{told}\nand {left} more meanings" if left > 0 else told


def nothing_left(word: str) -> Message:
    return Message(f"{blocks.escape(word)} is not in the glossary, or you may not see it here.")


def nothing_to_share(word: str) -> Message:
    return Message(
        f"I did not share {blocks.escape(word)} here. What belongs to a private channel stays there. The workspace's "
        "glossary stays inside: I share it neither with another organisation nor where I cannot see who reads along. "
        "If this is a private channel, invite me first."
    )


def how_to_ask(command_prefix: str) -> Message:
    return Message(
        f"Type `/{command_prefix}define` and a word, such as `/{command_prefix}define drift`: you see what each "
        "discipline means by it. Only you see the answer, and you can share it. In a thread, mention me: "
        "_what does drift mean?_"
    )


@lru_cache(maxsize=_KEPT)
def _found(found: Found, *, is_private: bool) -> Message:
    return _meanings(found, _asker_buttons(found) if is_private else _show_all(found))


def _meanings(found: Found, below: list[Block], *, prose: int = _PROSE_SHOWN, most: int = _MEANINGS_SHOWN) -> Message:
    senses = found.senses[:most]
    prose = min(prose, _PROSE_TOGETHER // (2 * len(senses)))
    has_several = len({sense.discipline for sense in found.senses}) > 1
    told = [blocks.words(" means different things to different people:")] if has_several else []
    said = [blocks.paragraphs(blocks.line(blocks.words(found.word, "bold"), *told))]
    said += [_meaning(sense, prose) for sense in senses]
    if notes := _notes(found.senses, len(senses)):
        said.append(blocks.small_print(notes))
    if below:
        said.append(blocks.buttons(below))
    return Message(_fallback(found.word, senses), tuple(said))


_STATES = {"draft": " (draft, not yet approved)", "disputed": " (disputed)", "deprecated": " (no longer used)"}


def _meaning(sense: Sense, prose: int) -> Block:
    state = _STATES.get(sense.status, "")
    head = [blocks.words(sense.discipline.capitalize(), "bold"), *([blocks.words(state, "italic")] if state else [])]
    lines = [blocks.line(*head, blocks.words(f"\n{sense.gloss}"))]
    if sense.replaced_by:
        lines.append(blocks.line(blocks.words("Say instead: "), blocks.words(sense.replaced_by, "bold")))
    if sense.definition:
        lines.append(blocks.line(blocks.words(blocks.cut(sense.definition, prose))))
    if sense.example:
        quoted = [blocks.words(blocks.cut(sense.example, prose), "italic")]
        where = [blocks.words(" "), blocks.link(sense.example_link, "where it was said")] if sense.example_link else []
        lines.append(blocks.quotation(*quoted, *where))
    lines += [blocks.line(*each) for each in _asides(sense)]
    return blocks.paragraphs(*lines)


def _asides(sense: Sense) -> list[list[Block]]:
    """Return the small lines below a meaning: what to say instead, related words, source, and when it was verified."""
    asides = []
    if sense.say_instead:
        asides.append([blocks.words("Say this instead: ", "italic"), blocks.words(sense.say_instead)])
    for kind in dict.fromkeys(relation.kind for relation in sense.relations):
        listed = ", ".join(relation.word for relation in sense.relations if relation.kind == kind)
        asides.append([blocks.words(f"{kind.capitalize()}: ", "italic"), blocks.words(listed)])
    if sense.source_title or sense.source_link:
        title = sense.source_title or sense.source_link
        told = blocks.link(sense.source_link, title) if sense.source_link else blocks.words(title)
        licence = [blocks.words(f" ({sense.source_licence})")] if sense.source_licence else []
        asides.append([blocks.words("Source: ", "italic"), told, *licence])
    if sense.verified_on:
        asides.append([blocks.words(f"Verified on {sense.verified_on[:10]} by {sense.verified_by}", "italic")])
    return asides


def _notes(senses: Sequence[Sense], shown: int) -> str:
    notes = []
    if len(senses) > shown:
        notes.append(f"and {len(senses) - shown} more meanings")
    if any(sense.origin == STARTER for sense in senses):
        notes.append("from the starter glossary, not yet checked by your team")
    return ", ".join(notes).capitalize()


_OPINIONS = {
    "Share in channel": SHARE,
    "Helpful": HELPFUL,
    "Not clear": NOT_CLEAR,
    "That is not what we mean": DISPUTE,
    "Add a meaning": ADD,
    "History": HISTORY,
}


def _asker_buttons(found: Found) -> list[Block]:
    return [*(blocks.button(label, action_id, found.word) for label, action_id in _OPINIONS.items()), *_show_all(found)]


def _show_all(found: Found) -> list[Block]:
    return [blocks.button("Show all", SHOW_ALL, found.word)] if _is_cut(found) else []


def _is_cut(found: Found) -> bool:
    shown = min(_PROSE_SHOWN, _PROSE_TOGETHER // (2 * len(found.senses)))
    is_long = any(max(len(sense.definition), len(sense.example)) > shown for sense in found.senses)
    return is_long or len(found.senses) > _MEANINGS_SHOWN


def _did_you_mean(outcome: DidYouMean, *, is_limited: bool) -> Message:
    told = f"No word here is written “{outcome.word}”. Did you mean:"
    named = enumerate(outcome.names, start=1)
    choices = [blocks.button(name, blocks.numbered(LOOK_UP, place), name) for place, name in named]
    below = choices if is_limited else [*choices, _none_of_these(outcome.word)]
    return replace(blocks.offer(told, *below), text=blocks.escape(f"{told} {', '.join(outcome.names)}?"))


def _none_of_these(word: str) -> Block:
    return blocks.button("None of these: ask for a definition", ASK, word)


def _unknown(word: str) -> Message:
    told = (
        f"Nobody has said yet what “{word}” means here. Ask for a definition, and I tell you as soon as there is one; "
        "nobody else learns that you asked. Or add what you mean by it."
    )
    ask, add = blocks.button("Ask for a definition", ASK, word), blocks.button("Add a meaning", ADD, word)
    return blocks.offer(told, ask, add)


def _side_by_side(outcome: SideBySide, *, is_limited: bool) -> Message:
    """Put two words next to each other, a discipline a row; each says its word, since narrow screens stack them."""
    if is_limited and not any(outcome.found):
        return _unknown_here("” and “".join(outcome.words))
    by_word = [(word, found.senses if found else ()) for word, found in zip(outcome.words, outcome.found, strict=True)]
    disciplines = dict.fromkeys(sense.discipline for _, senses in by_word for sense in senses)
    said: list[Block] = []
    for discipline in list(disciplines)[:_MEANINGS_SHOWN]:
        texts = [(word, [each.gloss for each in senses if each.discipline == discipline]) for word, senses in by_word]
        told = [blocks.plain(f"{word}: {'; '.join(glosses) or 'no meaning here'}") for word, glosses in texts]
        said += [blocks.small_print(discipline.capitalize()), blocks.fields(*told)]
    below = [
        blocks.button(word, LOOK_UP, word) if senses else blocks.button(f"Ask what {word} means", ASK, word)
        for word, senses in by_word
        if senses or not is_limited
    ]
    fallback = [_fallback(word, senses) if senses else blocks.escape(f"{word}: ?") for word, senses in by_word]
    text = blocks.cut(" and ".join(fallback), blocks.FALLBACK_LIMIT)
    return Message(text, blocks.apart([*said, blocks.buttons(below)]))


def _perhaps(outcome: Perhaps, *, is_limited: bool) -> Message:
    told = [(each.word, f" ({each.discipline}): {each.gloss}") for each in outcome.senses]
    lines = [blocks.line(blocks.words("That sounds like one of these:"))]
    lines += [blocks.line(blocks.words(word, "bold"), blocks.words(rest)) for word, rest in told]
    words = list(dict.fromkeys(sense.word for sense in outcome.senses))
    below = [blocks.button(word, blocks.numbered(LOOK_UP, place), word) for place, word in enumerate(words)]
    if len(outcome.text) <= WORD_LENGTH and not is_limited:
        below += [_none_of_these(outcome.text), blocks.button("Add a meaning", ADD, outcome.text)]
    text = blocks.escape(f"That sounds like one of these: {', '.join(words)}")
    return Message(text, (blocks.paragraphs(*lines), blocks.buttons(below)))


def _unknown_here(word: str) -> Message:
    return blocks.said(
        f"I know of no meaning of “{word}” that belongs to this channel. Guests, and channels that are shared with "
        "another organisation, see only what belongs to the channel; the workspace's glossary stays inside."
    )


def _fallback(word: str, senses: Sequence[Sense]) -> str:
    glosses = "; ".join(f"{sense.discipline}: {sense.gloss}" for sense in senses)
    return blocks.cut(blocks.escape(f"{word} — {glosses}"), blocks.FALLBACK_LIMIT)
