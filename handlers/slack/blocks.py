"""The few Block Kit shapes that all views share. Escaping lives here and nowhere else.

What people wrote goes into ``rich_text`` elements or ``plain_text``, which Slack shows as they are; in mrkdwn only
``& < >`` can be escaped, ``* _ ~`` cannot (https://docs.slack.dev/messaging/formatting-message-text).
"""

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from handlers.slack import menus
from handlers.slack.days import in_words
from storage.records import former

Block = dict[str, object]

#: Slack's limits, in characters.
SECTION_LIMIT = 3000
BUTTON_LIMIT = 75
VALUE_LIMIT = 2000
OPTION_VALUE_LIMIT = 150
FALLBACK_LIMIT = 4000
#: The menu of further buttons, whose choices name their own routes; so many stand before it, and in it.
MORE, IN_ROW, IN_MENU = "more", 3, 5


@dataclasses.dataclass(frozen=True, slots=True)
class Message:
    """What to say: blocks, and the text that stands for them in notifications and to screen readers.

    ``otherwise`` is said where Slack refuses the blocks: a refusal of an acknowledgement is never reported, so a
    message with newer blocks, such as tables, goes through the outbox. ``asks``: see ``access/settling``. ``ready``
    keeps the JSON that it was sent as.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    otherwise: str = ""
    asks: tuple[str, ...] = ()
    ready: list[str] = dataclasses.field(default_factory=list, init=False, compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Modal:
    callback_id: str
    title: str
    blocks: tuple[Block, ...]
    submit: str | None = None
    private_metadata: str = ""

    def as_view(self) -> Block:
        view: Block = {
            "type": "modal",
            "callback_id": self.callback_id,
            "title": plain(self.title),
            "close": plain("Close" if self.submit is None else "Cancel"),
            "private_metadata": self.private_metadata,
            "blocks": list(self.blocks),
        }
        return view if self.submit is None else {**view, "submit": plain(self.submit)}


def escape(text: str) -> str:
    """Make people's text safe in mrkdwn and in fallback texts: no mention, no channel, no link survives."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Return what a person typed from the text that Slack sends."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def cut(text: str, limit: int) -> str:
    """Shorten a text to a limit in characters, at a word where there is one, with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    words, _, rest = head.rpartition(" ")
    return (words if words and len(rest) < limit // 2 else head).rstrip(" ,;:") + "…"


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def markdown(text: str) -> Block:
    """A section of our own words in mrkdwn; people's words in it must have passed ``escape``."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def heading(text: str) -> Block:
    return {"type": "header", "text": plain(text)}


def small_print(text: str) -> Block:
    return {"type": "context", "elements": [plain(text)]}


def row(text: str, element: Block) -> Block:
    """Words with one button or menu beside them."""
    return {"type": "section", "text": plain(cut(text, SECTION_LIMIT)), "accessory": element}


def words(text: str, *styles: Literal["bold", "italic", "code"]) -> Block:
    """People's words inside a rich text line, shown as they are."""
    element: Block = {"type": "text", "text": text}
    return {**element, "style": dict.fromkeys(styles, True)} if styles else element


def line(*elements: Block) -> Block:
    return {"type": "rich_text_section", "elements": list(elements)}


def quotation(*elements: Block) -> Block:
    return {"type": "rich_text_quote", "elements": list(elements)}


def said(text: str, *before: Block) -> Message:
    """A message of one line: what stands before, such as a person, and people's words."""
    return Message(escape(text.strip()), (paragraphs(line(*before, words(text))),))


def offer(text: str, *below: Block) -> Message:
    """People's words in one line, above some buttons."""
    return Message(escape(text), (sentence(text), buttons(below)))


def sentence(text: str, *styles: Literal["bold", "italic", "code"]) -> Block:
    """People's words in a paragraph of their own."""
    return paragraphs(line(words(text, *styles)))


def paragraphs(*lines: Block) -> Block:
    return {"type": "rich_text", "elements": list(lines)}


def button(label: str, action_id: str, value: str = "", style: Literal["primary", "danger"] | None = None) -> Block:
    element: Block = {"type": "button", "text": plain(cut(label, BUTTON_LIMIT)), "action_id": action_id}
    if value:
        element["value"] = value[:VALUE_LIMIT]
    return element if style is None else {**element, "style": style}


def spoken(element: Block, label: str) -> Block:
    """Say more of a button to screen readers than what stands on it, where several look alike."""
    return {**element, "accessibility_label": cut(label, BUTTON_LIMIT)}


def buttons(elements: Sequence[Block]) -> Block:
    return {"type": "actions", "elements": list(elements)}


def overflow(options: Sequence[Block]) -> Block:
    """A menu of one to five buttons, each of which does what it would in a row; action_id and value: 149 characters."""
    told = [{**option("", f"{each['action_id']} {each.get('value', '')}"), "text": each["text"]} for each in options]
    return {"type": "overflow", "action_id": MORE, "options": told}


def in_row(elements: Sequence[Block], most: int = IN_ROW) -> Block:
    """A row of buttons: three at most, and the rest in a menu."""
    rest = elements[most : most + IN_MENU]
    return buttons([*elements[:most], *([overflow(rest)] if rest else [])])


def numbered(action_id: str, position: int) -> str:
    """Give each of several like buttons an action_id of its own; what stands before the colon is the route."""
    return f"{action_id}:{position}"


