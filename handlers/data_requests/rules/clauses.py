"""What two sides agree on when one asks the other for data, as data: clauses, and the parts each is said in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.agreements.clauses import Kind, Options, Part, Parts, TermKind, is_complete
from handlers.agreements.columns import columns_in, columns_shown
from handlers.checks.quantities import amount_in
from storage.data_requests.data_requests import DataRequest, SetUp


def _wrong_quantity(parts: Parts) -> dict[str, str]:
    is_wrong = bool(parts.get("amount")) and not (amount_in(parts["amount"]) or (0.0, ""))[0]
    return {"amount": "Write a number with its unit, such as 10000 rows."} if is_wrong else {}


def _wrong_quality(parts: Parts) -> dict[str, str]:
    return {} if parts else {"completeness": "Give at least one number, or say that none is needed."}


def _wrong_schema(parts: Parts) -> dict[str, str]:
    found = columns_in(parts.get("columns", "")) if parts.get("columns") else ()
    return {"columns": found} if isinstance(found, str) else {}


def _wrong_evolution(parts: Parts) -> dict[str, str]:
    """What comes again and again needs somebody who announces its changes."""
    lacking = {
        "announcer": "Somebody has to announce changes of data that comes again and again.",
        "notice": "Say how many days ahead.",
    }
    is_recurring = parts.get("kind") == "recurring"
    return {name: told for name, told in lacking.items() if is_recurring and not parts.get(name)}


def _same(*values: str) -> Options:
    """Return options whose labels are their values with a capital letter."""
    return [(value.capitalize(), value) for value in values]


_YES_NO = _same("yes", "no")
AGES = _same("minutes", "hours", "days", "weeks")
SPANS = _same("days", "months", "years")
CADENCES: Options = [*_same("once", "hourly", "daily", "weekly", "monthly"), ("When asked", "on demand")]
CLASSES = _same("public", "internal", "confidential", "restricted")
_TABLES: Options = [("A table in a database", "table"), ("Something else", "other")]
FORMATS: Options = [("CSV", "csv"), ("JSON Lines", "jsonl"), ("Parquet", "parquet"), *_TABLES]

_AMOUNT_HINT = "A number with its unit, such as 10000 rows or 40 hours."
_REASON_HINT = "What the number is for: so that each berth has 100 arrivals."
_QUALITY_HINT = "Of every column, between 0 and 100 %. At least one of these four."
_COLUMNS_HINT = (
    "One a line: name | type | meaning. Types: string, integer, number, boolean, date, timestamp. After the type you "
    "may write key or required. Such as: berth | string key | where the ship lies"
)
_MISSING = "Missing and special values, and what they mean"
_MISSING_HINT = "One a line, such as: -1 = not measured"
_WORDS_HINT = "With commas. Their meanings of today are pinned."
_POPULATION = "Whom or what it covers, and production does not, or the other way round"
_KINDS: Options = [("Once", "one-off"), ("Again and again", "recurring")]


def _may_lack(id_: str, label: str, told: str, kind: Kind = "short", hint: str = "") -> Part:
    return Part(id_, label, kind, hint, may_lack=True, told=told)


_QUANTITY = (
    Part("amount", "How much?", hint=_AMOUNT_HINT),
    _may_lack("window", "In which time?", " in {}", hint="Such as: a month, or 2024 to 2025."),
    Part("reason", "So that …", hint=_REASON_HINT),
)
_QUALITY = (
    _may_lack("completeness", "Completeness: filled in, in %", "completeness {}", "percent", _QUALITY_HINT),
    _may_lack("validity", "Validity: of the type that was agreed, in %", "validity {}", "percent", _QUALITY_HINT),
    _may_lack("uniqueness", "Uniqueness: no two alike, in %", "uniqueness {}", "percent", "By the key columns."),
    _may_lack("label_accuracy", "Labels that are right, in %", "labels {} right", "percent"),
)
_SCHEMA = (
    Part("columns", "Columns", "lines", _COLUMNS_HINT, shown=columns_shown),
    _may_lack("missing", _MISSING, "; missing values: {}", "long", _MISSING_HINT),
    _may_lack("words", "Words of the glossary used in it", "; in the words: {}", hint=_WORDS_HINT),
)
_FRESHNESS = (
    Part("age", "How old may it be at most?", "number"),
    Part("unit", "In what?", "choice", options=AGES),
    Part("cadence", "How often is it delivered?", "choice", options=CADENCES),
)
_RETENTION = (Part("span", "How long may it be kept?", "number"), Part("unit", "In what?", "choice", options=SPANS))
_LABELS = (
    Part("share", "How much of it is labelled, in %", "percent"),
    Part("method", "How is it labelled, and by whom?", "long"),
)
_DIFFERENCE = (
    Part("population", _POPULATION, "long"),
    Part("period", "From when it is", may_lack=True),
    Part("gaps", "Known gaps", "long", may_lack=True),
)
_ACCESS = (
    Part("classification", "Classification", "choice", options=CLASSES),
    Part("personal", "Is there personal data in it?", "choice", options=_YES_NO),
    Part("uses", "What may it be used for, and where?", "long"),
    Part("approver", "Who approves the access?", "person"),
)
_EXPERT = (
    Part("person", "Who can be asked what it means?", "person"),
    Part("hours", "For how many hours a week?", "number"),
)
_EVOLUTION = (
    Part("kind", "Is it needed once, or again and again?", "choice", options=_KINDS),
    _may_lack("announcer", "Who announces a change of schema or meaning?", "; {} announces changes", "person"),
    _may_lack("notice", "How many days ahead?", " {} days ahead", "number"),
)
_ACCEPTANCE = (Part("criteria", "When is it what was asked for?", "long", "Such as: all berths of 2025 are in it."),)
_DELIVERY = (
    Part("place", "Where is it delivered?", hint="Such as: s3://harbour/arrivals"),
    Part("format", "In which format?", "choice", options=FORMATS),
)

_FRESH = "at most {age} {unit} old, delivered {cadence}"
_ALLOWED = "{classification}, personal data: {personal}; for {uses}; approved by {approver}"
_LISTED = (
    TermKind("quantity", "Quantity", _QUANTITY, "{amount}{window}, so that {reason}", wrong_together=_wrong_quantity),
    TermKind("quality", "Quality thresholds", _QUALITY, wrong_together=_wrong_quality),
    TermKind("schema", "Schema and meaning", _SCHEMA, "{columns}{missing}{words}", wrong_together=_wrong_schema),
    TermKind("freshness", "Freshness and cadence", _FRESHNESS, _FRESH),
    TermKind("retention", "Retention", _RETENTION, "{span} {unit}", is_required=False),
    TermKind("labels", "Labels", _LABELS, "{share} labelled: {method}"),
    TermKind("difference", "How it differs from production", _DIFFERENCE, is_required=False),
    TermKind("access", "Access", _ACCESS, _ALLOWED),
    TermKind("expert", "Expert contact", _EXPERT, "{person}, {hours} hours a week"),
    TermKind("evolution", "Evolution", _EVOLUTION, "{kind}{announcer}{notice}", wrong_together=_wrong_evolution),
    TermKind("acceptance", "Acceptance criteria", _ACCEPTANCE),
    TermKind("delivery", "Delivery", _DELIVERY, is_required=False),
)
TERMS: Mapping[str, TermKind] = {each.id: each for each in _LISTED}

SET_UP_LABELS: Mapping[SetUp, str] = {
    "product team": "The product team provides it",
    "in-house": "Another team here has it",
    "public": "It is public, from outside",
    "vendor": "A vendor sells it",
}
#: What else must be known, by where the data comes from.
SET_UP_PARTS: Mapping[SetUp, Sequence[Part]] = {
    "product team": (Part("benefit", "What does the product team get out of it?", "long", may_lack=True),),
    "in-house": (
        Part("benefit", "What does the owner's team get out of it?", "long"),
        Part("sponsor", "Who sponsors it?", "person"),
        Part("approver", "Who approves it?", "person"),
    ),
    "public": (
        Part("licence", "Under which licence?", hint="Such as CC BY 4.0."),
        Part("provenance", "Where does it come from, and how was it made?", "long"),
    ),
    "vendor": (
        Part("specification", "Where is the written specification?", hint="A link."),
        Part("sample", "When and how does a sample come?", "long"),
        Part("budget", "Budget", hint="A number with its currency, such as 20000 EUR."),
    ),
}


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What keeps both sides from agreeing: the id of a term, of a part of the set-up, or "owner"; in a few words."""

    id: str
    told: str
    theme: str = ""


def open_points(request: DataRequest) -> list[OpenPoint]:
    """Return what is still open before anybody can agree."""
    found = [] if request.owner else [OpenPoint("owner", "owner of the data")]
    parts = SET_UP_PARTS.get(request.set_up, ())
    lacking = [each for each in parts if not each.may_lack and not request.more.get(each.id)]
    found += [OpenPoint(each.id, each.label.rstrip("?").lower()) for each in lacking]
    terms = [OpenPoint(kind.id, told) for kind in TERMS.values() if (told := _open_words(request, kind))]
    return [*found, *terms]


def gaps(request: DataRequest) -> list[str]:
    """Return what is still open before anybody can agree, each in a few words."""
    return [each.told for each in open_points(request)]


def _open_words(request: DataRequest, kind: TermKind) -> str:
    """Say what is open about a term; empty where nothing is."""
    term, label = request.terms.get(kind.id), kind.label.lower()
    said = term.agreed if term else None
    if term is not None and term.asked and term.offered and said is None:
        return f"{label} (requested and offered differ)"
    if said is None:
        return label if kind.is_required else ""
    if not is_complete(kind, said):
        return f"{label} (not complete)"
    return f"{label} (not known yet)" if said.stance == "unknown" else ""
