"""What one side says of something that two sides have to agree on, and that they did."""

from typing import Literal

from pydantic import Field

from storage.engine.interface import Record

Stance = Literal["value", "not needed", "unknown"]


class Offer(Record):
    """What one side says of a term: a value in its parts, or why none is needed, or who finds out until which day.

    ``senses`` are pins of the glossary senses that it uses; ``at`` is empty for what was chosen and never submitted.
    ``source`` is what it was proposed from, such as a sample; empty where somebody entered it.
    """

    stance: Stance = "value"
    parts: dict[str, str] = Field(default_factory=dict)
    reason: str = ""
    finder: str = ""
    until: str = ""
    senses: tuple[str, ...] = ()
    by: str = ""
    at: str = ""
    source: str = ""

    @property
    def values(self) -> dict[str, str]:
        """Return its parts; none where it gives no value."""
        return self.parts if self.stance == "value" else {}

    @property
    def words(self) -> list[str]:
        """Return what it says, for whoever looks for that: each part after its name, and the reason."""
        return [*(f"{name.replace('_', ' ')}: {value}" for name, value in self.values.items()), self.reason]

    def says_the_same(self, other: "Offer") -> bool:
        return all(getattr(self, name) == getattr(other, name) for name in _SAID)

    def says_as_much_as(self, other: "Offer") -> bool:
        """Tell whether it says the same, and maybe more parts of it."""
        if not (other.parts.items() <= self.parts.items() and other.senses in ((), self.senses)):
            return False
        return self.says_the_same(other.model_copy(update={"parts": self.parts, "senses": self.senses}))


_SAID = tuple(name for name in Offer.model_fields if name not in ("by", "at", "source"))


class Agreement(Record):
    """That a side agreed to a version of what is said; ``at`` is ISO 8601 UTC text."""

    user_id: str
    version: int
    at: str
