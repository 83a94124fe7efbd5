"""What people read of how components are joined: asked to confirm it, told that it isn't so, and how a link stands."""

from collections.abc import Sequence

from handlers.responsibilities.messages.register import MAP, Names, who
from handlers.responsibilities.rules.links import SAYS, SAYS_NOT, Linked
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message

LINK, OPEN_LINK = "owner_link", "owner_link_open"
CONFIRM_LINK, REFUSE_LINK = "owner_link_confirm", "owner_link_refuse"
REVIEW_LINKS, LINK_HISTORY = "owner_links_review", "owner_link_history"
#: How the numbers of feedback begin: what was seen somewhere is no agreement.
_OF_FEEDBACK = "FB-"
_AND_CHANNEL = ("C", "G")


def sentence(about: Linked) -> list[Block]:
    """Say how two components are joined, with their names; no full stop."""
    versions = f" (versions {about.link.versions})" if about.link.versions else ""
    says = blocks.words(f" {SAYS[about.link.kind]} ")
    behind = [blocks.words(versions)] if versions else []
    return [blocks.words(about.source.name, "bold"), says, blocks.words(about.target.name, "bold"), *behind]


def asked(listed: Sequence[Linked], by: str) -> Message:
    """Ask somebody whether components are joined so, as another person says, or a file."""
    says = [blocks.person(by), blocks.words(" says that ")] if by else [blocks.words("An import says that ")]
    keys = tuple(each.link.id for each in listed)
    if len(listed) == 1:
        about = listed[0]
        line = blocks.line(*says, *sentence(about), blocks.words(". Is that so?"))
        shown = (blocks.paragraphs(line), blocks.buttons(_answers(about.link.id)))
        return Message(blocks.escape(f"Is it so that {about.told}?"), shown, asks=keys)
    head = blocks.line(blocks.words(f"An import says how {len(listed)} pairs of components are linked. Is that so?"))
    review = blocks.button("Review", REVIEW_LINKS, " ".join(keys[:_AT_ONCE]), "primary")
    lines = [blocks.line(*sentence(each)) for each in listed[:_SHOWN]]
    return Message(
        "Are these components linked?", (blocks.paragraphs(head, *lines), blocks.buttons([review])), asks=keys
    )


#: So many stand in a message, and so many can be settled in one form, whose ids fit into its button.
_SHOWN, _AT_ONCE = 5, 40


def _answers(link_id: str) -> list[Block]:
    yes, no = blocks.button("Confirm", CONFIRM_LINK, link_id, "primary"), blocks.button("Not so", REFUSE_LINK, link_id)
    return [yes, no]


def refused(about: Linked, by: str) -> Message:
    """Tell who said so that the other side says it isn't so."""
    source, target = blocks.words(about.source.name, "bold"), blocks.words(about.target.name, "bold")
    says = blocks.words(f" {SAYS_NOT[about.link.kind]} ")
    line = blocks.line(blocks.person(by), blocks.words(" says that "), source, says, target, blocks.words("."))
    told = f"{about.source.name} {SAYS_NOT[about.link.kind]} {about.target.name}"
    return Message(blocks.escape(told), (blocks.paragraphs(line),))


def proposed(about: Linked, asked_of: Sequence[str]) -> Message:
    """Say to who linked two components what comes of it."""
    head = blocks.line(*sentence(about), blocks.words("."))
    lines = [head, *_next(asked_of)] if about.link.state == "proposed" else [head]
    below = [blocks.button("Map", MAP, about.target.id), blocks.button("Open", OPEN_LINK, about.link.id)]
    return Message(blocks.escape(f"{about.told}."), (blocks.paragraphs(*lines), blocks.buttons(below)))


def _next(asked_of: Sequence[str]) -> list[Block]:
    if not asked_of:
        return [blocks.line(blocks.words("Nobody of the other side can be asked to confirm it."))]
    named = [blocks.channel(each) if each.startswith(_AND_CHANNEL) else blocks.person(each) for each in asked_of]
    behind = [blocks.words(" and "), named[1]] if len(named) > 1 else []
    return [blocks.line(blocks.words("I've asked "), named[0], *behind, blocks.words(" to confirm it."))]


def shown(about: Linked, names: Names, *, may_answer: bool, is_waiting: bool) -> Message:
    """Say how a link stands, with what the person can do about it."""
    lines = [blocks.line(*sentence(about), blocks.words(".")), *_stands(about, names)]
    yes, no = _answers(about.link.id)
    below = [*([yes] if may_answer and is_waiting else []), *([no] if may_answer else [])]
    history = blocks.button("History", LINK_HISTORY, about.link.id)
    shown_below = blocks.buttons([*below, history])
    return Message(blocks.escape(f"{about.told}."), (blocks.paragraphs(*lines), shown_below))


def _stands(about: Linked, names: Names) -> list[Block]:
    link = about.link
    if link.state == "refused":
        return [blocks.line(blocks.words("Somebody said that this isn't so."))]
    said = [each for each in dict.fromkeys((link.source_by, link.target_by)) if each]
    if not said:
        seen = f" It comes from {link.origin}." if link.origin else ""
        return [blocks.line(blocks.words(f"Nobody has confirmed it yet.{seen}"))]
    people = [who(said[0], names), *([blocks.words(" and "), who(said[1], names)] if len(said) > 1 else [])]
    is_seen_only = link.origin.startswith(_OF_FEEDBACK)
    agreed = f" agreed on it in {link.origin}." if link.origin and not is_seen_only else " confirmed it."
    rest = " The other side hasn't yet." if link.state == "proposed" else ""
    return [blocks.line(*people, blocks.words(f"{agreed}{rest}"))]


def answered(about: Linked) -> Message:
    """Say to who confirmed a link, or refused it, what is so now."""
    if about.link.state == "refused":
        return blocks.said(f"{about.source.name} {SAYS_NOT[about.link.kind]} {about.target.name}. It's off the map.")
    more = " The other side hasn't confirmed it yet." if about.link.state == "proposed" else ""
    return blocks.said(f"{about.told}.{more}")


def partly(left: Sequence[str]) -> Message:
    """Say to who answered for several links why some of them are as they were."""
    return blocks.said(f"Saved what you can say. {' '.join(dict.fromkeys(left))}")


def not_understood(text: str, command: str) -> Message:
    """Say how a link is written, where two components can't be read from the words."""
    told = f"I can't read two components of the register in “{blocks.cut(text, 80)}”." if text else ""
    such = f"Write it like this: {command} link berth arrivals feeds berth model. Or fill in a form:"
    shown_blocks = [*([blocks.sentence(told)] if told else []), blocks.sentence(such)]
    return Message(
        blocks.escape(told or such), (*shown_blocks, blocks.buttons([blocks.button("Link components", LINK)]))
    )


def nothing_left() -> Message:
    return blocks.said("All of them are confirmed or refused by now.")


def too_few(command: str) -> Message:
    return blocks.said(f"A link needs two components. Add them with {command} add.")
