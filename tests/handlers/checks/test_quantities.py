"""Numbers and units are read as people meant them, and a unit is told in another where that can be."""

import subprocess
import sys

import pytest

from handlers.checks.quantities import amount_in, counted, in_unit, measure_in, number_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10000 rows", (10000.0, "rows")),
        ("10,000 rows", (10000.0, "rows")),
        ("1.5 TB", (1.5, "TB")),
        ("1 000 000 images", (1_000_000.0, "images")),
        ("2,5 hours", (2.5, "hours")),
        ("20 000 EUR", (20000.0, "EUR")),
        ("10k rows", (10000.0, "rows")),
        ("2 million rows", (2_000_000.0, "rows")),
        ("0.125 TB", (0.125, "TB")),
        ("10.000 rows", (10000.0, "rows")),
        ("10'000 rows", (10000.0, "rows")),
        ("1,234.5 GB", (1234.5, "GB")),
        ("1.234,567 GB", (1234.567, "GB")),
        ("10 000,5 EUR", (10000.5, "EUR")),
        ("10, rows", (10.0, "rows")),
        ("10' rows", None),
        ("1,23 456 rows", None),
        ("12,34,567 rows", None),
        ("1e5", None),
        ("20k", None),
        ("rows", None),
        ("12", None),
        ("1.2.3.4 rows", None),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, found: tuple[float, str] | None) -> None:
    assert amount_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("89.123 %", (89.123, "%")),
        ("2.345 s", (2.345, "s")),
        ("0,5 s", (0.5, "s")),
        ("1,234 ms", (1234, "ms")),
        ("1,234.5 ms", (1234.5, "ms")),
        ("1.234,5 ms", (1234.5, "ms")),
        ("10 000 rows", (10_000, "rows")),
        ("150 m", (150, "m")),
        ("10 m/s", (10, "m/s")),
        ("1e-3 %", (0.001, "%")),
        ("-3 dB", (-3, "dB")),
        ("\u22123 dB", (-3, "dB")),
        ("300ms", (300, "ms")),
        ("99.5 % of requests", (99.5, "% of requests")),
        ("1 234,5 ms", (1234.5, "ms")),
        ("1'234.5 ms", (1234.5, "ms")),
        ("1.234.567 ms", (1_234_567, "ms")),
        ("0,123 s", (0.123, "s")),
        ("1,234.50 ms", (1234.5, "ms")),
        ("1,234.567,8 ms", None),
        ("9,.2 ms", None),
        ("1" + ",000" * 12 + " ms", None),
        ("300", None),
        ("≤300 ms", None),
        ("12 3 x", None),
        ("1.5.2 x", None),
        ("ms", None),
    ],
)
def test_a_measure_is_a_number_as_it_was_meant_and_its_unit(text: str, found: tuple[float, str] | None) -> None:
    assert measure_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("95", 95),
        ("95 %", 95),
        ("95,5", 95.5),
        ("95.5%", 95.5),
        ("95,123 %", 95.123),
        ("95.123", 95.123),
        ("-1", -1),
        ("", None),
        ("%", None),
        ("some", None),
        ("1e5", None),
        ("95 96", None),
        ("1,2,3", None),
        ("\u221295", None),
    ],
)
def test_a_share_has_decimals_after_a_point_or_a_comma(text: str, found: float | None) -> None:
    assert number_in(text) == found


@pytest.mark.parametrize(
    ("measured", "wanted", "found"),
    [
        ((0.28, "s"), "ms", 280),
        ((280, "ms"), "s", 0.28),
        ((1.5, "h"), "minutes", 90),
        ((5, "GB"), "MB", 5000),
        ((90, "per cent"), "%", 90),
        ((9, "\u2030"), "%", 0.9),
        ((50, "requests/s"), "requests/min", 3000),
        ((50, "requests per second"), "requests/s", 50),
        ((3.6, "km/h"), "m/s", 1),
        ((12, "EUR/year"), "EUR/month", 1),
        ((20, "\u00b0C"), "K", 293.15),
        ((3, "eur"), "EUR", 3),
        ((299, "MS"), "ms", 299),
        ((4, "ships"), "Ships", 4),
        ((99.5, "% of requests"), "% of  requests", 99.5),
        ((2, "percentage points"), "percentage points", 2),
    ],
)
def test_a_measure_is_told_in_another_unit(measured: tuple[float, str], wanted: str, found: float) -> None:
    assert in_unit(measured, wanted) == found


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("m", "min"),
        ("s", "MB"),
        ("MB", "%"),
        ("EUR", "USD"),
        ("ships", "berths"),
        ("ships", "s"),
        ("requests/s", "requests"),
        ("requests/s", "errors/s"),
        ("requests/s", "requests/MB"),
        ("% of requests", "%"),
        ("ms", ""),
        ("", "ms"),
        ("s**9**9**9", "ms"),
        ("1/0", "ms/s"),
        ("ms" * 5000, "s"),
        ("percentage points", "%"),
    ],
)
def test_what_cannot_be_compared_is_not(unit: str, wanted: str) -> None:
    assert in_unit((5, unit), wanted) is None


def test_units_that_differ_in_their_letters_case_alone_and_a_millionfold_are_not_taken_for_each_other() -> None:
    assert in_unit((1, "MW"), "mW") == 1_000_000_000


@pytest.mark.parametrize(
    ("number", "told"),
    [("1", "1 day"), ("1.0", "1.0 days"), ("2", "2 days"), ("0.5", "0.5 days"), ("many", "many days")],
)
def test_one_alone_is_singular(number: str, told: str) -> None:
    assert counted(number, "days") == told


def test_nothing_of_all_units_is_loaded_before_somebody_needs_them() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, bot.app; print('pint' in sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout == "False\n"
