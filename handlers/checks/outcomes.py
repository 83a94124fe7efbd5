"""How an act can end that a rule refuses, as a value: what a person did wrong is no error."""

from dataclasses import dataclass

from storage.engine.interface import WORKSPACE


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something cannot be done, for who tried; ``field`` is the form's field that it is about."""

    told: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class NotAllowed(Refused):
    """That who tried lacks the right to it, which is kept in the audit trail where it is answered.

    ``kind`` and ``id`` name what it is about, such as a decision; ``visibility`` says whose that is.
    """

    kind: str = ""
    id: str = ""
    visibility: str = WORKSPACE
