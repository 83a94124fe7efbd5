"""What people type and choose, filled with odd values: boxes of forms, arguments of commands, words of mentions."""

import copy
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from bot.local_slack.block_kit.blocks import elements_of
from tests.input.odd import one_of, texts
from tests.input.wire import Payload

_LONGEST = 3000
_NUMBERS = ("0", "-1", "3", "007", "99999999999999999999", "0.0000001", "-0", "2147483648", "4.5", "1" * 300)
_DAYS = ("0001-01-01", "1969-12-31", "2024-02-29", "2026-01-04", "2026-01-05", "2038-01-19", "9999-12-31")
_TIMES = ("00:00", "23:59", "12:30")
_PEOPLE = ("UANA", "UBEN", "UCHLOE", "UGUS", "U0BOT", "USLACKBOT", "UNOBODY")
_PLACES = ("CGENERAL", "CDATA", "CSECRETLAUNCH", "CNOWHERE")
_FIXED = {
    "number_input": ("value", _NUMBERS),
    "datepicker": ("selected_date", _DAYS),
    "timepicker": ("selected_time", _TIMES),
    "users_select": ("selected_user", _PEOPLE),
    "conversations_select": ("selected_conversation", _PLACES),
    "channels_select": ("selected_channel", _PLACES),
}
_SEVERAL = {
    "multi_users_select": ("selected_users", _PEOPLE),
    "multi_conversations_select": ("selected_conversations", _PLACES),
    "multi_channels_select": ("selected_channels", _PLACES),
}


@dataclass(frozen=True, slots=True)
class Filling:
    """What is typed, and numbers that say into which boxes, and which of several is chosen."""

    typed: tuple[str, ...]
    place: int
    count: int

    def of(self, payload: Payload) -> tuple[str, Payload]:
        """Return what was typed or chosen in words, and the payload with it."""
        told = copy.deepcopy(payload.content)
        if "command" in told:
            told["text"] = self._words(told["text"])
            return told["text"][:300], replace(payload, content=told)
        if "event" in told:
            told["event"]["text"] = self._words(told["event"]["text"])
            return told["event"]["text"][:300], replace(payload, content=told)
        return self._boxes(told["view"]), replace(payload, content=told)

    def _words(self, text: str) -> str:
        """Return a line whose last words are others: all but the first, or some of the rest."""
        words = text.split(" ")
        return " ".join([*words[: 1 + self.place % max(1, len(words))], self.typed[0]])

    def _boxes(self, view: Any) -> str:
        elements = {
            (block["block_id"], element["action_id"]): element
            for block in view["blocks"]
            for element in elements_of(block)
        }
        fields = [key for key, each in elements.items() if key[1] in view["state"]["values"].get(key[0], {})]
        filled = {fields[(self.place + step) % len(fields)] for step in range(self.count)} if fields else set()
        for number, (block_id, action_id) in enumerate(sorted(filled)):
            state = view["state"]["values"][block_id][action_id]
            state |= self._chosen(elements[block_id, action_id], self.typed[number % len(self.typed)])
        entered = {key[0]: view["state"]["values"][key[0]][key[1]] for key in filled}
        return str(entered)[:600]

    def _chosen(self, element: Any, typed: str) -> dict[str, Any]:
        kind, options = element["type"], _options(element)
        if kind in _FIXED:
            name, pool = _FIXED[kind]
            return {name: pool[self.place % len(pool)]}
        if kind in _SEVERAL:
            name, pool = _SEVERAL[kind]
            return {name: list(pool[: self.place % (len(pool) + 1)])}
        if kind in ("static_select", "radio_buttons"):
            return {"selected_option": options[self.place % len(options)]}
        if kind in ("checkboxes", "multi_static_select"):
            return {"selected_options": options[: self.place % (len(options) + 1)]}
        if kind == "plain_text_input":
            return {"value": typed[: element.get("max_length", _LONGEST)] or None}
        return {}


def fillings() -> st.SearchStrategy[Filling]:
    typed = st.lists(texts(), min_size=1, max_size=3).map(tuple)
    return st.builds(Filling, typed, st.integers(0, 10**4), one_of((1, 1, 2, 3, 30)))


def _options(element: Any) -> list[Any]:
    groups = element.get("option_groups", ())
    return [*element.get("options", ()), *(each for group in groups for each in group["options"])]
