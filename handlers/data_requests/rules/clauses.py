"""What two sides agree on when one asks the other for data, as data: clauses, and the parts each is said in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.agreements.clauses import Kind, Options, Part, Parts, TermKind, is_complete
from handlers.agreements.columns import columns_in, columns_shown, wrong_values
from handlers.checks.quantities import amount_in, counted
from storage.data_requests.data_requests import DataRequest, SetUp
from storage.records.offers import Offer


def _wrong_quantity(parts: Parts) -> dict[str, str]:
    is_wrong = bool(parts.get("amount")) and not (amount_in(parts["amount"]) or (0.0, ""))[0]
    return {"amount": "Write a number with its unit, such as 10,000 rows."} if is_wrong else {}


def _wrong_quality(parts: Parts) -> dict[str, str]:
    return {} if parts else {"completeness": "Enter at least one number, or choose “Not needed”."}


def _wrong_schema(parts: Parts) -> dict[str, str]:
    found = columns_in(parts.get("columns", "")) if parts.get("columns") else ()
    wrong = found if isinstance(found, str) else wrong_values(found)
    return {"columns": wrong} if wrong else {}


def wrong_between(said: Mapping[str, Offer], before: Mapping[str, Offer]) -> str:
    """Say what one term asks of another, where either is said anew: for validity it must be known what is valid."""
    (columns, validity), stood = _valid_parts(said), _valid_parts(before)
    read = columns_in(columns)
    if not validity or (columns, validity) == stood or isinstance(read, str) or any(each.is_limited for each in read):
        return ""
    return "Say at a column which values are valid, or leave validity empty."


def _valid_parts(said: Mapping[str, Offer]) -> tuple[str, str]:
    parts = {"schema": "columns", "quality": "validity"}
    columns, validity = (said.get(term, Offer()).values.get(part, "") for term, part in parts.items())
    return columns, validity


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
_KINDS: Options = [("Once", "one-off"), ("Repeatedly", "recurring")]
_SOURCES: Options = [
    ("Our product", "product team"), ("Another team", "in-house"), ("Public data", "public"), ("A vendor", "vendor"),
]  # fmt: skip

_AMOUNT_HINT = "For example: 10,000 rows or 2 years"
_POPULATION_HINT = "For example: all ships in the harbour, 2024 to 2025"
_COLUMNS_HINT = (
    "One per line: name | type | meaning | values. Types: string, integer, number, boolean, date, timestamp; then "
    "key, required or unique. For example: length | number required | of the ship | 0 to 400 m. "
    "Values can also be a list (North, South) or a pattern (matching [A-Z]{3})."
)
_MISSING = "Values that mean “missing”"
_MISSING_HINT = "One per line. For example: -1 = not measured"
_VALIDITY_HINT = "The share that is in range, in the list, or matches, as the columns say."
_WORDS_HINT = "Separated by commas. I keep their current definitions."
_DIFFERS = "How does it differ from production?"
_DIFFERS_HINT = "For example: no fishing boats; March 2024 is missing"
_DETAILS_HINT = "For example: the licence, the specification, the budget, or what the owner gets from it"


def _optional(id_: str, label: str, told: str = "{}", kind: Kind = "short", hint: str = "") -> Part:
    return Part(id_, label, kind, hint, may_lack=True, told=told)


def _counted(id_: str, label: str, unit: str, told: str) -> Part:
    return replace(_optional(id_, label, told, "number"), shown=lambda number: counted(number, unit))


def _former(id_: str, told: str = "{}", kind: Kind = "short") -> Part:
    """Return a part that older requests have, under the name of its id."""
    return Part(id_, id_, kind, may_lack=True, told=told, is_former=True)


def _usual(part: Part, value: str, why: str) -> Part:
    return replace(part, usual=value, why=why)


_QUANTITY = (
    Part("amount", "How much data?", hint=_AMOUNT_HINT),
    _optional("population", "Which records or period?", ", covering {}", hint=_POPULATION_HINT),
    _former("window", " in {}"),
    _former("reason", ", so that {}"),
)
_FRESHNESS = (
    Part(
        "age", "How old may it be?", "span", "For example: 2 days", may_lack=True, options=AGES, told="at most {} old"
    ),
    Part("cadence", "How often is it delivered?", "choice", options=CADENCES, told="delivered {}"),
)
_DELIVERY = (
    Part("place", "Where is it delivered?", hint="For example: s3://harbour/arrivals"),
    Part("format", "In which format?", "choice", options=FORMATS, may_lack=True),
)
_RETENTION = (Part("span", "How long may it be kept?", "span", "For example: 2 years", options=SPANS),)
_COMPLETENESS = _optional("completeness", "Completeness (% of values present)", "completeness {}", "percent")
_SCHEMA = (
    Part("columns", "Columns", "lines", _COLUMNS_HINT, shown=columns_shown),
    _optional("missing", _MISSING, "; missing values: {}", "long", _MISSING_HINT),
    _optional("words", "Glossary words used in it", "; in the words: {}", hint=_WORDS_HINT),
)
_QUALITY = (
    _usual(_COMPLETENESS, "98", "98 % is usual for records that people fill in."),
    _optional("validity", "Validity (% of values as in the schema)", "validity {}", "percent", _VALIDITY_HINT),
    _former("uniqueness", "uniqueness {}", "percent"),
    _former("label_accuracy", "labels {} right", "percent"),
)
_LABELS = (
    _former("share", "{} labelled: ", "percent"),
    Part("method", "How is it labelled, and by whom?", "long", "For example: a third of it, by two pilots"),
)
_DIFFERENCE = (
    _former("population", kind="long"),
    _former("period"),
    Part("gaps", _DIFFERS, "long", _DIFFERS_HINT, may_lack=True),
)
_ACCEPTANCE = (
    Part("criteria", "What makes a delivery acceptable?", "long", "For example: every berth of 2025 is in it"),
)
_CLASSIFICATION = Part("classification", "Classification", "choice", options=CLASSES)
_ACCESS = (
    _usual(_CLASSIFICATION, "internal", "Internal is usual for data that stays in the company."),
    Part("personal", "Does it contain personal data?", "choice", options=_YES_NO, told="personal data: {}"),
    _optional("uses", "What may it be used for, and where?", "for {}", "long"),
    _optional("approver", "Who approves access?", "approver {}", "person"),
)
_EXPERT = (
    Part("person", "Who can explain the data?", "person"),
    _counted("hours", "Hours a week", "hours", "{} a week"),
)
_EVOLUTION = (
    Part("kind", "Is it needed once, or repeatedly?", "choice", options=_KINDS),
    _former("announcer", "changes announced by {}", "person"),
    _counted("notice", "Days of notice before a change", "days", "{} of notice before a change"),
)
_SOURCE = (
    Part("kind", "Where does it come from?", "choice", options=_SOURCES),
    _optional("details", "Terms of the source", kind="long", hint=_DETAILS_HINT),
    _optional("sponsor", "Who sponsors it?", "sponsor {}", "person"),
)

_AMOUNT = "{amount}{population}{window}{reason}"
_LISTED = (
    TermKind("quantity", "Quantity", _QUANTITY, _AMOUNT, wrong_together=_wrong_quantity),
    TermKind("freshness", "Freshness", _FRESHNESS),
    TermKind("delivery", "Delivery", _DELIVERY, is_required=False),
    TermKind("retention", "Retention", _RETENTION, is_required=False),
    TermKind("schema", "Schema", _SCHEMA, "{columns}{missing}{words}", wrong_together=_wrong_schema),
    TermKind("quality", "Quality", _QUALITY, wrong_together=_wrong_quality),
    TermKind("labels", "Labels", _LABELS, "{share}{method}", is_required=False),
    TermKind("difference", "Differences from production", _DIFFERENCE, is_required=False),
    TermKind("acceptance", "Acceptance", _ACCEPTANCE, is_required=False),
    TermKind("access", "Access", _ACCESS),
    TermKind("expert", "Expert", _EXPERT),
    TermKind("evolution", "Changes", _EVOLUTION, is_required=False),
    TermKind("source", "Source", _SOURCE, is_required=False),
)
TERMS: Mapping[str, TermKind] = {each.id: each for each in _LISTED}


@dataclass(frozen=True, slots=True)
class Theme:
    """Terms that are filled in together in one form."""

    label: str
    terms: Sequence[str]


THEMES: Mapping[str, Theme] = {
    "amount": Theme("How much and how fresh", ("quantity", "freshness", "delivery", "retention")),
    "content": Theme("What's in it, how good", ("schema", "quality", "labels", "difference", "acceptance")),
    "access": Theme("Access and change", ("access", "expert", "evolution", "source")),
}
_THEME_OF = {term_id: theme_id for theme_id, theme in THEMES.items() for term_id in theme.terms}

SET_UP_LABELS: Mapping[SetUp, str] = {
    "product team": "The product team provides it",
    "in-house": "Another team here has it",
    "public": "It is public, from outside",
    "vendor": "A vendor sells it",
}
#: What else must be known of a request that was begun when that was asked first, by where the data comes from.
SET_UP_PARTS: Mapping[SetUp, Sequence[Part]] = {
    "product team": (Part("benefit", "What does the product team get out of it?", "long", may_lack=True),),
    "in-house": (
        Part("benefit", "What does the owner's team get out of it?", "long"),
        Part("sponsor", "Who sponsors it?", "person"),
        Part("approver", "Who approves it?", "person"),
    ),
    "public": (
        Part("licence", "Under which licence?", hint="For example: CC BY 4.0"),
        Part("provenance", "Where does it come from, and how was it made?", "long"),
    ),
    "vendor": (
        Part("specification", "Where is the written specification?", hint="A link."),
        Part("sample", "When and how will a sample come?", "long"),
        Part("budget", "Budget", hint="For example: 20,000 EUR"),
    ),
}


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What keeps both sides from agreeing: the id of a term, or "owner"; in a few words."""

    id: str
    told: str
    theme: str = ""


def open_points(request: DataRequest) -> list[OpenPoint]:
    """Return what is still open before anybody can agree."""
    found = [] if request.owner else [OpenPoint("owner", "owner of the data")]
    terms = [
        OpenPoint(kind.id, told, _THEME_OF[kind.id]) for kind in TERMS.values() if (told := _open_words(request, kind))
    ]
    return [*found, *terms]


def required_set(request: DataRequest) -> tuple[int, int]:
    """Return how many of the required terms are set, and how many there are."""
    required = [kind for kind in TERMS.values() if kind.is_required]
    return sum(not _open_words(request, kind) for kind in required), len(required)


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
        return f"{label} (incomplete)"
    return f"{label} (not known yet)" if said.stance == "unknown" else ""
