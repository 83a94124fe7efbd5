"""What two sides agree on when one asks the other for data, as data: the terms, and the parts that each is said in."""

from collections.abc import Mapping, Sequence

from handlers.agreements.clauses import Options, Part, Parts, TermKind
from handlers.checks.quantities import amount_in
from handlers.data_requests.rules.columns import columns_in, columns_shown
from storage.data_requests.data_requests import SetUp


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


_YES_NO: Options = [("Yes", "yes"), ("No", "no")]
AGES: Options = [("Minutes", "minutes"), ("Hours", "hours"), ("Days", "days"), ("Weeks", "weeks")]
SPANS: Options = [("Days", "days"), ("Months", "months"), ("Years", "years")]
CADENCES: Options = [
    ("Once", "once"), ("Hourly", "hourly"), ("Daily", "daily"), ("Weekly", "weekly"), ("Monthly", "monthly"),
    ("When asked", "on demand"),
]  # fmt: skip
CLASSES: Options = [
    ("Public", "public"), ("Internal", "internal"), ("Confidential", "confidential"), ("Restricted", "restricted"),
]  # fmt: skip
FORMATS: Options = [
    ("CSV", "csv"), ("JSON Lines", "jsonl"), ("Parquet", "parquet"), ("A table in a database", "table"),
    ("Something else", "other"),
]  # fmt: skip

_QUALITY_HINT = "Of every column, between 0 and 100 %. At least one of these four."
_COLUMNS_HINT = (
    "One a line: name | type | meaning. Types: string, integer, number, boolean, date, timestamp. After the type you "
    "may write key or required. Such as: berth | string key | where the ship lies"
)

_LISTED = (
    TermKind(
        "quantity", "Quantity",
        (
            Part("amount", "How much?", hint="A number with its unit, such as 10000 rows or 40 hours."),
            Part("window", "In which time?", hint="Such as: a month, or 2024 to 2025.", may_lack=True, told=" in {}"),
            Part("reason", "So that …", hint="What the number is for: so that each berth has 100 arrivals."),
        ),
        sentence="{amount}{window}, so that {reason}",
        wrong_together=_wrong_quantity,
    ),
    TermKind(
        "quality", "Quality thresholds",
        (
            Part("completeness", "Completeness: filled in, in %", "percent", _QUALITY_HINT,
                 may_lack=True, told="completeness {}"),
            Part("validity", "Validity: of the type that was agreed, in %", "percent", _QUALITY_HINT,
                 may_lack=True, told="validity {}"),
            Part("uniqueness", "Uniqueness: no two alike, in %", "percent", "By the key columns.",
                 may_lack=True, told="uniqueness {}"),
            Part("label_accuracy", "Labels that are right, in %", "percent", may_lack=True, told="labels {} right"),
        ),
        wrong_together=_wrong_quality,
    ),
    TermKind(
        "schema", "Schema and meaning",
        (
            Part("columns", "Columns", "lines", _COLUMNS_HINT, shown=columns_shown),
            Part("missing", "Missing and special values, and what they mean", "long",
                 "One a line, such as: -1 = not measured", may_lack=True, told="; missing values: {}"),
            Part("words", "Words of the glossary used in it", hint="With commas. Their meanings of today are pinned.",
                 may_lack=True, told="; in the words: {}"),
        ),
        sentence="{columns}{missing}{words}",
        wrong_together=_wrong_schema,
    ),
    TermKind(
        "freshness", "Freshness and cadence",
        (
            Part("age", "How old may it be at most?", "number"),
            Part("unit", "In what?", "choice", options=AGES),
            Part("cadence", "How often is it delivered?", "choice", options=CADENCES),
        ),
        sentence="at most {age} {unit} old, delivered {cadence}",
    ),
    TermKind(
        "retention", "Retention",
        (
            Part("span", "How long may it be kept?", "number"),
            Part("unit", "In what?", "choice", options=SPANS),
        ),
        is_required=False,
        sentence="{span} {unit}",
    ),
    TermKind(
        "labels", "Labels",
        (
            Part("share", "How much of it is labelled, in %", "percent"),
            Part("method", "How is it labelled, and by whom?", "long"),
        ),
        sentence="{share} labelled: {method}",
    ),
    TermKind(
        "difference", "How it differs from production",
        (
            Part("population", "Whom or what it covers, and production does not, or the other way round", "long"),
            Part("period", "From when it is", may_lack=True),
            Part("gaps", "Known gaps", "long", may_lack=True),
        ),
        is_required=False,
    ),
    TermKind(
        "access", "Access",
        (
            Part("classification", "Classification", "choice", options=CLASSES),
            Part("personal", "Is there personal data in it?", "choice", options=_YES_NO),
            Part("uses", "What may it be used for, and where?", "long"),
            Part("approver", "Who approves the access?", "person"),
        ),
        sentence="{classification}, personal data: {personal}; for {uses}; approved by {approver}",
    ),
    TermKind(
        "expert", "Expert contact",
        (
            Part("person", "Who can be asked what it means?", "person"),
            Part("hours", "For how many hours a week?", "number"),
        ),
        sentence="{person}, {hours} hours a week",
    ),
    TermKind(
        "evolution", "Evolution",
        (
            Part("kind", "Is it needed once, or again and again?", "choice",
                 options=[("Once", "one-off"), ("Again and again", "recurring")]),
            Part("announcer", "Who announces a change of schema or meaning?", "person",
                 may_lack=True, told="; {} announces changes"),
            Part("notice", "How many days ahead?", "number", may_lack=True, told=" {} days ahead"),
        ),
        sentence="{kind}{announcer}{notice}",
        wrong_together=_wrong_evolution,
    ),
    TermKind(
        "acceptance", "Acceptance criteria",
        (Part("criteria", "When is it what was asked for?", "long", "Such as: all berths of 2025 are in it."),),
    ),
    TermKind(
        "delivery", "Delivery",
        (
            Part("place", "Where is it delivered?", hint="Such as: s3://harbour/arrivals"),
            Part("format", "In which format?", "choice", options=FORMATS),
        ),
        is_required=False,
    ),
)  # fmt: skip
TERMS: Mapping[str, TermKind] = {each.id: each for each in _LISTED}

SET_UP_LABELS: Mapping[SetUp, str] = {
    "product team": "The product team provides it", "in-house": "Another team here has it",
    "public": "It is public, from outside", "vendor": "A vendor sells it",
}  # fmt: skip
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
