"""What people read of a word's definitions, and the ids of the buttons that stand below them."""

from collections.abc import Mapping, Sequence

from handlers.checks.dates import day
from handlers.glossary.rules.naming import Found
from handlers.glossary.rules.ordering import differs_among
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.glossary.glossary import STARTER, Sense
from storage.records import former

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

THANKS = Message("Thanks, that helps whoever looks after this word.")
_EXAMPLE_SHOWN = 200
_PROSE_IN_FULL = 2000
#: Slack refuses a message whose blocks hold more than about 12,000 characters together (msg_blocks_too_long).
_PROSE_TOGETHER = 7000
_SHOWN = 12
_SHOWN_IN_FULL = 45
_WORDS_EXPLAINED = 6
_GLOSSES_EXPLAINED = 3
_LIKELY_FIRST = "The most likely definition stands first, from the message and who wrote it."
_STATES = {"draft": " (draft, not approved yet)", "disputed": " (disputed)", "deprecated": " (no longer used)"}
#: Who called a word's definitions what they are: the names of people by user id.
Names = Mapping[str, str]


def in_brief(found: Found, names: Names, *, is_private: bool) -> Message:
    """Say what a word means in a few lines; only a private answer has buttons for sharing and for opinions."""
    name = ("in brief", tuple(sorted(names.items())), is_private)
    return found.keep_if_again(name, lambda: _in_brief(found, names, is_private=is_private))


def _in_brief(found: Found, names: Names, *, is_private: bool) -> Message:
    said = [each for sense in found.senses[:_SHOWN] for each in (blocks.divider(), _brief(sense))][1:]
    more = _asker_buttons(found) if is_private else _more_detail(found)
    below = [blocks.buttons(more)] if more else []
    return _message(found, [*_head(found), *said, *_notes(found, names, _SHOWN), *below])


