"""What needs somebody, a line a topic, each with one button: so it looks in the digest and on the Home. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.checks.dates import age, day, is_past
from handlers.hooks.reminders import Reminder, Topic
from handlers.slack import blocks
from handlers.slack.action_ids import REVIEW_NEEDS
from handlers.slack.blocks import Block

#: A line is read at a glance.
_NAMED, _TOLD = 80, 160
_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Grouped:
    """Reminders of one topic, the most harmful first."""

    topic: Topic
    reminders: Sequence[Reminder]

    @property
    def count(self) -> int:
        return len(self.reminders)

    @property
    def label(self) -> str:
        return self.reminders[0].name if self.count == 1 else self.topic.label

    @property
    def asks(self) -> tuple[str, ...]:
        """The records that its button is about: once all of them are done, it goes from the message."""
        return tuple(each.subject for each in self.reminders if " " not in each.subject)

    def told_to(self, person: str) -> str:
        return self.reminders[0].told_to(person) if self.count == 1 else f"{self.count} {self.topic.several}"


def grouped(reminders: Sequence[Reminder]) -> list[Grouped]:
    """Put reminders of one topic together, the most harmful and the oldest first."""
    ordered = sorted(reminders, key=lambda each: (-each.harm, each.since, each.subject))
    topics: dict[str, list[Reminder]] = {}
    for each in ordered:
        topics.setdefault(each.topic.key, []).append(each)
    return [Grouped(listed[0].topic, listed) for listed in topics.values()]


def heading(count: int) -> str:
    """Say how many lines follow."""
    if not count:
        return "Nothing needs you right now"
    return "1 thing needs you" if count == 1 else f"{count} things need you"


def line(found: Grouped, person: str, today: date) -> Block:
    """Return one line with its one button; ``today`` is the person's."""
    return row(found.label, found.told_to(person), when(found.reminders, today), button_of(found, person))


def row(label: str, told: str, at: str, button: Block) -> Block:
    """Return a name in bold, what is to be done, and by or since when, with the button that does it."""
    name, words = blocks.cut(label, _NAMED), blocks.cut(told, _TOLD)
    text = " · ".join(each for each in (f"*{blocks.escape(name)}*  {blocks.escape(words)}", at) if each)
    return {**blocks.markdown(text), "accessory": blocks.spoken(button, f"{button_label(button)}: {name}, {words}")}


def button_of(found: Grouped, person: str) -> Block:
    """Return the button of the only one, or that of them all."""
    if found.count == 1:
        return found.reminders[0].button(person)
    return found.topic.button or blocks.button("Review", REVIEW_NEEDS, _SEPARATOR.join([found.topic.key, *found.asks]))


def read_topic(value: str) -> str:
    """Return the key of the topic whose several things a button lists."""
    return value.partition(_SEPARATOR)[0]


def button_label(button: Block) -> str:
    text = button["text"]
    return str(text["text"]) if isinstance(text, dict) else ""


def when(reminders: Sequence[Reminder], today: date) -> str:
    """Say by when the first of them is due, or since when the oldest is open."""
    if due := min((each.due for each in reminders if each.due), default=""):
        return f"overdue by {age(due, today)}" if is_past(due, today) else f"due {day(due)}"
    since = min((each.since for each in reminders if each.since), default="")
    return f"since {day(since)}" if since else ""
