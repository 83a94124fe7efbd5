"""Who was forgotten: what stands in the place of a person, and how they are taken out of texts and messages."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

#: How anybody who was forgotten is called.
NAME = "a former member"
#: Slack makes shorter ids. A number follows, so that two who were forgotten stay two.
_PREFIX = "UFORMERMEMBER"


def placeholder(number: int) -> str:
    """Return what stands in the place of a person's id; it says nothing of the id."""
    return f"{_PREFIX}{number}"


def is_former(user_id: str) -> bool:
    return user_id.startswith(_PREFIX)


@dataclass(frozen=True)
class Forgotten:
    """A person who is taken out: their id, their name where nobody else has it, and what stands there from now on."""

    user_id: str
    name: str
    placeholder: str

    @cached_property
    def _mention(self) -> re.Pattern[str]:
        return re.compile(rf"<@{self.user_id}(?:\|[^>]*)?>")

    @cached_property
    def _id(self) -> re.Pattern[str]:
        """Find the id also behind a letter that JSON has written as a number, and in look-up keys."""
        before = r"(?:(?<![A-Za-z0-9])|(?<=\\u[0-9a-f]{4})|(?<=\\[nrtbf]))"
        return re.compile(rf"{before}(?:{self.user_id}|{self.user_id.casefold()})(?![A-Za-z0-9])")

    @cached_property
    def _name(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){re.escape(self.name)}(?!\w)" if self.name else r"(?!)")

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """Return words of which everything that names the person has one."""
        return (self.user_id, self.user_id.casefold(), *([self.name] if self.name else []))

    def out_of_text(self, text: str) -> str:
        """Return a text of a record, or its JSON, without the person. A name of one word may be any word, and stays."""
        left = self._id.sub(self._other, self._mention.sub(NAME, text))
        if " " in self.name:
            return self._name.sub(NAME, left)
        return left.replace(f'"verified_by":{json.dumps(self.name, ensure_ascii=False)}', f'"verified_by":"{NAME}"')

    def out_of_message(self, told: object) -> object:
        """Return a part of a message of the bot's, as Block Kit has it, without the person."""
        if isinstance(told, str):
            return self._name.sub(NAME, self._id.sub(self._other, self._mention.sub(NAME, told)))
        if isinstance(told, Mapping):
            if told.get("type") == "user" and told.get("user_id") == self.user_id:
                return {"type": "text", "text": NAME}
            return {key: self.out_of_message(each) for key, each in told.items()}
        return [self.out_of_message(each) for each in told] if isinstance(told, list) else told

    def _other(self, found: re.Match[str]) -> str:
        return self.placeholder.casefold() if found[0].islower() else self.placeholder