def in_full(found: Found, names: Names) -> Message:
    """Say everything about a word, as far as one message in Slack can hold it."""
    senses = found.senses[:_SHOWN_IN_FULL]
    prose = min(_PROSE_IN_FULL, _PROSE_TOGETHER // (2 * len(senses)))
    said = [_full(sense, prose) for sense in senses]
    return _message(found, [*_head(found), *said, *_notes(found, names, _SHOWN_IN_FULL)])


def shared(found: Found, names: Names, user_id: str) -> Message:
    """Say it to the channel on behalf of who shared it."""
    said = in_brief(found, names, is_private=False)
    return Message(said.text, (*said.blocks, _small(f"Shared by <@{user_id}>")))


def explained(words: Sequence[Found], people: Sequence[str] = ()) -> Message:
    """Say what the words of a message mean, in a few words each; ``people`` are the disciplines of who is there."""
    if not words:
        return Message("None of the words in this message is in the glossary.")
    shown = words[:_WORDS_EXPLAINED]
    lines = [blocks.line(*_marked(each, people), *_glosses(each.senses)) for each in shown]
    if others := ", ".join(each.word for each in words[_WORDS_EXPLAINED:]):
        lines.append(blocks.line(blocks.words(f"Also in the glossary: {blocks.cut(others, _EXAMPLE_SHOWN)}")))
    told = f"Words in this message: {', '.join(found.word for found in words)}"
    longer = [each.word for each in shown if len(each.senses) > _GLOSSES_EXPLAINED]
    more = [blocks.button(f"More on {blocks.cut(each, 60)}", LOOK_UP, each) for each in longer]
    why = [blocks.small_print(_LIKELY_FIRST)] if any(each.likely for each in shown) else []
    below = [blocks.in_row(more)] if more else []
    text = blocks.cut(blocks.escape(told), blocks.FALLBACK_LIMIT)
    return Message(text, blocks.apart([*map(blocks.paragraphs, lines), *why, *below]))


def _marked(found: Found, people: Sequence[str]) -> list[Block]:
    mark = [blocks.words(" · means different things here", "italic")] if differs_among(found, people) else []
    return [*called(found), *mark]


def short(sense: Sense) -> Block:
    """Say a definition in one line, for forms and for who settles it."""
    return blocks.line(blocks.words(f"{sense.word}, {sense.discipline}: ", "bold"), blocks.words(sense.gloss))


def nothing_left(word: str) -> Message:
    return Message(f"“{blocks.escape(word)}” isn't in the glossary, or you can't see it here.")


def nothing_to_share(word: str) -> Message:
    return Message(
        f"I can't share “{blocks.escape(word)}” here. A private channel's definitions stay in it, and the workspace's "
        "glossary isn't shared where I can't see who reads along, or with other companies. If this is a private "
        "channel, invite me first."
    )


def fallback(word: str, senses: Sequence[Sense]) -> str:
    """Return a word's definitions as one line, for notifications."""
    glosses = "; ".join(f"{sense.discipline}: {sense.gloss}" for sense in senses)
    return blocks.cut(blocks.escape(f"{word} · {glosses}"), blocks.FALLBACK_LIMIT)


def _message(found: Found, said: Sequence[Block]) -> Message:
    return Message(fallback(found.word, found.senses[:_SHOWN]), tuple(said))


def _head(found: Found) -> list[Block]:
    count = [blocks.words(f" · {len(found.senses)} definitions")] if len(found.senses) > 1 else []
    head = blocks.paragraphs(blocks.line(*called(found), *count))
    return [head, blocks.small_print(found.likely)] if found.likely else [head]


def called(found: Found) -> list[Block]:
    """Return a word as it is headed: the form that was asked for, where it is another, and the word."""
    asked = [blocks.words(found.asked, "bold"), blocks.words(", from ")] if found.asked else []
    return [*asked, blocks.words(found.word, "bold")]


def _brief(sense: Sense) -> Block:
    instead = _instead(sense)
    lines = [_gloss(sense), *([blocks.line(*instead)] if instead else [])]
    return blocks.paragraphs(*lines, *_example(sense, _EXAMPLE_SHOWN))


def _instead(sense: Sense) -> list[Block]:
    instead = sense.replaced_by or sense.say_instead
    return [blocks.words("Say instead: "), blocks.words(instead, "bold")] if instead else []


def _full(sense: Sense, prose: int) -> Block:
    lines = [_gloss(sense)]
    if sense.definition:
        lines.append(blocks.line(blocks.words(blocks.cut(sense.definition, prose))))
    asides = [blocks.line(blocks.words(f"{label}: ", "italic"), told) for label, told in _asides(sense)]
    return blocks.paragraphs(*lines, *_example(sense, prose), *asides)


def _gloss(sense: Sense) -> Block:
    state = _STATES.get(sense.status, "")
    head = [blocks.words(sense.discipline.capitalize(), "bold"), *([blocks.words(state, "italic")] if state else [])]
    return blocks.line(*head, blocks.words(f"  {sense.gloss}"))


def _example(sense: Sense, most: int) -> list[Block]:
    if not sense.example:
        return []
    quoted = blocks.words(f"“{blocks.cut(sense.example, most)}”", "italic")
    where = [blocks.words(" "), blocks.link(sense.example_link, "see the message")] if sense.example_link else []
    return [blocks.line(quoted, *where)]


def _asides(sense: Sense) -> list[tuple[str, Block]]:
    """Return the small lines below a definition, each with its label."""
    asides = [("Say instead", blocks.words(each)) for each in (sense.replaced_by, sense.say_instead) if each]
    for kind in dict.fromkeys(relation.kind for relation in sense.relations):
        listed = ", ".join(relation.word for relation in sense.relations if relation.kind == kind)
        asides.append((kind.capitalize(), blocks.words(listed)))
    if sense.source_title or sense.source_link:
        licence = f" ({sense.source_licence})" if sense.source_licence else ""
        title = f"{sense.source_title or sense.source_link}{licence}"
        asides.append(("Source", blocks.link(sense.source_link, title) if sense.source_link else blocks.words(title)))
    return asides


def _notes(found: Found, names: Names, most: int) -> list[Block]:
    """Say below the definitions how many more there are, and who has approved them."""
    more = len(found.senses) - most
    notes = [f"And {more} more"] if more > 0 else []
    return [_small(" ".join(notes))] if (notes := [*notes, *_reviews(found, names)]) else []


def _small(text: str) -> Block:
    """Small print in mrkdwn, where Slack shows days."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def _reviews(found: Found, names: Names) -> list[str]:
    by_review: dict[str, list[Sense]] = {}
    for sense in found.senses:
        by_review.setdefault(_review(found, sense, names), []).append(sense)
    by_review.pop("", None)
    told = []
    for review, senses in by_review.items():
        whose = blocks.escape(", ".join(sense.discipline for sense in senses).capitalize())
        is_one = len(by_review) == 1
        told.append(f"{review}." if is_one else f"{whose}: {review[0].lower()}{review[1:]}.")
    return told


def _review(found: Found, sense: Sense, names: Names) -> str:
    """Say who took a definition into use; empty where nobody has yet, and its state says so."""
    if sense.status in ("draft", "deprecated"):
        return ""
    if (step := found.approvals.get(sense.id)) is not None:
        name = former.NAME if former.is_former(step.by) else names.get(step.by, "")
        return f"Approved by {blocks.escape(name)}, {day(step.at[:10])}" if name else f"Approved {day(step.at[:10])}"
    if sense.verified_on:
        return f"Approved by {blocks.escape(sense.verified_by)}, {day(sense.verified_on[:10])}"
    is_only = len(found.senses) == 1
    told = "A starter definition" if is_only else "Starter definitions"
    return f"{told}, not reviewed by your team yet" if sense.origin == STARTER else ""


def _glosses(senses: Sequence[Sense]) -> list[Block]:
    told = list[Block]()
    for sense in senses[:_GLOSSES_EXPLAINED]:
        told.append(blocks.words(f"\n{sense.discipline.capitalize()}: {sense.gloss}"))
        told += [blocks.words("\n"), *instead] if (instead := _instead(sense)) else []
    left = len(senses) - _GLOSSES_EXPLAINED
    return [*told, blocks.words(f"\nand {left} more")] if left > 0 else told


def _asker_buttons(found: Found) -> list[Block]:
    word = found.word
    menu = [
        blocks.button("Helpful", HELPFUL, found.senses[0].id),
        blocks.button("Not clear", NOT_CLEAR, word),
        blocks.button("Add a definition", ADD, word),
        *_more_detail(found),
        blocks.button("History", HISTORY, word),
    ]
    return [
        blocks.button("Share", SHARE, word),
        blocks.button("Not what we mean", DISPUTE, word),
        blocks.overflow(menu),
    ]


def _more_detail(found: Found) -> list[Block]:
    return [blocks.button("More detail", SHOW_ALL, found.word)] if _has_more(found) else []


def _has_more(found: Found) -> bool:
    cut = any(sense.definition or _asides(sense) or len(sense.example) > _EXAMPLE_SHOWN for sense in found.senses)
    return cut or len(found.senses) > _SHOWN
