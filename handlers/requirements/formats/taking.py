"""Which tool's file a card is filled in from. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.checks.csv_files import FormatError
from handlers.requirements.formats import mlte, model_files, openapi, whole
from handlers.requirements.formats.proposed import Prefill, Proposed
from handlers.requirements.formats.results import parsed
from handlers.requirements.formats.whole import Whole
from handlers.requirements.rules.aspects import aspects_of, sheet_of
from storage.records.offers import Offer
from storage.requirements.requirements import Aspect
from storage.responsibilities.responsibilities import Kind

_FRONT = re.compile(r"\s*---\r?\n.*?\n---\s*(?:\n|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Taking:
    """For whose card a file is read: its kind and lead, what it says, and which operation of an API is meant."""

    kind: Kind
    lead: str
    before: Mapping[Aspect, Offer]
    operation: str = ""


def read(text: str, ending: str, taking: Taking) -> Proposed | Whole:
    """Read a card of ours, or what another tool says of an interface. Raises FormatError where it is none of those."""
    try:
        return _fitting(_read(text, ending, taking), taking.kind)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise FormatError(f"the file can't be read: a part isn't as that tool writes it ({error})") from None


def _fitting(found: Proposed | Whole, kind: Kind) -> Proposed | Whole:
    """Leave out what a component of a kind doesn't have."""
    if isinstance(found, Whole):
        return found
    asked = {each: said for each, said in found.asked.items() if each in aspects_of(kind, sheet_of(each))}
    misfits = [f"{each}: the card of a {kind} doesn't have it" for each in found.asked if each not in asked]
    return Proposed(asked, [*found.left_out, *misfits])


def _read(text: str, ending: str, taking: Taking) -> Proposed | Whole:
    filled = Prefill(taking.before)
    if ending == ".md":
        return model_files.hugging_face(
            _FRONT.sub("", text, count=1), parsed(text) if _FRONT.match(text) else {}, filled
        )
    told = parsed(text)
    if isinstance(told, dict) and ("openapi" in told or "swagger" in told):
        return openapi.read(told, filled, taking.operation)
    if isinstance(told, dict) and "flavors" in told:
        return model_files.mlflow(told, filled)
    return mlte.read(text, taking.lead, filled) if ending == ".json" else whole.read(text)
