"""What was agreed that a sample can be measured by. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.agreements.columns import Column, columns_in, special_values
from handlers.checks.quantities import amount_in, number_in
from storage.records.offers import Offer

_ROWS = ("row", "rows", "record", "records", "lines", "examples", "samples", "images", "events")
_SHARES = ("completeness", "validity", "uniqueness", "label_accuracy")


@dataclass(frozen=True, slots=True)
class Expectations:
    """Shares are in per cent; None where nothing was agreed. ``unit`` is what ``amount`` counts.

    ``missing`` are values that mean that something is missing.
    """

    columns: Sequence[Column] = ()
    missing: Sequence[str] = ()
    amount: float | None = None
    unit: str = ""
    completeness: float | None = None
    validity: float | None = None
    uniqueness: float | None = None
    label_accuracy: float | None = None

    @property
    def keys(self) -> list[str]:
        return [each.name for each in self.columns if each.is_key]

    @property
    def counts_rows(self) -> bool:
        return self.amount is not None and self.unit.casefold().split()[0] in _ROWS


def expectations(terms: Mapping[str, Offer]) -> Expectations:
    """Read what was agreed; what is not needed, or unknown, expects nothing."""
    schema, quality, quantity = (terms.get(each, Offer()).values for each in ("schema", "quality", "quantity"))
    columns, missing = columns_in(schema.get("columns", "")), special_values(schema.get("missing", ""))
    amount, unit = amount_in(quantity.get("amount", "")) or (None, "")
    shares = {each: number_in(quality.get(each, "")) for each in _SHARES}
    return Expectations(() if isinstance(columns, str) else columns, missing, amount, unit, **shares)
