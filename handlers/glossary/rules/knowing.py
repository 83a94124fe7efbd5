"""Who of those who look after words most likely knows what one means. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from storage.workspaces.workspaces import Steward

#: How much it says of somebody that they defined a word near this one; the rest says less, in this order.
_WROTE, _ANSWERED, _AROUND, _PLACE, _ASKER = 16, 8, 4, 2, 1


@dataclass(frozen=True, slots=True)
class Clues:
    """What points to somebody.

    ``wrote`` and ``answered`` are words by user id: one near the word asked for that they wrote or approved, one that
    they answered where this is asked. The rest are disciplines: the one in which the words of the question come up
    most, the channel's, and the asker's; empty where nobody knows.
    """

    wrote: Mapping[str, str] = field(default_factory=dict)
    answered: Mapping[str, str] = field(default_factory=dict)
    around: str = ""
    place: str = ""
    asker: str = ""


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody who may know, and why, in words to them; who asked is no reason that is told."""

    user_id: str
    because: str = ""


def likeliest(stewards: Sequence[Steward], admins: Iterable[str], clues: Clues) -> list[Likely]:
    """Return whom to ask, the likeliest first: those to whom something points, then the admins, then other stewards."""
    chosen = sorted(admins)
    looks_after: dict[str, list[str]] = {who: [] for who in chosen}
    for each in stewards:
        looks_after.setdefault(each.user_id, []).append(each.discipline)
    found = {who: list(_reasons(who, disciplines, clues)) for who, disciplines in looks_after.items()}
    points = {who: sum(weight for weight, _ in reasons) for who, reasons in found.items()}
    pointed = sorted((who for who in found if points[who]), key=lambda who: (-points[who], who))
    order = dict.fromkeys([*pointed, *chosen, *sorted(found)])
    return [Likely(who, max(found[who], default=(0, ""))[1]) for who in order]


def _reasons(user_id: str, disciplines: Sequence[str], clues: Clues) -> Iterator[tuple[int, str]]:
    """Yield what points to somebody: how much it weighs, and how it is said to them."""
    if word := clues.wrote.get(user_id):
        yield _WROTE, f"You defined “{word}”."
    if word := clues.answered.get(user_id):
        yield _ANSWERED, f"You answered “{word}” there before."
    if clues.around in disciplines:
        yield _AROUND, f"Words like it come up in {clues.around}, which you look after."
    if clues.place in disciplines:
        yield _PLACE, f"You look after {clues.place}, which comes first there."
    if clues.asker in disciplines:
        yield _ASKER, ""