def apart(listed: Iterable[Block]) -> tuple[Block, ...]:
    """Give every button of a message or a view, ten a block at most, an action_id of its own; it keeps its route."""
    return tuple(_apart(block, place * 10) for place, block in enumerate(listed))


def _apart(block: Block, place: int) -> Block:
    elements, accessory = block.get("elements"), block.get("accessory")
    if block["type"] == "actions" and isinstance(elements, list):
        return {**block, "elements": [_renumbered(each, place + number) for number, each in enumerate(elements)]}
    if isinstance(accessory, dict) and accessory["type"] == "button":
        return {**block, "accessory": _renumbered(accessory, place)}
    return block


def _renumbered(element: Block, position: int) -> Block:
    return {**element, "action_id": numbered(str(element["action_id"]).partition(":")[0], position)}


def field(block_id: str, label: str, element: Block, hint: str = "", *, optional: bool = False) -> Block:
    """A form field; its block_id names it in the submission and in errors."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {**element, "action_id": block_id},
        "optional": optional,
    }
    return {**block, "hint": plain(hint)} if hint else block


def watched(block_id: str, label: str, element: Block, action_id: str, *, optional: bool = True) -> Block:
    """A field whose choice the bot hears of at once, under this action_id."""
    block = field(block_id, label, element, optional=optional)
    return {**block, "element": {**element, "action_id": action_id}, "dispatch_action": True}


def option(label: str, value: str) -> Block:
    return {"text": plain(cut(label, BUTTON_LIMIT)), "value": value[:OPTION_VALUE_LIMIT]}


def choice(options: Sequence[tuple[str, str]], initial: str = "") -> Block:
    """A menu of (label, value), as many as fit; nothing is chosen where the initial value is not among them."""
    listed = [option(label, value) for label, value in menus.fitting(options, initial)]
    menu: Block = {**menus.listed(listed), "type": "static_select", "placeholder": plain("Choose")}
    return {**menu, **_chosen(listed, initial)}


def choices(options: Sequence[tuple[str, str]], initial: Iterable[str] = ()) -> Block:
    """A menu of (label, value) of which any number can be chosen."""
    listed, wanted = [option(label, value) for label, value in options], set(initial)
    element: Block = {"type": "multi_static_select", "placeholder": plain("Choose"), "options": listed}
    chosen = [each for each in listed if each["value"] in wanted]
    return {**element, "initial_options": chosen} if chosen else element


def checkboxes(options: Sequence[tuple[str, str]], initial: Iterable[str] = ()) -> Block:
    """A few (label, value) to tick."""
    ticked = {name: value for name, value in choices(options, initial).items() if name != "placeholder"}
    return {**ticked, "type": "checkboxes"}


def radio(options: Sequence[tuple[str, str]], initial: str = "") -> Block:
    """A few (label, value) to choose one of."""
    listed = [option(label, value) for label, value in options]
    return {"type": "radio_buttons", "options": listed, **_chosen(listed, initial)}


def _chosen(listed: Iterable[Block], initial: str) -> Block:
    return next(({"initial_option": each} for each in listed if each["value"] == initial), {})


def _picker(kind: str, placeholder: str, **initial: object) -> Block:
    """A menu of Slack's own; what is chosen at first is left out where it is empty."""
    chosen = {name: value for name, value in initial.items() if value}
    return {"type": kind, "placeholder": plain(placeholder), **chosen}


def person_select(initial: str = "") -> Block:
    return _picker("users_select", "Choose a person", initial_user="" if former.is_former(initial) else initial)


def person(user_id: str) -> Block:
    """A person inside a rich text line; it pings them where they can read it. Who was forgotten is none to Slack."""
    if former.is_former(user_id):
        return words(former.NAME)
    return {"type": "user", "user_id": user_id}


def channel(channel_id: str) -> Block:
    """A channel inside a rich text line."""
    return {"type": "channel", "channel_id": channel_id}


def moment(at: str) -> Block:
    """A moment (ISO 8601 UTC text) inside a rich text line, which Slack shows to each reader in their time zone."""
    form, otherwise = "{date_short_pretty} {time}", f"{in_words(at)}, {at[11:16]} UTC"
    seconds = int(datetime.fromisoformat(at).timestamp())
    return {"type": "date", "timestamp": seconds, "format": form, "fallback": otherwise}


def link(url: str, label: str) -> Block:
    return {"type": "link", "url": url, "text": label}


def text_input(initial: str = "", *, multiline: bool = False, max_length: int = 3000) -> Block:
    element: Block = {"type": "plain_text_input", "multiline": multiline, "max_length": max_length}
    return {**element, "initial_value": initial} if initial else element


def people_select(initial: Iterable[str] = ()) -> Block:
    chosen = [each for each in initial if not former.is_former(each)]
    return _picker("multi_users_select", "Choose people", initial_users=chosen)


def channel_select(initial: str = "") -> Block:
    return _picker("channels_select", "Choose a channel", initial_channel=initial)


def date_picker(initial: str = "") -> Block:
    return _picker("datepicker", "Choose a day", initial_date=initial)


def divider() -> Block:
    return {"type": "divider"}


def table(rows: Sequence[Sequence[str]]) -> Block:
    """Slack's table of plain texts; the first row is its head (100 rows of 20 cells, 10,000 characters)."""
    cells = [[{"type": "raw_text", "text": cell or " "} for cell in row] for row in rows]
    return {"type": "table", "rows": cells}
