"""What another tool's file says of a card: what is put to both sides, and a line for each text that isn't taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from handlers.agreements import parsing
from handlers.agreements.columns import INTERFACE_TYPES, Column, columns_in, line_of, wrong_values
from handlers.checks.csv_files import FormatError
from handlers.requirements.rules.aspects import KINDS
from handlers.slack.interactions import Fields
from storage.records.offers import Offer
from storage.requirements.requirements import Aspect

#: What stands where a file names a version and nobody has said what it promises.
NO_PROMISE = "compatibility isn't promised yet"
#: A value never asks for a day.
_NO_DAY = date.min
#: Slack takes 3,000 characters in a field.
_LINES, _TEXT = 2900, 300


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a file asks, by aspect, and the lines about what isn't taken from it."""

    asked: Mapping[Aspect, Offer]
    left_out: Sequence[str]


@dataclass(slots=True)
class Prefill:
    """A card that is being filled in from a file; ``before`` is what stands on it, which the file may only add to."""

    before: Mapping[Aspect, Offer]
    asked: dict[Aspect, Offer] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    @property
    def proposed(self) -> Proposed:
        """Return what was filled in. Raises FormatError where that is nothing."""
        if not self.asked:
            raise FormatError("; ".join(["the file says nothing that stands on a card", *self.left_out]))
        return Proposed(self.asked, self.left_out)

    def say(self, aspect: Aspect, **parts: str) -> None:
        """Take an aspect, with what the card says of it beside the file; a line says what is still missing or wrong."""
        said = {name: text for name, text in parts.items() if text}
        kind, before = KINDS[aspect], self.before.get(aspect, Offer())
        short = {each.id for each in kind.parts if each.kind == "short"}
        told = {name: _one_line(text) if name in short else text for name, text in {**before.values, **said}.items()}
        found = parsing.offer_in(Fields({**told, parsing.STANCE: "value"}), kind, _NO_DAY)
        if isinstance(found, Offer):
            self.asked[aspect] = found
        elif said:
            labels = {each.id: each.label for each in kind.parts}
            wrong = [
                f"{labels[name]} {'not set' if name not in told else error}" for name, error in found.errors.items()
            ]
            self.left_out.append(f"{aspect}: {'; '.join(wrong)}")

    def fields(self, where: str, columns: Sequence[Column]) -> str:
        """Return fields as they are written on a card, without the values that a card can't check."""
        lines = [self._line(where, each) for each in columns]
        if len("\n".join(lines)) > _LINES:
            self.left_out.append(f"{where}: what the fields mean, since there are {len(lines)}")
            lines = [" | ".join((*each.split(" | ")[:2], "", *each.split(" | ")[3:])).rstrip(" |") for each in lines]
        kept = [each for place, each in enumerate(lines, start=1) if len("\n".join(lines[:place])) <= _LINES]
        self.left_out += [f"{where}: {len(lines) - len(kept)} fields more"] if len(kept) < len(lines) else []
        return "\n".join(kept)

    def _line(self, where: str, column: Column) -> str:
        line = line_of(column)
        read = columns_in(line, INTERFACE_TYPES)
        if not isinstance(read, str) and read == [column] and not wrong_values(read):
            return line
        self.left_out.append(f"{where}.{column.name}: its values")
        plain = Column(column.name, column.type, column.meaning, is_required=column.is_required)
        return line_of(plain)


def cell(text: object) -> str:
    """Return a text as it can stand between two bars of a line."""
    return _one_line(str(text or "").replace("|", "/"))


def _one_line(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= _TEXT else f"{told[: _TEXT - 1]}…"
