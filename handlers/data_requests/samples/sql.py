"""The columns of a CREATE TABLE, which sqlglot reads. Pure."""

import logging
import math
import re
from dataclasses import replace

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from handlers.agreements.columns import Column
from handlers.data_requests.samples.names import listable, may_be_personal, unit_of

_DIALECTS = ("", "mysql", "tsql")
_TYPES = {
    "integer": re.compile(r".*INT|.*SERIAL"),
    "number": re.compile(r"DECIMAL|NUMERIC|.*FLOAT|.*DOUBLE|REAL|.*MONEY"),
    "boolean": re.compile(r"BOOLEAN|BIT"),
    "timestamp": re.compile(r".*TIMESTAMP.*|.*DATETIME.*"),
    "date": re.compile(r"DATE(?:32)?"),
}
# What it cannot read it would write into the log, and people's words do not belong there.
logging.getLogger("sqlglot").setLevel(logging.CRITICAL)


def columns_created(text: str) -> list[Column]:
    """Return the columns of the first table that is created; none where no dialect can read it."""
    for dialect in _DIALECTS:
        try:
            read = sqlglot.parse(text, dialect=dialect)
        except (SqlglotError, RecursionError):
            continue
        table = next((each for each in read if isinstance(each, exp.Create)), None)
        if table is not None and (found := _columns(table)):
            return found
    return []


def _columns(table: exp.Create) -> list[Column]:
    keys = {each.name for key in table.find_all(exp.PrimaryKey) for each in key.expressions}
    # A column may have columns inside it; those of the table stand in it themselves.
    return [_column(each, keys) for each in table.this.expressions if isinstance(each, exp.ColumnDef)]


def _column(told: exp.ColumnDef, keys: set[str]) -> Column:
    kinds = [each.kind for each in told.constraints]
    is_key = told.name in keys or any(isinstance(each, exp.PrimaryKeyColumnConstraint) for each in kinds)
    is_filled = any(isinstance(each, exp.NotNullColumnConstraint) and not each.args.get("allow_null") for each in kinds)
    meaning = next((each.name for each in kinds if isinstance(each, exp.CommentColumnConstraint)), "")
    column = Column(told.name, _type(told), " ".join(meaning.split()).replace("|", "/"), is_key, is_filled or is_key)
    for check in (each.this for each in kinds if isinstance(each, exp.CheckColumnConstraint)):
        column = _checked(column, check)
    return replace(column, unit=unit_of(column.name)) if column.type in ("integer", "number") else column


def _type(told: exp.ColumnDef) -> str:
    name = told.kind.this.name if told.kind is not None and isinstance(told.kind.this, exp.DType) else ""
    return next((kind for kind, form in _TYPES.items() if form.fullmatch(name)), "string")


def _checked(column: Column, check: exp.Expression) -> Column:
    """Add what a CHECK says: the values of IN, or the bounds of BETWEEN; nothing of people."""
    listed, between = check.find(exp.In), check.find(exp.Between)
    if may_be_personal(column.name):
        return column
    if between is not None and column.type in ("integer", "number"):
        least, most = (_number(between.args[each].sql()) for each in ("low", "high"))
        is_span = least is not None and most is not None and least <= most
        return replace(column, least=least, most=most) if is_span else column
    values = [each.name for each in listed.expressions] if listed is not None else []
    return replace(column, allowed=listable(values)) if column.type == "string" else column


def _number(text: str) -> float | None:
    found = float(text) if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else math.inf
    return found if math.isfinite(found) else None
