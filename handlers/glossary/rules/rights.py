"""What a person may do with meanings as they stand: asked on opening, on saving and on pressing."""

from dataclasses import dataclass

from handlers.access.recipients import Facts
from storage.engine.interface import Reader
from storage.glossary.glossary import Meaning, Sense
from storage.workspaces.workspaces import stewards_of


@dataclass(frozen=True, slots=True)
class Rights:
    """What a person may do; ``disciplines`` are those that they are a steward of."""

    user_id: str
    is_admin: bool
    disciplines: tuple[str, ...] = ()

    @property
    def looks_after_words(self) -> bool:
        return self.is_admin or bool(self.disciplines)

    def speaks_for(self, discipline: str) -> bool:
        return self.is_admin or discipline in self.disciplines

    def may_settle(self, sense: Sense) -> bool:
        """Tell whether they may approve, keep, verify and deprecate: its discipline's stewards may, and its own.

        A draft names its own steward itself, so that name gives no rights until somebody else has approved it.
        """
        is_own = sense.status != "draft" and sense.steward == self.user_id
        return is_own or self.speaks_for(sense.discipline)

    def may_edit(self, sense: Sense) -> bool:
        """Tell whether they may change it: who settles it, its steward, the author of a draft."""
        is_author = sense.status == "draft" and sense.created_by == self.user_id
        return is_author or sense.steward == self.user_id or self.may_settle(sense)

    def needs_no_approval(self, meaning: Meaning, old: Sense | None) -> bool:
        is_same = old is not None and old.discipline == meaning.discipline
        return self.may_settle(old) if old is not None and is_same else self.speaks_for(meaning.discipline)


def rights_of(reader: Reader, team_id: str, facts: Facts) -> Rights:
    """Return the rights of who does something, as they are now."""
    own = [each.discipline for each in stewards_of(reader, team_id) if each.user_id == facts.by]
    return Rights(facts.by, facts.is_admin, tuple(own))
