"""Which metric of another tool says how a model does on which aspect, and in which unit. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.checks.quantities import in_unit, measure_in
from handlers.requirements.rules import status
from storage.records.offers import Offer
from storage.requirements.requirements import Aspect

_DIGITS = ".12g"
#: Words for a unit in the name of a metric that no table of units knows.
_SHARES = ("pct", "percent", "percentage")
#: Units that mostly mean something else at the end of a name: the least, and millions.
_NO_UNITS = ("min", "m")
_TOKENS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Metric:
    """A number that was measured, its unit where the file says one, and other names that it goes by."""

    name: str
    number: float
    unit: str = ""
    also: Sequence[str] = ()


@dataclass(slots=True)
class Assigned:
    """Values by aspect, each an amount with its unit, how each was read, and the lines about what isn't taken."""

    values: dict[Aspect, str] = field(default_factory=dict)
    read_as: dict[Aspect, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def assigned(metrics: Sequence[Metric], asked: Mapping[Aspect, Offer], chosen: Mapping[Aspect, str]) -> Assigned:
    """Take the metrics that say how a model does on what is ``asked``; ``chosen`` are names of metrics by aspect.

    What is chosen may also be a value with its unit. Where two metrics may be meant, none is taken.
    """
    made = Assigned()
    taken: set[int] = set()
    for aspect, bar in asked.items():
        named = chosen.get(aspect, "")
        if measure_in(named) is not None:
            made.values[aspect] = named
            continue
        fit = [place for place, each in enumerate(metrics) if _fits(each, aspect, bar, named)]
        taken |= set(fit)
        if len(fit) > 1:
            both = " or ".join(metrics[place].name for place in fit)
            made.left_out.append(f"{aspect}: {both}? Say which: --with {aspect}={metrics[fit[0]].name}")
        elif fit:
            _take(made, aspect, metrics[fit[0]], bar)
        elif named:
            made.left_out.append(f"{aspect}: the file has no metric {named!r}")
    left = [each for place, each in enumerate(metrics) if place not in taken]
    made.left_out += [f"{each.name} {each.number:{_DIGITS}}: no requirement by that name" for each in left]
    return made


def _fits(metric: Metric, aspect: Aspect, bar: Offer, named: str) -> bool:
    names = (metric.name, *metric.also)
    if named:
        return named.partition(" in ")[0] in names or named in names
    return any(_is_about(name, aspect, bar) for name in names)


def _is_about(name: str, aspect: Aspect, bar: Offer) -> bool:
    """Tell whether a metric bears an aspect's name, or begins as the metric of the adequacy bar does."""
    words = _words(name)
    own = _words(bar.parts.get("metric", ""))
    meant = [each for each in words if each not in _SHARES]
    return aspect in words or words == _words(status.label(aspect)) or (bool(meant) and own[: len(meant)] == meant)


def _words(text: str) -> list[str]:
    return _TOKENS.findall(text.casefold().replace("_", " "))


def _take(made: Assigned, aspect: Aspect, metric: Metric, bar: Offer) -> None:
    wanted = measure_in(bar.parts.get("amount", ""))
    value = _in_words(metric, wanted[1]) if wanted is not None else ""
    if not value and wanted is not None:
        example = f"--with {aspect}='{metric.number:{_DIGITS}} {wanted[1]}'"
        made.left_out.append(f"{metric.name} {metric.number:{_DIGITS}}: in which unit? Say so: {example}")
    elif value:
        made.values[aspect], made.read_as[aspect] = value, f"{metric.name} {metric.number:{_DIGITS}}"


def _in_words(metric: Metric, wanted: str) -> str:
    """Return an amount with its unit; empty where it can't be told in which unit it is, or which share a 1 is."""
    unit = next(filter(None, (metric.unit.replace("dimensionless", ""), *_units(metric, wanted))), "")
    is_share = wanted.startswith(("%", "per cent", "percent"))
    if is_share and not unit and metric.number != 1:
        return f"{metric.number * (100 if abs(metric.number) < 1 else 1):{_DIGITS}} {wanted}"
    if is_share and unit in ("%", *_SHARES):
        return f"{metric.number:{_DIGITS}} {wanted}"
    return f"{metric.number:{_DIGITS}} {unit}" if unit else ""


def _units(metric: Metric, wanted: str) -> Iterator[str]:
    """Yield the units that a metric's names end with, as far as they fit what is wanted."""
    for name in (metric.name, *metric.also):
        for told in (name.rpartition(" in ")[2], *_words(name)[-1:]):
            fits = told not in _NO_UNITS and in_unit((1, told), wanted) is not None
            if fits or told in _SHARES:
                yield told
