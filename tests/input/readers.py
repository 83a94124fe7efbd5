"""Everything that reads a file which somebody gives, by name: it returns what a text holds, or says what is wrong."""

from collections.abc import Callable, Mapping
from functools import partial
from json import JSONDecodeError

from handlers import FEATURES
from handlers.checks import plain_json
from handlers.checks.csv_files import FormatError
from handlers.data_requests.formats import reading, whole
from handlers.data_requests.samples.schemas import columns_pasted
from handlers.decisions import formats as decisions
from handlers.framework.routing import join
from handlers.glossary.formats import own
from handlers.requirements.formats import results, taking
from handlers.requirements.formats.taking import Taking
from handlers.responsibilities import formats as duties
from handlers.responsibilities.catalogue import CatalogueError, read_catalogue
from handlers.responsibilities.formats import register

Read = Callable[[str], object]
_KINDS = join(FEATURES).reports


def _glossary(form: str, text: str) -> object:
    return own.read(text.encode(errors="replace"), form, "data science")


def _card(ending: str, text: str) -> object:
    return taking.read(text, ending, Taking("model", "UANA", {}))


def _results(text: str) -> object:
    return results.read(results.parsed(text))


def _reported(kind: str, text: str) -> object:
    """Read a report of a kind, where it is JSON."""
    (reads,) = {each.reads for each in _KINDS if each.name == kind}
    try:
        return reads(plain_json.read(text))
    except JSONDecodeError as error:
        raise FormatError(str(error)) from None


READERS: Mapping[str, Read] = {
    **{f"glossary {form}": partial(_glossary, form) for form in own.FORMATS},
    **{f"owner {form}": partial(duties.read, form=form, mapping={}) for form in duties.READ},
    **{f"owner restore {form}": partial(register.read, form=form) for form in ("csv", "json")},
    "owner catalogue": read_catalogue,
    "decision": partial(decisions.read, "D-1 x.md"),
    "decisions json": partial(decisions.from_json, "decisions.json"),
    "decisions csv": partial(decisions.from_csv, "decisions.csv"),
    "contract": reading.read,
    "request restore": whole.read,
    "columns": columns_pasted,
    "card": partial(_card, ""),
    "card mlte": partial(_card, ".json"),
    "card openapi": partial(_card, ".yaml"),
    "card mlmodel": partial(_card, ".yml"),
    "card hugging face": partial(_card, ".md"),
    "results": _results,
    "reported evaluation": partial(_reported, "evaluation"),
    "reported contract": partial(_reported, "contract"),
    "reported version": partial(_reported, "version"),
}


def refusal(read: Read, text: str) -> str:
    """Return what is said of a text that isn't taken; whatever else is raised is a fault."""
    try:
        read(text)
    except (FormatError, CatalogueError) as error:
        return str(error) or "nothing is said"
    return ""
