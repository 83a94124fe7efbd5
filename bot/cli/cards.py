"""``cards export`` and ``evaluate``: what is required of a model as a file, and what an evaluation found."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli import files
from bot.cli.files import Wrong, command, connected, form_of, opened, read_text, write_out
from handlers.access.recipients import Everybody, Facts, Members
from handlers.agreements import components
from handlers.checks import dates
from handlers.checks.outcomes import Refused
from handlers.requirements import formats, service
from handlers.requirements.rules import evaluating, status
from handlers.requirements.service import Measured
from handlers.slack import interactions
from storage.engine.interface import WORKSPACE, Database, Reader, Transaction
from storage.outbox import deliveries
from storage.requirements.requirements import ASPECTS
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, new_key

_MISSED = 1
_FIELDS = (evaluating.LINK, evaluating.DAY, evaluating.MODEL_VERSION, "values")
#: Where a day begins first: the file does not say where it was measured.
_FIRST_ZONE = "Pacific/Kiritimati"
_EXAMPLE = '{"link": "https://…", "date": "2026-01-31", "values": {"latency": "280 ms"}}'
cli = typer.Typer(no_args_is_help=True, help="Export model cards, and enter evaluations.")
ModelArgument = Annotated[str, typer.Argument(metavar="COMPONENT", help="The name of a model, or its id.")]


@command(cli)
async def export(
    component: ModelArgument,
    *,
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(formats.FORMATS)}.")] = "markdown",
    output: files.Output = None,
    workspace: files.InWorkspace = None,
) -> None:
    """Write a card: for people, whole as YAML, or as a model card in the fields of the Model Card Toolkit."""
    wanted = form_of(form, Path(), formats.FORMATS)
    chosen = next(each for each in formats.FORMATS if each == wanted)
    async with opened() as store:
        model = _wanted(store, component, workspace)
        shown = await store.search(lambda reader: service.shown(reader, model, {}, (WORKSPACE, model.visibility)))
        if model.visibility != WORKSPACE:
            await files.note_export(store, model.team_id, "card", model.id, model.visibility)
    write_out(formats.written(shown, chosen), output)


@command(cli)
async def evaluate(
    component: ModelArgument,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE.json")],
    *,
    workspace: files.InWorkspace = None,
) -> None:
    """Enter what was measured, from a JSON file; ends with 1 if a requirement is missed."""
    told = _told(read_text(file))
    async with opened() as store:
        model = _wanted(store, component, workspace)
        found = await store.write(lambda transaction: _kept(transaction, model, told, datetime.now(UTC)))
        if isinstance(found, interactions.Wrong):
            raise Wrong("; ".join(f"{field}: {sentence}" for field, sentence in found.errors.items()))
        if isinstance(found, Refused):
            raise Wrong(found.told)
        raise typer.Exit(await store.search(lambda reader: _results(reader, model, found)))


def _told(text: str) -> dict[str, str]:
    """Return the fields of an evaluation and its values by aspect. Raises Wrong with the place of what is wrong."""
    try:
        told: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise Wrong(f"the file isn't JSON: line {error.lineno}: {error.msg}") from None
    if not isinstance(told, dict) or not isinstance(told.get("values"), dict):
        raise Wrong(f"the file should be an object such as {_EXAMPLE}")
    if unknown := [name for name in told if name not in _FIELDS]:
        raise Wrong(f"{unknown[0]}: unknown field; the fields are {', '.join(_FIELDS)}")
    if strange := [name for name in told["values"] if status.aspect_of(name) is None]:
        raise Wrong(f"values.{strange[0]}: unknown aspect; the aspects are {', '.join(ASPECTS)}")
    fields = {**{name: value for name, value in told.items() if name != "values"}, **told["values"]}
    if wrong := [name for name, value in fields.items() if not isinstance(value, str)]:
        raise Wrong(f'{wrong[0]}: write it as a text, a value with its unit, such as "280 ms"')
    return {name: value.strip() for name, value in fields.items()}


def _kept(
    transaction: Transaction, component: Component, told: Mapping[str, str], now: datetime
) -> Measured | Refused | interactions.Wrong:
    """Keep what was measured, and leave it to the bot to tell the lead where everybody may hear of it."""
    audience = Everybody() if component.visibility == WORKSPACE else Members(frozenset())
    facts = Facts("", now, audience, visible=(component.visibility,))
    found = service.evaluate(transaction, component, told, facts, dates.today(now, _FIRST_ZONE))
    if isinstance(found, Measured):
        deliveries.add(transaction, found.messages)
        about = {"target_id": component.id, "visibility": component.visibility}
        files.noted(transaction, component.team_id, "imported", "evaluation", **about)
    return found


def _results(reader: Reader, component: Component, found: Measured) -> int:
    card, evaluation = service.card_of(reader, component), found.evaluation
    typer.echo(component.name)
    for aspect, value in evaluation.values.items():
        measured = status.judged(aspect, card.requirements.get(aspect), [evaluation])
        typer.echo(f"{status.label(aspect)}: {value}, {measured.verdict if measured is not None else 'not required'}")
    return _MISSED if found.missed else 0


def _wanted(store: Database, name: str, workspace: str | None) -> Component:
    every = responsibilities.all_components(store.reader, connected(store, workspace))
    known = [each for each in every if each.kind == "model"]
    found = [each for each in known if each.id == name or each.look_up_key == new_key(name)]
    if not found:
        near = components.named(name, known)
        raise Wrong(f"there is no model {name}{f'; did you mean {near[0].name}?' if near else ''}")
    if len(found) > 1:
        raise Wrong(f"several models are called {name}; give the id of one: {', '.join(each.id for each in found)}")
    return found[0]
