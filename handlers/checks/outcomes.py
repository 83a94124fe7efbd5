"""How an act can end that a rule refuses, as a value: what a person did wrong is no error."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something cannot be done, for who tried; ``field`` is the form's field that it is about."""

    told: str
    field: str = ""
