"""The interface of a model in MLTE's negotiation card, both ways: task, inputs, outputs, and where it is called."""

from collections.abc import Iterator, Mapping
from typing import Any

from handlers.agreements.columns import INTERFACE_TYPES, Column, columns_in, values_of
from handlers.requirements.formats.proposed import Prefill, cell
from handlers.requirements.messages.shown import Shown
from handlers.requirements.rules import status
from storage.requirements.requirements import ASPECTS, Aspect

_SPECIFIED: Mapping[str, Aspect] = {"input_specification": "inputs", "output_specification": "outputs"}
_MECHANISM = "capability_deployment_mechanism"
#: What a negotiation card has a place for.
KEPT: tuple[Aspect, ...] = ("purpose", "inputs", "outputs", "endpoint")


def model_of(shown: Shown) -> dict[str, object]:
    """Return the part of a card about the model: what it takes, what it answers with, and how it is made available."""
    specified = {name: [_described(each) for each in _fields(shown, aspect)] for name, aspect in _SPECIFIED.items()}
    where = _said(shown, "endpoint").get("where", "")
    return {**{name: rows for name, rows in specified.items() if rows}, **({_MECHANISM: where} if where else {})}


def system_of(shown: Shown) -> dict[str, str | None]:
    purpose = _said(shown, "purpose")
    return {"task": purpose.get("task") or None, "usage_context": purpose.get("users") or None}


def not_written(shown: Shown) -> Iterator[Aspect]:
    """Yield the points without a limit for which MLTE has no place."""
    plain = (each for each in ASPECTS if not status.is_bar(each) and each not in KEPT)
    yield from (each for each in plain if _said(shown, each))


def _said(shown: Shown, aspect: Aspect) -> Mapping[str, str]:
    bar = status.in_force(shown.card.requirements.get(aspect))
    return bar.values if bar is not None else {}


def _fields(shown: Shown, aspect: Aspect) -> list[Column]:
    found = columns_in(_said(shown, aspect).get("columns", ""), INTERFACE_TYPES)
    return [] if isinstance(found, str) else found


def _described(field: Column) -> dict[str, str]:
    kind = f"{field.type} required" if field.is_required else field.type
    return {"name": field.name, "description": field.meaning, "type": kind, "expected_values": values_of(field)}


def read(body: Mapping[str, Any], filled: Prefill) -> tuple[str, ...]:
    """Fill in what a card says of an interface; return the places that were read."""
    model, system = _part(body, "model"), _part(body, "system")
    for name, aspect in _SPECIFIED.items():
        rows = [each for each in model.get(name) or () if isinstance(each, dict) and each.get("name")]
        filled.say(aspect, columns=filled.fields(aspect, [_column(each) for each in rows]))
    if users := cell(system.get("usage_context")):
        filled.say("purpose", task=cell(system.get("task")), users=users)
    filled.say("endpoint", where=cell(model.get(_MECHANISM)))
    places = {
        "inputs": ("model.input_specification",),
        "outputs": ("model.output_specification",),
        "purpose": ("system.task", "system.usage_context"),
        "endpoint": (f"model.{_MECHANISM}",),
    }
    return tuple(place for aspect in KEPT if aspect in filled.asked for place in places[aspect])


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = body.get(name)
    return found if isinstance(found, dict) else {}


def _column(told: Mapping[str, Any]) -> Column:
    """Return a field; a type or values in words that a card doesn't know stand in what it means."""
    name, kind, meaning, values = (cell(told.get(each)) for each in ("name", "type", "description", "expected_values"))
    read_as = columns_in(f"{name} | {kind or 'object'} | {meaning} | {values}", INTERFACE_TYPES)
    if isinstance(read_as, str):
        return Column(name, "object", ", ".join(filter(None, (meaning, kind, values))))
    return read_as[0]
